"""Every editable field of a coin, once: how it is called, read from text, written as text and kept in
the history. Forms, the list's columns, bulk edit, import, export and the API all walk this table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import dates, grades
from catalog.models import (
    Authority,
    Coin,
    CoinType,
    CustomField,
    Denomination,
    Metal,
    Mint,
    Place,
    Region,
    Status,
    Tag,
    User,
)
from catalog.models.vocabulary import Term
from catalog.sentences import sentence

if TYPE_CHECKING:
    from catalog.models.coins import CoinReference

ATTRIBUTION, SPECIMEN, KEEPING = "attribution", "specimen", "keeping"


@dataclass(frozen=True)
class CoinField:
    """`read` turns what somebody wrote into the stored JSON value, `write` the stored value into text;
    `get` and `set` move the stored value between a coin and the history."""

    name: str
    label: str | Promise
    group: str
    kind: str
    get: Callable[[Coin], Any]
    set: Callable[[Coin, Any], None]
    read: Callable[[str, User], Any]
    write: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    columns: tuple[str, ...] = ()
    choices: list[tuple[str, str | Promise]] = field(default_factory=list)
    model: type[Model] | None = None
    after_save: bool = False

    def text(self, coin: Coin) -> str:
        return self.write(self.get(coin))


def refuse(message: str) -> ValidationError:
    return ValidationError(message)


def label_of(name: str) -> str | Promise:
    model_field = Coin._meta.get_field(name)
    assert isinstance(model_field, Field)
    return model_field.verbose_name


# --- text, numbers, choices --------------------------------------------------
def attribute(name: str) -> tuple[Callable[[Coin], Any], Callable[[Coin, Any], None]]:
    return lambda coin: getattr(coin, name), lambda coin, value: setattr(coin, name, value)


def text_field(name: str, group: str, kind: str = "text") -> CoinField:
    limit = getattr(Coin._meta.get_field(name), "max_length", None)

    def read(text: str, user: User) -> str:
        text = text.strip() if kind == "longtext" else " ".join(text.split())
        if limit and len(text) > limit:
            raise refuse(_("At most %(limit)s characters.") % {"limit": limit})
        return text

    get, set_ = attribute(name)
    return CoinField(name, label_of(name), group, kind, get, set_, read, columns=(name,))


def read_decimal(text: str, places: int, high: Decimal) -> Decimal | None:
    plain = text.strip().removesuffix("g").removesuffix("mm").strip().replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise refuse(_("“%(text)s” is not a number.") % {"text": text}) from None
    if number.is_finite() and 0 < number <= high:
        number = round(number, places)
    if not number.is_finite() or number <= 0 or number > high:
        raise refuse(_("Write a number above 0 and at most %(high)s.") % {"high": high})
    return number


def decimal_field(name: str, places: int, high: int) -> CoinField:
    get, set_ = attribute(name)
    return CoinField(
        name,
        label_of(name),
        SPECIMEN,
        "decimal",
        # a saved 3.40 and a typed 3.4 are one number, or the history would be full of nothing
        lambda coin: None if get(coin) is None else format(Decimal(get(coin)).normalize(), "f"),
        lambda coin, value: set_(coin, None if value is None else Decimal(value)),
        lambda text, user: (
            None
            if (number := read_decimal(text, places, Decimal(high))) is None
            else format(number.normalize(), "f")
        ),
        columns=(name,),
    )


def choice_field(name: str, group: str, choices: list[tuple[Any, Any]]) -> CoinField:
    get, set_ = attribute(name)
    labels = {str(value): label for value, label in choices}

    def read(text: str, user: User) -> Any:
        wanted = text.strip().casefold()
        if not wanted and name != "status":
            return None
        for value, label in choices:
            if wanted in {str(value).casefold(), str(label).casefold()}:
                return value
        options = ", ".join(str(label) for _value, label in choices)
        raise refuse(
            _("“%(text)s” is not one of: %(options)s.") % {"text": text, "options": options}
        )

    return CoinField(
        name,
        label_of(name),
        group,
        "choice",
        get,
        set_,
        read,
        lambda value: "" if value is None else str(labels.get(str(value), value)),
        columns=(name,),
        choices=[(str(value), label) for value, label in choices],
    )


def read_grade(text: str, user: User) -> str:
    if not text.strip():
        return ""
    try:
        return grades.parse(text)[0]
    except grades.GradeError as error:
        raise refuse(sentence(error)) from None


# --- words of the vocabulary -------------------------------------------------
def as_pair(thing: Model | None) -> list[Any] | None:
    return None if thing is None else [thing.pk, str(thing)]


def pair_text(value: Any) -> str:
    return "" if not value else str(value[1])


def term_field(name: str, model: type[Term]) -> CoinField:
    def set_(coin: Coin, value: Any) -> None:
        setattr(coin, name, find_again(model, value, coin.collection.owner))

    def read(text: str, user: User) -> list[Any] | None:
        text = " ".join(text.split())
        if not text:
            return None
        known = model.objects.known_to(user).named(text)
        term = known.order_by("added_by", "pk").first()
        return as_pair(term or model.objects.create(name=text[:200], added_by=user))

    return CoinField(
        name,
        label_of(name),
        ATTRIBUTION,
        "term",
        lambda coin: as_pair(getattr(coin, name)),
        set_,
        read,
        pair_text,
        columns=(name,),
        model=model,
    )


def find_again(model: type[Model], value: Any, owner: User) -> Any:
    """The thing that the history names by `[id, name]`; by its name where the id is gone. Places never
    are another owner's: a history may come out of an archive that somebody wrote by hand."""
    if not value:
        return None
    manager: Any = model._default_manager
    found = (manager.filter(owner=owner) if model is Place else manager).filter(pk=value[0]).first()
    if found is None and issubclass(model, Term):
        found = manager.known_to(owner).named(str(value[1])).first()
    return found


def read_type(text: str, user: User) -> list[Any] | None:
    if not text.strip():
        return None
    known = CoinType.objects.known_to(user)
    found = (
        known.filter(key=text.strip()).first() or known.filter(title__iexact=text.strip()).first()
    )
    if found is None:
        raise refuse(_("No type is called “%(text)s”. Choose one from the list.") % {"text": text})
    return as_pair(found)


def read_place(text: str, user: User) -> list[Any] | None:
    return as_pair(Place.at(user, text)) if text.strip() else None


# --- dates -------------------------------------------------------------------
def date_of(coin: Coin) -> dates.DateRange:
    return dates.DateRange(coin.year_from, coin.year_to, coin.is_circa, coin.native_date)


def date_text(when: dates.DateRange) -> str:
    return "" if when == dates.UNDATED else dates.format(when)


def set_date(coin: Coin, value: Any) -> None:
    found = dates.parse(value or "")
    coin.year_from, coin.year_to = found.start, found.end
    coin.is_circa, coin.native_date = found.circa, found.native


def read_date(text: str, user: User) -> str:
    try:
        return date_text(dates.parse(text))
    except dates.DateError as error:
        raise refuse(sentence(error)) from None


# --- what hangs on a coin in rows of its own ---------------------------------
def split_list(text: str) -> list[str]:
    parts = [" ".join(part.split()) for line in text.splitlines() for part in line.split(";")]
    return list(dict.fromkeys(part for part in parts if part))


def set_tags(coin: Coin, value: Any) -> None:
    nodes = [Tag.at(coin.collection.owner, path) for path in value or []]
    coin.tags.set([node.pk for node in nodes if node])


def set_references(coin: Coin, value: Any) -> None:
    from catalog.citations import cite

    cite(coin, list(value or []))


def list_field(
    name: str,
    label: Any,
    group: str,
    items: Callable[[Coin], list[str]],
    set_: Callable[[Coin, Any], None],
) -> CoinField:
    def read(text: str, user: User) -> list[str]:
        found = split_list(text)
        for path in found if name == "tags" else ():
            Tag.names_in(path)
        return found

    return CoinField(
        name,
        label,
        group,
        "list",
        items,
        set_,
        read,
        lambda value: "; ".join(value or []),
        after_save=True,
    )


def cited(coin: Coin) -> list[str]:
    rows: list[CoinReference] = list(coin.references.all())
    return [row.text for row in rows]


# --- own fields --------------------------------------------------------------
def read_number(text: str) -> str:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise refuse(_("“%(text)s” is not a number.") % {"text": text}) from None
    # written out, 1e999999999 would take a gigabyte
    if not number.is_finite() or not -12 <= number.adjusted() < 15:
        raise refuse(_("“%(text)s” is too large or too small a number.") % {"text": text[:60]})
    return format(number.normalize(), "f")


def read_custom(custom: CustomField, text: str) -> Any:
    text = text.strip()
    if not text:
        return None
    kind = CustomField.Kind(custom.kind)
    if kind is CustomField.Kind.NUMBER:
        return read_number(text)
    if kind is CustomField.Kind.DATE:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise refuse(_("Write the date like 2024-05-31.")) from None
    if kind is CustomField.Kind.YES_NO:
        if text.casefold() in {"yes", "true", "1", "on", _("yes").casefold()}:
            return True
        if text.casefold() in {"no", "false", "0", "off", _("no").casefold()}:
            return False
        raise refuse(_("Write yes or no."))
    if kind is CustomField.Kind.CHOICE and text not in custom.options:
        raise refuse(
            _("“%(text)s” is not one of: %(options)s.")
            % {"text": text, "options": ", ".join(custom.options)}
        )
    if kind is CustomField.Kind.LINK:
        URLValidator(schemes=["http", "https"])(text)
    return text


def custom_field(custom: CustomField) -> CoinField:
    def set_(coin: Coin, value: Any) -> None:
        rest = {key: kept for key, kept in coin.custom.items() if key != custom.key}
        coin.custom = rest if value is None else rest | {custom.key: value}

    def write(value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return "" if value is None else str(value)

    return CoinField(
        f"custom.{custom.key}",
        custom.name,
        KEEPING,
        f"custom-{custom.kind}",
        lambda coin: coin.custom.get(custom.key),
        set_,
        lambda text, user: read_custom(custom, text),
        write,
        columns=("custom",),
        choices=[(option, option) for option in custom.options],
    )


# --- the table ---------------------------------------------------------------
def built_in() -> list[CoinField]:
    grade = CoinField(
        "grade", gettext_lazy("grade"), SPECIMEN, "grade", *attribute("grade"), read_grade,
        columns=("grade", "grade_rank"),
    )  # fmt: skip
    type_ = CoinField(
        "type", gettext_lazy("type"), ATTRIBUTION, "type", lambda coin: as_pair(coin.type),
        lambda coin, value: setattr(coin, "type", find_again(CoinType, value, coin.collection.owner)),
        read_type, pair_text,
        columns=("type",), model=CoinType,
    )  # fmt: skip
    place = CoinField(
        "place", gettext_lazy("storage place"), KEEPING, "place", lambda coin: as_pair(coin.place),
        lambda coin, value: setattr(coin, "place", find_again(Place, value, coin.collection.owner)),
        read_place, pair_text,
        columns=("place",), model=Place,
    )  # fmt: skip
    struck = CoinField(
        "date", gettext_lazy("date"), ATTRIBUTION, "years", lambda coin: date_text(date_of(coin)),
        set_date, read_date, columns=("year_from", "year_to", "is_circa", "native_date"),
    )  # fmt: skip
    return [
        text_field("title", ATTRIBUTION),
        choice_field("status", KEEPING, list(Status.choices)),
        text_field("number", KEEPING),
        type_,
        term_field("authority", Authority),
        term_field("denomination", Denomination),
        term_field("mint", Mint),
        term_field("metal", Metal),
        term_field("region", Region),
        struck,
        text_field("mint_mark", ATTRIBUTION),
        text_field("variety", ATTRIBUTION),
        text_field("obverse_legend", ATTRIBUTION),
        text_field("obverse_design", ATTRIBUTION, "longtext"),
        text_field("reverse_legend", ATTRIBUTION),
        text_field("reverse_design", ATTRIBUTION, "longtext"),
        list_field("references", gettext_lazy("references"), ATTRIBUTION, cited, set_references),
        decimal_field("weight", 3, 100_000),
        decimal_field("diameter", 2, 10_000),
        decimal_field("thickness", 2, 1_000),
        choice_field("die_axis", SPECIMEN, [(n, f"{n} h") for n in range(1, 13)]),
        text_field("edge", SPECIMEN),
        grade,
        text_field("grade_service", SPECIMEN),
        text_field("certificate", SPECIMEN),
        text_field("grade_details", SPECIMEN),
        place,
        list_field(
            "tags", gettext_lazy("tags"), KEEPING,
            lambda coin: sorted(tag.path for tag in coin.tags.all()), set_tags,
        ),
        text_field("notes", KEEPING, "longtext"),
    ]  # fmt: skip


BUILT_IN: dict[str, CoinField] = {one.name: one for one in built_in()}


def fields_of(owner: User) -> dict[str, CoinField]:
    """The built-in fields and those that the owner of the collection invented."""
    own = [custom_field(custom) for custom in owner.custom_fields.all()]
    return BUILT_IN | {one.name: one for one in own}
