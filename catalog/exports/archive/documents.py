"""Rows as documents of the archive, without the ZIP around them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Prefetch, QuerySet

from catalog.exports.archive import specs
from catalog.exports.archive.refs import Refs
from catalog.fields import BUILT_IN
from catalog.models import (
    Attachment,
    Coin,
    CoinSet,
    CoinType,
    Collection,
    CustomField,
    FieldChange,
    Photo,
    Place,
    SavedView,
    Tag,
    User,
)

CHUNK = 300
Document = dict[str, Any]
FileName = Callable[[Photo | Attachment], str]
# What a list's address names by a number of our database
PICKED: dict[str, Any] = {
    name: Coin._meta.get_field(name).related_model
    for name in (
        "collection",
        "authority",
        "denomination",
        "mint",
        "metal",
        "region",
        "place",
        "type",
    )
} | {"tag": Tag}
HANGING = {
    "references": specs.REFERENCE, "trades": specs.TRADE, "valuations": specs.VALUATION,
    "provenance": specs.PROVENANCE, "photos": specs.PHOTO, "attachments": specs.ATTACHMENT,
    "changes": specs.CHANGE, "status_changes": specs.LIFE,
}  # fmt: skip


def photo_name(photo: Photo, sha256: str) -> str:
    suffix = PurePosixPath(photo.original.name or "").suffix.lower()
    return f"photos/{photo.coin.uid}/{sha256}{suffix}"


def attachment_name(attachment: Attachment, sha256: str) -> str:
    suffix = PurePosixPath(attachment.file.name or "").suffix.lower()
    return f"attachments/{attachment.coin.uid}/{sha256}{suffix}"


def coins(collections: Iterable[Collection], refs: Refs, name_of: FileName) -> Iterator[Document]:
    """In the order in which they were made, which the restored ones keep."""
    owned = Coin.objects.filter(collection__in=list(collections)).order_by("pk")
    ids = list(owned.values_list("pk", flat=True))
    rows = Coin.objects.order_by("pk").prefetch_related(
        "tags",
        *(
            Prefetch(name, spec.model._default_manager.order_by("pk"), to_attr=f"all_{name}")
            for name, spec in HANGING.items()
        ),
    )
    for start in range(0, len(ids), CHUNK):
        for coin in rows.filter(pk__in=ids[start : start + CHUNK]):
            yield coin_document(coin, refs, name_of)


def coin_document(coin: Coin, refs: Refs, name_of: FileName) -> Document:
    found = specs.COIN.document(coin) | refs.words(specs.COIN, coin)
    found["collection"] = refs.collections[coin.collection_id]
    found["place"] = refs.places.get(coin.place_id or 0)
    found["tags"] = sorted(tag.path for tag in coin.tags.all())
    found["references"] = [
        specs.REFERENCE.document(row) | refs.words(specs.REFERENCE, row)
        for row in rows_of(coin, "references")
    ]
    for name, spec in (("trades", specs.TRADE), ("provenance", specs.PROVENANCE)):
        found[name] = [spec.document(row) for row in rows_of(coin, name)]
    for name, spec in (("valuations", specs.VALUATION), ("status_changes", specs.LIFE)):
        found[name] = [
            spec.document(row) | mine(row.by_id, refs.owner) for row in rows_of(coin, name)
        ]
    for name, spec in (("photos", specs.PHOTO), ("attachments", specs.ATTACHMENT)):
        found[name] = [
            spec.document(row) | mine(row.added_by_id, refs.owner) | {"file": name_of(row)}
            for row in rows_of(coin, name)
        ]
    found["changes"] = changes(rows_of(coin, "changes"), refs)
    return {key: value for key, value in found.items() if value not in (None, [])}


def rows_of(coin: Coin, name: str) -> list[Any]:
    rows: list[Any] = getattr(coin, f"all_{name}")
    return rows


def in_order(rows: Any) -> list[Any]:
    return sorted(rows.all(), key=lambda row: row.pk)


def mine(author_id: int | None, owner: User) -> Document:
    """Other people do not travel: what they did is kept, their names are theirs."""
    return {"mine": True} if author_id == owner.pk else {}


def changes(rows: list[FieldChange], refs: Refs) -> list[Document]:
    place = {row.pk: number for number, row in enumerate(rows)}
    found = []
    for row in rows:
        document = specs.CHANGE.document(row) | mine(row.by_id, refs.owner)
        if row.undoes_id in place:
            document["undoes"] = place[row.undoes_id]
        for side in ("old", "new"):
            if (value := getattr(row, side)) is not None:
                document[side] = remembered(row.field, value, refs)
        found.append(document)
    return found


def remembered(field: str, value: Any, refs: Refs) -> Any:
    """The history names a word `[id, name]`; elsewhere the id is another's."""
    known = BUILT_IN.get(field)
    if known is None or known.model is None:
        return value
    return {"ref": refs.of_thing(known.model, value[0]), "name": value[1]}


# --- all the rest ---------------------------------------------------------------
def collections(rows: Iterable[Collection]) -> Iterator[Document]:
    return (specs.COLLECTION.document(row) for row in rows)


def places(owner: User) -> Iterator[Document]:
    for row in Place.objects.filter(owner=owner).order_by("pk"):
        yield {"path": row.path} | specs.PLACE.document(row)


def tags(owner: User) -> Iterator[Document]:
    return ({"path": row.path} for row in Tag.objects.filter(owner=owner).order_by("pk"))


def custom_fields(owner: User) -> Iterator[Document]:
    rows = CustomField.objects.filter(owner=owner).order_by("pk")
    return (specs.CUSTOM.document(row) for row in rows)


def sets(refs: Refs) -> Iterator[Document]:
    rows = CoinSet.objects.filter(owner=refs.owner).order_by("pk")
    for row in rows.prefetch_related("slots__coin"):
        document = specs.SET.document(row)
        document["slots"] = [slot_document(slot, refs) for slot in in_order(row.slots)]
        yield document


def slot_document(slot: Any, refs: Refs) -> Document:
    document = specs.SLOT.document(slot) | refs.words(specs.SLOT, slot)
    if slot.coin and slot.coin.collection_id in refs.collections:
        document["coin"] = str(slot.coin.uid)
    return document


def saved_views(refs: Refs) -> Iterator[Document]:
    for row in SavedView.objects.filter(user=refs.owner).order_by("pk"):
        yield specs.VIEW.document(row) | {"query": query(row.query, refs)}


def query(text: str, refs: Refs) -> list[list[Any]]:
    found: list[list[Any]] = []
    for key, value in parse_qsl(text, keep_blank_values=True):
        if key in PICKED and value.isdecimal():
            found += (
                [[key, {"ref": ref}]] if (ref := refs.of_thing(PICKED[key], int(value))) else []
            )
        elif key != "import":
            found.append([key, value])
    return found


def types(refs: Refs) -> Iterator[Document]:
    rows = CoinType.objects.filter(pk__in=refs.used["type"]).order_by("key")
    for row in rows.prefetch_related("references", "issues"):
        document = specs.TYPE.document(row) | refs.words(specs.TYPE, row)
        for name, spec in (("references", specs.TYPE_REFERENCE), ("issues", specs.ISSUE)):
            document[name] = [
                spec.document(one) | refs.words(spec, one) for one in in_order(getattr(row, name))
            ]
        yield document


def words(refs: Refs) -> Iterator[Document]:
    """Last of all, when every other document has said what it uses; a mint brings its region."""
    written: dict[str, set[int]] = {kind: set() for kind in specs.WORDS}
    while new := {
        kind: refs.used[kind] - done for kind, done in written.items() if refs.used[kind] - done
    }:
        for kind, pks in new.items():
            written[kind] |= pks
            spec = specs.WORDS[kind]
            rows: QuerySet[Any] = spec.model._default_manager.filter(pk__in=pks)
            for row in sorted(rows, key=lambda row: refs.of(spec.model, row.pk) or ""):
                yield (
                    {"ref": refs.of(spec.model, row.pk)}
                    | spec.document(row)
                    | refs.words(spec, row)
                )
