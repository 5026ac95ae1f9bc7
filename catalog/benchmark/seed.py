"""An invented cabinet, large enough to measure with. The same numbers make the same cabinet."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from catalog import citations, grades, search
from catalog.benchmark import words
from catalog.models import (
    Authority,
    Coin,
    CoinReference,
    CoinType,
    Collection,
    CustomField,
    Denomination,
    FieldChange,
    Metal,
    Mint,
    Photo,
    Place,
    Region,
    StatusChange,
    Tag,
    Trade,
    User,
    Valuation,
)

SEED, PICTURES, CHUNK = 20260101, 24, 1000
TODAY = date(2025, 6, 30)
Tell = Callable[[str], None]


def seed(user: User, coins: int, photos: int, tell: Tell = lambda text: None) -> Collection:
    dice = Random(SEED)
    collection = Collection.objects.create(owner=user, name="The great cabinet", currency="EUR")
    known = vocabulary(user, dice)
    pictures = [draw(number) for number in range(PICTURES)]
    tell("Words, places, tags and types are there.")
    left = iter(range(coins))
    while numbers := list(islice(left, CHUNK)):
        made = [one_coin(dice, collection, known, number) for number in numbers]
        Coin.objects.bulk_create(made)
        hang_on(dice, made, known, user)
        share = [photos * (n + 1) // coins - photos * n // coins for n in numbers]
        add_photos(dice, made, share, pictures)
        search.index_ids([coin.pk for coin in made])
        tell(f"{numbers[-1] + 1} coins")
    return collection


def vocabulary(user: User, dice: Random) -> SimpleNamespace:
    known = SimpleNamespace(
        rulers=[ruler(line) for line in (words.RULERS + "|" + words.STATES).split("|")],
        denominations={era: terms(Denomination, text) for era, text in words.DENOMINATIONS.items()},
        mints={era: terms(Mint, text) for era, text in words.MINTS.items()},
        metals=terms(Metal, "|".join(words.METALS)),
        regions=terms(Region, "|".join(words.REGIONS)),
        places=[
            Place.at(user, f"{room} › Tray {number}")
            for room, trays in words.PLACES.items()
            for number in range(1, trays + 1)
        ],
        tags=[Tag.at(user, path) for path in words.TAGS],
        catalogues=citations.catalogue_ids(),
    )
    CustomField.objects.get_or_create(owner=user, key="rarity", name="Rarity", kind="choice",
                                      options=["C", "S", "R1", "R2", "R3"])  # fmt: skip
    CustomField.objects.get_or_create(owner=user, key="dies", name="Dies", kind="text")
    known.types = CoinType.objects.bulk_create(
        [one_type(dice, known, user, number) for number in range(1, 1501)], ignore_conflicts=True
    )
    known.types = list(CoinType.objects.filter(key__startswith=f"benchmark.{user.pk}."))
    return known


def terms(model: Any, text: str) -> list[Any]:
    return [term(model, name) for name in text.split("|")]


def term(model: Any, name: str, **values: Any) -> Any:
    found = model.objects.named(name).filter(added_by=None).first()
    return found or model.objects.create(name=name, **values)


def ruler(line: str) -> Authority:
    name, first, last = line.strip().rsplit(" ", 2)
    return term(Authority, name, reign_from=int(first), reign_to=int(last))


def era_of(authority: Authority) -> str:
    year = authority.reign_from or 0
    return "ancient" if year < 500 else "medieval" if year < 1500 else "modern"


def one_type(dice: Random, known: SimpleNamespace, user: User, number: int) -> CoinType:
    authority = skewed(dice, known.rulers)
    denomination = skewed(dice, known.denominations[era_of(authority)])
    title = f"{authority.name}, {denomination.name}, type {number}"
    return CoinType(
        key=f"benchmark.{user.pk}.{number}", title=title, authority=authority, added_by=user,
        denomination=denomination, search_text=f" {search.fold(title)} ",
    )  # fmt: skip


def skewed(dice: Random, things: list[Any]) -> Any:
    """The first ones often, the last ones hardly ever, as in every cabinet."""
    return things[int(len(things) * dice.random() ** 2)]


def one_coin(dice: Random, collection: Collection, known: SimpleNamespace, number: int) -> Coin:
    type_ = dice.choice(known.types)
    authority, denomination = type_.authority, type_.denomination
    era = era_of(authority)
    first = dice.randint(authority.reign_from, authority.reign_to) or 1
    last = first if era == "modern" else min(authority.reign_to, first + dice.randint(0, 6)) or 1
    is_bare = dice.random() < 0.03
    grade = dice.choice(words.SLABBED if era == "modern" and dice.random() < 0.6 else words.GRADES)
    return Coin(
        collection=collection,
        number=f"{number + 1}",
        title=title(dice, authority, denomination),
        status=status(dice),
        type=type_ if dice.random() < 0.7 else None,
        authority=None if is_bare else authority,
        denomination=None if is_bare else denomination,
        mint=None if dice.random() < 0.1 else skewed(dice, known.mints[era]),
        metal=skewed(dice, known.metals),
        region=None if dice.random() < 0.2 else skewed(dice, known.regions),
        year_from=None if is_bare else first,
        year_to=None if is_bare else last,
        is_circa=dice.random() < 0.08,
        obverse_legend=f"{authority.name.upper()} AVG",
        obverse_design=f"Laureate and draped bust of {authority.name} right, seen from behind",
        reverse_legend=dice.choice(words.LEGENDS),
        reverse_design=f"{dice.choice(words.DEITIES)} {dice.choice(words.GESTURES)}",
        weight=None if dice.random() < 0.12 else Decimal(dice.randint(800, 28000)) / 1000,
        diameter=None if dice.random() < 0.3 else Decimal(dice.randint(1100, 3900)) / 100,
        die_axis=dice.choice([None, 6, 6, 12, 12, 1, 7]),
        grade="" if dice.random() < 0.1 else grade,
        grade_rank=None,
        grade_service="NGC" if "-" in grade else "",
        certificate=f"{5_000_000 + number}-{number % 1000:03}" if "-" in grade else "",
        place=None if dice.random() < 0.06 else skewed(dice, known.places),
        notes=dice.choice(words.NOTES),
        custom={"rarity": dice.choice(["C", "C", "S", "R1", "R2", "R3"])}
        if dice.random() < 0.5
        else {},
    )


def title(dice: Random, authority: Authority, denomination: Denomination) -> str:
    roll = dice.random()
    if roll < 0.6:
        return ""
    if roll < 0.97:
        return f"{denomination.name} of {authority.name}, {dice.choice(words.DEITIES)}"
    return (
        f"{denomination.name} of {authority.name} with {dice.choice(words.DEITIES)} "
        f"{dice.choice(words.GESTURES)}, from the collection of a gentleman who wrote long tickets and "
        "numbered every one of them twice, with an old envelope from a shop that closed in 1931"
    )


def status(dice: Random) -> str:
    if dice.random() < 0.01:
        return dice.choice(words.EXTRAS)
    return dice.choices(list(words.STATUSES), list(words.STATUSES.values()))[0]


def hang_on(dice: Random, coins: list[Coin], known: SimpleNamespace, user: User) -> None:
    """All that a coin has in rows of its own, and the columns that are computed from it."""
    now, rows = (
        timezone.now(),
        SimpleNamespace(trades=[], values=[], cited=[], tags=[], lives=[], log=[]),
    )
    for coin in coins:
        coin.grade_rank = grades.parse(coin.grade)[1] if coin.grade else None
        coin.created_at = now - timedelta(minutes=dice.randint(0, 4_000_000))
        rows.cited += citations.reference_rows(coin, cited(dice, coin), known.catalogues)
        for tag in {skewed(dice, known.tags).pk for _ in range(dice.choice([0, 1, 1, 2, 3]))}:
            rows.tags.append(Coin.tags.through(coin_id=coin.pk, tag_id=tag))
        if coin.status not in {"wanted", "bidding", "draft"}:
            buy(dice, coin, rows, user)
        rows.lives.append(
            StatusChange(coin=coin, new=coin.status, on=coin.created_at.date(), by=user)
        )
        rows.log.append(FieldChange(coin=coin, field="status", new=coin.status, by=user,
                                    at=coin.created_at, source="import"))  # fmt: skip
    Coin.objects.bulk_update(coins, ["grade_rank", "created_at", "cost", "value", "acquired_on"])
    for model, made in (
        (Trade, rows.trades), (Valuation, rows.values), (CoinReference, rows.cited),
        (Coin.tags.through, rows.tags), (StatusChange, rows.lives), (FieldChange, rows.log),
    ):  # fmt: skip
        manager: models.Manager[Any] = model._default_manager
        manager.bulk_create(made, batch_size=CHUNK)


def cited(dice: Random, coin: Coin) -> list[str]:
    era = era_of(coin.authority) if coin.authority else "modern"
    names = words.ROWS[era].split("|")
    volume = " III" if era == "ancient" else ""
    texts = [f"{name}{volume if name == 'RIC' else ''} {dice.randint(1, 1600)}" for name in names]
    return dice.sample(texts, k=min(len(texts), dice.choice([0, 1, 1, 2, 3])))


def buy(dice: Random, coin: Coin, rows: SimpleNamespace, user: User) -> None:
    price = Decimal(int(12 * 1.35 ** dice.gauss(8, 4))) + Decimal("0.50")
    on = TODAY - timedelta(days=int(9000 * dice.random() ** 1.6))
    fees = (price * Decimal("0.2")).quantize(Decimal("0.01"))
    rows.trades.append(Trade(coin=coin, price=price, fees=fees, currency="EUR", date=on, shipping=8,
                             party=dice.choice(words.HOUSES), tax_lot=f"{on.year}-{coin.number}"))  # fmt: skip
    coin.cost, coin.acquired_on = price + fees + 8, on
    day = on
    for _number in range(dice.choice([0, 1, 1, 2, 3])):
        day = min(TODAY, day + timedelta(days=dice.randint(200, 900)))
        amount = (price * Decimal(str(round(dice.uniform(0.7, 1.9), 2)))).quantize(Decimal("0.01"))
        rows.values.append(Valuation(coin=coin, date=day, amount=amount, currency="EUR",
                                     source="Auction records", by=user))  # fmt: skip
        coin.value = amount


def add_photos(
    dice: Random, coins: list[Coin], share: list[int], pictures: list[SimpleNamespace]
) -> None:
    roles, rows = ("obverse", "reverse", "edge", "other"), []
    for coin, count in zip(coins, share, strict=True):
        count = 0 if dice.random() < 0.03 else count
        first = dice.randrange(PICTURES // 2)
        for position in range(count):
            picture = pictures[(first * 2 + position) % PICTURES]
            rows.append(Photo(
                coin=coin, role=roles[min(position, 3)], position=position, original=picture.path,
                name=f"{coin.number}-{position + 1}.jpg", format="JPEG", width=picture.size,
                height=picture.size, size=picture.bytes, sha256=f"{coin.pk:032x}{position:032x}",
                dhash=dice.getrandbits(63), state=Photo.State.NEW,
            ))  # fmt: skip
    Photo.objects.bulk_create(rows, batch_size=CHUNK)


def draw(number: int) -> SimpleNamespace:
    """A small drawing of a coin, kept once however often it is built."""
    from PIL import Image, ImageDraw

    path, size, tones = f"originals/benchmark/{number}.jpg", 480, (174, 148, 120, 205)
    if not default_storage.exists(path):
        dice, tone = Random(number), tones[number // 2 % len(tones)]
        image = Image.new("RGB", (size, size), (238, 236, 231))
        pen = ImageDraw.Draw(image)
        for ring, shade in ((24, 0), (38, -30), (46, 12)):
            colour = (tone + shade, tone + shade - 12, tone + shade - 40)
            pen.ellipse((ring, ring, size - ring, size - ring), fill=colour)
        for _stroke in range(60):
            x, y = dice.gauss(size / 2, 55), dice.gauss(size / 2, 70)
            reach = dice.randint(6, 46)
            shade = tone + dice.randint(-50, 40)
            pen.ellipse((x, y, x + reach, y + reach), fill=(shade, shade - 12, shade - 38))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=82)
        path = default_storage.save(path, ContentFile(out.getvalue()))
    return SimpleNamespace(path=path, size=size, bytes=default_storage.size(path))
