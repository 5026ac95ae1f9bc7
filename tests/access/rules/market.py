from typing import Any

from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule
from tests.market.makes import make_lot


def the_coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


def a_lot(world: Any) -> dict[str, Any]:
    """Everybody sees what the site itself has."""
    return the_coin(world) | {"lot_pk": make_lot(None).pk}


RULES = {
    "market:home": Rule(ANYBODY_SIGNED_IN),
    "market:collection": Rule(ANYBODY_SIGNED_IN),
    "market:lots": Rule(ANYBODY_SIGNED_IN),
    "market:lots-csv": Rule(ANYBODY_SIGNED_IN),
    "market:panel": Rule(OWN_READ, the_coin),
    "market:opinion": Rule(OWN_WRITE, lambda world: a_lot(world) | {"what": "pin"}, "post"),
    "market:reset": Rule(OWN_WRITE, the_coin, "post"),
    "market:take": Rule(OWN_WRITE, the_coin, "post"),
    "market:seen": Rule(OWN_WRITE, a_lot, "post"),
}
