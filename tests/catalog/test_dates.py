from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import dates
from catalog.dates import DateError, DateRange, Labels, parse

REIGNS = {"Trajan": 98, "Augustus": -27}
GERMAN = Labels("{} v. Chr.", "{} n. Chr.", "um {}", "vor {}", "nach {}", "undatiert")
FRENCH = Labels("{} av. J.-C.", "{} apr. J.-C.", "vers {}", "avant {}", "après {}", "sans date")
ITALIAN = Labels("{} a.C.", "{} d.C.", "circa {}", "prima del {}", "dopo il {}", "non datato")
SPANISH = Labels("{} a. C.", "{} d. C.", "hacia {}", "antes de {}", "después de {}", "sin fecha")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("27 BC to AD 14", -27, 14),
        ("27 BC - AD 14", -27, 14),
        ("27 BC – 14 AD", -27, 14),
        ("27 BCE - 14 CE", -27, 14),
        ("27 BC - 68", -27, 68),
        ("27–14 BC", -27, -14),
        ("B.C. 27-14", -27, -14),
        ("from 27 to 14 BC", -27, -14),
        ("between 27 and 14 BC", -27, -14),
        ("-27", -27, -27),
        ("-27 to 14", -27, 14),
        ("-44 – -27", -44, -27),
        ("AD 79-81", 79, 81),
        ("A.D. 98-117", 98, 117),
        ("79-81AD", 79, 81),
        ("80", 80, 80),
        ("1943", 1943, 1943),
        ("1943.", 1943, 1943),
        ("1943-44", 1943, 1944),
        ("1943/4", 1943, 1944),
        ("364/67", 364, 367),
        ("AD 179-80", 179, 180),
        ("127/6 BC", -127, -126),
        ("127-6 BC", -127, -6),
        ("1909-1958", 1909, 1958),
        ("44 v. Chr.", -44, -44),
        ("44 v.Chr.", -44, -44),
        ("300 v. u. Z.", -300, -300),
        ("80 n. Chr.", 80, 80),
        ("80 av. J.-C.", -80, -80),
        ("80 apr. J.-C.", 80, 80),
        ("80 a.C.", -80, -80),
        ("80 d.C.", 80, 80),
        ("80 d. de C.", 80, 80),
        ("before 27 BC", None, -27),
        ("vor 27 v. Chr.", None, -27),
        ("after 1800", 1800, None),
        ("since 1800", 1800, None),
        ("nach 80 n. Chr.", 80, None),
        ("2nd century BC", -200, -101),
        ("2. Jh. v. Chr.", -200, -101),
        ("IIe siècle av. J.-C.", -200, -101),
        ("II secolo a.C.", -200, -101),
        ("siglo II a.C.", -200, -101),
        ("II-I secolo a.C.", -200, -1),
        ("4th c. AD", 301, 400),
        ("4th/3rd century BC", -400, -201),
        ("4th century BC - 1st century AD", -400, 100),
        ("late 3rd century AD", 267, 300),
        ("mid-4th century", 334, 366),
        ("early 2nd century BC", -200, -168),
        ("late 2nd - early 1st century BC", -134, -68),
        ("1st half 4th century", 301, 350),
        ("first half of the 4th century", 301, 350),
        ("2. Hälfte 4. Jh. n. Chr.", 351, 400),
        ("2nd quarter of the 5th century BC", -475, -451),
        ("last third of the 4th century", 367, 400),
        ("1940s", 1940, 1949),
        ("40s BC", -49, -40),
        ("", None, None),
        ("n.d.", None, None),
        ("undated", None, None),
        ("o. J.", None, None),
    ],
)
def test_reads_years_and_ranges(text: str, start: int | None, end: int | None) -> None:
    assert parse(text) == DateRange(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("c. AD 80", 80, 80),
        ("ca. 80 AD", 80, 80),
        ("ca 80 AD", 80, 80),
        ("circa 80", 80, 80),
        ("~80", 80, 80),
        ("um 80 n. Chr.", 80, 80),
        ("c. 27 BC – c. AD 14", -27, 14),
        ("before c. 27 BC", None, -27),
        ("c. 2nd century BC", -200, -101),
        ("1943?", 1943, 1943),
        ("1943 (?)", 1943, 1943),
    ],
)
def test_reads_circa(text: str, start: int | None, end: int | None) -> None:
    assert parse(text) == DateRange(start, end, circa=True)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("AH 1", 622, 623),
        ("AH 1360", 1941, 1942),
        ("1360 AH", 1941, 1942),
        ("AH ١٣٦٠", 1941, 1942),
        ("AH 1360-65", 1941, 1946),
        ("AH 1293//33", 1907, 1908),
        ("AM 5703", 1942, 1943),
        ("AM 3761", -1, 1),
        ("Meiji 1", 1868, 1868),
        ("Taishō 5", 1916, 1916),
        ("Shōwa 18", 1943, 1943),
        ("showa year 18", 1943, 1943),
        ("昭和十八年", 1943, 1943),
        ("Heisei 31", 2019, 2019),
        ("令和元年", 2019, 2019),
        ("BE 2486", 1943, 1943),
        ("พ.ศ. ๒๔๘๖", 1943, 1943),
        ("VS 2000", 1943, 1944),
        ("SH 1322", 1943, 1944),
        ("EE 1936", 1943, 1944),
        ("民國三十二年", 1943, 1943),
        ("MDCCLXXVI", 1776, 1776),
    ],
)
def test_converts_native_calendars_and_keeps_them(text: str, start: int, end: int) -> None:
    assert parse(text) == DateRange(start, end, native=text)


def test_islamic_new_years_agree_with_printed_tables() -> None:
    firsts = {100: 718, 500: 1106, 990: 1582, 991: 1583, 1000: 1591, 1300: 1882, 1400: 1979}
    assert {ah: parse(f"AH {ah}").start for ah in firsts} == firsts


@pytest.mark.parametrize("text", ["AH 1360 (1941)", "1941 (AH 1360)"])
def test_a_given_conversion_wins_over_ours(text: str) -> None:
    assert parse(text) == DateRange(1941, 1941, native="AH 1360")


def test_circa_in_a_native_calendar() -> None:
    assert parse("c. AH 1360") == DateRange(1941, 1942, circa=True, native="AH 1360")


def test_unreadable_native_date_is_kept_beside_undated() -> None:
    assert parse("AH 13xx (undated)") == DateRange(native="AH 13xx")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("year 3 of Trajan", 100),
        ("Regnal year 3 of TRAJAN", 100),
        ("Trajan, year 3", 100),
        ("Augustus year 28", 1),
    ],
)
def test_counts_the_years_of_a_reign(text: str, year: int) -> None:
    assert parse(text, reigns=REIGNS) == DateRange(year, year, native=text)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("0", "zero", "1 BC is followed by AD 1"),
        ("year 0", "zero", "no year 0"),
        ("1 BC - 0", "zero", "no year 0"),
        ("0th century", "zero", "no century 0"),
        ("1944-1943", "reversed", "write 1943–1944"),
        ("14-27 BC", "reversed", "Write 27–14 BC"),
        ("27-14", "reversed", "27–14 BC"),
        ("27-14 AD", "reversed", "AD 14–27"),
        ("3rd - 4th century BC", "reversed", "earlier end first"),
        ("AH 1365-1360", "reversed", "backwards"),
        ("27 BC - 14", "two_ways", "27–14 BC or 27 BC – AD 14"),
        ("100-50", "two_ways", "100–50 BC or AD 100–150"),
        ("1900s", "two_ways", "1900–1909"),
        ("AH 1293/33", "two_ways", "AH 1293//33"),
        ("2486", "far", "BE 2486"),
        ("19433", "far", "19433"),
        ("30th century", "far", "out of reach"),
        ("١٣٦٠", "calendar", "AH 1360"),
        ("Shōwa 65", "calendar", "1 to 64"),
        ("AM 570", "calendar", "3000"),
        ("1943-05-06", "day", "1943"),
        ("6.5.1943", "day", "1943"),
        ("year 3 of Trojan", "reign", "not known"),
        ("year 0 of Trajan", "reign", "1 to 99"),
        ("hello", "nonsense", "such as 27 BC"),
        ("AD", "nonsense", "such as"),
        ("c.", "nonsense", "such as"),
        ("AD 44 BC", "nonsense", "such as"),
        ("1943 and 1950", "nonsense", "such as"),
        ("fifth half of the 4th century", "nonsense", "such as"),
        ("3rd half of the 4th century", "nonsense", "such as"),
        ("1943-", "nonsense", "such as"),
        ("9" * 200, "long", "only the years"),
        ("x" * 61 + " (1943)", "native", "60"),
    ],
)
def test_refuses_and_says_what_to_write(text: str, code: str, says: str) -> None:
    with pytest.raises(DateError) as refused:
        parse(text, reigns=REIGNS)
    assert refused.value.code == code
    assert says in str(refused.value)
    assert refused.value.template % refused.value.params == str(refused.value)


@pytest.mark.parametrize(("start", "end"), [(0, 5), (-5, 0), (5, 4), (1, 9999), (-9999, 1)])
def test_no_impossible_range_exists(start: int, end: int) -> None:
    with pytest.raises(DateError):
        DateRange(start, end)


@pytest.mark.parametrize(
    ("given_range", "english", "german"),
    [
        (DateRange(-44, -44), "44 BC", "44 v. Chr."),
        (DateRange(-27, 14), "27 BC – AD 14", "27 v. Chr. – 14 n. Chr."),
        (DateRange(-27, -14), "27–14 BC", "27–14 v. Chr."),
        (DateRange(80, 80, True), "c. AD 80", "um 80 n. Chr."),
        (DateRange(990, 1010), "AD 990–1010", "990–1010 n. Chr."),
        (DateRange(1943, 1944), "1943–1944", "1943–1944"),
        (DateRange(None, -27, True), "before c. 27 BC", "vor um 27 v. Chr."),
        (DateRange(1800, None), "after 1800", "nach 1800"),
        (DateRange(1941, 1942, native="AH 1360"), "AH 1360 (1941–1942)", "AH 1360 (1941–1942)"),
        (DateRange(), "undated", "undatiert"),
    ],
)
def test_formats(given_range: DateRange, english: str, german: str) -> None:
    assert dates.format(given_range) == english
    assert dates.format(given_range, GERMAN) == german


years = st.integers(dates.FIRST_YEAR, dates.LAST_YEAR).filter(bool)
natives = st.just("") | st.text(max_size=60)


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    start, end = sorted([draw(years), draw(years)])
    first, last = draw(
        st.sampled_from([(start, end), (start, start), (start, None), (None, end), (None, None)])
    )
    return DateRange(first, last, draw(st.booleans()), draw(natives))


@given(ranges(), st.sampled_from([dates.ENGLISH, GERMAN, FRENCH, ITALIAN, SPANISH]))
def test_what_is_written_is_read_back(one: DateRange, labels: Labels) -> None:
    assert parse(dates.format(one, labels)) == one


WORDS = (
    "27 14 1943 44 4th II 2. 0 BC AD c. ca. before after early late half century - – / to and from "
    "AH AM Shōwa BE year of Trajan ( ) ? ١٣ 十 v. Chr. av. J.-C. 1940s // n.d. ~ the"
)
words = st.sampled_from(WORDS.split())


@given(st.text() | st.lists(words, max_size=7).map(" ".join) | st.lists(words).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DateError):
        read = parse(text, reigns=REIGNS)
        assert parse(dates.format(read)) == read


def test_counts_years_over_the_missing_zero() -> None:
    assert dates.year_span(1943, 1943) == 1
    assert dates.year_span(-1, 1) == 2
    assert dates.year_span(-27, 14) == 41
    assert dates.span(DateRange(-27, 14)) == 41
    assert dates.span(DateRange(None, 14)) is None


@given(years, st.integers(-500, 500))
def test_span_counts_each_step_once(year: int, by: int) -> None:
    other = dates.ranges.shift(year, by)
    assert other != 0
    assert dates.year_span(min(year, other), max(year, other)) == abs(by) + 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DateRange(-27, 14), DateRange(14, 37), True),
        (DateRange(-27, 14), DateRange(15, 37), False),
        (DateRange(None, -27), DateRange(-100, -90), True),
        (DateRange(None, -27), DateRange(-26, 5), False),
        (DateRange(1800, None), DateRange(None, 1799), False),
        (DateRange(1800, None), DateRange(1900, None), True),
        (DateRange(), DateRange(1, 2), False),
    ],
)
def test_overlap(one: DateRange, other: DateRange, expected: bool) -> None:
    assert dates.overlaps(one, other) is expected
    assert dates.overlaps(other, one) is expected


def test_centuries() -> None:
    expected = {1: 1, 100: 1, 101: 2, 1943: 20, 2000: 20, 2001: 21, -1: -1, -100: -1, -101: -2}
    assert {year: dates.century_of(year) for year in expected} == expected
    assert dates.century_years(-2) == (-200, -101)
    assert dates.century(DateRange(-27, 14)) == -1
    assert dates.century(DateRange(None, -27)) == -1
    assert dates.century(DateRange()) is None


def test_sorts_by_beginning_and_puts_undated_last() -> None:
    texts = ["200–101 BC", "before 27 BC", "27 BC", "27 BC – AD 14", "after 27 BC", "AD 80", "n.d."]
    shuffled = texts[::2] + texts[1::2]
    assert sorted(shuffled, key=lambda text: dates.sort_key(parse(text))) == texts
