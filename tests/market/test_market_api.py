"""The market for programs."""

from typing import Any

import pytest

from catalog.models import User
from market.models import Lot, RawPage, Source
from market.receiving import paste
from tests.catalog.api.conftest import api as api

LOTS = "/api/v1/lots/"
TRAJAN = (
    "TRAJAN. AD 98-117. AR Denarius (19mm, 3.31 g, 7h). Rome mint. RIC II 207. Toned. Good VF.\n"
    "Hammer price: 90 EUR"
)
HADRIAN = "HADRIAN. AD 117-138. AV Aureus (20mm, 7.31 g, 7h). Rome mint. EF.\nLot unsold"


@pytest.fixture
def lots(owner: User) -> None:
    paste(owner, f"{TRAJAN}\n\n{HADRIAN}")


def found(client: Any, query: str) -> list[str]:
    answer = client.get(f"{LOTS}?{query}")
    assert answer.status_code == 200, answer.json()
    return [one["attributes"]["ruler"] for one in answer.json()["results"]]


def test_a_lot_with_all_that_is_known(api: Any, owner: User, lots: None) -> None:
    said = api(owner).get(f"{LOTS}?ruler=trajan").json()["results"][0]
    assert said["prices"][0] | {"usd": None} == {
        "kind": "hammer", "amount": "90.00", "currency": "EUR", "eur": "90.00", "usd": None,
        "fx_date": None, "raw_text": "90 EUR",
    }  # fmt: skip
    assert said["attributes"]["grade"] == "gVF"
    assert said["references"] == ["RIC II 207"]
    assert "toned" in said["flags"]
    assert said["mine"] is True
    assert api(owner).get(f"{LOTS}{said['id']}/").json() == said


@pytest.mark.parametrize(
    ("query", "rulers"),
    [
        ("denomination=Aureus", ["Hadrian"]),
        ("metal=AR", ["Trajan"]),
        ("mint=rome", ["Hadrian", "Trajan"]),
        ("grade_min=EF", ["Hadrian"]),
        ("grade_max=gVF", ["Trajan"]),
        ("flag=toned", ["Trajan"]),
        ("flag=toned,tooled", []),
        ("status=unsold", ["Hadrian"]),
        ("counts=true", ["Trajan"]),
        ("counts=false", ["Hadrian"]),
        ("year_min=118", ["Hadrian"]),
        ("year_max=110", ["Trajan"]),
        ("reference=RIC+II+207", ["Trajan"]),
        ("q=7.31", ["Hadrian"]),
        ("source=biddr", []),
        ("sold_after=2020-01-01", []),
    ],
)
def test_lists_are_narrowed(
    api: Any, owner: User, lots: None, query: str, rulers: list[str]
) -> None:
    assert found(api(owner), query) == rulers


@pytest.mark.parametrize("query", ["grade_min=blue", "status=gone", "page=x", "year_min=abc"])
def test_what_cannot_be_asked_is_refused(api: Any, owner: User, lots: None, query: str) -> None:
    answer = api(owner).get(f"{LOTS}?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["errors"]


def test_a_text_is_kept_once(api: Any, owner: User) -> None:
    client = api(owner)
    answer = client.post(f"{LOTS}paste/", {"text": TRAJAN})
    assert (answer.status_code, answer.json()) == (201, {"new": 1, "changed": 0, "unchanged": 0})
    again = client.post(f"{LOTS}paste/", {"text": TRAJAN}).json()
    assert again == {"new": 0, "changed": 0, "unchanged": 1}


def test_a_text_that_is_refused_says_why(api: Any, owner: User) -> None:
    many = "\n\n".join(f"Denarius {n}" for n in range(501))
    answer = api(owner).post(f"{LOTS}paste/", {"text": many})
    assert answer.status_code == 400
    assert "At most 500 lots" in answer.json()["errors"]["text"][0]
    assert not Lot.objects.exists()


def test_a_reading_token_brings_nothing(api: Any, owner: User) -> None:
    assert api(owner, "read").post(f"{LOTS}paste/", {"text": TRAJAN}).status_code == 403


def test_pages_are_read_again_and_deleted(api: Any, owner: User, lots: None) -> None:
    client, page = api(owner), RawPage.objects.get()
    assert client.get("/api/v1/market-pages/").json()["results"][0]["n_lots"] == 2
    assert client.post(f"/api/v1/market-pages/{page.pk}/again/").json()["unchanged"] == 2
    assert client.delete(f"/api/v1/market-pages/{page.pk}/").status_code == 204
    assert Lot.objects.count() == 2


def test_sources_say_whether_they_are_fetched(api: Any, owner: User, lots: None) -> None:
    said = api(owner).get("/api/v1/market-sources/").json()["results"]
    assert [(one["slug"], one["enabled"]) for one in said] == [("pasted", False)]


def test_a_stranger_finds_nothing(api: Any, stranger: User, lots: None) -> None:
    client = api(stranger)
    assert found(client, "") == []
    assert client.get(f"{LOTS}{Lot.objects.earliest('pk').pk}/").status_code == 404
    assert client.get("/api/v1/market-pages/").json()["results"] == []
    page = f"/api/v1/market-pages/{RawPage.objects.get().pk}/"
    assert client.post(f"{page}again/").status_code == 404
    assert client.delete(page).status_code == 404


def test_what_the_site_fetched_is_everybodys(api: Any, stranger: User, lots: None) -> None:
    Lot.objects.update(owner=None)
    assert sorted(found(api(stranger), "")) == ["Hadrian", "Trajan"]
    assert Source.objects.count() == 1


def test_a_list_asks_the_same_few_questions(
    api: Any, owner: User, lots: None, django_assert_max_num_queries: Any
) -> None:
    client = api(owner)
    client.get(LOTS)
    with django_assert_max_num_queries(8):
        client.get(LOTS)
