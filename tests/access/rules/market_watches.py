from typing import Any

from market.models import Watch
from tests.access import ANYBODY_SIGNED_IN, MINE, Rule


def watch(world: Any) -> dict[str, Any]:
    made = Watch.objects.create(user=world.owner, name="Trajan", ruler_text="Trajan")
    return {"pk": made.pk}


RULES = {
    "market:watches": Rule(ANYBODY_SIGNED_IN),
    "market:watch-pending": Rule(ANYBODY_SIGNED_IN),
    "market:watches-seen": Rule(ANYBODY_SIGNED_IN, method="post"),
    "market:watch-switch": Rule(MINE, watch, "post"),
    "market:watch-delete": Rule(MINE, watch, "post"),
}
