"""What coins stand in and beside: collections, places, tags, own fields, sets, saved views."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.exports.archive import specs
from catalog.exports.restore.reading import BadDocument, Document, create, rows_in, uid_for, values
from catalog.exports.restore.report import Report
from catalog.exports.restore.words import Types, Words
from catalog.models import CoinSet, Collection, CustomField, Place, SavedView, SetSlot, Tag, User
from catalog.models.trees import Node
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence

OTHER_KIND = gettext_noop("Your field “%(name)s” is of another kind here; it stays as it is.")


class Tree:
    """Places or tags by path, made with their ancestors where they are missing."""

    def __init__(self, model: Any, user: User, report: Report) -> None:
        self.model, self.user, self.report = model, user, report
        self.found: dict[str, Any] = {row.path: row for row in model.objects.filter(owner=user)}

    def at(self, path: Any, **values: Any) -> Any:
        if not isinstance(path, str) or not path.strip() or len(path) > 1000:
            return None
        if path not in self.found:
            above, _separator, name = path.rpartition(Node.SEPARATOR)
            parent = self.at(above) if above else None
            row = self.model(owner=self.user, parent=parent, name=name[:120], **values)
            row.save()
            self.found[path] = self.found.setdefault(row.path, row)
            self.report.added[f"{self.model.__name__.lower()}s"] += 1
        return self.found[path]


def restore_collections(
    documents: Iterable[Document], user: User, report: Report
) -> dict[str, Collection]:
    """By the uid that the archive calls them."""
    found = {}
    for document in documents:
        said = values(specs.COLLECTION, document)
        wanted = said["uid"]
        other = Collection.objects.filter(uid=wanted).exclude(owner=user).exists()
        said["uid"] = uid_for(user.pk, wanted) if other else wanted
        collection = Collection.objects.filter(owner=user, uid=said["uid"]).first()
        report.there["collections"] += bool(collection)
        if collection is None:
            collection = Collection(owner=user, **said)
            create(Collection, [collection], specs.COLLECTION.stamps)
            report.added["collections"] += 1
        found[str(wanted)] = collection
    return found


def restore_trees(
    places: Iterable[Document], tags: Iterable[Document], user: User, report: Report
) -> tuple[Tree, Tree]:
    place_tree, tag_tree = Tree(Place, user, report), Tree(Tag, user, report)
    for document in places:
        place_tree.at(document.get("path"), **values(specs.PLACE, document))
    for document in tags:
        tag_tree.at(document.get("path"))
    return place_tree, tag_tree


def restore_custom_fields(documents: Iterable[Document], user: User, report: Report) -> None:
    there = {row.key: row for row in CustomField.objects.filter(owner=user)}
    for document in documents:
        said = values(specs.CUSTOM, document)
        known = there.get(said["key"])
        if known is None:
            CustomField.objects.create(owner=user, **said)
            report.added["custom_fields"] += 1
        elif known.kind != said["kind"]:
            report.problem(sentence(Refusal("field", OTHER_KIND, name=known.name)))


@transaction.atomic
def restore_sets(
    documents: Iterable[Document],
    user: User,
    look_up: "LookUp",
    coins: dict[UUID, int],
    report: Report,
) -> None:
    there = set(CoinSet.objects.filter(owner=user).values_list("name", "created_at"))
    for document in documents:
        said = values(specs.SET, document)
        if (said["name"], said["created_at"]) in there:
            report.there["sets"] += 1
            continue
        row = CoinSet(owner=user, **said)
        create(CoinSet, [row], specs.SET.stamps)
        slots = [slot(one, row, look_up, coins) for one in rows_in(document, "slots")]
        SetSlot.objects.bulk_create(slots)
        report.added["sets"] += 1


def slot(document: Document, of: CoinSet, look_up: "LookUp", coins: dict[UUID, int]) -> SetSlot:
    try:
        coin = coins.get(UUID(document["coin"])) if document.get("coin") else None
    except (ValueError, AttributeError, TypeError):
        coin = None
    return SetSlot(
        set=of, **values(specs.SLOT, document), coin_id=coin, type_id=look_up.pk(document.get("type")),
        authority_id=look_up.pk(document.get("authority")),
    )  # fmt: skip


def restore_views(
    documents: Iterable[Document], user: User, look_up: "LookUp", report: Report
) -> None:
    there = set(SavedView.objects.filter(user=user).values_list("name", flat=True))
    for document in documents:
        said = values(specs.VIEW, document)
        if said["name"] in there:
            report.there["saved_views"] += 1
            continue
        SavedView.objects.create(user=user, **said, query=look_up.query(document.get("query")))
        report.added["saved_views"] += 1


class LookUp:
    """Any reference of the archive, as a number of this database."""

    def __init__(
        self, words: Words, types: Types, places: Tree, tags: Tree, rooms: dict[str, Collection]
    ) -> None:
        self.words, self.types, self.places, self.tags = words, types, places, tags
        self.rooms = rooms

    def pk(self, ref: Any) -> int | None:
        if not isinstance(ref, str):
            return None
        kind, _colon, name = ref.partition(":")
        own: dict[str, Any] = {
            "place": self.places.found, "tag": self.tags.found, "collection": self.rooms,
        }  # fmt: skip
        if kind in own:
            row = own[kind].get(name)
            return row.pk if row else None
        return self.types.pk(ref) if kind == "type" else self.words.pk(ref)

    def remembered(self, value: Any) -> Any:
        """`[id, name]` of the history again; 0 is nobody's, so that the name is looked for."""
        if isinstance(value, dict) and set(value) == {"ref", "name"}:
            return [self.pk(value["ref"]) or 0, value["name"]]
        if isinstance(value, list) and value and not isinstance(value[0], str):
            return [0, str(value[-1])]  # numbers of this database are not the archive's to name
        return value

    def query(self, pairs: Any) -> str:
        if not isinstance(pairs, list) or not all(
            isinstance(p, list) and len(p) == 2 for p in pairs
        ):
            raise BadDocument(_("the filter of a saved view is unreadable"))
        found = []
        for key, value in pairs:
            known = self.pk(value.get("ref")) if isinstance(value, dict) else value
            if known is not None:
                found.append((str(key), str(known)))
        return urlencode(found)
