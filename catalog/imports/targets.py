"""Where a column can go: every field of a coin, what it cost, what it is worth, its photos."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from catalog.fields import ATTRIBUTION, SPECIMEN, CoinField, fields_of
from catalog.models import User
from catalog.models.photos import FACES

IGNORE, NEW = "", "new"
GROUPS = {
    ATTRIBUTION: _("What it is"),
    SPECIMEN: _("This piece"),
    "keeping": _("Keeping"),
    "purchase": _("Purchase"),
    "sale": _("Sale"),
    "valuation": _("Valuation"),
    "photo": _("Photo"),
}
JOINED = {"text": " ", "longtext": "\n", "term": " ", "place": " › ", "list": "; "}


@dataclass(frozen=True)
class Target:
    """`joiner` is set where several columns may go to the same place: 10 and Lire are 10 Lire."""

    key: str
    label: Any
    group: str
    joiner: str | None = None
    field: CoinField | None = None


TRADE: dict[str, Any] = {
    "price": _("price"),
    "currency": _("currency"),
    "date": _("day"),
    "fees": _("fees and premium"),
    "shipping": _("shipping"),
    "party": _("dealer, house or person"),
    "sale": _("auction or shop"),
    "lot": _("lot"),
    "tax_lot": _("tax lot"),
    "note": _("note"),
}
VALUATION: dict[str, Any] = {
    "amount": _("amount"),
    "currency": _("currency"),
    "date": _("day"),
    "source": _("source"),
    "note": _("note"),
}
WORDS = {"party", "sale", "note", "source"}


def hanging() -> list[Target]:
    """Each says what it belongs to, for a closed select shows no group."""
    kinds = {"purchase": TRADE, "sale": TRADE, "valuation": VALUATION, "photo": FACES}
    return [
        Target(
            f"{kind}.{name}", format_lazy("{}: {}", GROUPS[kind], label), kind, joiner(kind, name)
        )
        for kind, names in kinds.items()
        for name, label in names.items()
    ]


def joiner(kind: str, name: str) -> str | None:
    """Several photos of one kind are several columns."""
    return "\n" if kind == "photo" else " " if name in WORDS else None


HANGING = hanging()
QUANTITY = Target("quantity", _("quantity"), "keeping")


def targets_of(owner: User) -> dict[str, Target]:
    own = [
        Target(name, field.label, field.group, JOINED.get(field.kind), field)
        for name, field in fields_of(owner).items()
    ]
    return {target.key: target for target in [*own, QUANTITY, *HANGING]}


def choices(targets: dict[str, Target]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """For a select with groups."""
    return [
        (title, [(one.key, capfirst(one.label)) for one in targets.values() if one.group == group])
        for group, title in GROUPS.items()
    ]
