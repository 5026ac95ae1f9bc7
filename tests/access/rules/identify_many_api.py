from typing import Any

from identify.models import Batch
from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule
from tests.access.rules.identify_shoebox import the_tray


def the_batch(world: Any) -> dict[str, Any]:
    made = Batch.objects.create(user=world.owner, collection=world.collection)
    made.coins.add(world.coin)
    return {"pk": made.pk}


RULES = {
    "v1:batch-list": Rule(ANYBODY_SIGNED_IN),
    "v1:batch-detail": Rule(OWN_READ, the_batch),
    "v1:batch-results": Rule(OWN_READ, the_batch),
    **{
        f"v1:batch-{deed}": Rule(OWN_WRITE, the_batch, "post")
        for deed in ("photos", "pause", "resume", "cancel")
    },
    "v1:tray-list": Rule(ANYBODY_SIGNED_IN),
    "v1:tray-detail": Rule(OWN_WRITE, the_tray),
    "v1:tray-image": Rule(OWN_WRITE, the_tray),
    "v1:tray-circles": Rule(OWN_WRITE, the_tray, "put", {"circles": []}),
    "v1:tray-make": Rule(OWN_WRITE, the_tray, "post"),
    "v1:tray-retry": Rule(OWN_WRITE, the_tray, "post"),
}
