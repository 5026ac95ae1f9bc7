"""The demo collection of one user, loaded once: pictures first, because drawing takes longest and needs
no database, then everything else in one transaction."""

import io
import uuid

from django.db import transaction

from catalog import photos
from catalog.demo import coins, papers, records, surroundings
from catalog.demo.pictures import Painter, Pictures, Record, draw_all
from catalog.images import ImageRefused
from catalog.models import Coin, Collection, User

HOUSE = uuid.UUID("6f627665-7273-4564-b4d0-636f696e7321")
AT_ONCE = 24  # photos whose thumbnails are one task: a minute's work for the slowest machine


def uid_of(user: User) -> uuid.UUID:
    return uuid.uuid5(HOUSE, user.username)


def load(user: User, painter: Painter = draw_all) -> Collection | None:
    """None where the user has it already."""
    if Collection.objects.filter(uid=uid_of(user)).exists():
        return None
    found = records.coins()
    pictures = painter(found)
    with transaction.atomic():
        return write(user, found, pictures)


def write(user: User, found: list[Record], pictures: list[Pictures]) -> Collection:
    collection = Collection.objects.create(
        owner=user, uid=uid_of(user), name="Demo cabinet",
        description="Invented for a first look around: change anything, or delete it whole.",
    )  # fmt: skip
    own = records.own_fields()
    surroundings.add_own_fields(user, own["fields"])
    made = [
        coins.add(collection, record, own["values"].get(record["number"], {}), user)
        for record in found
    ]
    add_photos(made, pictures, user)
    by_number = {coin.number: coin for coin in made if coin.number}
    friend = surroundings.add_friend(collection)
    surroundings.add_links(collection)
    surroundings.add_views(user)
    surroundings.add_sets(user, by_number)
    surroundings.add_history(user, friend, by_number)
    for number in ("R-003", "R-016"):
        papers.add_papers(by_number[number], user)
    return collection


def add_photos(made: list[Coin], pictures: list[Pictures], user: User) -> None:
    arrivals = [
        photos.Arrival(coin, io.BytesIO(data), f"{coin.number or 'drawing'}-{role}.jpg", role)
        for coin, mine in zip(made, pictures, strict=True)
        for role, data in mine
    ]
    for start in range(0, len(arrivals), AT_ONCE):
        for kept in photos.store_many(arrivals[start : start + AT_ONCE], user):
            if isinstance(kept, ImageRefused):
                raise kept
