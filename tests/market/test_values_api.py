"""Comparables, estimates and charts for programs."""

from typing import Any

import pytest

from catalog.models import Coin, Collection, User, Valuation
from market.api.charting import drawn
from market.charts import Mark
from market.models import Comparable, Estimate, Lot, PriceLevel
from market.models.estimates import SOURCE
from market.worth import Terms
from tests.catalog.api.conftest import api as api
from tests.market.makes import make_estimate, make_lot, make_lots, make_trajan
from tests.market.test_appraisal import SEVEN


@pytest.fixture
def trajan(collection: Collection) -> Coin:
    return make_trajan(collection)


def at(coin: Coin, what: str) -> str:
    return f"/api/v1/coins/{coin.pk}/{what}"


def asked(client: Any, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.json()
    return answer.json()


def test_comparables_with_their_reasons(api: Any, owner: User, trajan: Coin) -> None:
    make_lots(owner, SEVEN)
    said = asked(api(owner), at(trajan, "comparables/"))
    assert (said["currency"], said["basis"], said["left_out"]) == ("EUR", "hammer", [])
    assert len(said["comparables"]) == 7
    first = said["comparables"][0]
    assert {"code": "same_grade", "detail": "", "text": "same grade"} in first["reasons"]
    assert "cites RIC 207" in [reason["text"] for reason in first["reasons"]]
    assert (first["tier"], first["state"], first["as_sold"]) == (1, "", None)
    assert sum(one["share"] for one in said["comparables"]) == pytest.approx(1)
    assert {one["price"] for one in said["comparables"]} >= {"90.00", "115.00"}


def test_as_it_was_sold_stands_beside_another_currency(api: Any, owner: User, trajan: Coin) -> None:
    make_lot(owner)
    said = asked(api(owner), at(trajan, "comparables/?currency=usd"))
    paid = said["comparables"][0]["as_sold"]
    assert said["currency"] == "USD"
    assert paid == {"kind": "hammer", "amount": "100.00", "currency": "EUR"}
    assert asked(api(owner), at(trajan, "comparables/?basis=buyer"))["unpriced"] == 1


@pytest.mark.parametrize("query", ["currency=XYZ", "basis=guess"])
@pytest.mark.parametrize("what", ["comparables/", "estimate/", "chart/"])
def test_terms_that_do_not_exist_are_refused(
    api: Any, owner: User, trajan: Coin, what: str, query: str
) -> None:
    said = asked(api(owner), at(trajan, f"{what}?{query}"), 400)
    assert query.split("=")[0] in said["errors"]


def test_left_out_pinned_and_reset(api: Any, owner: User, trajan: Coin) -> None:
    lots = make_lots(owner, [100, 110, 900])
    client, lot = api(owner), lots[2].pk
    said = client.post(at(trajan, f"comparables/{lot}/leave-out/")).json()
    assert [(one["lot"], one["state"]) for one in said["left_out"]] == [(lot, "left_out")]
    assert len(said["comparables"]) == 2
    assert asked(client, at(trajan, "estimate/"))["spread"]["median"] == "105.00"
    said = client.post(at(trajan, f"comparables/{lot}/pin/")).json()
    assert [one["lot"] for one in said["comparables"] if one["state"] == "pinned"] == [lot]
    said = client.post(at(trajan, f"comparables/{lot}/reset/")).json()
    assert {one["state"] for one in said["comparables"]} == {""}
    client.post(at(trajan, f"comparables/{lot}/pin/"))
    client.post(at(trajan, "comparables/reset/"))
    assert not Comparable.objects.exists()


def test_an_estimate_with_all_that_it_says(api: Any, owner: User, trajan: Coin) -> None:
    make_lots(owner, SEVEN)
    make_lot(owner, None, status="unsold")
    said = asked(api(owner), at(trajan, "estimate/"))
    assert said["is_refused"] is False
    assert float(said["low"]) < 100 < float(said["high"])
    assert float(said["point"]) == pytest.approx(100, rel=0.08)
    assert (said["n"], said["n_type"], said["covered"]) == (7, 7, 0.8)
    assert (said["unsold"], said["unsold_share"]) == (1, 0.125)
    assert (said["years"], said["verdict"]) == ([2024, 2024], "fair")
    assert said["verdict_text"].startswith("Fairly supported")
    assert not Estimate.objects.exists()


def test_a_refusal_has_no_figures_and_says_what_would_help(
    api: Any, owner: User, trajan: Coin
) -> None:
    make_lots(owner, SEVEN[:3])
    said = asked(api(owner), at(trajan, "estimate/"))
    assert (said["is_refused"], said["verdict"]) == (True, "too few")
    assert (said["point"], said["low"], said["high"]) == (None, None, None)
    assert "Bring 3 more sales" in said["helps"][0]
    answer = api(owner).post(at(trajan, "estimate/take/"))
    assert (answer.status_code, answer.json()["detail"]) == (409, "There is no estimate to take.")
    assert not Valuation.objects.exists()
    assert not Estimate.objects.exists()


def test_taken_it_is_a_valuation_and_stays_explained(api: Any, owner: User, trajan: Coin) -> None:
    lots, client = make_lots(owner, SEVEN), api(owner)
    answer = client.post(at(trajan, "estimate/take/"))
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["by"], kept["coin"], kept["n"]) == ("owner", trajan.pk, 7)
    assert {one["lot"] for one in kept["inputs"]["lots"]} == {lot.pk for lot in lots}
    assert kept["inputs"]["coin"]["ruler"] == "trajan"
    assert Valuation.objects.get().source == SOURCE
    Lot.objects.all().delete()
    assert asked(client, f"/api/v1/estimates/?coin={trajan.pk}")["results"] == [kept]
    assert client.delete(f"/api/v1/estimates/{kept['id']}/").status_code == 405


def test_the_chart_of_a_coin(api: Any, owner: User, trajan: Coin) -> None:
    make_lots(owner, SEVEN)
    said = asked(api(owner), at(trajan, "chart/"))
    assert (said["n"], said["drawn"], said["is_sampled"]) == (7, 7, False)
    assert said["by_period"][0]["median"] == "100.00"
    assert said["by_grade"][0] | {"at": 4.0, "n": 7} == said["by_grade"][0]
    assert {point["grade"] for point in said["points"]} == {4.0}
    assert float(said["own"]["value"]) == pytest.approx(100, rel=0.08)


def test_the_chart_of_a_search(api: Any, owner: User, trajan: Coin) -> None:
    make_lots(owner, [50, 60])
    make_lot(owner, 700, grade="EF", house="Another House")
    make_lot(owner, None, status="unsold", estimate=80)
    client = api(owner)
    said = asked(client, "/api/v1/lots/chart/?ruler=trajan&grade_to=VF")
    assert [(point["price"], point["is_sold"]) for point in said["points"]] == [
        ("50.00", True), ("60.00", True), ("80.00", False),
    ]  # fmt: skip
    assert said["own"] is None
    assert asked(client, "/api/v1/lots/chart/?house=another+house")["n"] == 1
    assert asked(client, "/api/v1/lots/chart/?year_from=2025")["n"] == 0
    assert asked(client, f"/api/v1/lots/chart/?coin={trajan.pk}")["own"]["value"] is None


def test_prices_in_the_money_of_one_year(api: Any, owner: User) -> None:
    make_lot(owner)
    for year, level in ((2024, 100), (2025, 110)):
        PriceLevel.objects.create(currency="EUR", year=year, month=0, level=level)
    said = asked(api(owner), "/api/v1/lots/chart/?money_of=2025")
    assert (said["money_of"], said["points"][0]["price"]) == (2025, "110.00")
    assert asked(api(owner), "/api/v1/lots/chart/")["money_of"] is None


def test_of_very_many_a_part_is_drawn_and_says_so() -> None:
    marks = [Mark(str(n), 100 + n, 2000 + n / 200, 4.0) for n in range(2_100)]
    said = drawn(marks, Terms(), None, n=9_000)
    assert (said["n"], said["looked_at"], said["drawn"]) == (9_000, 2_100, 2_000)
    assert said["is_sampled"] is True
    assert len(said["points"]) == 2_000
    assert sum(one["n"] for one in said["by_period"]) == 2_100
    assert drawn(marks[:10], Terms(), None)["is_sampled"] is False


@pytest.mark.parametrize(
    "query",
    [
        "grade_from=blue",
        "grade_to=blue",
        "year_from=0",
        "year_to=x",
        "coin=0",
        "basis=x",
        "money_of=1999",
    ],
)
def test_a_search_that_cannot_be_asked_is_refused(api: Any, owner: User, query: str) -> None:
    assert query.split("=")[0] in asked(api(owner), f"/api/v1/lots/chart/?{query}", 400)["errors"]


def test_a_reading_token_changes_nothing(api: Any, owner: User, trajan: Coin) -> None:
    lot, client = make_lots(owner, SEVEN)[0], api(owner, "read")
    asked(client, at(trajan, "estimate/"))
    for what in (f"comparables/{lot.pk}/pin/", "comparables/reset/", "estimate/take/"):
        assert client.post(at(trajan, what)).status_code == 403
    assert not Comparable.objects.exists()
    assert not Estimate.objects.exists()


def test_a_viewer_reads(api: Any, viewer: User, owner: User, trajan: Coin) -> None:
    lot, kept = make_lot(None), make_estimate(trajan, owner)
    client = api(viewer)
    assert len(asked(client, at(trajan, "comparables/"))["comparables"]) == 1
    assert asked(client, f"/api/v1/estimates/{kept.pk}/")["point"] == "100.00"
    for what in (f"comparables/{lot.pk}/leave-out/", "estimate/take/"):
        assert client.post(at(trajan, what)).status_code == 403


def test_an_editor_says_nothing_of_the_owners_lots(
    api: Any, editor: User, owner: User, trajan: Coin
) -> None:
    lot = make_lot(owner)
    client = api(editor)
    assert asked(client, at(trajan, "comparables/"))["comparables"] == []
    assert client.post(at(trajan, f"comparables/{lot.pk}/pin/")).status_code == 404
    assert client.post(at(trajan, f"comparables/{make_lot(None).pk}/pin/")).status_code == 200


def test_a_stranger_finds_nothing(api: Any, stranger: User, owner: User, trajan: Coin) -> None:
    lot, kept, client = make_lot(None), make_estimate(trajan, owner), api(stranger)
    for what in ("comparables/", "estimate/", "chart/"):
        asked(client, at(trajan, what), 404)
    asked(client, f"/api/v1/estimates/{kept.pk}/", 404)
    asked(client, f"/api/v1/lots/chart/?coin={trajan.pk}", 404)
    assert asked(client, "/api/v1/estimates/")["results"] == []
    for what in (f"comparables/{lot.pk}/pin/", "comparables/reset/", "estimate/take/"):
        assert client.post(at(trajan, what)).status_code == 404
    make_lot(owner, house="Mine alone")
    assert asked(client, "/api/v1/lots/chart/?house=mine+alone")["n"] == 0


def test_nobody_is_asked_for_a_token(api: Any, trajan: Coin) -> None:
    for address in (at(trajan, "estimate/"), "/api/v1/estimates/", "/api/v1/lots/chart/"):
        asked(api(None), address, 401)
