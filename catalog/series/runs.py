"""A run: many dates and mints of one type, ticked on one page and added at once."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog import search
from catalog.access import Visitor
from catalog.attribution import said_by
from catalog.citations import catalogue_ids, reference_rows
from catalog.fields import CoinField, as_pair, fields_of
from catalog.models import (
    Coin,
    CoinReference,
    CoinType,
    Collection,
    FieldChange,
    Issue,
    StatusChange,
    Tag,
    User,
)

MACHINE_STRUCK = 1800  # before that, a range of years is what scholars know, not what the coins say
LONGEST = 150
# of one coin alone, or computed
OWN = {"id", "uid", "created_at", "changed_at", "version", "deleted_at"}


def run_of(type_: CoinType) -> list[Issue]:
    """The issues to tick. Where none are known of a modern type: every year of it, unsaved."""
    issues = list(type_.issues.all())
    first, last = type_.year_from, type_.year_to or timezone.localdate().year
    if issues or first is None or first < MACHINE_STRUCK or last - first >= LONGEST:
        return issues
    return [Issue(type=type_, year=year) for year in range(first, last + 1)]


def owned_issues(type_: CoinType, user: User) -> set[str]:
    """Those of the run that the user holds already, as they are written."""
    held = Coin.objects.held().filter(collection__owner=user, type=type_)
    columns = ("year_from", "mint_mark", "variety")
    have = {
        (year, mark.casefold(), name.casefold()) for year, mark, name in held.values_list(*columns)
    }
    return {
        str(issue)
        for issue in run_of(type_)
        if (issue.year, issue.mint_mark.casefold(), issue.variety.casefold()) in have
    }


@transaction.atomic
def add_run(
    collection: Collection, type_: CoinType, issues: Sequence[Issue], by: Visitor, **common: Any
) -> list[Coin]:
    """One coin for each issue, with all that the type says; `common` are stored values by field."""
    said = {name: value for name, value in said_by(type_).items() if value}
    values = said | {"type": as_pair(type_)} | common
    known = fields_of(collection.owner)
    late = {name: values.pop(name) for name in list(values) if known[name].after_save}
    pattern = patterned(collection, values, known)
    coins = [coin_of(issue, pattern, type_) for issue in issues]
    for coin in coins:
        coin.prepare()
    Coin.objects.bulk_create(coins, batch_size=200)
    hang(coins, late)
    remember(coins, by)
    search.index_ids([coin.pk for coin in coins])
    return coins


def patterned(
    collection: Collection, values: dict[str, Any], known: dict[str, CoinField]
) -> dict[str, Any]:
    """What all coins of the run have in common, as columns: each word is looked up once."""
    coin = Coin(collection=collection)
    for name, value in values.items():
        known[name].set(coin, value)
    columns = [one.attname for one in Coin._meta.concrete_fields if one.attname not in OWN]
    return {name: getattr(coin, name) for name in columns}


def coin_of(issue: Issue, pattern: dict[str, Any], type_: CoinType) -> Coin:
    own = {
        "year_from": issue.year,
        "year_to": issue.year,
        "is_circa": False,
        "native_date": "",
        "mint_mark": issue.mint_mark,
        "variety": issue.variety,
        "title": pattern["title"] or f"{type_.title}, {issue}"[:300],
        "mint_id": issue.mint_id or pattern["mint_id"],
    }
    return Coin(**pattern | own)


def hang(coins: list[Coin], late: dict[str, Any]) -> None:
    """What stands in rows of its own: citations and tags."""
    catalogues = catalogue_ids()
    cited = list(late.get("references") or [])
    rows = [row for coin in coins for row in reference_rows(coin, cited, catalogues)]
    CoinReference.objects.bulk_create(rows, batch_size=500)
    paths = late.get("tags") or []
    tags = [tag for path in paths if coins and (tag := Tag.at(coins[0].collection.owner, path))]
    through = Coin.tags.through
    through.objects.bulk_create(
        [through(coin_id=coin.pk, tag_id=tag.pk) for coin in coins for tag in tags]
    )


def remember(coins: list[Coin], by: Visitor) -> None:
    author, batch = by if by.is_authenticated else None, uuid.uuid4()
    FieldChange.objects.bulk_create(
        [
            FieldChange(coin=one, field="created", new=str(one), by=author, batch=batch)
            for one in coins
        ]
    )
    StatusChange.objects.bulk_create([StatusChange.first(one, author) for one in coins])
