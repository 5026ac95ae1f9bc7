from typing import Any

import pytest

from catalog.models import Authority, CoinType, Denomination, Issue, TypeReference, User
from tests.factories import make_type

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [row.key for row in CoinType.objects.matching(text)]


@pytest.fixture
def faustina() -> CoinType:
    denarius = Denomination.objects.create(name="Denarius", names={"de": "Denar", "fr": "Denier"})
    return make_type(
        "ric.3.ant.351", title="RIC III Antoninus Pius 351", denomination=denarius,
        authority=Authority.objects.create(name="Antoninus Pius", aliases=["Antonin"]),
        obverse_legend="DIVA FAVSTINA", reverse_legend="IVNONI REGINAE", reverse_design="Peacock",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "antoninus pius", "PIUS denarius", "denar", "denier antonin", "ric 351", "favstina", "peac",
        "faustina", "junoni", "reginae-diva",
    ],
)  # fmt: skip
def test_found_by(faustina: CoinType, text: str) -> None:
    assert found(text) == [faustina.key]


@pytest.mark.parametrize("text", ["trajan", "denarius trajan", "enarius", "351a"])
def test_not_found_by(faustina: CoinType, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ['"', "denar*us OR", "a AND (", "NEAR(", "-", "dena\x00r", "'); --"]
)
def test_nothing_that_is_typed_is_an_operator(faustina: CoinType, text: str) -> None:
    found(text)


def test_no_word_at_all_asks_for_everything(faustina: CoinType) -> None:
    assert found(" … ") == [faustina.key]


def test_a_change_is_found_and_what_was_is_not(faustina: CoinType) -> None:
    faustina.reverse_design = "Throne"
    faustina.save()
    assert found("throne") == [faustina.key]
    assert found("peacock") == []


def test_what_is_deleted_is_not_found(faustina: CoinType) -> None:
    faustina.delete()
    assert found("faustina") == []


def test_citations_and_varieties_are_found_once_the_type_is_saved(faustina: CoinType) -> None:
    TypeReference.objects.create(type=faustina, text="RSC 93")
    Issue.objects.create(type=faustina, year=141, variety="veiled")
    faustina.save()
    assert found("rsc 93") == found("veiled") == [faustina.key]


def test_every_emperor_is_not_found_under_augustus() -> None:
    make_type("ric.2.tr.1", obverse_legend="IMP TRAIANVS AVGVSTVS")
    assert found("augustus") == []
    assert found("avgvstvs") == ["ric.2.tr.1"]


def test_it_can_be_asked_inside_another_question(faustina: CoinType, stranger: User) -> None:
    titles = CoinType.objects.known_to(stranger).matching("faustina").order_by("title")
    assert TypeReference.objects.filter(type__in=titles).count() == 0
    assert titles.count() == 1


def test_it_asks_once(faustina: CoinType, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found("faustina denarius")
