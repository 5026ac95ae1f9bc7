from typing import Any

from market.models import Doubt
from tests.access import CURATORS, Rule
from tests.market.makes import make_lot


def doubt(world: Any) -> dict[str, Any]:
    """Of a lot that everybody sees, so that only being a curator is asked."""
    return {"pk": Doubt.objects.create(lot=make_lot(None), kind="metal").pk}


RULES = {
    "market:doubts": Rule(CURATORS),
    "market:doubt": Rule(CURATORS, doubt),
    "market:doubt-deed": Rule(CURATORS, lambda world: doubt(world) | {"what": "keep"}, "post"),
}
