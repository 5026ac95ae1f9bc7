from catalog.models import BulkEdit
from tests.access import ANYBODY_SIGNED_IN, MINE, OWN_WRITE, Rule


def made_by_owner(world: object) -> dict[str, int]:
    edit = BulkEdit.begin(world.owner, [world.coin.pk], "notes", "x")  # type: ignore[attr-defined]
    return {"pk": edit.pk}


RULES = {
    "coins": Rule(ANYBODY_SIGNED_IN),
    "coins-facet": Rule(ANYBODY_SIGNED_IN, lambda world: {"name": "authority"}),
    "list-columns": Rule(ANYBODY_SIGNED_IN),
    "coins-bulk": Rule(
        OWN_WRITE,
        method="post",
        data=lambda world: {"coin": world.coin.pk, "field": "notes", "value": "x", "apply": "1"},
    ),
    "bulk": Rule(MINE, made_by_owner),
    "bulk-undo": Rule(MINE, made_by_owner, method="post"),
    "saved-views": Rule(ANYBODY_SIGNED_IN),
    "view-add": Rule(ANYBODY_SIGNED_IN, method="post", data={"name": "Mine", "query": ""}),
    "view-edit": Rule(
        MINE, lambda world: {"pk": world.view.pk}, method="post", data={"name": "New name"}
    ),
    "view-delete": Rule(MINE, lambda world: {"pk": world.view.pk}, method="post"),
}
