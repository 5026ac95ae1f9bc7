import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.facts.importing import import_tables
from catalog.facts.tables import Outcome, TableError
from catalog.models import (
    Authority,
    Catalogue,
    CoinType,
    Denomination,
    Issue,
    Mint,
    Region,
    TypeReference,
)
from tests.factories import make_type

pytestmark = pytest.mark.django_db

RIC = "ocre_id,label,denomination,metal,authority,mint,region,obverse_legend,reverse_legend"
RRC = "uri,label,denomination,metal,mint,obverse,obverse_legend,reverse,reverse_legend,start,end"
US = "category,type,type_years,year_mint,variety,mintage"
WORDS = "id,en,de,fr,it,es,definition,roles,start,end,lat,lon,fields,wikidata"
EMERITA = (
    "1_2.aug.10,RIC I (second edition) Augustus 10,denarius,ar,augustus,emerita,lusitania,"
    "IMP CAESAR AVGVSTV,P CARISIVS  LEG PRO PR"
)
CRRO = "http://numismatics.org/crro/id/rrc-"


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(header: str, *rows: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


def take(*paths: Path) -> Outcome:
    return import_tables(paths)[-1]


def reasons(outcome: Outcome) -> list[tuple[int, str]]:
    return outcome.refused


class TestRic:
    def test_a_row_becomes_a_type(self, table: Any) -> None:
        outcome = take(table(RIC, EMERITA))
        assert (outcome.rows, outcome.made, outcome.refused) == (1, 1, [])
        one = CoinType.objects.get()
        assert (one.key, one.title) == ("ric.1(2).aug.10", "RIC I(2) Augustus 10")
        assert one.uri == "http://numismatics.org/ocre/id/ric.1(2).aug.10"
        assert one.reverse_legend == "P CARISIVS LEG PRO PR"
        assert (one.year_from, one.year_to) == (None, None), "the table has no dates"
        cited = one.references.get()
        assert (cited.text, cited.catalogue) == (
            "RIC I(2) Augustus 10", Catalogue.objects.get(code="RIC"),
        )  # fmt: skip
        assert cited.normalised == "ric i(2) augustus 10"
        assert cited.sort_key

    def test_it_names_the_words_that_are_there(self, table: Any) -> None:
        emerita = Mint.objects.create(name="Mérida", nomisma_id="emerita")
        take(table(RIC, EMERITA))
        assert CoinType.objects.get().mint == emerita

    def test_it_finds_a_word_that_was_merged_into_another(self, table: Any) -> None:
        merida = Mint.objects.create(name="Mérida", aliases=["emerita"])
        take(table(RIC, EMERITA))
        assert CoinType.objects.get().mint == merida

    def test_it_makes_the_words_that_nobody_knew(self, table: Any) -> None:
        take(table(RIC, EMERITA.replace("emerita,", "colonia_patricia,")))
        mint = CoinType.objects.get().mint
        assert mint is not None
        assert (mint.name, mint.nomisma_id) == ("Colonia patricia", "colonia_patricia")

    def test_nothing_to_say_is_left_blank(self, table: Any) -> None:
        take(table(RIC, "2.tr.1,RIC II Trajan 1,uncertain_value,none,trajan,none,,,"))
        one = CoinType.objects.get()
        assert (one.denomination, one.metal, one.mint, one.region) == (None, None, None, None)

    def test_it_is_found_in_every_language(self, table: Any) -> None:
        Denomination.objects.create(name="Denarius", names={"de": "Denar"}, nomisma_id="denarius")
        take(table(RIC, EMERITA))
        assert CoinType.objects.matching("augustus denar emerita").count() == 1

    def test_the_second_time_changes_nothing(self, table: Any) -> None:
        path = table(RIC, EMERITA, EMERITA.replace("10", "11"))
        take(path)
        before = list(CoinType.objects.values()), list(TypeReference.objects.values())
        outcome = take(path)
        assert (outcome.made, outcome.filled, outcome.unchanged) == (0, 0, 2)
        assert before == (list(CoinType.objects.values()), list(TypeReference.objects.values()))

    def test_blanks_are_filled_and_what_is_written_stays(self, table: Any) -> None:
        hand = make_type("ric.1(2).aug.10", title="My Augustus")
        outcome = take(table(RIC, EMERITA))
        hand.refresh_from_db()
        assert (outcome.made, outcome.filled) == (0, 1)
        assert hand.title == "My Augustus"
        assert hand.authority == Authority.objects.get(nomisma_id="augustus")
        assert list(CoinType.objects.matching("lusitania")) == [hand]

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("DISASTER ON ric.3.ant.1,RIC III Antoninus Pius 1,,,,,,,", "is not an id of OCRE"),
            ("2.tr.1,Trajan without a number,,,,,,,", "cannot be read as a citation of RIC"),
            ("2.tr.1,RRC 44/5,,,,,,,", "cannot be read as a citation of RIC"),
            (f"2.tr.1,RIC II Trajan 1,,,,,,{'A' * 501},", "has 501 characters, more than 500"),
            ("2.tr.1,RIC II Trajan 1", "has 2 cells, the header has 9"),
            (f"{EMERITA},more", "has 10 cells, the header has 9"),
        ],
    )
    def test_refused_with_its_line(self, table: Any, row: str, reason: str) -> None:
        outcome = take(table(RIC, EMERITA, row))
        ((line, why),) = outcome.refused
        assert line == 3
        assert reason in why
        assert outcome.made == 1, "the other rows are taken"

    def test_refused_twice_in_one_table(self, table: Any) -> None:
        outcome = take(table(RIC, EMERITA, EMERITA.replace(",ar,", ",av,")))
        assert reasons(outcome) == [(3, "ric.1(2).aug.10 stands on line 2 already")]


class TestRrc:
    def test_a_row_becomes_a_type(self, table: Any) -> None:
        row = "528.3,RRC 528/3,denarius,ar,rome,Head of Antony.,M·ANTON,Head of Octavian.,CAESAR"
        outcome = take(table(RRC, f"{CRRO}{row},-39,-38"))
        one = CoinType.objects.get()
        assert (outcome.made, one.key, one.title) == (1, "rrc.528.3", "RRC 528/3")
        assert (one.year_from, one.year_to) == (-39, -38)
        assert (one.obverse_design, one.obverse_legend) == ("Head of Antony.", "M·ANTON")
        assert one.authority is not None
        assert one.authority.name == "Roman Republic"

    def test_a_torn_description_is_left_out_and_noted(self, table: Any) -> None:
        row = 'x-1,RRC 308/4a,,,,"mark.""","??""Head of Roma",Two horns.,ROMA,-108,-107'
        outcome = take(table(RRC, row.replace("x-1", f"{CRRO}308.4a")))
        one = CoinType.objects.get()
        assert (one.obverse_design, one.obverse_legend) == ("", "")
        assert (one.reverse_design, one.reverse_legend) == ("Two horns.", "ROMA")
        ((line, note),) = outcome.notes
        assert (line, outcome.refused) == (2, [])
        assert note == "the obverse is left out: its text is torn by a quotation mark"

    def test_lost_letters_are_no_legend(self, table: Any) -> None:
        outcome = take(table(RRC, f"{CRRO}69.4b,RRC 69/4b,,,,Head.,??????,Prow.,ROMA,-211,-208"))
        one = CoinType.objects.get()
        assert (one.obverse_design, one.obverse_legend) == ("Head.", "")
        assert len(outcome.notes) == 1

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("http://example.org/1,RRC 1/1,,,,,,,,-280,-276", "is not an address of CRRO"),
            (f"{CRRO}1.1,RRC 1/1,,,,,,,,-276,-280", "begins in -276, after its end in -280"),
            (f"{CRRO}1.1,RRC 1/1,,,,,,,,0,14", "the start 0 is not a year"),
            (f"{CRRO}1.1,RRC 1/1,,,,,,,,early,", "the start “early” is not a year"),
        ],
    )
    def test_refused(self, table: Any, row: str, reason: str) -> None:
        ((line, why),) = take(table(RRC, row)).refused
        assert line == 2
        assert reason in why


class TestUnitedStates:
    ROW = "Small Cents,Lincoln Cent,Wheat Ears (1909 - 1958),{},{},{}"

    def test_rows_become_one_type_and_its_issues(self, table: Any) -> None:
        rows = [self.ROW.format(*cells) for cells in (("1909S", "", 1825000), ("1910", "", 0))]
        outcome = take(table(US, *rows))
        one = CoinType.objects.get()
        assert (outcome.made, outcome.refused) == (2, [])
        assert (one.key, one.title) == ("us.lincoln-cent-wheat", "Lincoln Cent, Wheat Ears")
        assert (one.year_from, one.year_to) == (1909, 1958)
        first, second = one.issues.all()
        assert (str(first), first.mintage) == ("1909-S", 1825000)
        assert first.mint is not None
        assert first.mint.nomisma_id == "san_francisco"
        assert (str(second), second.mintage) == ("1910", None), "0 says that nobody knows"

    def test_gold_is_named_by_its_denomination(self, table: Any) -> None:
        take(table(US, "Half Eagles,Liberty Head,No Motto (1839 - 1866),1842C,,28184"))
        assert CoinType.objects.get().key == "us.half-eagle-liberty-head-no-motto"
        assert Issue.objects.get().mint == Mint.objects.get(name="Charlotte")

    def test_the_old_d_is_dahlonega(self, table: Any) -> None:
        take(table(US, "Half Eagles,Liberty Head,No Motto (1839 - 1866),1842D,,59608"))
        assert Issue.objects.get().mint == Mint.objects.get(nomisma_id="dahlonega")

    def test_varieties_that_we_know_are_told_apart_by_mintage(self, table: Any) -> None:
        lincoln = make_type("us.lincoln-cent-wheat")
        for variety, mintage in (("", 1825000), ("VDB", 484000)):
            Issue.objects.create(
                type=lincoln, year=1909, mint_mark="S", variety=variety, mintage=mintage
            )
        rows = [self.ROW.format("1909S", "", mintage) for mintage in (484000, 1825000)]
        outcome = take(table(US, *rows))
        assert (outcome.made, outcome.unchanged, outcome.refused) == (0, 2, [])
        assert Issue.objects.count() == 2

    def test_a_mintage_that_was_not_known_is_filled(self, table: Any) -> None:
        lincoln = make_type("us.lincoln-cent-wheat")
        Issue.objects.create(type=lincoln, year=1909, mint_mark="S")
        outcome = take(table(US, self.ROW.format("1909S", "", 1825000)))
        assert (outcome.filled, Issue.objects.get().mintage) == (1, 1825000)

    def test_the_second_time_changes_nothing(self, table: Any) -> None:
        path = table(US, *(self.ROW.format("1909S", "", mintage) for mintage in (484000, 1825000)))
        first, second = take(path), take(path)
        assert (first.made, second.made, second.filled) == (1, 0, 0)
        assert first.refused == second.refused
        assert Issue.objects.count() == 1

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (ROW.format("190S", "", 1), "“190S” is not a year and a mint mark"),
            (ROW.format("1909S", "", "many"), "the mintage “many” is not a number"),
            ("Shells,Cowrie,,1909,,1", "the category “Shells” is not known"),
        ],
    )
    def test_refused(self, table: Any, row: str, reason: str) -> None:
        ((line, why),) = take(table(US, row)).refused
        assert line == 2
        assert reason in why

    def test_refused_when_nothing_tells_two_pieces_apart(self, table: Any) -> None:
        rows = [self.ROW.format("1955", "", mintage) for mintage in (330958000, 5)]
        ((line, why),) = take(table(US, *rows)).refused
        assert line == 3
        assert "1955 stands here more than once" in why


class TestWords:
    def test_they_go_first_and_types_get_their_names(self, table: Any) -> None:
        ric = table(RIC, EMERITA, name="ric.csv")
        mints = table(WORDS, "emerita,Emerita,Mérida (de),,,,,,,,38.9,-6.3,,", name="mints.csv")
        import_tables([ric, mints])
        mint = Mint.objects.get()
        assert (mint.names, mint.latitude) == ({"de": "Mérida (de)"}, 38.9)
        assert CoinType.objects.matching("merida").count() == 1

    def test_a_name_that_was_guessed_gives_way_to_the_true_one(self, table: Any) -> None:
        take(table(RIC, EMERITA))
        take(table(WORDS, "augustus,Caesar Augustus,Augustus,,,,,,-27,14,,,,", name="persons.csv"))
        augustus = Authority.objects.get(nomisma_id="augustus")
        assert (augustus.name, augustus.reign_from, augustus.reign_to) == (
            "Caesar Augustus", -27, 14,
        )  # fmt: skip
        assert CoinType.objects.matching("caesar augustus").count() == 1

    def test_a_name_that_a_curator_gave_stays(self, table: Any) -> None:
        Authority.objects.create(name="Octavian", nomisma_id="augustus")
        take(table(WORDS, "augustus,Augustus,,,,,,,,,,,,", name="persons.csv"))
        assert Authority.objects.get().name == "Octavian"

    @pytest.mark.parametrize(
        ("name", "roles", "kind"),
        [("persons.csv", "rrc_moneyer", "magistrate"), ("persons.csv", "king issuer", "ruler"),
         ("peoples.csv", "", "people")],
    )  # fmt: skip
    def test_kinds_of_authority(self, table: Any, name: str, roles: str, kind: str) -> None:
        take(table(WORDS, f"a,A,,,,,,{roles},,,,,,", name=name))
        assert Authority.objects.get().kind == kind

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (",Nobody,,,,,,,,,,,,", "it has no id"),
            ("a,A,,,,,,,1552,1186,,,,", "the reign begins in 1552, after its end in 1186"),
        ],
    )
    def test_refused_persons(self, table: Any, row: str, reason: str) -> None:
        assert reasons(take(table(WORDS, row, name="persons.csv"))) == [(2, reason)]

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [("north,1", "“north” is not a number of degrees"), ("91,1", "91 is beyond 90 degrees")],
    )
    def test_refused_mints(self, table: Any, cells: str, reason: str) -> None:
        outcome = take(table(WORDS, f"a,A,,,,,,,,,{cells},,", name="mints.csv"))
        assert reasons(outcome) == [(2, reason)]

    def test_refused_when_the_name_does_not_say_which(self, table: Any) -> None:
        with pytest.raises(TableError, match="must contain one of persons"):
            take(table(WORDS, "a,A,,,,,,,,,,,,", name="words.csv"))


class TestFiles:
    def test_a_column_that_is_missing_is_named(self, table: Any) -> None:
        with pytest.raises(TableError, match="lacks columns of a table of RIC: ocre_id"):
            take(table(RIC.replace("ocre_id", "id")))

    def test_a_table_of_something_else_is_told_what_is_expected(self, table: Any) -> None:
        with pytest.raises(TableError, match="Expected: RIC: ocre_id, label") as error:
            take(table("Lot,Price"))
        assert "US: category, type" in str(error.value)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(TableError, match="cannot be read"):
            take(tmp_path / "nothing.csv")

    def test_nothing_is_taken_when_one_file_is_wrong(self, table: Any) -> None:
        with pytest.raises(TableError):
            take(table(RIC, EMERITA), table("Lot,Price", name="lots.csv"))
        assert not CoinType.objects.exists()


class TestCommand:
    def test_all_is_well(self, table: Any, capsys: Any) -> None:
        call_command("import_types", str(table(RIC, EMERITA)))
        assert (
            "table.csv: 1 new, 0 completed, 0 known already, 0 refused" in capsys.readouterr().out
        )

    def test_words_may_be_given_apart(self, table: Any) -> None:
        regions = table(WORDS, "lusitania,Lusitania,Lusitanien,,,,,,,,,,,", name="regions.csv")
        call_command("import_types", str(table(RIC, EMERITA)), vocabulary=[regions], verbosity=0)
        assert Region.objects.get().names == {"de": "Lusitanien"}

    def test_refused_rows_are_written_down(self, table: Any, tmp_path: Path) -> None:
        path, report = table(RIC, EMERITA, "DISASTER,,,,,,,,"), tmp_path / "report.csv"
        with pytest.raises(CommandError, match="1 rows were refused") as error:
            call_command("import_types", str(path), report=report, verbosity=0)
        assert error.value.returncode == 3
        with report.open(newline="") as file:
            header, row = csv.reader(file)
        assert header == ["file", "line", "verdict", "reason"]
        assert row[:3] == [str(path), "3", "refused"]

    def test_a_wrong_table_is_an_error(self, table: Any) -> None:
        with pytest.raises(CommandError, match="Expected") as error:
            call_command("import_types", str(table("Lot,Price")))
        assert error.value.returncode == 1

    def test_no_table_is_an_error(self) -> None:
        with pytest.raises(CommandError, match="at least one"):
            call_command("import_types")
