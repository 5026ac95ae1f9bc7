from tests.access import ANYBODY_SIGNED_IN, MINE, Rule


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


RULES = {
    "sets": Rule(ANYBODY_SIGNED_IN),
    "set": Rule(MINE, of("set")),
    "set-edit": Rule(MINE, of("set")),
    "set-delete": Rule(MINE, of("set"), "post"),
    "slot-add": Rule(MINE, of("set"), "post", {"label": "Otho"}),
    "slot-delete": Rule(MINE, of("slot"), "post"),
    "slot-fill": Rule(MINE, of("slot"), "post", lambda world: {"coin": world.coin.pk}),
    "types": Rule(ANYBODY_SIGNED_IN, query="?q=trajan"),
    "type": Rule(ANYBODY_SIGNED_IN, of("type")),
    "run-add": Rule(ANYBODY_SIGNED_IN, of("type")),
}
