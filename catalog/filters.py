"""The filter of a list of coins, as it stands in the address: read once, it narrows, sorts and says what
it does. The list, saved views, exports, bulk edits and the API mean the same by the same address."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import OrderBy
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import columns, known, search
from catalog.access import Visitor
from catalog.criteria import (
    MISSING,
    AcquiredIn,
    Century,
    Choice,
    Condition,
    Criterion,
    GradeSpan,
    Having,
    InPlace,
    Lacking,
    Pick,
    Scope,
    Span,
    Tagged,
    Text,
    Years,
    given,
    one_of,
)
from catalog.models import (
    Authority,
    Coin,
    CoinType,
    Collection,
    Denomination,
    ImportSession,
    Metal,
    Mint,
    Place,
    Region,
    Status,
    Tag,
)
from catalog.models.coins import CoinQuerySet
from catalog.owncriteria import criterion

LACKS = {name: label for name, (label, _q) in MISSING.items()}
CRITERIA: list[Criterion] = [
    Text("q", gettext_lazy("search")),
    Pick("collection", gettext_lazy("collection"), objects=lambda s: Collection.objects.visible_to(s.user)),
    Choice("status", gettext_lazy("status"), choices=dict(Status.choices)),
    Pick("authority", gettext_lazy("authority"), objects=lambda s: known.words(Authority, s.user, s.pks)),
    Pick("denomination", gettext_lazy("denomination"), objects=lambda s: known.words(Denomination, s.user, s.pks)),
    Pick("mint", gettext_lazy("mint"), objects=lambda s: known.words(Mint, s.user, s.pks)),
    Pick("metal", gettext_lazy("metal"), objects=lambda s: known.words(Metal, s.user, s.pks)),
    Pick("region", gettext_lazy("region or country"), objects=lambda s: known.words(Region, s.user, s.pks)),
    Years("date", gettext_lazy("date")),
    Century("century", gettext_lazy("century")),
    GradeSpan("grade", gettext_lazy("grade"), lookup="grade_rank"),
    InPlace("place", gettext_lazy("storage place"), objects=lambda s: known.nodes(Place, s.user, s.pks)),
    Tagged("tag", gettext_lazy("tag"), objects=lambda s: known.nodes(Tag, s.user, s.pks)),
    Span("cost", gettext_lazy("cost")),
    Span("value", gettext_lazy("value")),
    Span("weight", gettext_lazy("weight")),
    AcquiredIn("acquired", gettext_lazy("acquired")),
    Lacking("no", gettext_lazy("without"), choices=LACKS),
    Having("has", gettext_lazy("with"), choices=LACKS),
    Pick("type", gettext_lazy("type"), objects=lambda s: known.words(CoinType, s.user, s.pks)),
    Pick("import", gettext_lazy("import"), column="import_session", objects=lambda s: ImportSession.objects.filter(collection__in=s.collections)),
]  # fmt: skip


@dataclass(frozen=True)
class ActiveChip:
    """One thing the list is narrowed by, and the address without it."""

    name: str
    label: str
    text: str
    without: str


@dataclass(frozen=True)
class CoinFilter:
    scope: Scope
    conditions: tuple[Condition, ...] = ()
    sort: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def from_query(
        cls, query: QueryDict | str, user: Visitor, scope: Scope | None = None
    ) -> "CoinFilter":
        query = QueryDict(query) if isinstance(query, str) else query
        scope = scope or Scope.of(user)
        notes: list[str] = []
        read = [one.read(query, scope, notes) for one in criteria_of(scope)]
        sort = one_of(query, "sort")
        if sort and sort.removeprefix("-") not in columns.columns_of(scope):
            notes.append(_("The list cannot be sorted by “%(name)s”.") % {"name": sort[:40]})
            sort = ""
        return cls(scope, tuple(one for one in read if one), sort, tuple(notes))

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def apply(self, coins: CoinQuerySet) -> CoinQuerySet:
        for condition in self.conditions:
            coins = condition.narrow(coins)
        return coins

    def coins(self) -> CoinQuerySet:
        """The living coins that the visitor may see and the filter lets through, not yet in order."""
        return self.apply(self.scope.coins())

    def ordered(self, coins: CoinQuerySet) -> CoinQuerySet:
        """Unless asked otherwise: newest first, or what has the very words that were searched for."""
        if self.sort:
            return columns.sort_by(coins, self.sort, self.scope)
        if (exactly := search.whole_words(self.text)) is not None:
            return coins.order_by(OrderBy(exactly, descending=True), "-created_at", "-pk")
        return coins.order_by("-created_at", "-pk")

    @property
    def text(self) -> str:
        return "".join(value for name, value in self.params() if name == "q")

    def without(self, name: str) -> "CoinFilter":
        return replace(self, conditions=tuple(c for c in self.conditions if c.name != name))

    def sorted_by(self, sort: str) -> "CoinFilter":
        return replace(self, sort="" if sort == columns.NEWEST and not self.text else sort)

    def has(self, name: str) -> bool:
        return any(condition.name == name for condition in self.conditions)

    def other_params(self) -> list[tuple[str, str]]:
        """What narrows without standing in the panel; a form has to carry it along."""
        return [pair for pair in self.params() if pair[0] in {"type", "import", "has"}]

    def params(self) -> list[tuple[str, str]]:
        return [pair for condition in self.conditions for pair in condition.params]

    def to_query(self, **extra: object) -> str:
        """The address of this very list, without what says nothing."""
        pairs = self.params() + ([("sort", self.sort)] if self.sort else [])
        return urlencode([*pairs, *((key, value) for key, value in extra.items() if value)])

    def chips(self) -> list[ActiveChip]:
        found = []
        for condition in self.conditions:
            for chip in condition.chips:
                gone = set(chip.params)
                rest = [pair for pair in self.params() if pair not in gone]
                rest += [("sort", self.sort)] if self.sort else []
                found.append(
                    ActiveChip(condition.name, condition.label, chip.text, urlencode(rest))
                )
        return found


def criteria_of(scope: Scope) -> list[Criterion]:
    return [*CRITERIA, *(criterion(custom) for custom in scope.own_fields)]


def neighbours(coin: Coin, query: QueryDict | str, user: Visitor) -> tuple[int | None, int | None]:
    """The coins before and after this one in the list of that address; `page` in it says where to look
    first, so that the whole list is walked only where the coin has moved."""
    from catalog.listing import PAGE_SIZE

    query = QueryDict(query) if isinstance(query, str) else query
    asked = CoinFilter.from_query(query, user)
    ids = asked.ordered(asked.coins()).values_list("pk", flat=True)
    page = one_of(query, "page")
    start = max(0, (int(page) - 1) * PAGE_SIZE - 1) if page.isdecimal() and len(page) < 7 else 0
    near = list(ids[start : start + PAGE_SIZE + 2])
    if coin.pk not in near or (near[0] == coin.pk and start):
        near = list(ids)
    if coin.pk not in near:
        return None, None
    at = near.index(coin.pk)
    return near[at - 1] if at else None, near[at + 1] if at + 1 < len(near) else None


__all__ = ["CRITERIA", "ActiveChip", "CoinFilter", "Scope", "criteria_of", "given", "neighbours"]
