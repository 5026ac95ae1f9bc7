"""What lies around the coins: own fields, a friend, links, saved views, sets, and traces of work."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog import series
from catalog.editing import change, undo
from catalog.fields import BUILT_IN
from catalog.models import (
    Coin,
    CoinSet,
    CoinType,
    Collection,
    CustomField,
    FieldChange,
    Membership,
    Metal,
    SavedView,
    SetSlot,
    ShareLink,
    User,
)

FRIEND = "demo-friend"
VIEWS = {
    "Gold by value": "metal={gold}&sort=-value",
    "To be photographed": "no=photo",
    "For sale": "status=for_sale",
}
SERIES = ("rome.twelve-caesars", "us.lincoln-cents-1909-1958-regular")
EUROS = "1c 2c 5c 10c 20c 50c 1e 2e"
MENAGERIE = {"Elephant": "R-003", "Owl": "G-001", "Turtle": "G-002", "Wolf": "R-030", "Lion": "R-025", "Eagle": "G-005",
             "Bee": "", "Crab": ""}  # fmt: skip


def add_own_fields(user: User, fields: list[dict[str, Any]]) -> None:
    for position, values in enumerate(fields):
        CustomField.objects.get_or_create(
            owner=user, key=values["key"], defaults={**values, "position": position}
        )


def add_friend(collection: Collection) -> User:
    """She may look, and nobody can sign in as her."""
    friend = User.objects.filter(username=FRIEND).first()
    if friend is None:
        friend = User.objects.create_user(FRIEND, password=None)
    Membership.objects.get_or_create(
        collection=collection, user=friend, role=Membership.Role.VIEWER
    )
    return friend


def add_links(collection: Collection) -> None:
    ShareLink.objects.create(collection=collection)
    ShareLink.objects.create(
        collection=collection, shows=ShareLink.Shows.WANTED,
        expires_at=timezone.now() + timedelta(days=90),
    )  # fmt: skip


def add_views(user: User) -> None:
    gold = Metal.objects.named("Gold").values_list("pk", flat=True).first()
    for position, (name, query) in enumerate(VIEWS.items()):
        values = {"query": query.format(gold=gold), "position": position}
        SavedView.objects.get_or_create(user=user, name=name, defaults=values)


def add_sets(user: User, by_number: dict[str, Coin]) -> None:
    known = {one.key for one in series.known()}
    for key in SERIES:
        if key in known:
            series.start(user, key)
    euros = CoinSet.objects.create(
        owner=user, name="German euros", description="One of each value, whatever the year."
    )
    types = CoinType.objects.in_bulk([f"euro.de.{v}" for v in EUROS.split()], field_name="key")
    SetSlot.objects.bulk_create(
        SetSlot(set=euros, position=n, label=str(type_), type=type_)
        for n, type_ in enumerate(sorted(types.values(), key=lambda one: one.pk))
    )
    menagerie = CoinSet.objects.create(
        owner=user,
        name="A small menagerie",
        description="One coin for each animal, chosen by hand.",
    )
    SetSlot.objects.bulk_create(
        SetSlot(set=menagerie, position=n, label=label, coin=by_number.get(number))
        for n, (label, number) in enumerate(MENAGERIE.items())
    )


def add_history(user: User, friend: User, by_number: dict[str, Coin]) -> None:
    """Corrections over the years: by the collector, by a friend, in bulk, and one taken back."""
    owl, elephant, ship = (by_number[number] for number in ("G-001", "R-003", "R-020"))
    edit(elephant, "weight", "3.88", user, date(2015, 3, 20))
    edit(elephant, "weight", "3.91", user, date(2019, 2, 3))
    edit(elephant, "grade", "EF", friend, date(2021, 8, 14))
    edit(
        owl,
        "notes",
        "Weighed again on the new scales; full crest, fine metal.",
        friend,
        date(2022, 1, 9),
    )
    batch = uuid.uuid4()
    for coin in (owl, elephant, ship):
        tags = "; ".join([*BUILT_IN["tags"].get(coin), "To be exhibited"])
        edit(
            coin, "tags", tags, user, date(2023, 6, 1), source=FieldChange.Source.BULK, batch=batch
        )
    wrong = edit(ship, "mint", "Alexandria", friend, date(2024, 3, 5))
    at(undo(wrong, user), date(2024, 3, 6))


def edit(coin: Coin, name: str, text: str, by: User, day: date, **how: Any) -> list[FieldChange]:
    value = BUILT_IN[name].read(text, coin.collection.owner)
    return at(change(Coin.objects.for_page().get(pk=coin.pk), {name: value}, by, **how), day)


def at(rows: list[FieldChange], day: date) -> list[FieldChange]:
    then = datetime(day.year, day.month, day.day, 20, 15, tzinfo=UTC)
    FieldChange.objects.filter(pk__in=[row.pk for row in rows]).update(at=then)
    return rows
