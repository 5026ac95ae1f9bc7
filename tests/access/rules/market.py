from typing import Any

from tests.access import ANYBODY_SIGNED_IN, OWN_READ, Rule


def the_coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


RULES = {
    "market:home": Rule(ANYBODY_SIGNED_IN),
    "market:panel": Rule(OWN_READ, the_coin),
}
