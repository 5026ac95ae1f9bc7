from io import BytesIO
from typing import Any

from market import pictures
from tests.access import ANYBODY_SIGNED_IN, MINE, Rule
from tests.factories import draw_coin
from tests.market.makes import make_lot


def lot(world: Any) -> dict[str, Any]:
    return {"pk": make_lot(world.owner).pk}


def picture(world: Any) -> dict[str, Any]:
    kept = pictures.keep(make_lot(world.owner), BytesIO(draw_coin()), "coin.jpg", "hand")
    return {"pk": kept.pk}


RULES = {
    "v1:lot-picture-list": Rule(ANYBODY_SIGNED_IN),
    "v1:lot-picture-detail": Rule(MINE, picture),
    "v1:lot-picture-image": Rule(MINE, picture, query="?size=thumb"),
    "market:picture-add": Rule(MINE, lot, "post"),
    "market:picture": Rule(MINE, lambda world: picture(world) | {"size": "thumb"}),
    "market:picture-delete": Rule(MINE, picture, "post"),
}
