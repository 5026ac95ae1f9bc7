"""What a list of coins can show and sort by: every field of the table in `catalog.fields`, and what is
computed. A column says how it reads, how it sorts and what has to be fetched for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.humanize.templatetags.humanize import naturalday
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    Min,
    OrderBy,
    OuterRef,
    Prefetch,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Length, Lower, NullIf
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from catalog import telling
from catalog.criteria import Label, Scope
from catalog.fields import BUILT_IN, CoinField, custom_field
from catalog.models import Coin, CoinReference, CustomField, Photo, Status, Tag
from catalog.models.coins import CoinQuerySet
from catalog.owncriteria import as_float, as_text

if TYPE_CHECKING:
    from catalog.models import User

Sortable = Expression | F | Subquery
Orders = tuple[Sortable, ...]
NUMBERS = {"decimal", "custom-number"}
DEFAULT = ["authority", "denomination", "mint", "date", "grade", "weight", "cost", "value", "place"]
NEWEST = "-added"
TERMS = ("authority", "denomination", "mint", "metal", "region")
ON_A_CARD = {"authority", "denomination", "mint", "metal"}
NAMED_BY = {"type": ("title",), "place": ("path",)}
LONG = {"obverse_legend", "obverse_design", "reverse_legend", "reverse_design", "notes", "edge"}
SHORT = {"status", "grade"}
WORDY = {"place", "tags", "references", "collection"}
MONEY = {"cost", "value"}
LETTERS = {"small": 9, "middle": 14, "wide": 21}  # that a heading of such a column has room for
UNITS = {"weight": "g", "diameter": "mm", "thickness": "mm"}


@dataclass(frozen=True)
class Column:
    name: str
    label: Label
    text: Callable[[Coin], str]
    orders: Orders
    is_number: bool = False
    needs: str = ""  # what `prefetch_related` or `select_related` has to bring

    def order_by(self, descending: bool) -> list[OrderBy]:
        """Empty ones last, whichever way."""
        return [OrderBy(one, descending=descending, nulls_last=True) for one in self.orders]

    def cell(self, coin: Coin) -> str:
        return self.text(coin)

    @property
    def size(self) -> str:
        """Said by its heading: a width that came from the rows would change while they arrive."""
        if self.name in LONG | {"type"}:
            return "widest"
        is_small = self.name in SHORT or (self.is_number and self.name not in MONEY)
        least = "small" if is_small else "wide" if self.name in WORDY else "middle"
        sizes = list(LETTERS)[list(LETTERS).index(least) :]
        return next((one for one in sizes if len(str(self.label)) <= LETTERS[one]), "widest")


def filled(name: str) -> Expression:
    return NullIf(F(name), Value(""))


def money(name: str) -> Callable[[Coin], str]:
    def text(coin: Coin) -> str:
        amount = getattr(coin, name)
        if amount is None:
            return ""
        shown = number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
        return f"{shown} {coin.collection.currency}"

    return text


def field_text(field: CoinField) -> Callable[[Coin], str]:
    if field.name == "date":
        return telling.struck
    if field.kind == "decimal":
        unit = UNITS[field.name]
        return lambda coin: f"{number_format(text)} {unit}" if (text := field.text(coin)) else ""
    return field.text


def orders_of(field: CoinField) -> Orders:
    name = field.name
    if field.kind == "term":
        return (F(f"{name}__name"),)
    if name == "date":
        return (F("year_from"), F("year_to"))
    if name == "references":
        rows = CoinReference.objects.filter(coin=OuterRef("pk")).order_by().values("coin")
        return (Subquery(rows.annotate(first=Min("sort_key")).values("first")),)
    if name == "tags":
        tags = Tag.objects.filter(coins=OuterRef("pk")).order_by("path")
        return (Subquery(tags.values("path")[:1]),)
    if name == "number":
        # 2 before 10: plain numbers go by their length first
        is_digits = {"number__gte": "0", "number__lt": ":"}
        return (Case(When(**is_digits, then=Length("number")), default=None), filled("number"))
    if name == "status":
        return (Case(*(When(status=s, then=Value(n)) for n, s in enumerate(Status.values))),)
    special = {"grade": "grade_rank", "type": "type__title", "place": "place__path"}
    if name in special:
        return (F(special[name]),)
    if field.kind in {"decimal", "choice"}:
        return (F(name),)
    return (Lower(filled(name), output_field=CharField()),)


def field_column(field: CoinField) -> Column:
    is_elsewhere = field.model is not None or field.name in {"tags", "references"}
    needs = field.name if is_elsewhere else ""
    return Column(
        field.name, field.label, field_text(field), orders_of(field), field.kind in NUMBERS, needs
    )


def own_column(custom: CustomField) -> Column:
    field = custom_field(custom)
    is_number = custom.kind == CustomField.Kind.NUMBER
    order = as_float(custom) if is_number else Lower(as_text(custom))
    return Column(field.name, field.label, field.text, (order,), is_number)


def day_text(name: str) -> Callable[[Coin], str]:
    return lambda coin: (
        date_format(day, "SHORT_DATE_FORMAT") if (day := getattr(coin, name)) else ""
    )


def moment_text(name: str) -> Callable[[Coin], str]:
    return lambda coin: str(naturalday(localtime(getattr(coin, name)), "SHORT_DATE_FORMAT"))


COMPUTED = [
    Column("cost", gettext_lazy("cost"), money("cost"), (F("cost"),), True),
    Column("value", gettext_lazy("value"), money("value"), (F("value"),), True),
    Column("acquired", gettext_lazy("acquired"), day_text("acquired_on"), (F("acquired_on"),), True),
    Column(
        "collection", gettext_lazy("collection"), lambda coin: str(coin.collection),
        (F("collection__name"),),
    ),
    Column("added", gettext_lazy("added"), moment_text("created_at"), (F("created_at"),), True),
    Column("changed", gettext_lazy("changed"), moment_text("changed_at"), (F("changed_at"),), True),
]  # fmt: skip
FIXED: dict[str, Column] = {
    one.name: one for one in [*(field_column(field) for field in BUILT_IN.values()), *COMPUTED]
}


def columns_of(scope: Scope) -> dict[str, Column]:
    return FIXED | {(one := own_column(custom)).name: one for custom in scope.own_fields}


def chosen(user: "User", scope: Scope) -> list[Column]:
    """The columns that this user wants to see, in that order; the title is always there."""
    known = columns_of(scope)
    names: list[Any] = user.list_columns if isinstance(user.list_columns, list) else []
    picked = [known[name] for name in names if isinstance(name, str) and name in known]
    return picked or [known[name] for name in DEFAULT]


def sort_by(coins: CoinQuerySet, sort: str, scope: Scope) -> CoinQuerySet:
    column = columns_of(scope)[sort.removeprefix("-")]
    descending = sort.startswith("-")
    return coins.order_by(*column.order_by(descending), "-pk" if descending else "pk")


def fetch_for(coins: CoinQuerySet, columns: list[Column]) -> CoinQuerySet:
    """Only what a card and these columns show. Of words only their names, and no long text that nobody
    sees: sixty rows are read in half the time."""
    shown = {column.name for column in columns}
    needs = {column.needs for column in columns} - {""} | ON_A_CARD
    relations = [name for name in (*TERMS, "type", "place") if name in needs]
    names = [
        f"{name}__{part}" for name in relations for part in NAMED_BY.get(name, ("name", "names"))
    ]
    photos = Photo.objects.defer("fingerprint", "sha256", "dhash", "source_url", "name", "failure")
    own = [
        field.attname
        for field in Coin._meta.concrete_fields
        if field.name not in LONG - shown
        and (not field.is_relation or field.name != "import_session")
    ]
    coins = coins.select_related(*relations).only(*own, *names)
    return coins.prefetch_related(Prefetch("photos", photos), *({"tags", "references"} & needs))
