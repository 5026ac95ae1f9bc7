"""Parsers: each pinned by pages of our own and what they give; each refusal by name."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.parsers import PARSERS, PageRefusal, parser_for, unpack
from market.parsers.base import LARGEST, broken_letters, day_of
from market.parsers.table import guess, is_day_first, records
from market.prices import Kind
from market.records import as_json

PAGES = Path(__file__).parent / "pages"
SITES = [name for name, parser in PARSERS.items() if parser.hosts]


def pages_of(name: str) -> dict[str, str]:
    return dict(json.loads((PAGES / name / "addresses.json").read_text()))


EVERY_PAGE = [
    (name, file, url)
    for name in PARSERS
    if (PAGES / name).exists()
    for file, url in pages_of(name).items()
]


@pytest.mark.parametrize("name", PARSERS)
def test_every_parser_has_pages_and_what_they_give(name: str) -> None:
    pages = pages_of(name)
    expected = json.loads((PAGES / name / "expected.json").read_text())
    assert pages
    assert set(expected) == set(pages)
    assert any(page["lots"] for page in expected.values())


def test_no_pages_lie_about_without_a_parser() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(PARSERS)


@pytest.mark.parametrize(("name", "file", "url"), EVERY_PAGE)
def test_a_page_gives_what_was_written_down_and_again_the_same(
    name: str, file: str, url: str
) -> None:
    text = (PAGES / name / file).read_text()
    page = PARSERS[name].parse(text, url)
    assert as_json(page) == json.loads((PAGES / name / "expected.json").read_text())[file]
    assert PARSERS[name].parse(text, url) == page


@pytest.mark.parametrize(("name", "file", "url"), [one for one in EVERY_PAGE if one[2]])
def test_a_page_finds_its_parser_by_its_address(name: str, file: str, url: str) -> None:
    assert parser_for(url, (PAGES / name / file).read_text()).name == name


@pytest.mark.parametrize(("name", "file", "url"), EVERY_PAGE)
def test_lots_are_told_apart_by_what_the_site_calls_them(name: str, file: str, url: str) -> None:
    lots = PARSERS[name].parse((PAGES / name / file).read_text(), url).lots
    ids = [lot.source_lot_id for lot in lots]
    assert all(ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", SITES)
def test_another_site_under_a_known_host_is_refused(name: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        PARSERS[name].parse("<html><body><h1>Garden furniture</h1></body></html>", "https://x/")
    assert refused.value.code in ("not_this_site", "not_json")
    assert refused.value.message


@pytest.mark.parametrize("name", [name for name in SITES if name not in ("sixbid", "cng")])
def test_forty_megabytes_are_refused(name: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        PARSERS[name].parse("<p>x" * (LARGEST // 4 + 1), "https://x/")
    assert refused.value.code == "too_large"


def test_forty_megabytes_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(PageRefusal) as refused:
        unpack(b"<p>" + b"x" * (2 * LARGEST))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sixbid", '{"items": ['),
        ("cng", 'viewVars = {"lots": '),
        ("acsearch", "acsearch.initSearchResults=[{"),
    ],
)
def test_json_that_ends_in_the_middle_is_refused(name: str, text: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        PARSERS[name].parse(text, "https://x/")
    assert refused.value.code == "not_json"


def test_a_listing_that_does_not_hold_what_it_says_is_partial() -> None:
    text = (PAGES / "coinarchives" / "results.html").read_text()
    parse = PARSERS["coinarchives"].parse
    assert parse(text, "").is_partial
    assert not parse(text.replace("matched 4 lots", "matched 3 lots"), "").is_partial
    assert parse("<p>Your search matched 7 lots.</p>", "").is_partial


def test_a_cng_page_in_the_middle_is_whole_when_it_is_full() -> None:
    text = (PAGES / "cng" / "listing.html").read_text()
    assert PARSERS["cng"].parse(text.replace('"page": 3', '"page": 2'), "").is_partial


@pytest.mark.parametrize(
    ("url", "text", "code"),
    [("", "<p>", "no_address"), ("https://unknown.example/", "<p>", "unknown_site"),
     ("https://notbiddr.com/x", "<p>", "unknown_site")],
)  # fmt: skip
def test_pages_that_no_parser_is_for(url: str, text: str, code: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        parser_for(url, text)
    assert refused.value.code == code


def test_hosts_below_a_known_one_are_known() -> None:
    assert parser_for("https://www.biddr.com/x", "").name == "biddr"
    assert parser_for("https://www.cngcoins.com/x", "viewVars = {}").name == "cng"


# --- what browsers save --------------------------------------------------------------
MHTML = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://www.biddr.com/auctions/x/browse?a=1
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x"

----x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://www.biddr.com/auctions/x/browse?a=1

<p>K=C3=B6ln, a line that is =
broken</p>
----x
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
----x--
"""


def test_mhtml_is_unpacked() -> None:
    page = unpack(MHTML)
    assert page.text.strip() == "<p>Köln, a line that is broken</p>"
    assert page.url == "https://www.biddr.com/auctions/x/browse?a=1"


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(PageRefusal) as refused:
        unpack(MHTML.replace(b"text/html; charset=utf-8", b"text/css"))
    assert refused.value.code == "no_page"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Münze</p>".encode(), "<p>Münze</p>"),
        ("\ufeff<p>Münze</p>".encode(), "<p>Münze</p>"),
        ("<p>Münze</p>".encode("utf-16"), "<p>Münze</p>"),
        ("<p>Münze</p>".encode("cp1252"), "<p>Münze</p>"),
        ('<meta charset="iso-8859-7"><p>Αθήνα'.encode("iso-8859-7"), '<meta charset="iso-8859-7"><p>Αθήνα'),
        (b'<meta charset="nonsense"><p>M\xfcnze', '<meta charset="nonsense"><p>Münze'),
    ],
)  # fmt: skip
def test_letters_in_any_usual_encoding(data: bytes, text: str) -> None:
    assert unpack(data).text == text


@pytest.mark.parametrize(
    "page",
    [
        '<!-- saved from url=(0022)https://www.biddr.com/x --><p>',
        '<head><link rel="canonical" href="https://www.biddr.com/x"></head>',
        '<head><meta property="og:url" content="https://www.biddr.com/x"></head>',
    ],
)  # fmt: skip
def test_a_page_says_where_it_is_from(page: str) -> None:
    assert unpack(page.encode()).url == "https://www.biddr.com/x"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG....", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"<html><title>Just a moment...</title>", "blocked"),
        (b"<title>Access Denied</title>", "blocked"),
    ],
)
def test_files_that_are_no_page(data: bytes, code: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        unpack(data)
    assert refused.value.code == code


def test_a_script_about_a_challenge_is_no_block_page() -> None:
    assert unpack(b"<title>Lots</title><script>challenge()</script>").text


# --- tables and text ------------------------------------------------------------------
def test_a_date_that_may_be_read_two_ways_is_left_out_and_said() -> None:
    assert is_day_first(["02/07/2026"]) is None
    assert is_day_first(["02/07/2026", "13/07/2026"]) is True
    assert is_day_first(["02/07/2026", "02/17/2026"]) is False
    assert day_of("02/07/2026", "%d/%m/%Y") != day_of("02/07/2026", "%m/%d/%Y")


def test_a_table_without_text_is_refused() -> None:
    with pytest.raises(PageRefusal) as refused:
        list(records([{"Lot": "1"}], guess(["Lot"]), day_first=None))
    assert refused.value.code == "no_text"


def test_a_table_with_a_lone_quotation_mark_is_refused() -> None:
    with pytest.raises(PageRefusal) as refused:
        PARSERS["table"].parse('Lot,Description\n1,"' + "Trajan " * 30_000, "")
    assert refused.value.code == "not_a_table"


def test_a_carriage_return_ends_a_line() -> None:
    page = PARSERS["table"].parse("Lot,Description\r1,Denarius of Trajan\r", "")
    assert [lot.lot_number for lot in page.lots] == ["1"]


def test_headings_are_guessed_once_each() -> None:
    assert guess(["Lot No", "lot_number", "Hammer Price", "Weather"]) == {
        "Lot No": "lot_number", "Hammer Price": "hammer",
    }  # fmt: skip


def test_of_two_lots_in_one_text_each_has_its_own_price() -> None:
    text = (PAGES / "pasted" / "list.txt").read_text()
    lots = PARSERS["pasted"].parse(text, "").lots
    assert [lot.price(Kind.HAMMER) is not None for lot in lots] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), (" \n\n", "empty"), ("Lot 1. x\nLot 2. y\n" * 300, "too_many")],
)
def test_pasted_text_that_is_refused(text: str, code: str) -> None:
    with pytest.raises(PageRefusal) as refused:
        PARSERS["pasted"].parse(text, "")
    assert refused.value.code == code


def test_broken_letters_are_noticed() -> None:
    assert broken_letters("MÃ¼nster")
    assert not broken_letters("Münster, Ã")


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(sorted(PARSERS)))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        page = PARSERS[name].parse(text, "https://example.org/x")
    except PageRefusal:
        return
    assert PARSERS[name].parse(text, "https://example.org/x") == page


@settings(max_examples=40)
@given(st.sampled_from(EVERY_PAGE), st.integers(0, 4000), st.text(max_size=20))
def test_a_damaged_page_is_read_or_refused(
    page: tuple[str, str, str], at: int, damage: str
) -> None:
    name, file, url = page
    text = (PAGES / name / file).read_text()
    with suppress(PageRefusal):
        PARSERS[name].parse(text[:at] + damage + text[at + len(damage) :], url)
