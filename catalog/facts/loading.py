"""Brings the database up to what fixtures/facts say: makes what is missing, mends what a newer
release says otherwise and nobody has touched, and leaves the rest alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from catalog import references
from catalog.facts import carriers, files, storing
from catalog.facts.likeness import Likeness
from catalog.facts.settling import Values, settle
from catalog.models import (
    Authority,
    Catalogue,
    CoinType,
    Denomination,
    Fact,
    Metal,
    Mint,
    Region,
)

# What a record names must be loaded before it.
KINDS: list[tuple[str, type[models.Model]]] = [
    ("regions", Region),
    ("metals", Metal),
    ("denominations", Denomination),
    ("mints", Mint),
    ("catalogues", Catalogue),
    ("authorities", Authority),
    ("types", CoinType),
]
ISSUE_COLUMNS = ("year", "mint_mark", "variety", "mint", "mintage")


class FixtureError(Exception):
    pass


@dataclass
class Loaded:
    model: type[models.Model]
    made: int
    changed: int
    known: int


def load(
    folder: Path = files.FOLDER,
    *,
    again: bool = False,
    tell: Callable[[Loaded], object] = lambda loaded: None,
) -> bool:
    """False where the database has these very facts already."""
    digest = files.digest(folder)
    stamp = Fact.objects.filter(kind="fixtures", key="digest").first()
    if stamp and stamp.said == digest and not again:
        return False
    with transaction.atomic():
        loader = Loader()
        for name, model in KINDS:
            found = files.types(folder) if name == "types" else files.records(name, folder)
            tell(loader.load(model, found))
        Fact.objects.update_or_create(kind="fixtures", key="digest", defaults={"said": digest})
    return True


def citations(record: files.Record) -> list[references.Citation]:
    return [one for text in record["references"] for one in references.parse(text)]


def varieties(record: files.Record) -> list[str]:
    at = ISSUE_COLUMNS.index("variety")
    return list(dict.fromkeys(issue[at] for issue in record["issues"]))


def key_of(record: files.Record) -> str:
    return str(record.get("id") or record.get("key") or record["code"])


class Loader:
    """Keeps which row each key of the fixtures became, for the records that name it."""

    def __init__(self) -> None:
        self.ids: dict[type[models.Model], dict[str, int | None]] = {}

    def load(self, model: Any, found: list[files.Record]) -> Loaded:
        kind = model._meta.model_name
        facts = {fact.key: fact for fact in Fact.objects.filter(kind=kind)}
        rows = model.objects.in_bulk([fact.object_id for fact in facts.values()])
        # what a curator deleted is known, and nothing
        self.ids[model] = {
            key: fact.object_id if fact.object_id in rows else None for key, fact in facts.items()
        }
        news = [one for one in found if key_of(one) not in facts or facts[key_of(one)].said != one]
        like = Likeness(model, [one for one in news if key_of(one) not in facts])
        made, changed, told = [], [], []
        for record in news:
            fact = facts.get(key_of(record)) or Fact(kind=kind, key=key_of(record))
            now, was = self.values(model, record), self.values(model, fact.said)
            row = rows.get(fact.object_id) if fact.pk else like.find(record)
            if row is None and not fact.pk:
                made.append(row := model(**now))
            elif row is not None and settle(row, now, was):
                changed.append(row)
            fact.said = record
            told.append((fact, row))
        self.write(model, made, changed, told)
        self.remember(model, told)
        return Loaded(model, len(made), len(changed), len(found))

    def values(self, model: Any, record: files.Record) -> Values:
        """What a record says, as columns of the model."""
        values = {}
        for name, said in record.items():
            if name in {"references", "issues"} or (name == "key" and model is not CoinType):
                continue
            field = model._meta.get_field("nomisma_id" if name == "id" else name)
            if field.is_relation:
                values[field.attname] = self.id_of(field.related_model, said, record)
            else:
                values[field.attname] = field.to_python(said)
        return values

    def id_of(self, model: Any, key: str, record: files.Record) -> int | None:
        if key and key not in self.ids[model]:
            raise FixtureError(f"“{key_of(record)}” names “{key}”, which no fixture has.")
        return self.ids[model].get(key)

    def write(self, model: Any, made: list[Any], changed: list[Any], told: list[Any]) -> None:
        if model is not CoinType:
            storing.write_terms(made, changed)
            carriers.reindex(model._meta.model_name, [row.pk for row in changed])
            return
        pairs = [(row, fact.said) for fact, row in told if row]
        hanging = {row.key: [*said["references"], *varieties(said)] for row, said in pairs}
        storing.make_types(made, hanging, storing.TermTexts())
        storing.write([], changed)
        storing.add_references([(row, citations(said)) for row, said in pairs])
        storing.add_issues(
            [(row, [self.issue(one, said) for one in said["issues"]]) for row, said in pairs]
        )
        fresh = {row.pk for row in made}
        carriers.reindex_types([row.pk for row, _said in pairs if row.pk not in fresh])

    def issue(self, said: list[str], record: files.Record) -> Values:
        values: Values = dict(zip(ISSUE_COLUMNS, said, strict=True))
        mint = self.id_of(Mint, values.pop("mint"), record)
        mintage = values.pop("mintage")
        return {**values, "mint_id": mint, "mintage": int(mintage) if mintage else None}

    def remember(self, model: Any, told: list[tuple[Fact, Any]]) -> None:
        for fact, row in told:
            fact.object_id = row.pk if row else fact.object_id
            self.ids[model][fact.key] = row.pk if row else None
        Fact.objects.bulk_create([fact for fact, _row in told if not fact.pk], batch_size=500)
        Fact.objects.bulk_update(
            [fact for fact, _row in told if fact.pk], ["said", "object_id"], batch_size=200
        )
