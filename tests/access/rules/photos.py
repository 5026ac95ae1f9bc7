from typing import Any

from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule


def the_photo(world: Any) -> dict[str, Any]:
    return {"pk": world.photo.pk}


def the_coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


RULES = {
    "photo-upload": Rule(ANYBODY_SIGNED_IN),
    "photo-plan": Rule(ANYBODY_SIGNED_IN, method="post", data={"name": "coin.jpg"}),
    "photo": Rule(OWN_READ, lambda world: the_photo(world) | {"size": "card"}),
    "photo-page": Rule(OWN_READ, the_photo),
    "photo-original": Rule(OWN_WRITE, the_photo),
    "photo-preview": Rule(OWN_WRITE, the_photo),
    "photo-edit": Rule(OWN_WRITE, the_photo),
    "photo-disc": Rule(OWN_WRITE, the_photo),
    "photo-role": Rule(OWN_WRITE, the_photo, "post", {"role": "edge"}),
    "photo-order": Rule(OWN_WRITE, the_photo, "post", {"to": "earlier"}),
    "photo-retry": Rule(OWN_WRITE, the_photo, "post"),
    "photo-delete": Rule(OWN_WRITE, the_photo, "post"),
    "photo-transfer": Rule(OWN_WRITE, the_photo),
    "coin-photos": Rule(OWN_READ, the_coin),
    "draft": Rule(OWN_WRITE, the_coin, "post"),
    "draft-join": Rule(OWN_WRITE, the_coin, "post", lambda world: {"into": world.coin.pk}),
    "coin-duplicates": Rule(OWN_READ, the_coin),
    "compare": Rule(ANYBODY_SIGNED_IN),
}
