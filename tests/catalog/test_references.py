import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.references import (
    CATALOGUES,
    Citation,
    format,
    format_all,
    normalise,
    parse,
    search_keys,
    sort_key,
)


@pytest.mark.parametrize(
    ("text", "catalogue", "volume", "number"),
    [
        ("RIC 127", "RIC", "", "127"),
        ("RIC127", "RIC", "", "127"),
        ("RIC.84", "RIC", "", "84"),
        ("RIC:61", "RIC", "", "61"),
        ("RIC-84", "RIC", "", "84"),
        ("RIC #556", "RIC", "", "556"),
        ("ric ii 127", "RIC", "II", "127"),
        ("RIC II, 127", "RIC", "II", "127"),
        ("RIC vol. II no. 127", "RIC", "II", "127"),
        ("RIC:X 1206", "RIC", "X", "1206"),
        ("RIC 2 127", "RIC", "II", "127"),
        ("RIC 2.1, 127", "RIC", "II.1", "127"),
        ("RIC II.1, 127", "RIC", "II.1", "127"),
        ("RIC I² 207", "RIC", "I(2)", "207"),
        ("RIC I (2) 207", "RIC", "I(2)", "207"),
        ("RIC II.3(2) 127", "RIC", "II.3(2)", "127"),
        ("RIC IV-3 12", "RIC", "IV.3", "12"),
        ("RIC IV/3 12", "RIC", "IV.3", "12"),
        ("RIC IV iii 12", "RIC", "IV.3", "12"),
        ("RIC II Trajan 207", "RIC", "II Trajan", "207"),
        ("RIC Vespasian 5", "RIC", "Vespasian", "5"),
        ("RIC IV Gordian III 1", "RIC", "IV Gordian III", "1"),
        ("RIC I (second edition) Augustus 10", "RIC", "I(2) Augustus", "10"),
        ("RIC II, Part 1 (second edition) Domitian 31", "RIC", "II.1(2) Domitian", "31"),
        ("RIC V Gallienus (sole reign) 53: Subtype 1", "RIC", "V Gallienus (sole reign)",
         "53: Subtype 1"),
        ("RIC II 127a", "RIC", "II", "127a"),
        ("RIC II 127 var.", "RIC", "II", "127 var."),
        ("RIC II 127 (R2)", "RIC", "II", "127 (R2)"),
        ("RIC II 127, pl. 5", "RIC", "II", "127, pl. 5"),
        ("cf. RIC II 127", "RIC", "II", "cf. 127"),
        ("RIC II -", "RIC", "II", "-"),
        ("RIC —", "RIC", "", "-"),
        ("RIC", "RIC", "", ""),
        ("RRC 494/23", "RRC", "", "494/23"),
        ("Crawford 494/23", "RRC", "", "494/23"),
        ("Cr. 494 / 23", "RRC", "", "494/23"),
        ("RPC I 1650", "RPC", "I", "1650"),
        ("RPC IV.1 1234 (temporary)", "RPC", "IV.1", "1234 (temporary)"),
        ("RSC II 84a", "RSC", "II", "84a"),
        ("BMC Ionia 23", "BMC", "Ionia", "23"),
        ("BMCRE III 412", "BMCRE", "III", "412"),
        ("BMC RE 412", "BMCRE", "", "412"),
        ("Cohen 84", "Cohen", "", "84"),
        ("C. 84", "Cohen", "", "84"),
        ("C# 84", "Craig", "", "84"),
        ("Sear 1625", "Sear", "", "1625"),
        ("SEAR 1625", "Sear", "", "1625"),
        ("SRCV 1625", "Sear", "", "1625"),
        ("S 1625", "Sear", "", "1625"),
        ("S-1690", "Sear", "", "1690"),
        ("KM 164", "KM", "", "164"),
        ("KM# 164.1", "KM", "", "164.1"),
        ("KM#Pn7", "KM", "", "Pn7"),
        ("Krause 164", "KM", "", "164"),
        ("Y# 5", "Y", "", "5"),
        ("Friedberg 12", "Friedberg", "", "12"),
        ("Fr. 12", "Friedberg", "", "12"),
        ("Schön 5", "Schön", "", "5"),
        ("Dav. 12", "Davenport", "", "12"),
        ("Spink 4", "Spink", "", "4"),
        ("DOC III.2 12a", "DOC", "III.2", "12a"),
        ("MIB I 24", "MIB", "I", "24"),
        ("SNG Cop. 123", "SNG", "Cop.", "123"),
        ("SNG Copenhagen 123", "SNG", "Cop.", "123"),
        ("SNG France-1489", "SNG", "France", "1489"),
        ("SNG von Aulock 12", "SNG", "von Aulock", "12"),
        ("Calico 5", "Calicó", "", "5"),
        ("Hill 5", "Hill", "", "5"),
        ("PCGS #5678", "PCGS", "", "5678"),
        ("NGC 4321567-001", "NGC", "", "4321567-001"),
        ("N# 1234", "Numista", "", "1234"),
        ("Michel 5", "Michel", "", "5"),
        ("Jaeger 12", "Jaeger", "", "12"),
        ("J. 12", "Jaeger", "", "12"),
        ("Van Meter 47", "Van Meter", "", "47"),
        ("Foo, Bar 5", "Foo, Bar", "", "5"),
        ("see the notes", "see the notes", "", ""),
        ("C. TITO", "C. TITO", "", ""),
        ("127", "", "", "127"),
    ],
)  # fmt: skip
def test_reads_one(text: str, catalogue: str, volume: str, number: str) -> None:
    assert parse(text) == [Citation(catalogue, volume, number)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RIC II 127; C. 84", "RIC II 127; Cohen 84"),
        ("RIC II 127, C. 84, BMC 34", "RIC II 127; Cohen 84; BMC 34"),
        ("RIC II 127\nRSC 84\r\nBMC 34", "RIC II 127; RSC 84; BMC 34"),
        ("RIC II 127 = RSC 84", "RIC II 127; RSC 84"),
        ("RIC #556 Cohen 579", "RIC 556; Cohen 579"),
        ("RSC 84, 85a", "RSC 84; RSC 85a"),
        ("SNG von Aulock 12, 13", "SNG von Aulock 12; SNG von Aulock 13"),
        ("Van Meter 47, Foo 12", "Van Meter 47; Foo 12"),
        ("RIC II; 127", "RIC II 127"),
        ("127; KM 5", "127; KM# 5"),
        (" ; ,\n", ""),
    ],
)
def test_reads_several(text: str, expected: str) -> None:
    assert format_all(parse(text)) == expected


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        (Citation("RIC", "II.3(2) Trajan", "207"), "RIC II.3(2) Trajan 207"),
        (Citation("RIC", "II", "cf. 127"), "cf. RIC II 127"),
        (Citation("KM", "", "164"), "KM# 164"),
        (Citation("Craig", "", "12"), "C# 12"),
        (Citation("Numista", "", "12"), "N# 12"),
        (Citation("Van Meter", "", "47"), "Van Meter 47"),
        (Citation("see the notes"), "see the notes"),
    ],
)
def test_formats(citation: Citation, text: str) -> None:
    assert format(citation) == text


@pytest.mark.parametrize("texts", [
    ["RIC 127", "RIC 127a", "RIC 127b", "RIC 1270"],
    ["RRC 494/3", "RRC 494/23", "RRC 494/23a", "RRC 495/1"],
    ["RIC 5", "RIC I 207", "RIC II 9", "RIC II.1 3", "RIC II.3(2) 1", "RIC V 1", "RIC X 1"],
    ["RIC II Hadrian 99", "RIC II Trajan 9", "RIC II Trajan 10"],
    ["BMC 9", "KM# 1.2", "KM# 1.10", "RIC I 1"],
])  # fmt: skip
def test_sorts_as_a_person_would(texts: list[str]) -> None:
    assert sorted(texts[1::2] + texts[::2], key=sort_key) == texts


def test_normalises_every_way_of_writing_to_one() -> None:
    ways = ["Crawford 494/23", "Cr. 494 / 23", "rrc 494/23", "RRC#494/23", "cf. RRC 494/23 var."]
    assert {normalise(way) for way in ways} == {"rrc 494/23"}
    assert normalise(Citation("RIC", "II Trajan", "207 (R2)")) == "ric ii trajan 207"
    assert normalise("RIC 5; C. 6") == "ric 5; cohen 6"
    assert normalise("") == ""


def test_search_keys_go_from_the_fullest_to_the_barest() -> None:
    assert search_keys("RIC II.3(2) Trajan 127") == [
        "ric ii.3(2) trajan 127", "ric ii.3(2) 127", "ric ii.3 127", "ric ii 127", "ric 127",
    ]  # fmt: skip
    assert search_keys("RIC 127") == ["ric 127"]
    assert normalise("RIC II 127") in search_keys("RIC II Trajan 127")


WORDS = (
    "RIC II II.3(2) IV-3 Trajan 207 127a 494/23 Crawford C. C# S KM KM# Y SNG Cop. - — , ; = cf. var. "
    "(R2) ( ) # no. vol. part 2 ² pl. : / . N# Foo Bar X I p. 5 \n BMC RE iii V (second edition)"
)
messy = st.lists(st.sampled_from(WORDS.split(" ")), max_size=9)


@given(st.text() | messy.map(" ".join) | messy.map("".join))
@example("RIC II, II")
def test_any_text_is_read_and_reads_the_same_once_written_out(text: str) -> None:
    cited = parse(text)
    assert parse(format_all(cited)) == cited
    assert sort_key(text) == sort_key(format_all(cited))
    assert normalise(text) == normalise(format_all(cited))


@given(st.text(alphabet="qwe 12.,/#()", max_size=30))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    kept = "".join(sorted(filter(str.isalnum, text)))
    written = "".join(sorted(filter(str.isalnum, format_all(parse(text)))))
    for sign in set(kept):
        assert written.count(sign) >= kept.count(sign)


names = st.sampled_from([c.name for c in CATALOGUES if c.has_volumes])
volumes = st.sampled_from(["", "I", "II", "IV.3", "II.3(2)", "X", "II Trajan", "V.2 Carausius"])
numbers = st.from_regex(r"[1-9][0-9]{0,3}[a-e]?(/[1-9][0-9]?[a-c]?)?", fullmatch=True)


@given(st.lists(st.builds(Citation, names, volumes, numbers), max_size=5))
def test_well_formed_citations_survive_writing_and_reading(cited: list[Citation]) -> None:
    assert parse(format_all(cited)) == cited
