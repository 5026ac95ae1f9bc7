"""Lots of a coin are found by the narrow rows; asked of the lots themselves the answer is the same."""

import os
import subprocess
import sys
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db.models import F, Q

from catalog.models import Authority, Coin, Collection, Denomination, User
from market.models import Comparable, Lot, LotAttributes, LotReference, Quote
from market.offers import offers
from market.pieces import Subject, Words
from market.pool import gather
from market.quoted import offers_of
from market.spellings import asked, present, read_as
from market.typekeys import written_forms
from tests.factories import make_term
from tests.market.makes import make_lot, make_trajan

TODAY = date(2026, 1, 1)


def plainly(subject: Subject, user: User, most: int) -> list[int]:
    """Every rung joined and sorted, as one would say it."""
    states = Comparable.objects.filter(coin=subject.coin).values_list("lot_id", flat=True)
    lots = Lot.objects.visible_to(user)
    found = dict.fromkeys(lots.filter(pk__in=states).values_list("pk", flat=True))
    money = said("denomination", subject.denomination)
    ruler = said("authority", subject.ruler, "ruler")
    forms = written_forms(subject.cited, subject.ruler.name)
    cited = LotReference.objects.filter(canonical_key__in=forms).values("lot")
    rungs = [Q(pk__in=cited), money & ruler if money and ruler else Q(), money]
    for rung in rungs:
        if rung and len(found) < most:
            newest = lots.counted().filter(rung)
            newest = newest.order_by(F("sale__day").desc(nulls_last=True), "-pk")
            found |= dict.fromkeys(newest.values_list("pk", flat=True)[: most - len(found)])
    return sorted(found)


def said(name: str, words: Words, text: str = "") -> Q:
    if not words.name:
        return Q()
    by_text = Q(**{f"attributes__{text or name}_text__in": words.written})
    return by_text | Q(**{f"attributes__{name}": words.pk})


@pytest.fixture
def market(owner: User, stranger: User) -> list[Lot]:
    """Of three rulers and two denominations, some read as words that were renamed since."""
    make_term(Authority, "Trajan", aliases=["Traianus"])
    make_term(Authority, "Hadrian")
    make_term(Denomination, "Denarius", names={"de": "Denar"})
    texts = [
        f"{ruler}. {metal} {money} (3.31 g). RIC II {number}. VF."
        for ruler, (metal, money), number in product(
            ("TRAJAN", "HADRIAN", "NERO"), (("AR", "Denarius"), ("AE", "Sestertius")), (207, 300)
        )
    ]
    lots = [
        make_lot(whose, 100, text=text, day=day)
        for text in texts
        for whose, day in (
            (owner, date(2020, 5, 4)), (None, date(2021, 5, 4)), (stranger, None), (owner, None),
        )
    ]  # fmt: skip
    lots += [
        make_lot(owner, None, status="unsold", text=texts[0]),
        make_lot(owner, 20, text=f"{texts[0]} Fourrée."),
        make_lot(owner, None, status="open", text=texts[0]),
    ]
    odd = LotAttributes.objects.filter(lot__in=lots[:3])
    odd.update(ruler_text="Imp. Traianvs", denomination_text="DENARIVS")
    LotAttributes.objects.filter(lot=lots[4]).update(authority=None, denomination=None)
    Quote.objects.renew(lot.pk for lot in lots)
    return lots


@pytest.mark.parametrize("most", [3, 7, 1_000])
@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("RIC 207", {}),
        ("", {}),
        ("", {"authority": "Hadrian", "denomination": "Sestertius"}),
        ("RIC 300", {"authority": None}),
        ("RIC II 300", {"denomination": None}),
        ("", {"authority": "Nobody"}),
        ("", {"authority": None, "denomination": None}),
    ],
)
def test_the_same_lots_are_found(
    market: list[Lot], collection: Collection, owner: User, reference: str, words: Any, most: int
) -> None:
    coin = make_trajan(collection, reference, **words)
    Comparable.objects.pin(coin, market[-2])
    Comparable.objects.reject(coin, market[5])
    subject = Subject.of(coin, TODAY)
    found = gather(subject, owner, most)
    assert [one.pk for one in found.offers] == plainly(subject, owner, most)
    assert {one.excluded for one in found.offers if one.pk == market[-2].pk} == {"fourree"}


def test_a_narrow_row_says_all_that_the_lot_says(market: list[Lot], owner: User) -> None:
    make_lot(owner, 5_500, currency="CHF", text="Ein Ding, ss.", url="", house="")
    make_lot(owner, 90, estimate=80, flag="Toned. Scratches. ")
    Lot.objects.filter(pk=market[0].pk).update(image_url="https://example.org/1.jpg")
    lots = offers(Lot.objects.visible_to(owner).counted().order_by("pk"))
    quotes = offers_of(Quote.objects.visible_to(owner))
    assert [one._replace(flags=()) for one in quotes] == [one._replace(flags=()) for one in lots]
    assert [set(one.flags) for one in quotes] == [set(one.flags) for one in lots]


def test_spellings_that_stand_in_lots(market: list[Lot]) -> None:
    trajan = Authority.objects.get(name="Trajan")
    read = read_as(LotAttributes, "authority_id", "ruler_text", trajan.pk)
    assert asked(read) == {"Imp. Traianvs", "Trajan"}
    assert asked(read_as(LotAttributes, "authority_id", "ruler_text", 0)) == set()
    written = present(Quote, "ruler", ["Trajan", "Nobody", "Nero"])
    assert asked(*written) == {"Trajan", "Nero"}
    assert asked(*written, read) == {"Trajan", "Nero", "Imp. Traianvs"}
    assert asked() == set()


def test_the_questions_do_not_grow_with_lots_or_spellings(
    market: list[Lot], collection: Collection, owner: User, django_assert_max_num_queries: Any
) -> None:
    coin = make_trajan(collection)
    Comparable.objects.pin(coin, market[-2])
    coin = Coin.objects.for_page().get(pk=coin.pk)
    with django_assert_max_num_queries(13):
        gather(Subject.of(coin, TODAY), owner)


def test_pages_are_counted_on_one_thread_each() -> None:
    """Unless whoever runs the site says otherwise."""
    ask = "import coinsite.wsgi, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    for said, heard in ((bare, "1"), (bare | {"OPENBLAS_NUM_THREADS": "3"}, "3")):
        done = subprocess.run(
            [sys.executable, "-c", ask], env=said, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == heard
