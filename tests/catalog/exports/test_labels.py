import io
from decimal import Decimal
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from catalog.exports.printing import letters, qr
from catalog.exports.printing.boxes import SIZES as BOXES
from catalog.exports.printing.boxes import labels_of, natural, print_boxes
from catalog.exports.printing.fitting import fit
from catalog.exports.printing.flips import (
    FIELDS,
    SIZES,
    USUAL,
    Label,
    draw_label,
    label_of,
    print_flips,
)
from catalog.exports.printing.letters import REGULAR, STRONG
from catalog.exports.printing.sheets import MM, PAPERS, Box, Grid
from catalog.exports.selection import Selection
from catalog.models import Coin, Collection, User
from tests.factories import make_coin, make_place

LONG = "Antiochos VIII Epiphanes Grypos and Cleopatra Thea Philometor Soteira, joint reign of both"
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmedaille"


def pages(file: io.BytesIO) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


# --- letters and fitting ------------------------------------------------------------
def test_every_script_has_its_letters() -> None:
    found = letters.runs("Trajan Čechů ΒΑΣΙΛΕΩΣ ☙", REGULAR)
    assert [font.rpartition("serif-4-")[2] for font, _piece in found] == [
        "latin-400-normal", "latin-ext-400-normal", "latin-400-normal", "greek-400-normal",
        "latin-400-normal", "DejaVuSans",
    ] or len({font for font, _piece in found}) >= 4  # fmt: skip
    assert "".join(piece for _font, piece in found) == "Trajan Čechů ΒΑΣΙΛΕΩΣ ☙"


def test_what_fits_is_as_large_as_asked() -> None:
    assert fit("Trajan", STRONG, 100, 30, 12, 6).size == 12


@pytest.mark.parametrize("text", [LONG, WORD, LONG * 4, WORD * 5, "A" * 400, ""])
@pytest.mark.parametrize("width", [40.0, 90.0, 120.0])
def test_nothing_runs_over_its_box(text: str, width: float) -> None:
    fitted = fit(text, STRONG, width, 40, 11, 5)
    assert fitted.height <= 40
    assert all(letters.width(line, STRONG, fitted.size) <= width + 0.01 for line in fitted.lines)


def test_a_long_name_shrinks_before_it_is_cut() -> None:
    fitted = fit(LONG, STRONG, 110, 44, 12, 5)
    assert fitted.size < 12
    assert "…" not in "".join(fitted.lines)
    assert fit(LONG * 9, STRONG, 110, 44, 12, 5).lines[-1].endswith("…")


def test_a_word_is_only_broken_where_nothing_else_helps() -> None:
    assert len(fit(WORD, STRONG, 130, 20, 12, 4).lines) == 1
    assert len(fit(WORD, STRONG, 60, 40, 12, 5).lines) > 1


# --- QR codes -----------------------------------------------------------------------
class Paper:
    """A canvas that remembers which squares were blackened."""

    def __init__(self) -> None:
        self.black: list[tuple[float, float, float, float]] = []

    def beginPath(self) -> "Paper":
        return self

    def rect(self, x: float, y: float, width: float, height: float, **kind: Any) -> None:
        if not kind:
            self.black.append((x, y, width, height))

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def test_the_drawn_code_is_the_code() -> None:
    text, paper = "https://coins.example/q/9a6c1054-edc7-460b-85ad-16ba2a15f427/", Paper()
    wanted = segno.make(text, error="m", micro=False, boost_error=False).matrix
    side = len(wanted) + 2 * qr.QUIET
    qr.draw(paper, text, 0, 0, side)

    def is_black(row: int, column: int) -> bool:
        x, y = qr.QUIET + column + 0.5, side - qr.QUIET - row - 0.5
        return any(left < x < left + w and low < y < low + h for left, low, w, h in paper.black)

    drawn = [[int(is_black(r, c)) for c in range(len(wanted))] for r in range(len(wanted))]
    assert drawn == [[int(module) for module in row] for row in wanted]


# --- flips --------------------------------------------------------------------------
@pytest.fixture
def trajan(owner: User, collection: Collection) -> Coin:
    return make_coin(
        collection, authority="Trajan", denomination="denarius", mint="Rome", year_from=103,
        year_to=111, weight=Decimal("3.4"), diameter=Decimal("19.5"), die_axis=7, grade="gVF",
        grade_service="NGC", number="17", place=make_place(owner, "Safe › Tray 1"),
    )  # fmt: skip


def test_a_flip_says_what_it_holds(owner: User, trajan: Coin) -> None:
    out = io.BytesIO()
    assert print_flips(Selection(owner), out, {"fields": list(FIELDS)}, lambda done: None) == 1
    (text,) = pages(out)
    plain = text.replace("\xa0", " ")
    for said in (
        "Trajan",
        "denarius · Rome",
        "AD 103",
        "3.4 g · 19.5 mm · 7 h",
        "NGC gVF",
        "No. 17",
    ):
        assert said in plain
    assert "Tray 1" in plain


def test_only_the_chosen_fields(owner: User, trajan: Coin) -> None:
    label = label_of(trajan, ["number"])
    assert (label.heading, label.subtitle, label.body, label.code) == ("Trajan", "", [], "")
    assert label.foot == [("number", "No. 17")]


def test_the_code_opens_the_coin(owner: User, trajan: Coin, as_user: Any, settings: Any) -> None:
    settings.SITE_URL = "https://coins.example"
    code = label_of(trajan, USUAL).code
    assert code == f"https://coins.example/q/{trajan.uid}/"
    answer = as_user(owner).get(code.removeprefix("https://coins.example"))
    assert answer.status_code == 302
    assert answer["Location"] == trajan.get_absolute_url()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("side", SIZES.values())
def test_labels_lie_on_the_paper(paper: str, side: float) -> None:
    grid = Grid(PAPERS[paper], side, side)
    assert grid.count >= 20
    first, last = grid.box(0), grid.box(grid.count - 1)
    assert first.x > 8.99 * MM
    assert first.y + side <= PAPERS[paper][1] - 8.99 * MM
    assert last.y > 8.99 * MM


class Watched(Paper):
    """Notes where text ends."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[tuple[float, float]] = []

    def beginText(self, x: float, y: float) -> Any:
        paper, size = self, [0.0]

        class Line:
            at = x

            def setFont(self, font: str, points: float) -> None:
                self.font, size[0] = font, points

            def textOut(self, text: str) -> None:
                from reportlab.pdfbase.pdfmetrics import stringWidth

                self.at += stringWidth(text, self.font, size[0])
                paper.ends.append((self.at, y))

        return Line()


@pytest.mark.parametrize("side", SIZES.values())
def test_the_longest_label_stays_inside(side: float) -> None:
    label = Label(
        LONG, f"{LONG} · {WORD}", [LONG, WORD, LONG * 2, "RIC 1; RIC 2"],
        [("grade", LONG), ("number", WORD), ("place", LONG)], "https://coins.example/q/" + "a" * 36,
    )  # fmt: skip
    canvas = Watched()
    draw_label(canvas, label, Box(0, 0, side, side))
    assert canvas.ends
    assert max(x for x, _y in canvas.ends) <= side
    assert min(y for _x, y in canvas.ends) >= 0


def test_a_used_sheet_is_used_up(owner: User, collection: Collection) -> None:
    for number in range(20):
        make_coin(collection, title=f"Coin {number}")
    out = io.BytesIO()
    assert print_flips(Selection(owner), out, {"skip": 3}, lambda done: None) == 2
    assert len(pages(out)) == 2


def test_nothing_to_print_is_a_page_all_the_same(owner: User) -> None:
    out = io.BytesIO()
    print_flips(Selection(owner), out, {}, lambda done: None)
    assert len(pages(out)) == 1


def test_a_stranger_prints_nothing_of_others(stranger: User, trajan: Coin) -> None:
    out = io.BytesIO()
    print_flips(Selection(stranger, f"coin={trajan.pk}"), out, {}, lambda done: None)
    assert "Trajan" not in pages(out)[0]


# --- boxes --------------------------------------------------------------------------
def test_a_box_says_what_lies_in_it(owner: User, collection: Collection, trajan: Coin) -> None:
    make_coin(collection, authority="Augustus", year_from=-27, year_to=14, place=trajan.place)
    make_coin(collection, title="Nowhere")
    (label,) = labels_of(Selection(owner))
    assert (label.name, label.above) == ("Tray 1", "Safe")
    assert label.facts.startswith("2 coins · 27 BC")
    assert label.content == "Augustus, Trajan"  # by time
    assert label.code.endswith(f"/coins/?place={trajan.place_id}")


@pytest.mark.parametrize("size", BOXES)
def test_boxes_in_the_order_of_the_shelf(owner: User, collection: Collection, size: str) -> None:
    for tray in ("Tray 10", "Tray 2", LONG):
        make_coin(collection, place=make_place(owner, f"Safe › {tray[:120]}"))
    out = io.BytesIO()
    print_boxes(Selection(owner), out, {"size": size, "paper": "letter"}, lambda done: None)
    (text,) = pages(out)
    assert text.index("Tray 2") < text.index("Tray 10")
    assert natural("Tray 2") < natural("Tray 10") < natural("Tray 10 b")
