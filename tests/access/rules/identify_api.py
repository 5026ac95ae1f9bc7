from typing import Any

from identify.models import Webhook
from tests.access import ANYBODY_SIGNED_IN, MINE, OWN_READ, OWN_WRITE, Rule
from tests.access.rules.identify import job, suggestion


def one(world: Any) -> dict[str, Any]:
    return {"pk": suggestion(world)["pk"]}


def hook(world: Any) -> dict[str, Any]:
    return {"pk": Webhook.objects.create(owner=world.owner, url="https://example.org/").pk}


RULES = {
    "v1:webhook-list": Rule(ANYBODY_SIGNED_IN),
    "v1:webhook-detail": Rule(MINE, hook, "patch", {"is_active": False}),
    "v1:coin-similar": Rule(OWN_READ, lambda world: {"pk": world.coin.pk}),
    "v1:identification-list": Rule(ANYBODY_SIGNED_IN),
    "v1:identification-detail": Rule(OWN_READ, job),
    # coins of others are left out and named; nobody learns whether they exist
    "v1:identification-batch": Rule(
        ANYBODY_SIGNED_IN, method="post", data=lambda world: {"coins": [world.coin.pk]}
    ),
    **{
        f"v1:identification-{deed}": Rule(OWN_WRITE, job, "post")
        for deed in ("retry", "accept-all", "refuse-all", "undo-all")
    },
    "v1:suggestion-list": Rule(ANYBODY_SIGNED_IN),
    "v1:suggestion-detail": Rule(OWN_READ, one),
    "v1:suggestion-correct": Rule(OWN_WRITE, one, "post", {"values": {"authority": "Hadrian"}}),
    **{
        f"v1:suggestion-{deed}": Rule(OWN_WRITE, one, "post")
        for deed in ("accept", "refuse", "unknown", "undo")
    },
}
