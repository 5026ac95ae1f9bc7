"""Lots that somebody waits for."""

from typing import Any

import pytest
from django.core import mail

from catalog.models import Authority, Coin, Collection, Metal, User
from market import tasks
from market.models import Lot, Watch, WatchHit
from market.receiving import paste
from tests.factories import make_coin, make_collection, make_term
from tests.market.makes import make_trajan

TRAJAN = "TRAJAN. AR Denarius (19mm, 3.31 g). Rome mint. RIC II 207. Good VF.\nCurrent bid: 20 EUR"
START = "TRAJAN. AR Denarius (18mm, 3.21 g). Rome mint. RIC II 207. EF.\nStarting price: 90 EUR\nCurrent bid: 95 EUR"


def watch(owner: User, **values: Any) -> Watch:
    return Watch.objects.create(user=owner, **{"name": "Trajans", "ruler_text": "Trajan"} | values)


def bring(owner: User, text: str = START) -> Lot:
    paste(owner, text)
    lot = Lot.objects.latest("pk")
    assert lot.status == "open"
    return lot


def test_a_lot_that_comes_is_told_once(owner: User) -> None:
    waiting, lot = watch(owner), bring(owner)
    assert tasks.hold_fresh() == 1
    assert tasks.hold_fresh() == 0
    hit = WatchHit.objects.get()
    assert (hit.watch, hit.lot, hit.seen_at) == (waiting, lot, None)
    paste(owner, START)
    assert tasks.hold_fresh() == 0


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({"ruler_text": "trajan"}, True),
        ({"ruler_text": "Hadrian"}, False),
        ({"ruler_text": "", "reference_key": "ric ii 207"}, True),
        ({"ruler_text": "", "reference_key": "ric ii 208"}, False),
        ({"denomination_text": "Denarius", "metal": "AR"}, True),
        ({"metal": "AV"}, False),
        ({"grade_from": 4.0}, True),
        ({"grade_from": 6.0}, False),
        ({"max_price": 90, "currency": "EUR"}, True),
        ({"max_price": 89, "currency": "EUR"}, False),
        ({"max_price": 500, "currency": "USD"}, True),
        ({"max_price": 5, "currency": "USD"}, False),
        ({"is_active": False}, False),
    ],
)
def test_every_value_that_is_said_must_fit(owner: User, values: dict[str, Any], fits: bool) -> None:
    watch(owner, **values)
    bring(owner)
    assert tasks.hold_fresh() == fits


def test_without_a_price_nobody_is_woken_up(owner: User) -> None:
    watch(owner, max_price=500, currency="EUR")
    bring(owner, TRAJAN)
    assert tasks.hold_fresh() == 0


def test_what_is_over_counts_only_if_that_is_said(owner: User) -> None:
    watch(owner)
    sold = watch(owner, name="Any", only_open=False)
    paste(owner, "TRAJAN. AR Denarius. VF.\nHammer price: 20 EUR")
    tasks.hold_fresh()
    assert WatchHit.objects.get().watch == sold


def test_a_lot_that_opens_is_looked_at_again(owner: User) -> None:
    watch(owner)
    lot = bring(owner)
    Lot.objects.update(status="unknown", is_fresh=False)
    paste(owner, START)
    lot.refresh_from_db()
    assert lot.is_fresh
    assert tasks.hold_fresh() == 1


def test_nobody_is_told_of_anothers_lots(owner: User, stranger: User) -> None:
    watch(stranger)
    bring(owner)
    assert tasks.hold_fresh() == 0
    Lot.objects.update(owner=None, is_fresh=True)  # what the site fetched is everybody's
    assert tasks.hold_fresh() == 1


# --- the page ----------------------------------------------------------------------------------
def test_a_watch_finds_what_is_there_already(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    bring(owner)
    said = {"name": "Mine", "reference": "RIC II 207", "grade": "VF", "only_open": "on"}
    client.post("/market/watches/", said)
    made = Watch.objects.get()
    assert (made.reference_key, made.grade_from, made.user) == ("ric ii 207", 4.0, owner)
    assert "1" in client.get("/market/watches/pending/").content.decode()
    assert "TRAJAN" in client.get("/market/watches/").content.decode()
    client.post("/market/watches/seen/")
    assert "badge" not in client.get("/market/watches/pending/").content.decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "x"}, "at least a reference"),
        ({"name": "x", "ruler_text": "Trajan", "grade": "blue"}, "is not a grade"),
        ({"name": "x", "ruler_text": "Trajan", "max_price": "5"}, "In which currency"),
        ({"name": "x", "ruler_text": "Trajan", "currency": "ABC"}, "three letters"),
    ],
)
def test_a_watch_that_is_refused(owner: User, as_user: Any, said: dict[str, str], why: str) -> None:
    answer = as_user(owner).post("/market/watches/", said)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Watch.objects.exists()


def test_like_a_lot_and_like_a_coin(owner: User, stranger: User, as_user: Any) -> None:
    lot = bring(owner)
    coin: Coin = make_coin(make_collection(owner), authority="Nero", denomination="Aureus")
    client = as_user(owner)
    assert 'value="RIC II 207"' in client.get(f"/market/watches/?lot={lot.pk}").content.decode()
    assert 'value="Nero"' in client.get(f"/market/watches/?coin={coin.pk}").content.decode()
    for query in (f"lot={lot.pk}", f"coin={coin.pk}"):
        assert as_user(stranger).get(f"/market/watches/?{query}").status_code == 404


def test_from_a_coin_one_click_makes_a_watch_that_finds(
    collection: Collection, owner: User, as_user: Any
) -> None:
    make_term(Metal, "Silver", code="AR")
    coin, client = make_trajan(collection), as_user(owner)
    link = f"/market/watches/?coin={coin.pk}"
    assert link in client.get(f"/market/coins/{coin.pk}/").content.decode()
    first = client.get(link).context["form"].initial
    assert (first["reference"], first["metal"]) == ("RIC 207", "AR")
    client.post("/market/watches/", first)
    lot = bring(owner)  # RIC II 207
    bring(owner, START.replace("207", "208"))
    tasks.hold_fresh()
    assert [hit.lot for hit in WatchHit.objects.all()] == [lot]


def test_words_of_another_language_find_the_same(owner: User) -> None:
    term = make_term(Authority, name="Trajan", aliases=["Traianus"])
    found = watch(owner, ruler_text="Traianus")
    bring(owner)
    tasks.hold_fresh()
    assert (term.name, found.hits.count()) == ("Trajan", 1)


def test_from_a_search_with_what_a_watch_does_not_ask(owner: User, as_user: Any) -> None:
    query = "ruler=Trajan&denomination=denarius&grade_from=VF"
    client = as_user(owner)
    said = client.get(f"/market/lots/?{query}").content.decode()
    assert "/market/watches/?ruler=Trajan&amp;denomination=denarius&amp;grade_from=VF" in said
    assert "/market/watches/?" not in client.get("/market/lots/?house=Leu").content.decode()
    page = client.get(f"/market/watches/?{query}&mint=Rome&house=Leu")
    assert page.context["form"].initial["name"] == "Trajan denarius VF"
    assert "your filters: mint, house." in page.content.decode()
    client.post("/market/watches/", page.context["form"].initial)
    made = Watch.objects.get()
    assert (made.ruler_text, made.denomination_text, made.grade_from) == ("Trajan", "denarius", 4.0)


def test_a_pause_and_an_end(owner: User, stranger: User, as_user: Any) -> None:
    made = watch(owner)
    assert as_user(stranger).post(f"/market/watches/{made.pk}/delete/").status_code == 404
    as_user(owner).post(f"/market/watches/{made.pk}/switch/")
    bring(owner)
    assert tasks.hold_fresh() == 0
    as_user(owner).post(f"/market/watches/{made.pk}/delete/")
    assert not Watch.objects.exists()


# --- e-mail -------------------------------------------------------------------------------------
def test_one_message_a_day(owner: User, settings: Any) -> None:
    settings.SITE_URL = "https://coins.example.org"
    User.objects.filter(pk=owner.pk).update(email="o@example.org", language="de")
    watch(owner)
    watch(owner, name="Silent", by_mail=False)
    lot = bring(owner)
    tasks.hold_fresh()
    assert tasks.send_digests() == 1
    assert tasks.send_digests() == 0
    (message,) = mail.outbox
    assert message.to == ["o@example.org"]
    assert f"https://coins.example.org/market/lots/{lot.pk}/" in message.body
    assert "Silent" not in message.body


def test_who_has_no_address_gets_no_message(owner: User) -> None:
    watch(owner)
    bring(owner)
    tasks.hold_fresh()
    assert tasks.send_digests() == 0
    assert mail.outbox == []
