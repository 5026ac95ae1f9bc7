from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule

RULES = {
    "coin": Rule(OWN_READ, lambda world: {"pk": world.coin.pk}),
    "coin-add": Rule(ANYBODY_SIGNED_IN),
    "coin-edit": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}),
    "coin-clone": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}, "post"),
    "coin-discard": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}, "post"),
    "coin-restore": Rule(OWN_WRITE, lambda world: {"pk": world.trashed.pk}, "post"),
    "coin-erase": Rule(OWN_WRITE, lambda world: {"pk": world.trashed.pk}, "post"),
    "coin-status": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}, "post", {"status": "sold"}),
    "coin-history": Rule(OWN_READ, lambda world: {"pk": world.coin.pk}),
    "coin-undo": Rule(
        OWN_WRITE,
        lambda world: {"pk": world.coin.pk},
        "post",
        lambda world: {"change": world.change.pk},
    ),
    "coin-qr": Rule(OWN_READ, lambda world: {"uid": world.coin.uid}),
    "trash": Rule(ANYBODY_SIGNED_IN),
    "term-search": Rule(ANYBODY_SIGNED_IN, lambda world: {"kind": "authority"}, query="?q=tra"),
}
