from typing import Any

from identify.models import Batch
from tests.access import ANYBODY_SIGNED_IN, OWN_WRITE, Rule


def the_batch(world: Any) -> dict[str, Any]:
    made = Batch.objects.create(user=world.owner, collection=world.collection)
    made.coins.add(world.coin)
    return {"key": made.key}


RULES = {
    "identify:batches": Rule(ANYBODY_SIGNED_IN),
    "identify:batch": Rule(OWN_WRITE, the_batch),
    "identify:batch-file": Rule(OWN_WRITE, lambda world: the_batch(world) | {"kind": "csv"}),
}
