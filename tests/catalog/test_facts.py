import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from catalog.facts import files
from catalog.facts.loading import FixtureError, load
from catalog.models import (
    Authority,
    Catalogue,
    CoinType,
    Denomination,
    Fact,
    Issue,
    Metal,
    Mint,
    Region,
    TypeReference,
)

pytestmark = pytest.mark.django_db

REGIONS = [{"id": "italy", "name": "Italy", "names": {"de": "Italien"}, "country_code": "IT"}]
METALS = [{"id": "ar", "name": "Silver", "code": "AR", "is_precious": True}]
DENOMINATIONS = [{"id": "denarius", "name": "Denarius", "metal": "ar", "weight_low": "2.8"}]
MINTS = [{"id": "rome", "name": "Rome", "region": "italy", "latitude": 41.9, "longitude": 12.5}]
AUTHORITIES = [
    {
        "id": "trajan",
        "name": "Trajan",
        "names": {"de": "Trajan"},
        "reign_from": 98,
        "reign_to": 117,
    },
    {"key": "state.it", "name": "Italy", "kind": "state"},
]
TYPES = [
    {"key": "ric.2.tr.1", "title": "RIC II Trajan 1", "authority": "trajan", "mint": "rome",
     "denomination": "denarius", "metal": "ar", "references": ["RIC II Trajan 1", "RSC 295"]},
    {"key": "it.lira", "title": "1 lira", "authority": "state.it"},
]  # fmt: skip
ISSUES = "type,year,mint_mark,variety,mint,mintage\nit.lira,1950,R,small date,rome,1000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, regions=REGIONS, metals=METALS, denominations=DENOMINATIONS, mints=MINTS)
    write(tmp_path, catalogues=[{"code": "RIC", "name": "Roman Imperial Coinage"}])
    write(tmp_path, authorities=AUTHORITIES, types=TYPES)
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "it.csv").write_text(ISSUES)
    return tmp_path


def write(folder: Path, **found: list[dict[str, Any]]) -> None:
    for name, records in found.items():
        (folder / f"{name}.json").write_text(json.dumps(records))


def again(folder: Path, name: str, record: dict[str, Any], **changes: Any) -> None:
    """The next release says something else of this one record."""
    records = json.loads((folder / f"{name}.json").read_text())
    write(folder, **{name: [one | changes if one == record else one for one in records]})
    assert load(folder)


def test_words_are_made_with_what_they_name(folder: Path) -> None:
    assert load(folder)
    rome = Mint.objects.get()
    assert (rome.region, rome.latitude) == (Region.objects.get(), 41.9)
    assert Denomination.objects.get().metal == Metal.objects.get(code="AR")
    assert Authority.objects.get(nomisma_id="trajan").reign_from == 98
    assert list(Region.objects.named("italien")) == [Region.objects.get()]


def test_types_come_with_citations_and_issues(folder: Path) -> None:
    load(folder)
    cited = TypeReference.objects.filter(type__key="ric.2.tr.1")
    assert {(row.text, row.catalogue) for row in cited} == {
        ("RIC II Trajan 1", Catalogue.objects.get()),
        ("RSC 295", None),
    }
    assert cited.get(catalogue=Catalogue.objects.get()).normalised == "ric ii trajan 1"
    issue = Issue.objects.get()
    assert (issue.type.key, str(issue), issue.mintage) == ("it.lira", "1950-R small date", 1000)


@pytest.mark.parametrize("text", ["trajan denarius", "Silver rome", "rsc 295"])
def test_a_type_is_found_by_every_word_of_it(folder: Path, text: str) -> None:
    load(folder)
    assert [row.key for row in CoinType.objects.matching(text)] == ["ric.2.tr.1"]


def test_a_type_is_found_by_a_variety_of_its_issues(folder: Path) -> None:
    load(folder)
    assert [row.key for row in CoinType.objects.matching("small date")] == ["it.lira"]


def test_the_second_time_nothing_is_read(folder: Path, django_assert_num_queries: Any) -> None:
    load(folder)
    with django_assert_num_queries(1):
        assert not load(folder)


def test_looking_again_changes_nothing(folder: Path) -> None:
    load(folder)
    before = [list(model.objects.values()) for model in (Mint, Authority, CoinType, Issue, Fact)]
    assert load(folder, again=True)
    assert before == [
        list(model.objects.values()) for model in (Mint, Authority, CoinType, Issue, Fact)
    ]


def test_a_new_release_mends_what_nobody_touched(folder: Path) -> None:
    load(folder)
    again(folder, "authorities", AUTHORITIES[0], reign_from=99, aliases=["Traianus"])
    trajan = Authority.objects.get(nomisma_id="trajan")
    assert (trajan.reign_from, trajan.aliases) == (99, ["Traianus"])
    assert [row.key for row in CoinType.objects.matching("traianus")] == ["ric.2.tr.1"]


def test_a_new_release_leaves_what_a_curator_wrote(folder: Path) -> None:
    load(folder)
    trajan = Authority.objects.get(nomisma_id="trajan")
    trajan.reign_from, trajan.aliases, trajan.names = 97, ["Optimus"], {"de": "Traian"}
    trajan.save()
    again(folder, "authorities", AUTHORITIES[0], reign_from=99, aliases=["Traianus"],
          names={"de": "Trajanus", "fr": "Trajan"})  # fmt: skip
    trajan.refresh_from_db()
    assert trajan.reign_from == 97
    assert trajan.aliases == ["Optimus", "Traianus"], "what is new is added"
    assert trajan.names == {"de": "Traian", "fr": "Trajan"}


def test_a_new_release_adds_citations_and_issues(folder: Path) -> None:
    load(folder)
    (folder / "issues" / "it.csv").write_text(ISSUES + "it.lira,1951,R,,rome,\n")
    again(folder, "types", TYPES[0], references=["RIC II Trajan 1", "RSC 295", "BMC 1"])
    assert Issue.objects.count() == 2
    assert TypeReference.objects.filter(text="BMC 1").count() == 1
    assert [row.key for row in CoinType.objects.matching("bmc 1")] == ["ric.2.tr.1"]


def test_what_a_curator_deleted_does_not_come_back(folder: Path) -> None:
    load(folder)
    CoinType.objects.get(key="it.lira").delete()
    again(folder, "types", TYPES[1], title="1 lira, 1950")
    assert not CoinType.objects.filter(key="it.lira").exists()


def test_a_word_that_was_there_first_is_taken_up_and_completed(folder: Path) -> None:
    typed = Authority.objects.create(name="Trajan", reign_from=1)
    imported = Mint.objects.create(name="Roma", nomisma_id="rome")
    load(folder)
    typed.refresh_from_db()
    imported.refresh_from_db()
    assert (typed.nomisma_id, typed.reign_from, typed.reign_to) == ("trajan", 1, 117)
    assert (imported.name, imported.latitude) == ("Roma", 41.9)
    assert Authority.objects.filter(name="Trajan").count() == 1


def test_refused_when_a_record_names_what_no_fixture_has(folder: Path) -> None:
    write(folder, mints=[{"id": "rome", "name": "Rome", "region": "italia"}])
    with pytest.raises(FixtureError, match="“rome” names “italia”"):
        load(folder)
    assert not Region.objects.exists(), "nothing is half loaded"


def test_the_command_says_what_it_did(capsys: Any) -> None:
    call_command("load_facts")
    call_command("load_facts")
    told = capsys.readouterr().out
    assert "catalogues: 6" in told
    assert told.endswith("The facts are up to date.\n")


class TestOurFacts:
    """What stands in fixtures/facts."""

    def test_every_reign_is_a_reign(self) -> None:
        for one in files.records("authorities"):
            first, last = one.get("reign_from"), one.get("reign_to")
            assert 0 not in (first, last), one
            assert first is None or last is None or first <= last, one

    @pytest.mark.parametrize(
        ("ruler", "reign"),
        [("augustus", (-27, 14)), ("gaius", (37, 41)), ("quintillus", (270, 270)),
         ("romulus_augustulus", (475, 476)), ("basilius_ii", (976, 1025))],
    )  # fmt: skip
    def test_reigns(self, ruler: str, reign: tuple[int, int]) -> None:
        found = next(one for one in files.records("authorities") if one.get("id") == ruler)
        assert (found["reign_from"], found["reign_to"]) == reign

    @pytest.mark.parametrize("name", ["metals", "catalogues", "series"])
    def test_names_are_there_once(self, name: str) -> None:
        names = [one["name"] for one in files.records(name)]
        assert len(names) == len(set(names))

    def test_every_euro_country_has_all_eight_coins(self) -> None:
        keys = {one["key"] for one in files.records("types")}
        countries = {key.split(".")[1] for key in keys if key.startswith("euro.")}
        assert len(countries) == 25
        for country in countries:
            for value in ("1c", "2c", "5c", "10c", "20c", "50c", "1e", "2e"):
                assert f"euro.{country}.{value}" in keys

    def test_modern_words_have_names_in_every_language(self) -> None:
        for name in ("metals", "regions", "denominations"):
            for one in files.records(name):
                if "key" in one:
                    assert set(one["names"]) == {"de", "fr", "it", "es"}, one

    def test_a_type_cites_a_catalogue_once(self) -> None:
        from catalog import references

        for one in files.types():
            cited = [references.parse(text)[0].catalogue for text in one["references"]]
            assert len(cited) == len(set(cited)), one

    def test_issues_are_there_once(self) -> None:
        for key, issues in files.issues().items():
            marks = [tuple(issue[:3]) for issue in issues]
            assert len(marks) == len(set(marks)), key

    def test_they_stay_small(self) -> None:
        size = sum(path.stat().st_size for path in files.FOLDER.rglob("*") if path.is_file())
        assert size < 2_000_000
