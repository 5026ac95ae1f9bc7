from typing import Any

from identify.models import LabelledSet
from tests.access import CURATORS, Rule


def sent(world: Any) -> dict[str, Any]:
    made = LabelledSet.objects.create(
        user=world.owner, collection=world.collection, field="ruler", name="set.zip"
    )
    return {"pk": made.pk}


RULES = {
    "identify:labelled-sets": Rule(CURATORS),
    "identify:labelled-set": Rule(CURATORS, sent),
    "identify:labelled-set-photo": Rule(CURATORS, lambda world: sent(world) | {"at": 0}),
    "identify:labelled-set-deed": Rule(
        CURATORS, lambda world: sent(world) | {"what": "take"}, "post"
    ),
}
