"""Everything known of a coin weighed against every type, and told in words."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identify.matching import Index, Match, Seen, Type

TYPES = [
    Type(1, "Trajan", "Denarius", "Rome", "Silver", "IMP TRAIANO AVG GER DAC P M TR P", "COS V P P S P Q R OPTIMO PRINC"),
    Type(2, "Trajan", "Denarius", "Rome", "Silver", "IMP TRAIANO AVG GER DAC P M TR P", "P M TR P COS VI P P S P Q R"),
    Type(3, "Trajan", "Sestertius", "Rome", "Bronze", "IMP CAES NERVAE TRAIANO AVG GER DAC P M TR P COS V P P", "S P Q R OPTIMO PRINCIPI S C"),
    Type(4, "Hadrian", "Denarius", "Rome", "Silver", "HADRIANVS AVGVSTVS", "COS III", year_from=125, year_to=128),
    Type(5, "Hadrian", "Aureus", "Rome", "Gold", "HADRIANVS AVGVSTVS", "COS III", weight=7.2),
    Type(6, "Vespasian", "Denarius", "Ephesus", "Silver", "IMP CAESAR VESPAS AVG", "PACI AVGVSTAE"),
    Type(7, "Vespasian", "Denarius", "", "Silver", "", "PACI AVGVSTAE", owner=77),
]  # fmt: skip
INDEX = Index(TYPES)


def best(seen: Seen, user: int = 0) -> Match:
    return INDEX.search(seen, user=user)[0]


def said(match: Match) -> tuple[set[str], set[str]]:
    return {one.code for one in match.supporting}, {one.code for one in match.contradicting}


def test_all_that_is_known_names_the_type() -> None:
    found = best(
        Seen(ruler={"Trajan": 0.9}, denomination={"Denarius": 1.0}, reverse="COS V P P SPQR OPTIMO PRINC")
    )  # fmt: skip
    assert found.key == 1
    assert said(found) == ({"ruler_agrees", "denomination_agrees", "reverse_legend_same"}, set())


@pytest.mark.parametrize(
    "typed", ["hadrianus augustus", "HADRIANVS·AVGVSTVS", "Hadrian-us Aug-ustus", "HADRIANVSAVGVSTVS"]
)  # fmt: skip
def test_spelling_makes_no_difference(typed: str) -> None:
    found = best(Seen(obverse=typed))
    assert found.key in {4, 5}
    assert "obverse_legend_same" in said(found)[0]


def test_a_reading_with_mistakes_is_close() -> None:
    found = best(Seen(ruler={"Trajan": 1.0}, reverse="P M TR F COS VI P F S P Q"))
    (remark,) = [one for one in found.supporting if one.code == "reverse_legend_close"]
    assert found.key == 2
    assert remark.params["letters"] == 3


def test_a_part_of_a_legend_is_enough() -> None:
    assert best(Seen(obverse="SAR VESPAS")).key == 6


def test_a_legend_outweighs_a_doubtful_ruler() -> None:
    found = best(Seen(ruler={"Trajan": 0.6, "Hadrian": 0.3}, obverse="HADRIANVS AVGVSTVS"))
    assert found.key in {4, 5}
    assert "ruler_possible" in said(found)[0]


def test_what_contradicts_is_told() -> None:
    found = best(
        Seen(
            ruler={"Hadrian": 1.0},
            denomination={"Denarius": 1.0},
            mint={"Antioch": 1.0},
            reverse="COS III",
            weight=4.2,
            year_from=134,
            year_to=138,
        )
    )
    supporting, contradicting = said(found)
    assert found.key == 4
    assert contradicting == {"mint_differs", "weight_outside", "date_differs"}
    assert supporting == {"ruler_agrees", "denomination_agrees", "reverse_legend_same"}


def test_weight_parts_gold_from_silver() -> None:
    assert best(Seen(obverse="HADRIANVS AVGVSTVS", weight=7.1)).key == 5
    assert best(Seen(obverse="HADRIANVS AVGVSTVS", weight=3.2)).key == 4


def test_the_weight_of_the_type_itself_is_told_before_that_of_its_kind() -> None:
    found = best(Seen(denomination={"Aureus": 1.0}, weight=7.1))
    (remark,) = [one for one in found.supporting if one.code == "weight_inside"]
    assert (remark.params["low"], remark.params["high"]) == (6.34, 8.06)


def test_dates_have_a_say() -> None:
    ranked = INDEX.search(Seen(ruler={"Hadrian": 1.0}, year_from=126))
    assert [one.key for one in ranked[:2]] == [4, 5]
    assert "date_agrees" in said(ranked[0])[0]


def test_types_that_cannot_be_told_apart_share() -> None:
    first, second = INDEX.search(Seen(obverse="IMP TRAIANO AVG GER DAC P M TR P", ruler={"Trajan": 1.0}))[:2]  # fmt: skip
    assert (first.key, second.key) == (1, 2)
    assert first.share == second.share < 0.51


def test_a_private_type_is_its_owners_alone() -> None:
    seen = Seen(ruler={"Vespasian": 1.0}, reverse="PACI AVGVSTAE", denomination={"Denarius": 1.0})
    assert 7 not in [one.key for one in INDEX.search(seen)]
    assert 7 not in [one.key for one in INDEX.search(seen, user=5)]
    assert 7 in [one.key for one in INDEX.search(seen, user=77)]


@pytest.mark.parametrize("seen", [Seen(), Seen(weight=3.2), Seen(year_from=100)])
def test_what_names_no_type_finds_none(seen: Seen) -> None:
    assert INDEX.search(seen) == []


def test_an_empty_catalogue_and_one_of_others_only() -> None:
    assert Index([]).search(Seen(obverse="IMP")) == []
    assert Index([Type(1, "Trajan", owner=3)]).search(Seen(ruler={"Trajan": 1.0})) == []


@given(
    st.text(max_size=60),
    st.text(string.ascii_uppercase + " ·-", max_size=60),
    st.dictionaries(st.text(max_size=9), st.floats(0, 1), max_size=3),
    st.one_of(st.none(), st.floats(0.001, 1000)),
)
def test_whatever_is_seen_shares_are_shares(
    obverse: str, reverse: str, ruler: dict[str, float], weight: float | None
) -> None:
    found = INDEX.search(Seen(ruler=ruler, obverse=obverse, reverse=reverse, weight=weight), top=9)
    shares = [one.share for one in found]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.0 + 1e-9
    assert all(0 < share <= 1 for share in shares)


def test_fifty_thousand_types_are_weighed_in_a_moment() -> None:
    """A loose bound that a loop over the types in Python would break; the benchmark measures."""
    many = [
        Type(n, f"Ruler {n % 180}", f"Kind {n % 60}", obverse=f"IMP {spelt(n % 9001)} AVG", reverse=spelt(n % 7001))
        for n in range(50_000)
    ]  # fmt: skip
    index = Index(many)
    started = time.process_time()
    found = index.search(Seen(ruler={"Ruler 5": 0.8}, obverse=f"IMP {spelt(8105)} AVG"))
    assert time.process_time() - started < 0.6
    assert found


def spelt(number: int) -> str:
    return "".join("ABCDEFGHIK"[int(digit)] for digit in f"{number:05d}") * 3
