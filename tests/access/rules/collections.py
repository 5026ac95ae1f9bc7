from tests.access import ANYBODY_SIGNED_IN, EVERYBODY, GONE, MINE, OK, OWNER_ONLY, SIGN_IN, Rule


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


RULES = {
    "collections": Rule(ANYBODY_SIGNED_IN),
    "collection-edit": Rule(OWNER_ONLY, of("collection")),
    "collection-delete": Rule(
        OWNER_ONLY, of("collection"), "post", lambda world: {"name": world.collection.name}
    ),
    "collection-leave": Rule(
        {"owner": GONE, "editor": OK, "viewer": OK, "stranger": GONE, "anonymous": SIGN_IN},
        of("collection"),
        "post",
    ),
    "member-add": Rule(
        OWNER_ONLY, of("collection"), "post", {"username": "stranger", "role": "viewer"}
    ),
    "member-change": Rule(MINE, of("membership"), "post", {"role": "viewer"}),
    "member-remove": Rule(MINE, of("membership"), "post"),
    "link-add": Rule(OWNER_ONLY, of("collection"), "post", {"shows": "owned"}),
    "link-revoke": Rule(MINE, of("link"), "post"),
    "shared": Rule(EVERYBODY, lambda world: {"token": world.link.token}),
    "shared-coin": Rule(EVERYBODY, lambda world: {"token": world.link.token, "pk": world.coin.pk}),
    "shared-photo": Rule(
        EVERYBODY,
        lambda world: {"token": world.link.token, "pk": world.photo.pk, "size": "thumb"},
    ),
}
