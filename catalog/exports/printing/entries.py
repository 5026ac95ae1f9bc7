"""One coin of the insurance report: photos at the left, what it is in the middle, the value at the
right. Measured first, so that a page never breaks inside it."""

from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph

from catalog import telling
from catalog.exports.printing import letters
from catalog.exports.printing.figures import Amount, Insured
from catalog.exports.printing.fitting import held
from catalog.exports.printing.flips import grade_of, size_of
from catalog.exports.printing.letters import ITALIC, REGULAR, STRONG, markup
from catalog.exports.printing.pictures import faces, jpeg
from catalog.exports.printing.sheets import MM
from catalog.templatetags.money import money

INK, SOFT, LINE, VELVET = (HexColor(c) for c in ("#1e1c19", "#625d54", "#d8d3c8", "#efece5"))
PHOTO, GUTTER, ASIDE = 25 * MM, 5 * MM, 42 * MM
AIR = 3.2 * MM


def style(size: float, soft: bool = False, right: bool = False, above: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{soft}{right}{above}", fontName=letters.main_font(REGULAR), fontSize=size,
        leading=size * 1.3, textColor=SOFT if soft else INK, alignment=TA_RIGHT if right else 0,
        spaceBefore=above,
    )  # fmt: skip


class Entry(Flowable):
    def __init__(self, one: Insured, currency: str, with_photos: bool, with_costs: bool) -> None:
        super().__init__()
        self.one, self.coin, self.currency = one, one.coin, currency
        self.with_photos, self.with_costs = with_photos, with_costs

    # --- words ------------------------------------------------------------------
    @cached_property
    def text(self) -> list[Paragraph]:
        coin = self.coin
        title = markup(str(coin), STRONG)
        if coin.number:
            title += f'<font size="8.5" color="#625d54">{markup(f"   {held(coin.number)}")}</font>'
        # a coin without a title is already called by ruler, denomination and mint
        words = [coin.authority, coin.denomination, coin.mint] if coin.title else []
        told = [*map(str, filter(None, words)), held(telling.struck(coin)), str(coin.metal or "")]
        what = " · ".join(text for text in told if text)
        cited = "; ".join(row.text for row in coin.references.all())
        piece = " · ".join(
            text for text in (size_of(coin), grade_of(coin), self.certificate) if text
        )
        found = [Paragraph(title, style(10.5))]
        if what:
            found.append(Paragraph(markup(what, ITALIC), style(8.5, above=1)))
        found += [Paragraph(markup(t), style(8.5, above=1)) for t in (cited, piece) if t]
        if self.bought:
            found.append(Paragraph(markup(self.bought), style(7.8, soft=True, above=2)))
        return found

    @property
    def certificate(self) -> str:
        number = self.coin.certificate
        return held(_("certificate %(number)s") % {"number": number}) if number else ""

    @property
    def bought(self) -> str:
        trade = self.one.purchase
        if trade is None or not self.with_costs:
            return ""
        parts = [
            date_format(trade.date, "DATE_FORMAT") if trade.date else "",
            trade.party,
            trade.sale,
            _("lot %(number)s") % {"number": trade.lot} if trade.lot else "",
        ]
        place = ", ".join(part for part in parts if part)
        price = money(trade.price + trade.fees + trade.shipping, trade.currency)
        return _("Bought: %(place)s · %(price)s in all") % {"place": place or "–", "price": price}

    @cached_property
    def aside(self) -> list[Paragraph]:
        value, valuation = self.one.value, self.one.valuation
        if value is None or valuation is None:
            return [Paragraph(markup(_("not valued"), ITALIC), style(8.5, soft=True, right=True))]
        shown = money(value.found.amount, self.currency) if value.found else _("no rate")
        lines = [valuation.source, date_format(valuation.date, "DATE_FORMAT"), rate_line(value)]
        return [
            Paragraph(markup(shown, STRONG), style(11, right=True)),
            *(
                Paragraph(markup(line), style(7.4, soft=True, right=True, above=0.5))
                for line in lines
                if line
            ),
        ]

    # --- measures ---------------------------------------------------------------
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.left = 2 * PHOTO + 2 * MM + GUTTER if self.with_photos else 0
        middle = width - self.left - ASIDE - GUTTER
        self.heights = [one.wrap(middle, height)[1] for one in self.text]
        self.aside_heights = [one.wrap(ASIDE, height)[1] for one in self.aside]
        tallest = max(column(self.text, self.heights), column(self.aside, self.aside_heights))
        self.height = max(tallest, PHOTO if self.with_photos else 0) + 2 * AIR
        return width, self.height

    # --- drawing ----------------------------------------------------------------
    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(0, self.height, self.width, self.height)
        top = self.height - AIR
        if self.with_photos:
            self.draw_photos(canvas, top - PHOTO)
        stack(canvas, self.text, self.heights, self.left, top)
        stack(canvas, self.aside, self.aside_heights, self.width - ASIDE, top)

    def draw_photos(self, canvas: Any, y: float) -> None:
        pictures = [picture for photo in faces(self.coin) if (picture := jpeg(photo))]
        for number in range(2):
            x = number * (PHOTO + 2 * MM)
            if number < len(pictures):
                canvas.drawImage(
                    ImageReader(pictures[number]), x, y, PHOTO, PHOTO, preserveAspectRatio=True
                )
            else:
                canvas.setStrokeColor(LINE)
                canvas.circle(x + PHOTO / 2, y + PHOTO / 2, PHOTO * 0.36, stroke=1, fill=0)


def rate_line(value: Amount) -> str:
    said = money(value.said, value.currency)
    if value.found is None:
        return said
    if not value.is_foreign:
        return ""
    return _("%(amount)s at %(rate)s") % {"amount": said, "rate": f"{value.found.rate:.4f}"}


def column(rows: list[Paragraph], heights: list[float]) -> float:
    return sum(heights) + sum(row.style.spaceBefore for row in rows)


def stack(canvas: Any, rows: list[Paragraph], heights: list[float], x: float, top: float) -> None:
    for row, height in zip(rows, heights, strict=True):
        top -= height + row.style.spaceBefore
        row.drawOn(canvas, x, top)
