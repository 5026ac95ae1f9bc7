"""One method of each address; tests/access/test_api_methods.py has the others."""

from datetime import date

from catalog.models import Authority, Catalogue, Denomination, Metal, Mint, Region, StatusChange
from tests.access import (
    ANYBODY_SIGNED_IN,
    EVERYBODY,
    GONE,
    MINE,
    OWN_READ,
    OWN_WRITE,
    OWNER_ONLY,
    SIGN_IN,
    Rule,
)
from tests.factories import make_term


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


def a_step(world):
    step = StatusChange.objects.create(coin=world.coin, new="owned", on=date(2024, 5, 3))
    return {"pk": step.pk}


def a_word(model):
    return lambda world: {"pk": make_term(model, "RIC").pk}


def one_coin(**more):
    return lambda world: {"ids": [world.coin.pk], "all_or_nothing": True} | more


DONE, REFUSED = frozenset({200}), frozenset({400})
LISTS = (
    "collection", "member", "share-link", "coin", "photo", "change", "status-change", "trade",
    "valuation", "provenance", "attachment", "place", "tag", "custom-field", "saved-view", "set",
    "set-slot", "type", "authority", "denomination", "mint", "metal", "region", "catalogue", "import",
    "export",
)  # fmt: skip
# the verdict on each coin stands in the answer; `all_or_nothing` makes it the answer
EACH = OWN_WRITE | {"owner": DONE, "editor": DONE, "viewer": REFUSED, "stranger": REFUSED}
NOBODY = dict.fromkeys(("owner", "editor", "viewer", "stranger"), frozenset({404})) | {
    "anonymous": SIGN_IN
}

RULES = {
    "v1:me": Rule(ANYBODY_SIGNED_IN),
    "v1:root": Rule(ANYBODY_SIGNED_IN),
    "v1:schema": Rule(EVERYBODY),
    "v1:reference": Rule(ANYBODY_SIGNED_IN),
    "v1:nowhere": Rule(NOBODY, lambda world: {"address": "coin/"}),
    **{f"v1:{name}-list": Rule(ANYBODY_SIGNED_IN) for name in LISTS},
    # of a collection: its editors write
    "v1:coin-detail": Rule(OWN_WRITE, of("coin"), "patch", {"title": "Denarius"}),
    "v1:coin-restore": Rule(OWN_WRITE, of("trashed"), "post"),
    "v1:coin-set-status": Rule(OWN_WRITE, of("coin"), "post", {"status": "sold"}),
    "v1:coin-bulk": Rule(EACH, method="patch", data=one_coin(changes={"title": "Denarius"})),
    "v1:coin-bulk-trash": Rule(EACH, method="post", data=one_coin()),
    "v1:coin-bulk-restore": Rule(EACH, method="post", data=one_coin()),
    "v1:change-detail": Rule(OWN_READ, of("change")),
    "v1:change-undo": Rule(
        OWN_WRITE, method="post", data=lambda world: {"changes": [world.change.pk]}
    ),
    "v1:status-change-detail": Rule(OWN_READ, a_step),
    "v1:photo-detail": Rule(OWN_WRITE, of("photo"), "patch", {"role": "edge"}),
    "v1:photo-image": Rule(OWN_READ, of("photo"), query="?size=thumb"),
    "v1:trade-detail": Rule(OWN_WRITE, of("trade"), "patch", {"note": "At the fair"}),
    "v1:valuation-detail": Rule(OWN_READ, of("valuation")),
    "v1:provenance-detail": Rule(OWN_WRITE, of("provenance"), "patch", {"note": "Old"}),
    "v1:provenance-move": Rule(OWN_WRITE, of("provenance"), "post", {"step": 1}),
    "v1:attachment-detail": Rule(OWN_WRITE, of("attachment"), "patch", {"name": "Bill"}),
    "v1:attachment-file": Rule(OWN_READ, of("attachment")),
    # of its owner
    "v1:collection-detail": Rule(OWNER_ONLY, of("collection"), "patch", {"name": "Vault"}),
    "v1:member-detail": Rule(MINE, of("membership"), "patch", {"role": "viewer"}),
    "v1:share-link-detail": Rule(MINE, of("link"), "patch", {"with_prices": True}),
    "v1:place-detail": Rule(MINE, of("place"), "patch", {"name": "Tray 2"}),
    "v1:tag-detail": Rule(MINE, of("tag"), "patch", {"name": "Gold"}),
    "v1:custom-field-detail": Rule(MINE, of("field"), "patch", {"name": "How rare"}),
    "v1:saved-view-detail": Rule(MINE, of("view"), "patch", {"name": "Gold"}),
    "v1:set-detail": Rule(MINE, of("set"), "patch", {"name": "Caesars"}),
    "v1:set-completion": Rule(MINE, of("set")),
    "v1:set-slot-detail": Rule(MINE, of("slot"), "patch", {"label": "Octavian"}),
    "v1:import-detail": Rule(OWN_READ | {"viewer": GONE}, of("session")),
    "v1:export-detail": Rule(MINE, of("export")),
    "v1:export-file": Rule(MINE, of("export")),
    # everybody's
    "v1:type-detail": Rule(ANYBODY_SIGNED_IN, of("type")),
    "v1:type-issues": Rule(ANYBODY_SIGNED_IN, of("type")),
    **{
        f"v1:{model._meta.model_name}-detail": Rule(ANYBODY_SIGNED_IN, a_word(model))
        for model in (Authority, Denomination, Mint, Metal, Region, Catalogue)
    },
}
