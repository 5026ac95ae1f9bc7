"""The invented sales of one user, loaded once, in a few large strokes: what `Lot.objects.record` does one
by one would take minutes for thousands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random

from django.db import transaction
from django.utils import timezone

from catalog import dates, references
from catalog.models import Coin, User
from catalog.telling import written
from market.demo.pricing import HOUSES, Offer, calendar, offer
from market.demo.pricing import Sale as Held
from market.demo.texts import Kind, group_text, text_of
from market.extract import Reading, read
from market.grading import steps
from market.models import (
    Lot,
    LotAttributes,
    LotFlag,
    LotReference,
    Price,
    Quote,
    Sale,
    Source,
)
from market.recording import attributes, converted, known_as
from market.setting_apart import set_apart

SEED = 1789
SLUG = "demo"
PER_COIN = 58
BATCH = 500
USUAL = 150.0  # euros, for a coin whose own worth nobody has written down
LEAST = 15.0  # below that, no house makes a lot of it


@dataclass
class Written:
    """A lot and all that hangs on it, before anything has a number."""

    lot: Lot
    reading: Reading
    prices: list[Price]


def load(user: User, today: date | None = None) -> int:
    """How many lots; none where the user has them already, or has no coins of which any are sold."""
    values = {"name": "Demo sales (invented)", "kind": Source.Kind.API}
    source = Source.objects.get_or_create(slug=SLUG, defaults=values)[0]
    if Lot.objects.filter(owner=user, source=source).exists():
        return 0
    with transaction.atomic():
        lots = list(write(user, source, today or timezone.localdate()))
        store(lots)
    return len(lots)


def write(user: User, source: Source, today: date) -> Iterator[Written]:
    random = Random(SEED)
    held = calendar()
    upcoming = [
        Held(house, 99, today + timedelta(days=21 + 3 * n)) for n, house in enumerate(HOUSES)
    ]
    rows = {
        one: Sale.objects.create(
            source=source, owner=user, house=one.house.name, code=str(one.number), day=one.day,
            title=f"Auction {one.number}", currency=one.house.currency,
        )
        for one in [*held, *upcoming]
    }  # fmt: skip
    number = 0
    for coin in coins_of(user):
        kind, base, grade = kind_of(coin), worth(coin), steps(coin.grade) or 4.2
        chosen = [random.choice(held) for _n in range(PER_COIN)] + random.sample(upcoming, 2)
        for sale in sorted(chosen, key=lambda one: one.day):
            number += 1
            said = offer(random, sale, base, grade)
            is_group = random.random() < 0.015
            language = sale.house.language
            text = group_text(random, kind, language) if is_group else text_of(random, kind, said)
            yield one_lot(source, user, rows[sale], number, text, said, is_open=sale.day > today)


def coins_of(user: User) -> list[Coin]:
    """What dealers would have a name for, and a price."""
    coins = Coin.objects.live().for_page().filter(collection__owner=user)
    named = coins.exclude(authority=None).exclude(denomination=None).order_by("pk")
    return [coin for coin in named if worth(coin) >= LEAST]


def kind_of(coin: Coin) -> Kind:
    metal = coin.metal or (coin.denomination.metal if coin.denomination else None)
    struck = dates.DateRange(coin.year_from, coin.year_to)
    return Kind(
        ruler=str(coin.authority), denomination=str(coin.denomination),
        metal={"CU": "AE", "OR": "AE"}.get(metal.code, metal.code) if metal else "AR",
        mint=str(coin.mint or ""), years=written(struck) if coin.year_from is not None else "",
        obverse=coin.obverse_legend or coin.obverse_design, reverse=coin.reverse_legend or coin.reverse_design,
        weight=float(coin.weight or 4), diameter=float(coin.diameter or 20),
        cited=tuple(one.text for one in coin.references.all()),
    )  # fmt: skip


def worth(coin: Coin) -> float:
    return float(coin.value or coin.cost or USUAL)


def one_lot(
    source: Source, user: User, sale: Sale, number: int, text: str, said: Offer, *, is_open: bool
) -> Written:
    reason, n_coins = set_apart(text)
    status = "open" if is_open else "sold" if said.hammer else "unsold"
    seen = datetime.combine(
        sale.day or timezone.localdate(), time(12), timezone.get_current_timezone()
    )
    reading = read(text)
    lot = Lot(
        source=source, owner=user, sale=sale, source_lot_id=f"demo-{number}", description=text,
        lot_number=str(1 + number % 900), status=status, n_coins=n_coins, excluded_reason=reason,
        language=reading.language[:2], first_seen=min(seen, timezone.now()), is_fresh=is_open,
    )  # fmt: skip
    amounts: dict[str, int | None] = {
        "estimate_low": said.low, "estimate_high": said.high, "start": said.start,
        "hammer": said.hammer if status == "sold" else None,
    }  # fmt: skip
    prices = [
        Price(kind=kind, amount=Decimal(amount), currency=sale.currency,
              **converted(Decimal(amount), sale.currency, sale))
        for kind, amount in amounts.items() if amount
    ]  # fmt: skip
    return Written(lot, reading, prices)


def store(lots: list[Written]) -> None:
    known = lru_cache(maxsize=None)(known_as)
    Lot.objects.bulk_create([one.lot for one in lots], BATCH)
    for one in lots:
        for price in one.prices:
            price.lot = one.lot
    Price.objects.bulk_create([price for one in lots for price in one.prices], BATCH)
    LotAttributes.objects.bulk_create(
        [LotAttributes(lot=one.lot, **attributes(one.reading, known)) for one in lots], BATCH
    )
    LotReference.objects.bulk_create(
        [
            LotReference(
                lot=one.lot, text=cited[:200], canonical_key=references.normalise(cited)[:250]
            )
            for one in lots
            for cited in one.reading.cited
        ],
        BATCH,
    )
    LotFlag.objects.bulk_create(
        [
            LotFlag(
                lot=one.lot, flag=flag.value.name[:30], side=flag.value.side[:10],
                severity=flag.value.severity[:10], negated=flag.value.negated,
            )
            for one in lots
            for flag in one.reading.flags
        ],
        BATCH,
    )  # fmt: skip
    Quote.objects.renew([one.lot.pk for one in lots])
