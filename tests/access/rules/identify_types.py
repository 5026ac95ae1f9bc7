from typing import Any

from tests.access import OWN_READ, OWN_WRITE, Rule


def the_coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


RULES = {
    "identify:types": Rule(OWN_READ, the_coin),
    "identify:type-take": Rule(
        OWN_WRITE, lambda world: the_coin(world) | {"type_pk": world.type.pk}, "post"
    ),
}
