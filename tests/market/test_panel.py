"""The panel of a coin: what it says, what a person may do there, and who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Coin, Collection, FieldChange, User, Valuation
from market.marking import Piece, marked
from market.models import Comparable, Estimate, Lot
from market.models.estimates import SOURCE
from tests.market.makes import make_lot, make_lots, make_trajan
from tests.market.test_appraisal import SEVEN

SignIn = Callable[[User | None], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def trajan(collection: Collection) -> Coin:
    return make_trajan(collection)


def address(coin: Coin, query: str = "") -> str:
    return reverse("market:panel", args=[coin.pk]) + query


def act(client: Client, coin: Coin, lot: Lot, what: str, **more: object) -> object:
    return client.post(reverse("market:opinion", args=[coin.pk, lot.pk, what]), **more)  # type: ignore[arg-type]


def page(client: Client, coin: Coin, query: str = "") -> str:
    return client.get(address(coin, query)).content.decode()


def test_the_coin_page_asks_for_it_by_address(trajan: Coin, owner: User, as_user: SignIn) -> None:
    said = as_user(owner).get(trajan.get_absolute_url()).content.decode()
    assert f'hx-get="{address(trajan)}"' in said
    assert f'<a href="{address(trajan)}">' in said


def test_estimate_verdict_and_reasons(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, SEVEN)
    said = page(as_user(owner), trajan)
    assert "In eight of ten cases between" in said
    assert "Fairly supported" in said
    assert "cites RIC 207" in said
    assert "same grade" in said
    assert "Take this as valuation" in said
    assert '<mark title="grade">VF</mark>' in said


def test_a_fragment_is_only_the_panel(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, SEVEN)
    said = as_user(owner).get(address(trajan), headers=HTMX).content.decode()
    assert "<html" not in said
    assert said.count('class="row market-line"') == 6
    assert "1 more sale, with charts" in said


def test_many_sales_stand_on_several_pages(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, [100.0 + n for n in range(51)])
    client = as_user(owner)
    first, second = page(client, trajan), page(client, trajan, "?page=2")
    assert first.count('class="row market-line"') == 50
    assert second.count('class="row market-line"') == 1
    assert 'rel="next"' in first
    assert "In eight of ten cases between" in second


def test_a_new_lot_shows_at_once(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, SEVEN)
    client = as_user(owner)
    assert "data-median>€100<" in page(client, trajan)
    lots = make_lots(owner, [900.0] * 8)
    assert "data-median>€900<" in page(client, trajan)
    for lot in lots:
        lot.settle("withdrawn", "")
    assert "data-median>€100<" in page(client, trajan)


def test_the_questions_of_the_page_do_not_grow(
    trajan: Coin, owner: User, as_user: SignIn, django_assert_max_num_queries: Any
) -> None:
    make_lots(owner, [*SEVEN, *SEVEN], currency="USD")
    client = as_user(owner)
    page(client, trajan)
    for headers, most in ((HTMX, 21), ({}, 25)):
        with django_assert_max_num_queries(most):
            client.get(address(trajan), headers=headers)


def test_a_refusal_says_what_would_help(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, [100, 100, 100])
    said = page(as_user(owner), trajan)
    assert "Too few sales to say" in said
    assert "Bring 3 more sales" in said
    assert "data-point" not in said
    assert "Take this as valuation" not in said


def test_a_coin_without_words_is_asked_for_them(
    collection: Collection, owner: User, as_user: SignIn
) -> None:
    coin = make_trajan(collection, "", authority=None, denomination=None, grade="")
    said = page(as_user(owner), coin)
    for sentence in ("what denomination", "who struck it", "Cite a catalogue", "Say its grade"):
        assert sentence in said


def test_in_another_currency_and_sense(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, [100, 100, 100])
    client = as_user(owner)
    assert "$" in page(client, trajan, "?currency=USD")
    assert "€100.00" in page(client, trajan, "?currency=nonsense")
    assert "3 sales have no price in these terms" in page(client, trajan, "?basis=buyer")


def test_leaving_out_moves_the_median_and_reset_brings_it_back(
    trajan: Coin, owner: User, as_user: SignIn
) -> None:
    lots = make_lots(owner, [100, 110, 900])
    client = as_user(owner)
    assert "data-median>€110<" in page(client, trajan)
    act(client, trajan, lots[2], "reject")
    said = page(client, trajan)
    assert "data-median>€105<" in said
    assert "1 sale that you left out" in said
    act(client, trajan, lots[2], "reset")
    assert "data-median>€110<" in page(client, trajan)


def test_without_scripts_one_comes_back_to_the_page(
    trajan: Coin, owner: User, as_user: SignIn
) -> None:
    lot = make_lot(owner)
    answer = act(as_user(owner), trajan, lot, "pin")
    assert answer["Location"] == address(trajan, "#comparables")  # type: ignore[index]
    answer = act(as_user(owner), trajan, lot, "pin", headers=HTMX)
    assert "you pinned it" in answer.content.decode()  # type: ignore[attr-defined]


def test_reset_forgets_all_of_the_coin(trajan: Coin, owner: User, as_user: SignIn) -> None:
    other = make_trajan(trajan.collection)
    for lot in make_lots(owner, [100, 100]):
        Comparable.objects.pin(trajan, lot)
        Comparable.objects.reject(other, lot)
    as_user(owner).post(reverse("market:reset", args=[trajan.pk]))
    assert {one.coin for one in Comparable.objects.all()} == {other}


def test_taken_as_a_valuation(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, SEVEN)
    as_user(owner).post(reverse("market:take", args=[trajan.pk]))
    valuation, kept = Valuation.objects.get(), Estimate.objects.get()
    assert (valuation.source, valuation.by, valuation.currency) == (SOURCE, owner, "EUR")
    assert kept.point is not None
    assert abs(valuation.amount - kept.point) < 1
    trajan.refresh_from_db()
    assert trajan.value == valuation.amount


def test_a_refusal_is_not_taken(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lots(owner, SEVEN[:3])
    answer = as_user(owner).post(reverse("market:take", args=[trajan.pk]), follow=True)
    assert "There is no estimate to take" in answer.content.decode()
    assert not Valuation.objects.exists()


def test_sold_before_by_weight_size_and_type(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lot = make_lot(owner)
    Coin.objects.filter(pk=trajan.pk).update(weight="3.31", diameter="19")
    client = as_user(owner)
    assert "Type, weight and size are the same" in page(client, trajan)
    for _twice in range(2):
        client.post(reverse("market:seen", args=[trajan.pk, lot.pk]))
    link = trajan.provenance.get()
    assert (link.holder, link.event, link.date) == ("Invented House", "Auction 12", "2024-05-04")
    assert FieldChange.objects.filter(coin=trajan, field="provenance").count() == 1
    assert "Type, weight and size are the same" not in page(client, trajan)


def test_another_weight_is_another_coin(trajan: Coin, owner: User, as_user: SignIn) -> None:
    make_lot(owner)
    Coin.objects.filter(pk=trajan.pk).update(weight="3.32", diameter="19")
    assert "Sold before?" not in page(as_user(owner), trajan)


def test_a_viewer_looks_and_does_nothing(
    trajan: Coin, owner: User, viewer: User, as_user: SignIn
) -> None:
    lot = make_lot(None)
    client = as_user(viewer)
    said = page(client, trajan)
    assert "Leave out" not in said
    assert act(client, trajan, lot, "reject").status_code == 403  # type: ignore[attr-defined]
    assert not Comparable.objects.exists()


def test_a_stranger_finds_nothing(trajan: Coin, stranger: User, as_user: SignIn) -> None:
    client = as_user(stranger)
    assert client.get(address(trajan)).status_code == 404
    assert act(client, trajan, make_lot(None), "pin").status_code == 404  # type: ignore[attr-defined]


def test_the_texts_of_others_stay_theirs(
    trajan: Coin, editor: User, owner: User, as_user: SignIn
) -> None:
    lot = make_lot(owner)
    client = as_user(editor)
    assert "What was read" not in page(client, trajan)
    assert act(client, trajan, lot, "pin").status_code == 404  # type: ignore[attr-defined]
    make_lot(None)
    assert "What was read" not in page(client, trajan)


def test_marks_never_overlap() -> None:
    found = marked("Trajan denarius VF", {"ruler": [0, 6], "name": [3, 9], "bad": [16, 99]})
    assert found == [Piece("Trajan", "ruler"), Piece(" denarius VF")]
    assert marked("", {}) == []
