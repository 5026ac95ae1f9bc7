from typing import Any

from identify.models import Label
from tests.access import CURATORS, Rule


def photo(world: Any) -> dict[str, Any]:
    return {"pk": world.photo.pk, "what": "say"}


def label(world: Any) -> dict[str, Any]:
    return {"pk": Label.say(world.photo, "ruler", "Trajan", world.owner).pk}


RULES = {
    "identify:desk": Rule(CURATORS),
    "identify:desk-deed": Rule(CURATORS, photo, "post"),
    "identify:desk-undo": Rule(CURATORS, label, "post"),
    "identify:desk-words": Rule(CURATORS, lambda world: {"field": "ruler"}),
    "identify:agreement": Rule(CURATORS),
    "identify:activity": Rule(CURATORS),
    "identify:label": Rule(CURATORS, lambda world: label(world) | {"what": "gold"}, "post"),
}
