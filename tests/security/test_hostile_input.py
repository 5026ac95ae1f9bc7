"""What no form of ours would send, and what would cost us a page or a database."""

from decimal import Decimal

import pytest

from catalog.imports import plans
from catalog.imports.pictures import Collection as PicturesOfCollection
from catalog.imports.verdicts import Judge, Verdict
from catalog.models import Collection, Place, Trade, Valuation
from catalog.money import refresh_money
from catalog.pairing import natural
from tests.access.world import build_world
from tests.factories import make_coin, make_link, make_place, make_trade, make_type

pytestmark = pytest.mark.django_db


def test_a_stranger_asks_for_very_many_words(as_user, collection):
    make_coin(collection, title="Aureus")
    link = make_link(collection)
    page = as_user(None).get(f"/s/{link.token}/", {"q": "a " * 90})
    assert page.status_code == 200


@pytest.mark.parametrize("kind", ["mint", "authority", "type", "place", "tag"])
def test_somebody_types_very_many_words(as_user, owner, kind):
    assert as_user(owner).get(f"/vocabulary/{kind}/", {"q": "a " * 1500}).status_code == 200


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 100_000, '{"weight": ' + "9" * 6000 + "}"]
)
def test_json_that_goes_too_deep_is_refused(as_user, owner, body):
    response = as_user(owner).post("/api/v1/coins/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["type"].endswith("#problem-parse-error")


@pytest.mark.parametrize("name", ["title", "mint", "place", "tags", "notes", "weight"])
def test_a_zero_byte_is_refused_beside_its_field(as_user, owner, collection, name):
    response = as_user(owner).post("/coins/add/", {"status": "owned", name: "a\x00b"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


@pytest.mark.parametrize("name", ["place", "tags"])
def test_a_name_that_no_column_holds_is_refused(as_user, owner, collection, name):
    for path in ("x" * 121, " › ".join(["deeper"] * 200)):
        response = as_user(owner).post("/coins/add/", {"status": "owned", name: path})
        assert name in response.context["form"].errors
    assert Place.objects.count() == 0
    assert as_user(owner).post("/places/", {"path": "x" * 121}).status_code == 422


def test_a_name_with_odd_spaces_is_one_place(owner):
    assert make_place(owner, "Safe  1 /  B4") == make_place(owner, "Safe  1 /  B4")
    assert Place.objects.count() == 2


def test_an_amount_that_sqlite_cannot_give_back_is_refused(as_user, owner, coin):
    trade = {"kind": "purchase", "fees": 0, "shipping": 0, "currency": "EUR", "date": "2020-01-01"}
    valuation = {
        "amount": "99999999999999.99",
        "currency": "EUR",
        "date": "2020-01-01",
        "source": "x",
    }
    client = as_user(owner)
    large = trade | {"price": "99999999999999.99"}
    assert client.post(f"/coins/{coin.pk}/trade/add/", large).status_code == 422
    assert client.post(f"/coins/{coin.pk}/valuation/add/", valuation).status_code == 422
    for kind, row in (("trades", large), ("valuations", valuation)):
        body = row | {"coin": coin.pk}
        assert (
            client.post(f"/api/v1/{kind}/", body, content_type="application/json").status_code
            == 400
        )
    assert Trade.objects.count() + Valuation.objects.count() == 0


def test_a_sum_that_no_column_holds_is_unknown(owner):
    far = Collection.objects.create(owner=owner, name="Jakarta", currency="IDR")
    coin = make_coin(far)
    make_trade(coin, Decimal(10) ** 12)
    refresh_money([coin])
    coin.refresh_from_db()
    assert coin.cost is None


@pytest.mark.parametrize("number", ["²", "9" * 40, "9" * 5000, "-1", "1.5", "\x00"])
def test_what_is_no_number_of_anything_finds_nothing(as_user, number):
    world = build_world()
    client = as_user(world.owner)
    asked = [
        (f"/coins/{world.coin.pk}/undo/", "change"),
        (f"/coins/{world.coin.pk}/join/", "into"),
        (f"/photos/{world.photo.pk}/transfer/", "coin"),
        ("/photos/add/", "coin"),
        ("/photos/add/", "collection"),
        ("/coins/add/", "collection"),
    ]
    assert [client.post(url, {name: number}).status_code for url, name in asked] == [404] * 6
    assert client.post(f"/slots/{world.slot.pk}/coin/", {"coin": number}).status_code == 302


@pytest.mark.parametrize("text", ["²", "²°", "9" * 5000, "9" * 5000 + "°"])
def test_odd_digits_in_a_file_are_no_end_of_an_import(collection, text):
    verdict = Verdict()
    Judge.take_pieces(None, verdict, text)  # type: ignore[arg-type]
    assert verdict.state == "refused"
    assert plans.hours(text) == text
    assert not PicturesOfCollection.has(None, text)  # type: ignore[arg-type]
    assert natural(text[:300])  # as long as the name of a file may be


def test_a_run_or_a_series_of_nothing(as_user, owner):
    client = as_user(owner)
    assert client.post(f"/types/{make_type().pk}/run/").status_code == 422
    assert client.post("/sets/", {"series": "²"}).status_code == 404
