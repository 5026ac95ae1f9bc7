"""The first pages of the insurance report: who, when, how much, and how the sums were made."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from catalog import rates
from catalog.exports.printing.entries import INK, LINE, SOFT, style
from catalog.exports.printing.figures import Figures, RateUsed
from catalog.exports.printing.letters import ITALIC, REGULAR, STRONG, markup
from catalog.exports.printing.sheets import MM
from catalog.exports.selection import Selection
from catalog.models import User
from catalog.templatetags.money import money

RIGHT: Any = {"right": True}


def cover(
    selection: Selection, user: User, figures: Figures, with_costs: bool
) -> Iterator[Flowable]:
    total, currency = figures.total, figures.currency
    names = selection.coins().order_by("collection__name")
    rooms = dict.fromkeys(names.values_list("collection__name", flat=True).distinct())
    yield Spacer(1, 34 * MM)
    yield line(_("Insurance report"), STRONG, 34)
    yield Spacer(1, 5 * MM)
    yield line(", ".join(rooms) or _("No coins"), ITALIC, 15, soft=True)
    yield Spacer(1, 26 * MM)
    yield Rule()
    yield Spacer(1, 6 * MM)
    yield line(_("Total value"), REGULAR, 9.5, soft=True)
    yield line(money(total.value, currency), STRONG, 30)
    yield Spacer(1, 2 * MM)
    yield line(coverage(total.n_valued, total.n), REGULAR, 9.5, soft=True)
    yield Spacer(1, 8 * MM)
    rows = [
        (_("Owner"), user.get_full_name() or user.get_username()),
        (_("As of"), date_format(timezone.localdate(), "DATE_FORMAT")),
        (_("Coins"), str(total.n)),
    ]
    if with_costs:
        known = _("%(n)s of %(of)s known") % {"n": total.n_costed, "of": total.n}
        rows.append((_("Bought for"), f"{money(total.cost, currency)}  ({known})"))
    yield facts(rows)
    yield Spacer(1, 28 * MM)
    yield signatures()


def coverage(n: int, of: int) -> str:
    if n == of:
        return ngettext("The one coin is valued.", "All %(of)s coins are valued.", of) % {"of": of}
    return _("%(n)s of %(of)s coins are valued; the others count as nothing.") % {"n": n, "of": of}


def summary(figures: Figures, with_costs: bool) -> Iterator[Flowable]:
    currency = figures.currency
    yield line(_("By storage place"), STRONG, 14.5)
    yield Spacer(1, 3 * MM)
    head = [_("Place"), _("Coins"), _("Valued"), _("Value")]
    rows = [
        [
            place or _("Without a storage place"), str(one.n), str(one.n_valued),
            money(one.value if one.n_valued else None, currency),
        ]
        for place, one in figures.places.items()
    ]  # fmt: skip
    total = figures.total
    foot = [_("Together"), str(total.n), str(total.n_valued), money(total.value, currency)]
    yield table(head, rows, foot)
    yield Spacer(1, 9 * MM)
    yield line(_("How the sums were made"), STRONG, 14.5)
    yield Spacer(1, 2 * MM)
    for text in method(figures, with_costs):
        yield Paragraph(markup(text), style(9, above=3))
    if figures.rates:
        yield Spacer(1, 3 * MM)
        yield rates_table(figures)
    yield Spacer(1, 6 * MM)


def method(figures: Figures, with_costs: bool) -> Iterator[str]:
    yield _(
        "The value of a coin is its newest valuation; source and day stand beside it. Amounts in other "
        "currencies are converted into %(currency)s at the European Central Bank’s reference rate of the "
        "day of the valuation, or of the last working day before it."
    ) % {"currency": figures.currency}
    if with_costs:
        yield _(
            "Purchases are given with fees and shipping, and converted at the rate of the day of purchase."
        )
    for reason, n in sorted(figures.missing.items()):
        counted = ngettext(
            "%(n)d amount could not be converted and is not in the sums: %(reason)s.",
            "%(n)d amounts could not be converted and are not in the sums: %(reason)s.",
            n,
        )
        yield counted % {"n": n, "reason": reason}
    if not figures.missing and figures.rates:
        yield _("Every amount could be converted.")


def rates_table(figures: Figures) -> Table:
    head = [_("Rates used"), _("Amounts"), _("Days"), _("1 unit in %s") % figures.currency]
    rows = [
        [code, str(used.n), days(used), span(used)] for code, used in sorted(figures.rates.items())
    ]
    return table(head, rows)


def days(used: RateUsed) -> str:
    first, last = (rates.in_words(day) if day else "–" for day in (used.first, used.last))
    return first if first == last else f"{first} – {last}"


def span(used: RateUsed) -> str:
    low, high = f"{used.lowest:.4f}", f"{used.highest:.4f}"
    return low if low == high else f"{low} – {high}"


# --- pieces ---------------------------------------------------------------------
class Rule(Flowable):
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, 0.5

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 0, self.width, 0)


def line(text: str, face: str, size: float, soft: bool = False) -> Paragraph:
    return Paragraph(markup(text, face), style(size, soft=soft))


def facts(rows: list[tuple[str, str]]) -> Table:
    cells = [
        [Paragraph(markup(name), style(9.5, soft=True)), Paragraph(markup(text), style(10.5))]
        for name, text in rows
    ]
    return Table(
        cells, colWidths=[34 * MM, None], hAlign="LEFT",
        style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
               ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)],
    )  # fmt: skip


def table(head: list[str], rows: list[list[str]], foot: list[str] | None = None) -> Table:
    def cells(texts: list[str], face: str, soft: bool = False) -> list[Paragraph]:
        return [
            Paragraph(markup(text, face), style(9, soft=soft, right=number > 0))
            for number, text in enumerate(texts)
        ]

    body = [cells(head, REGULAR, soft=True), *(cells(row, REGULAR) for row in rows)]
    body += [cells(foot, STRONG)] if foot else []
    rules: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
        ("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]  # fmt: skip
    if foot:
        rules.append(("LINEABOVE", (0, -1), (-1, -1), 0.6, INK))
    widths = ["*", 20 * MM, 20 * MM, 36 * MM] if foot else ["*", 20 * MM, 62 * MM, 42 * MM]
    return Table(body, colWidths=widths, repeatRows=1, style=rules)


def signatures() -> Table:
    cells = [
        [Paragraph(markup(text), style(8, soft=True)), ""]
        for text in (_("Place and date"), _("Signature"))
    ]
    return Table(
        [[cells[0][0], "", cells[1][0]]], colWidths=[60 * MM, 12 * MM, "*"],
        style=[("LINEABOVE", (0, 0), (0, 0), 0.4, SOFT), ("LINEABOVE", (2, 0), (2, 0), 0.4, SOFT),
               ("LEFTPADDING", (0, 0), (-1, -1), 0)],
    )  # fmt: skip
