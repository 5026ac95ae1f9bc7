"""Any text at all: nothing raises, every place is inside the text, and nothing takes for ever."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.extract import read
from market.extract.dates import dates
from market.extract.grades import grade
from market.extract.lot import take_apart
from market.extract.measures import measures
from market.extract.references import references
from tests.market.extract.scoring import labelled

PIECES = st.sampled_from(
    [
        "Augustus",
        "AR",
        "Æ",
        "denarius",
        "RIC II.1 (Vespasian) 961",
        "RIC",
        "SNG",
        "Cohen",
        "3.45 g",
        "18 mm",
        "6 h",
        "(",
        ")",
        "/",
        "-",
        "–",
        "27 BC",
        "AD 14",
        "good very fine",
        "VF",
        "ss-vz",
        "TTB+",
        "MBC-",
        "NGC",
        "5/5",
        "no",
        "scratches",
        "Ex Leu 77",
        ";",
        ".",
        ",",
        "1/2",
        "h",
        "g",
        "0",
        "99999",
        "\x00",
        "İ",
        "ß",
        "ﬁ",
        "½",
        "12",
        "VIII",
        "a",
        "circa",
        "n. Chr.",
        "Poids :",
        "Ø",
        "↑↓",
        "\n",
        "C",
        "S",
        "cf.",
        "var.",
        "Rev.",
        "of",
        "mm",
        "EF / VF",
        "f. vz",
        "\u202f",
        "#",
        "4 reales",
    ]
)
SALAD = st.lists(PIECES, max_size=40).map(" ".join)
ANY = st.text(max_size=300) | SALAD
GARBAGE = [
    "A" * 40_000, "1" * 40_000, "(" * 40_000, "RIC " * 10_000, "very " * 8_000, "- " * 20_000, "1.1.1," * 7_000,
    "Ex " * 13_000, "from the " * 4_500, "a b " * 10_000, "AR " * 13_000, "12 mm x " * 5_000, "Ab, " * 10_000,
    "II/3 " * 8_000, "attractive, " * 3_500, "ss/" * 13_000, "no sign of any " * 2_700, "\x00" * 40_000, " " * 40_000,
    "S 1, " * 8_000, "Aa Bb Cc Dd 1; " * 2_700, "1-" * 20_000, "éÆß" * 13_000, "RIC II (" * 5_000, "very fine, " * 3_600,
    "fine and " * 4_500, "portrait of fine, ", "1789/" * 8_000, "<br>" * 10_000, "from the a b c d e f ",
]  # fmt: skip


@settings(deadline=None, max_examples=250)
@given(ANY)
def test_reading_holds_together(text):
    reading = read(text)
    values = [
        reading.ruler, reading.mint, reading.denomination, reading.weight_g, reading.diameter_mm,
        reading.die_axis_h, reading.grade, reading.dates.reign, reading.dates.strike, reading.dates.sale,
        *reading.flags, *reading.references, *reading.prices, *reading.warnings,
    ]  # fmt: skip
    for value in filter(None, values):
        assert 0 <= value.start <= value.end <= len(text)
    if reading.metal:
        assert 0 <= reading.metal.start <= reading.metal.end <= len(text)
    for start, end in reading.pedigree:
        assert 0 <= start <= end <= len(text)
    assert set(reading.flat()) == {
        "ruler", "mint", "metal", "denomination", "weight_g", "diameter_mm", "die_axis_h", "grade",
        "flags", "references", "has_pedigree",
    }  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(ANY)
def test_readers_alone(text):
    lot = take_apart(text)
    assert len(lot.folded) == len(text)
    measures(lot.folded)
    dates(lot)
    grade(lot)
    for found in references(lot, text):
        assert found.value.citations
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("text", GARBAGE, ids=lambda text: text[:12])
def test_forty_kilobytes_of_garbage(text):
    garbage = (text * (40_000 // len(text) + 1))[:40_000]  # no gigabytes on the way there
    started = time.process_time()
    read(garbage)
    assert time.process_time() - started < 4


def test_places_say_where_it_was_read():
    for row in labelled("seen.jsonl"):
        reading = read(row["text"])
        for found in reading.references:
            assert (
                found.value.unlisted
                or " ".join(row["text"][found.start : found.end].split()) == found.value.cited
            )
        if reading.weight_g:
            written = row["text"][reading.weight_g.start : reading.weight_g.end]
            assert str(int(reading.weight_g.value)) in written
