from datetime import date

import pytest
from django.core.cache import cache

from catalog.dashboard import Overview
from catalog.models import Authority, Mint
from catalog.money import refresh_money
from tests.factories import make_coin, make_collection, make_photo, make_trade, make_valuation

pytestmark = pytest.mark.django_db


def test_a_newcomer_is_welcomed_with_three_ways_to_begin(as_user, owner):
    page = as_user(owner).get("/").content.decode()
    assert page.count('class="panel way"') == 3


def test_sums_say_how_much_they_know(owner, collection):
    coin = make_coin(collection)
    make_coin(collection)
    make_trade(coin, 100)
    make_valuation(coin, 150)
    refresh_money([coin])
    sums = Overview(owner).totals
    assert (sums.n, sums.n_valued, sums.value, sums.gain) == (2, 1, 150, 50)


def test_charts_count_what_is_held_only(owner, collection):
    make_coin(collection, authority="Trajan", metal="Silver", year_from=103, grade="VF")
    make_coin(collection, authority="Trajan", year_from=-44)
    make_coin(collection, authority="Hadrian", status="sold")
    overview = Overview(owner)
    assert [(bar.label, bar.count) for bar in overview.authorities] == [("Trajan", 2)]
    assert [bar.count for bar in overview.centuries] == [1, 1]
    assert [(bar.label, bar.count) for bar in overview.grades if bar.count] == [("VF", 1)]


def test_mints_of_the_old_world_are_shown_on_its_own_map(owner, collection):
    rome = Mint.objects.create(name="Rome", latitude=41.9, longitude=12.5)
    make_coin(collection, mint=rome)
    found = Overview(owner).map
    assert found.outline.endswith("land-old-world.svg")
    assert [(point.name, point.count) for point in found.points] == [("Rome", 1)]
    make_coin(collection, mint=Mint.objects.create(name="Denver", latitude=39.7, longitude=-105))
    assert Overview(owner).map.outline.endswith("land-world.svg")


def test_reigns_that_overlap_stand_in_lanes_of_their_own(owner, collection):
    for name, start, end in (("Trajan", 98, 117), ("Hadrian", 117, 138), ("Decebalus", 87, 106)):
        ruler = Authority.objects.create(name=name, reign_from=start, reign_to=end)
        make_coin(collection, authority=ruler)
    drawn = {reign.name: reign for reign in Overview(owner).timeline.drawn}
    assert drawn["Decebalus"].y != drawn["Trajan"].y
    assert drawn["Trajan"].x < drawn["Hadrian"].x


def test_what_needs_a_hand_is_counted_and_linked(owner, collection):
    make_photo(make_coin(collection, weight=3))
    make_coin(collection, status="draft")
    counts = {task.url.split("?")[1]: task.count for task in Overview(owner).tasks}
    assert counts["status=draft"] == 1
    assert (counts["no=photo"], counts["no=weight"], counts["no=type"]) == (1, 1, 2)


def test_nothing_of_a_strangers_collection_is_counted(stranger, collection):
    make_coin(collection)
    assert Overview(stranger).is_new


def test_the_morning_page_asks_as_much_for_many_coins_as_for_few(
    as_user, owner, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    home = make_collection(owner)

    def coins(count: int) -> None:
        for n in range(count):
            coin = make_coin(
                home, authority=f"Ruler {n}", metal=f"Metal {n}", year_from=100 * n + 1
            )
            make_trade(coin, 10, date=date(2020, 1, 1))

    coins(2)
    client = as_user(owner)
    client.get("/")
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    coins(9)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)


def test_sums_follow_what_changes(as_user, owner, collection):
    client, coin = as_user(owner), make_coin(collection)
    assert Overview(owner).totals.value == 0
    client.post(
        f"/coins/{coin.pk}/valuation/add/",
        {"date": "2024-01-02", "amount": "180", "currency": "EUR", "source": "A dealer"},
    )
    assert Overview(owner).totals.value == 180
    client.post(f"/coins/{coin.pk}/discard/")
    make_coin(collection)
    assert Overview(owner).totals.value == 0
