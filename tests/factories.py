"""Things to test with, each with the least it needs. Everything can be said by keyword."""

import io
import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from catalog import search
from catalog.models import (
    Authority,
    Coin,
    CoinType,
    Collection,
    Denomination,
    Membership,
    Metal,
    Mint,
    Photo,
    Place,
    Region,
    ShareLink,
    Trade,
    User,
    Valuation,
)

numbers = itertools.count(1)
PASSWORD = "correct horse battery"


def make_user(username: str = "", **values: Any) -> User:
    return User.objects.create_user(
        username or f"collector{next(numbers)}", password=PASSWORD, **values
    )


def make_admin(username: str = "curator") -> User:
    return User.objects.create_superuser(username, password=PASSWORD)


def make_collection(owner: User | None = None, name: str = "Cabinet", **values: Any) -> Collection:
    return Collection.objects.create(owner=owner or make_user(), name=name, **values)


def share_with(collection: Collection, user: User, role: str = "viewer") -> Membership:
    return Membership.objects.create(collection=collection, user=user, role=role)


def make_link(collection: Collection, **values: Any) -> ShareLink:
    return ShareLink.objects.create(collection=collection, **values)


def make_term(model: Any, name: str, **values: Any) -> Any:
    return model.objects.filter(name=name).first() or model.objects.create(name=name, **values)


def make_type(key: str = "", **values: Any) -> CoinType:
    key = key or f"type.{next(numbers)}"
    return CoinType.objects.create(key=key, title=values.pop("title", key), **values)


def make_coin(collection: Collection | None = None, **values: Any) -> Coin:
    """`authority="Trajan"` and the like may be given by name; the coin is found by the search."""
    for name, model in {
        "authority": Authority,
        "denomination": Denomination,
        "mint": Mint,
        "metal": Metal,
        "region": Region,
    }.items():
        if isinstance(values.get(name), str):
            values[name] = make_term(model, values[name])
    coin = Coin.objects.create(collection=collection or make_collection(), **values)
    search.index([coin])
    return coin


def make_place(owner: User, path: str) -> Place:
    return Place.at(owner, path)  # type: ignore[return-value]


def make_trade(coin: Coin, price: Any = 100, currency: str = "EUR", **values: Any) -> Trade:
    values.setdefault("date", date(2020, 5, 4))
    return Trade.objects.create(coin=coin, price=Decimal(price), currency=currency, **values)


def make_valuation(
    coin: Coin, amount: Any = 150, currency: str = "EUR", **values: Any
) -> Valuation:
    values.setdefault("date", date(2024, 5, 3))
    values.setdefault("source", "A friend")
    return Valuation.objects.create(coin=coin, amount=Decimal(amount), currency=currency, **values)


def draw_coin(size: int = 300, tone: int = 150, letters: str = "A", format: str = "JPEG") -> bytes:
    """A picture of a coin, drawn: a disc with letters, different for different letters and tones."""
    image = Image.new("RGB", (size, size), (235, 233, 228))
    pen = ImageDraw.Draw(image)
    edge = size // 12
    pen.ellipse(
        (edge, edge, size - edge, size - edge),
        fill=(tone, tone - 10, tone - 40),
        outline=(70, 60, 40),
    )
    pen.text((size / 3, size / 3), letters, fill=(60, 50, 30), font_size=size / 4)
    out = io.BytesIO()
    image.save(out, format)
    return out.getvalue()


def make_photo(
    coin: Coin, role: str = "obverse", data: bytes | None = None, **values: Any
) -> Photo:
    data = data or draw_coin()
    values = {
        "format": "JPEG",
        "width": 300,
        "height": 300,
        "sha256": f"{next(numbers):064x}",
    } | values
    return Photo.objects.create(
        coin=coin, role=role, name="coin.jpg", size=len(data),
        original=ContentFile(data, "coin.jpg"), **values,
    )  # fmt: skip
