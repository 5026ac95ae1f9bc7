"""Many coins in one request, each with its own verdict; what is good is written in one go."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from catalog import adding, bulk
from catalog.api.problems import Refused
from catalog.api.reading import CoinReader
from catalog.api.serializers.coins import CoinSerializer
from catalog.models import Coin, FieldChange, User

GOOD = {"created", "changed", "unchanged"}
Source = FieldChange.Source


@dataclass
class Verdicts:
    all_or_nothing: bool
    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    results: list[dict[str, Any]] = field(default_factory=list)

    def give(self, verdict: str, pk: int | None = None, **more: Any) -> dict[str, Any]:
        self.results.append({"index": len(self.results), "id": pk, "verdict": verdict, **more})
        return self.results[-1]

    @property
    def refused(self) -> int:
        return sum(result["verdict"] not in GOOD for result in self.results)

    def told(self) -> dict[str, Any]:
        """Within the transaction, which the refusal of all takes back."""
        if self.refused and self.all_or_nothing:
            raise Refused(
                _("Nothing was changed, because some could not be."), results=self.results
            )
        return {
            "batch": str(self.batch),
            "done": len(self.results) - self.refused,
            "refused": self.refused,
            "results": self.results,
        }


@transaction.atomic
def add(
    raws: Iterable[Any], by: User, reader: CoinSerializer, verdicts: Verdicts
) -> dict[str, Any]:
    good: list[tuple[Coin, dict[str, Any]]] = []
    places = []
    for raw in raws:
        try:
            with transaction.atomic():  # a coin that is refused leaves no new word behind
                said = reader.to_internal_value(raw)
        except (ValidationError, PermissionDenied) as error:
            reader.forget()
            refuse(verdicts, error)
        else:
            good.append((Coin(collection=said["collection"]), said["values"]))
            places.append(verdicts.give("created"))
    adding.add(good, by, Source.API, verdicts.batch)
    for place, (coin, _values) in zip(places, good, strict=True):
        place["id"] = coin.pk
    return verdicts.told()


def refuse(verdicts: Verdicts, error: ValidationError | PermissionDenied) -> None:
    if isinstance(error, PermissionDenied):
        verdicts.give("forbidden")
    elif isinstance(error.detail, dict):
        verdicts.give("refused", errors=error.detail)
    else:
        verdicts.give("refused", errors={"non_field_errors": error.detail})


class Chosen:
    """The coins of a bulk change, read once and held until the transaction ends."""

    def __init__(
        self, coins: Iterable[Coin], editable: set[int], versions: Mapping[str, int]
    ) -> None:
        self.coins = {coin.pk: coin for coin in coins}
        self.editable, self.versions = editable, versions

    def owners(self) -> set[User]:
        mine = (c for c in self.coins.values() if c.collection_id in self.editable)
        return {coin.collection.owner for coin in mine}

    def judge(self, pk: int) -> str:
        coin = self.coins.get(pk)
        if coin is None:
            return "not_found"
        if coin.collection_id not in self.editable:
            return "forbidden"
        return "" if self.versions.get(str(pk), coin.version) == coin.version else "stale"

    def write(
        self, wanted: Iterable[int], plan: "Plan", by: User, verdicts: Verdicts
    ) -> dict[str, Any]:
        judged = {pk: self.judge(pk) for pk in wanted}
        good = [self.coins[pk] for pk, verdict in judged.items() if not verdict]
        before = {coin.pk: coin.version for coin in good}
        plans = {coin.pk: plan.of(coin) for coin in good}
        bulk.write(good, plans, bulk.Batch(by, Source.API, verdicts.batch))
        for pk, verdict in judged.items():
            changed = not verdict and self.coins[pk].version != before[pk]
            verdicts.give(verdict or ("changed" if changed else "unchanged"), pk)
        return verdicts.told()


class Plan:
    """What is to become of each coin."""

    def of(self, coin: Coin) -> dict[str, Any]:
        raise NotImplementedError


class Trash(Plan):
    def __init__(self, wanted: bool) -> None:
        self.wanted = wanted

    def of(self, coin: Coin) -> dict[str, Any]:
        return {"trash": self.wanted}


class Change(Plan):
    """One set of changes, read once for every owner that the coins have: another owner has other
    places, tags and fields."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        tags = raw.get("tags")
        is_partly = isinstance(tags, Mapping) and not {"add", "remove"}.isdisjoint(tags)
        self.tags: Mapping[str, Any] = raw["tags"] if is_partly else {}
        self.raw = {name: value for name, value in raw.items() if name != "tags" or not is_partly}
        self.values: dict[int, dict[str, Any]] = {}
        self.added: dict[int, list[str]] = {}
        self.removed: dict[int, list[str]] = {}

    def read_for(self, owner: User, by: User) -> None:
        reader = CoinReader(owner, by)
        try:
            self.values[owner.pk] = reader.read(self.raw, set(), None)
            for name, paths in (("add", self.added), ("remove", self.removed)):
                paths[owner.pk] = reader.read({"tags": self.tags.get(name)}, set(), None)["tags"]
        except ValidationError as error:
            raise ValidationError({"changes": error.detail}) from None

    def of(self, coin: Coin) -> dict[str, Any]:
        owner = coin.collection.owner_id
        values = dict(self.values[owner])
        if self.tags:
            now = {tag.path for tag in coin.tags.all()} | set(self.added[owner])
            values["tags"] = sorted(now - set(self.removed[owner]))
        return values
