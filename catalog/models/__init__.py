from catalog.models.bulk import BulkEdit
from catalog.models.changes import FieldChange, StatusChange
from catalog.models.coins import Coin, CoinReference, Status
from catalog.models.collections import Collection, Membership, ShareLink
from catalog.models.exports import Export, Restoration
from catalog.models.extras import Attachment, CustomField, Provenance
from catalog.models.facts import Fact
from catalog.models.imports import ImportMapping, ImportRow, ImportSession
from catalog.models.money import Trade, Valuation
from catalog.models.people import ApiToken, SavedView, User
from catalog.models.photos import Photo
from catalog.models.search import SearchDocument
from catalog.models.sets import CoinSet, SetSlot
from catalog.models.trees import Place, Tag
from catalog.models.types import CoinType, Issue, TypeReference
from catalog.models.vocabulary import (
    Authority,
    Catalogue,
    Denomination,
    Metal,
    Mint,
    Region,
    TermChange,
)

__all__ = [
    "ApiToken",
    "Attachment",
    "Authority",
    "BulkEdit",
    "Catalogue",
    "Coin",
    "CoinReference",
    "CoinSet",
    "CoinType",
    "Collection",
    "CustomField",
    "Denomination",
    "Export",
    "Fact",
    "FieldChange",
    "ImportMapping",
    "ImportRow",
    "ImportSession",
    "Issue",
    "Membership",
    "Metal",
    "Mint",
    "Photo",
    "Place",
    "Provenance",
    "Region",
    "Restoration",
    "SavedView",
    "SearchDocument",
    "SetSlot",
    "ShareLink",
    "Status",
    "StatusChange",
    "Tag",
    "TermChange",
    "Trade",
    "TypeReference",
    "User",
    "Valuation",
]
