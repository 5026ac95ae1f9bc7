"""What the archive keeps of each model, field by field. A field that is neither plain nor named here
with the reason why not fails a test, so that nothing new is forgotten."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models

from catalog.models import (
    Attachment,
    Authority,
    Catalogue,
    Coin,
    CoinReference,
    CoinSet,
    CoinType,
    Collection,
    CustomField,
    Denomination,
    FieldChange,
    Issue,
    Metal,
    Mint,
    Photo,
    Place,
    Provenance,
    Region,
    SavedView,
    SetSlot,
    StatusChange,
    Tag,
    Trade,
    TypeReference,
    Valuation,
)

OURS = "a number of this database"
WHOSE = "the person who restores it"
NESTED = "it stands inside the thing it belongs to"
DERIVED = "computed again"
WRITTEN = "written in a form of its own"


@dataclass(frozen=True)
class Spec:
    """`words` are relations to the vocabulary, kept as references; `left_out` has a reason each."""

    model: type[models.Model]
    words: tuple[str, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)

    @cached_property
    def plain(self) -> "list[models.Field[Any, Any]]":
        skipped = {"id", *self.words, *self.left_out}
        return [one for one in self.model._meta.concrete_fields if one.name not in skipped]

    @cached_property
    def stamps(self) -> list[str]:
        """Columns that Django would fill with the moment of the restore."""
        return [
            one.name
            for one in self.plain
            if getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
        ]

    def document(self, row: models.Model) -> dict[str, Any]:
        values = {one.name: plain(getattr(row, one.attname)) for one in self.plain}
        return {name: value for name, value in values.items() if value not in (None, "")}


def plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


TERM = {"search_text": DERIVED, "added_by": WHOSE}
ATTRIBUTION = ("authority", "denomination", "mint", "metal", "region")
CITED = {"sort_key": DERIVED, "normalised": DERIVED}
OF_COIN = {"coin": NESTED}

COLLECTION = Spec(Collection, left_out={"owner": WHOSE})
COIN = Spec(
    Coin,
    (*ATTRIBUTION, "type"),
    {
        "collection": WRITTEN, "place": WRITTEN, "grade_rank": DERIVED, "cost": DERIVED,
        "value": DERIVED, "acquired_on": DERIVED, "import_session": "imports cannot be undone here",
    },
)  # fmt: skip
REFERENCE = Spec(CoinReference, ("catalogue",), OF_COIN | CITED)
TRADE = Spec(Trade, left_out=OF_COIN)
VALUATION = Spec(Valuation, left_out=OF_COIN | {"by": WRITTEN})
PROVENANCE = Spec(Provenance, left_out=OF_COIN)
PHOTO = Spec(
    Photo,
    left_out=OF_COIN
    | {"original": WRITTEN, "added_by": WRITTEN}
    | dict.fromkeys(
        ("format", "width", "height", "size", "sha256", "dhash", "fingerprint", "state", "failure"),
        DERIVED,
    ),
)
ATTACHMENT = Spec(
    Attachment,
    left_out=OF_COIN | {"file": WRITTEN, "added_by": WRITTEN, "size": DERIVED, "sha256": DERIVED},
)
CHANGE = Spec(
    FieldChange,
    left_out=OF_COIN | {"by": WRITTEN, "undoes": WRITTEN, "old": WRITTEN, "new": WRITTEN},
)
LIFE = Spec(StatusChange, left_out=OF_COIN | {"by": WRITTEN})
PLACE = Spec(Place, left_out={"owner": WHOSE, "parent": WRITTEN, "name": WRITTEN, "path": WRITTEN})
TAG = Spec(Tag, left_out={"owner": WHOSE, "parent": WRITTEN, "name": WRITTEN, "path": WRITTEN})
CUSTOM = Spec(CustomField, left_out={"owner": WHOSE})
SET = Spec(CoinSet, left_out={"owner": WHOSE})
SLOT = Spec(SetSlot, ("type", "authority"), {"set": NESTED, "coin": WRITTEN})
VIEW = Spec(SavedView, left_out={"user": WHOSE, "query": WRITTEN})
TYPE = Spec(CoinType, ATTRIBUTION, TERM)
TYPE_REFERENCE = Spec(TypeReference, ("catalogue",), {"type": NESTED} | CITED)
ISSUE = Spec(Issue, ("mint",), {"type": NESTED})
WORDS: dict[str, Spec] = {
    "region": Spec(Region, ("parent",), TERM),
    "metal": Spec(Metal, (), TERM),
    "denomination": Spec(Denomination, ("metal",), TERM),
    "mint": Spec(Mint, ("region",), TERM),
    "authority": Spec(Authority, (), TERM),
    "catalogue": Spec(Catalogue, (), TERM),
}
ALL = [
    COLLECTION, COIN, REFERENCE, TRADE, VALUATION, PROVENANCE, PHOTO, ATTACHMENT, CHANGE, LIFE, PLACE,
    TAG, CUSTOM, SET, SLOT, VIEW, TYPE, TYPE_REFERENCE, ISSUE, *WORDS.values(),
]  # fmt: skip
