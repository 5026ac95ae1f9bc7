from typing import Any

from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule
from tests.market.makes import make_estimate, make_lot


def coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


def lot(world: Any) -> dict[str, Any]:
    """Everybody sees what the site itself has."""
    return coin(world) | {"lot": make_lot(None).pk}


def estimate(world: Any) -> dict[str, Any]:
    return {"pk": make_estimate(world.coin, world.owner).pk}


RULES = {
    "v1:coin-comparables": Rule(OWN_READ, coin),
    "v1:coin-comparables-reset": Rule(OWN_WRITE, coin, "post"),
    "v1:comparable-pin": Rule(OWN_WRITE, lot, "post"),
    "v1:comparable-leave-out": Rule(OWN_WRITE, lot, "post"),
    "v1:comparable-reset": Rule(OWN_WRITE, lot, "post"),
    "v1:coin-estimate": Rule(OWN_READ, coin),
    "v1:coin-estimate-take": Rule(OWN_WRITE, coin, "post"),
    "v1:coin-chart": Rule(OWN_READ, coin),
    "v1:lot-chart": Rule(ANYBODY_SIGNED_IN),
    "v1:estimate-list": Rule(ANYBODY_SIGNED_IN),
    "v1:estimate-detail": Rule(OWN_READ, estimate),
}
