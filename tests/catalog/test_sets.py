import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import series
from catalog.models import Authority, Coin, CoinSet, Issue, SetSlot
from tests.factories import make_coin, make_collection, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def cents(owner):
    """A type struck three times, and a set that wants all three."""
    type_ = make_type("us.lincoln-cent", title="Lincoln cent", weight="3.11")
    coin_set = CoinSet.objects.create(owner=owner, name="Lincoln cents")
    for position, (year, mark, variety) in enumerate(
        [(1909, "", ""), (1909, "S", "VDB"), (1914, "D", "")]
    ):
        issue = Issue.objects.create(type=type_, year=year, mint_mark=mark, variety=variety)
        SetSlot.objects.create(
            set=coin_set,
            position=position,
            label=str(issue),
            type=type_,
            year=year,
            mint_mark=mark,
            variety=variety,
        )
    return coin_set


def test_a_coin_fills_its_slot_by_itself(owner, collection, cents):
    type_ = cents.slots.first().type
    make_coin(collection, type=type_, year_from=1914, mint_mark="d")
    found = series.completion(cents, owner)
    assert (found.filled, found.total) == (1, 3)
    assert found.sentence == "1 of 3, missing 1909, 1909-S VDB"


@pytest.mark.parametrize(
    "values", [{"status": "wanted"}, {"status": "sold"}, {"mint_mark": "S"}, {"year_from": 1915}]
)
def test_a_coin_that_is_not_it_or_not_held_fills_nothing(owner, collection, cents, values):
    given = {"type": cents.slots.first().type, "year_from": 1914, "mint_mark": "D"} | values
    make_coin(collection, **given)
    assert series.completion(cents, owner).filled == 0


def test_a_strangers_coin_fills_nothing(owner, stranger, cents):
    make_coin(make_collection(stranger), type=cents.slots.first().type, year_from=1909)
    assert series.completion(cents, owner).filled == 0


def test_a_slot_for_a_ruler_takes_any_coin_of_his(owner, collection):
    otho = Authority.objects.create(name="Otho")
    coin_set = CoinSet.objects.create(owner=owner, name="Twelve Caesars")
    SetSlot.objects.create(set=coin_set, label="Otho", authority=otho)
    make_coin(collection, authority=otho)
    assert series.completion(coin_set, owner).filled == 1


def test_completions_ask_as_much_for_many_sets_as_for_one(owner, cents):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            series.completions(owner.sets.all(), owner)
        return len(asked)

    one = questions()
    for n in range(5):
        other = CoinSet.objects.create(owner=owner, name=f"Set {n}")
        SetSlot.objects.create(set=other, label="x", type=cents.slots.first().type)
    assert questions() == one


def test_a_run_becomes_coins_with_everything_the_type_says(as_user, owner, collection, cents):
    type_ = cents.slots.first().type
    issues = [str(issue) for issue in type_.issues.all()]
    as_user(owner).post(
        f"/types/{type_.pk}/run/",
        {
            "issue": issues,
            "collection": collection.pk,
            "status": "owned",
            "grade": "VF",
            "place": "Album",
        },
    )
    coins = Coin.objects.order_by("pk")
    assert [(c.year_from, c.mint_mark, c.variety) for c in coins] == [
        (1909, "", ""), (1909, "S", "VDB"), (1914, "D", ""),
    ]  # fmt: skip
    assert {(c.grade, c.grade_rank, c.place.path, c.weight) for c in coins} == {
        ("VF", 30, "Album", None)
    }
    assert series.completion(cents, owner).filled == 3
    assert all(coin.status_changes.count() == 1 for coin in coins)


def test_a_run_of_nothing_is_refused(as_user, owner, collection, cents):
    type_ = cents.slots.first().type
    response = as_user(owner).post(
        f"/types/{type_.pk}/run/", {"collection": collection.pk, "status": "owned"}
    )
    assert response.status_code == 422
    assert not Coin.objects.exists()


def test_a_stranger_cannot_add_a_run_to_a_collection(as_user, stranger, collection, cents):
    type_ = cents.slots.first().type
    data = {"issue": [str(type_.issues.first())], "collection": collection.pk, "status": "owned"}
    assert as_user(stranger).post(f"/types/{type_.pk}/run/", data).status_code == 404


def test_a_slot_can_be_filled_by_hand_and_emptied(as_user, owner, collection, cents):
    coin, slot = make_coin(collection, number="A-17"), cents.slots.first()
    client = as_user(owner)
    client.post(f"/slots/{slot.pk}/coin/", {"coin": "A-17"})
    slot.refresh_from_db()
    assert slot.coin == coin
    client.post(f"/slots/{slot.pk}/coin/", {"coin": ""})
    slot.refresh_from_db()
    assert slot.coin is None


def test_a_strangers_coin_cannot_be_put_into_a_slot(as_user, owner, stranger, cents):
    coin, slot = make_coin(make_collection(stranger)), cents.slots.first()
    as_user(owner).post(f"/slots/{slot.pk}/coin/", {"coin": coin.pk})
    slot.refresh_from_db()
    assert slot.coin is None


def test_the_page_of_a_set_says_what_is_missing(as_user, owner, cents):
    assert (
        "0 of 3, missing 1909, 1909-S VDB, 1914-D"
        in as_user(owner).get(f"/sets/{cents.pk}/").content.decode()
    )
