"""The insurance report: a cover that an insurer can file, a page that says where the sums come from,
then every coin with photos, place by place."""

from collections.abc import Callable, Iterator
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)

from catalog import rates
from catalog.exports.columns import RELATED
from catalog.exports.printing.boxes import natural
from catalog.exports.printing.cover import cover, summary
from catalog.exports.printing.entries import INK, SOFT, Entry, style
from catalog.exports.printing.figures import Figures, Insured, insured
from catalog.exports.printing.letters import REGULAR, STRONG, draw, draw_right, markup
from catalog.exports.printing.sheets import MM, PAPERS
from catalog.exports.selection import Selection
from catalog.models import User
from catalog.refusals import Refusal, gettext_noop
from catalog.templatetags.money import money

SIDE, TOP, BOTTOM = 19 * MM, 22 * MM, 20 * MM
MOST_COINS = 5000
Progress = Callable[[int], None]


class TooMany(Refusal):
    pass


class Numbered:
    """Holds the pages back until their number is known: “Page 3 of 41”."""

    @staticmethod
    def canvas(footer: Callable[[Any, int, int], None]) -> type:
        from reportlab.pdfgen.canvas import Canvas

        class Pages(Canvas):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.held: list[dict[str, Any]] = []

            def showPage(self) -> None:
                self.held.append(dict(self.__dict__))
                self._startPage()

            def save(self) -> None:
                for number, state in enumerate(self.held, 1):
                    self.__dict__.update(state)
                    footer(self, number, len(self.held))
                    super().showPage()
                super().save()

        return Pages


def print_report(
    selection: Selection, user: User, file: IO[bytes], options: dict[str, Any], progress: Progress
) -> None:
    if len(selection) > MOST_COINS:
        raise TooMany(
            "too_many",
            gettext_noop("A report has at most %(most)s coins. Choose fewer: one collection, one place."),
            most=MOST_COINS,
        )  # fmt: skip
    with_photos, with_costs = options.get("photos", True), options.get("costs", True)
    currency = currency_of(selection, user)
    figures, coins = gather(selection, currency)
    paper = PAPERS.get(options.get("paper", ""), PAPERS["a4"])
    title = _("Insurance report")

    def story() -> Iterator[Flowable]:
        yield from cover(selection, user, figures, with_costs)
        yield NextPageTemplate("coins")
        yield PageBreak()
        yield from summary(figures, with_costs)
        for place, some in coins.items():
            yield CondPageBreak(62 * MM)
            yield Heading(place, figures, currency)
            yield from (Entry(one, currency, with_photos, with_costs) for one in some)

    document = Document(file, paper, title, progress)
    document.build(list(story()), canvasmaker=Numbered.canvas(document.footer))


def currency_of(selection: Selection, user: User) -> str:
    homes = selection.coins().order_by().values_list("collection__currency", flat=True).distinct()
    return homes[0] if len(homes) == 1 else user.base_currency or rates.EUR


def gather(selection: Selection, currency: str) -> tuple[Figures, dict[str, list[Insured]]]:
    figures = Figures(currency)
    by_place: dict[str, list[Insured]] = {}
    for coin in selection.in_order(*RELATED, "photos"):
        one, place = insured(coin, currency), coin.place.path if coin.place else ""
        figures.add(one, place)
        by_place.setdefault(place, []).append(one)
    nowhere_last = sorted(by_place, key=lambda path: (not path, natural(path)))
    figures.places = {path: figures.places[path] for path in nowhere_last}
    return figures, {path: by_place[path] for path in nowhere_last}


class Heading(Paragraph):
    def __init__(self, place: str, figures: Figures, currency: str) -> None:
        here = figures.places[place]
        name = place or _("Without a storage place")
        count = ngettext("%(n)d coin", "%(n)d coins", here.n) % {"n": here.n}
        about = f"{count} · {money(here.value, currency)}" if here.n_valued else count
        text = f'{markup(name, STRONG)}<br/><font size="8.5" color="#625d54">{markup(about)}</font>'
        super().__init__(text, style(14, above=14))
        self.keepWithNext = True
        self.style.spaceAfter = 7


class Document(BaseDocTemplate):
    def __init__(
        self, file: IO[bytes], paper: tuple[float, float], title: str, progress: Progress
    ) -> None:
        super().__init__(
            file, pagesize=paper, leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP,
            bottomMargin=BOTTOM, title=title, author="Obverse", creator="Obverse",
        )  # fmt: skip
        self.paper, self.progress, self.shown = paper, progress, 0
        width, height = paper[0] - 2 * SIDE, paper[1] - TOP - BOTTOM
        frame = Frame(SIDE, BOTTOM, width, height, 0, 0, 0, 0, id="page")
        self.addPageTemplates([PageTemplate("cover", [frame]), PageTemplate("coins", [frame])])

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Entry):
            self.shown += 1
            self.progress(self.shown)

    def footer(self, canvas: Any, number: int, of: int) -> None:
        if number == 1:
            return
        canvas.setFillColor(SOFT)
        y = 11 * MM
        made = date_format(timezone.localdate(), "DATE_FORMAT")
        draw(canvas, SIDE, y, f"{self.title} · {made}", REGULAR, 7.5)
        page = _("Page %(number)s of %(of)s") % {"number": number, "of": of}
        draw_right(canvas, self.paper[0] - SIDE, y, page, REGULAR, 7.5)
        canvas.setFillColor(INK)
