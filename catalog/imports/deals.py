"""What a coin was bought and sold for, and what somebody thought it worth, out of a row's cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.imports import cells
from catalog.imports.plans import Plan
from catalog.imports.targets import GROUPS, TRADE, VALUATION

LENGTHS = {"party": 200, "sale": 200, "lot": 40, "tax_lot": 60, "note": 300, "source": 200}
FAR = date(1000, 1, 1)


@dataclass
class Deal:
    """`row` has the columns of a Trade, a Valuation, or (without a price) of a Provenance."""

    kind: str
    row: dict[str, Any] = field(default_factory=dict)
    unreadable: list[tuple[str, str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def read_deal(kind: str, texts: Mapping[str, str], plan: Plan) -> Deal:
    reader = Reader(Deal(kind), texts, plan)
    row = reader.valuation() if kind == "valuation" else reader.trade()
    reader.deal.row = row
    return reader.deal


class Reader:
    def __init__(self, deal: Deal, texts: Mapping[str, str], plan: Plan) -> None:
        self.deal, self.texts, self.plan, self.kind = deal, texts, plan, deal.kind
        self.labels = VALUATION if deal.kind == "valuation" else TRADE
        self.currency = ""

    def label(self, name: str) -> str:
        return f"{GROUPS[self.kind]}: {self.labels[name]}"

    def trade(self) -> dict[str, Any]:
        price = self.amount("price")
        fees, shipping = self.amount("fees") or Decimal(0), self.amount("shipping") or Decimal(0)
        on, vague = self.day("date")
        words = {name: self.words(name) for name in ("party", "sale", "lot", "tax_lot", "note")}
        if vague:
            words["note"] = " ".join(part for part in (vague, words["note"]) if part)[:300]
        if price is None:
            return self.without_price(on, vague, words)
        return words | {
            "kind": self.deal.kind, "price": price, "fees": fees, "shipping": shipping, "date": on,
            "currency": self.settled_currency(),
        }  # fmt: skip

    def without_price(self, on: date | None, vague: str, words: dict[str, str]) -> dict[str, Any]:
        """A purchase of which only the day and the dealer are known is still a link of the chain."""
        holder = words["party"] or words["sale"]
        if not holder and not on and not vague:
            return {}
        self.deal.remarks.append((self.label("price"), _("No price: kept in the provenance.")))
        self.deal.kind = "provenance"
        return {
            "holder": holder or _("Unknown"), "event": words["sale"] if words["party"] else "",
            "date": on.isoformat() if on else vague, "lot": words["lot"], "note": words["note"],
        }  # fmt: skip

    def valuation(self) -> dict[str, Any]:
        amount = self.amount("amount")
        on, vague = self.day("date")
        if amount is None:
            return {}
        source = self.words("source") or self.plan.preset.constants.get("valuation.source", "")
        note = " ".join(part for part in (vague, self.words("note")) if part)[:300]
        return {
            "amount": amount, "currency": self.settled_currency(), "note": note,
            "date": on or day_of(vague), "source": source or self.plan.session.name[:200],
        }  # fmt: skip

    def amount(self, name: str) -> Decimal | None:
        text = self.texts.get(name, "")
        try:
            found = cells.amount(text)
        except cells.CellError as error:
            self.complain(name, text, error)
            return None
        if found is None:
            return None
        self.currency = self.currency or found[1]
        return found[0]

    def settled_currency(self) -> str:
        """The cell's own, else the currency column's, else the heading's, else the file's."""
        text = self.texts.get("currency", "")
        try:
            named = cells.currency(text) if text and not self.currency else ""
        except cells.CellError as error:
            self.complain("currency", text, error)
            named = ""
        return self.currency or named or self.plan.currency(self.deal.kind)

    def day(self, name: str) -> tuple[date | None, str]:
        text = self.texts.get(name, "").strip()
        if cells.is_vague(text):
            return None, text
        try:
            on = cells.day(text, self.plan.day_first)
        except cells.CellError as error:
            self.complain(name, text, error)
            return None, ""
        return (on, "") if on is None or on >= FAR else (None, text)

    def words(self, name: str) -> str:
        text = " ".join(self.texts.get(name, "").split())
        limit = LENGTHS[name]
        if len(text) > limit:
            why = _("At most %(limit)s characters.") % {"limit": limit}
            self.deal.unreadable.append((self.label(name), text, why))
            return text[:limit]
        return text

    def complain(self, name: str, text: str, error: cells.CellError) -> None:
        self.deal.unreadable.append((self.label(name), text, _(error.template) % error.params))


def day_of(vague: str) -> date:
    """A year alone counts from its last day: what was thought in 2020 was known by then."""
    digits = [
        part for part in vague.replace("/", ".").replace("-", ".").split(".") if len(part) == 4
    ]
    return (
        date(int(digits[0]), 12, 31) if digits and int(digits[0]) >= 1000 else timezone.localdate()
    )
