"""Tables of words from nomisma.org: persons, peoples, mints, denominations, materials, regions. They
all have the same columns, so the name of the file says which is which."""

from pathlib import Path
from typing import Any

from django.db import transaction

from catalog.facts import carriers, storing, tables
from catalog.facts.roman import year
from catalog.facts.settling import Values, settle
from catalog.facts.tables import Outcome, Row, RowRefused, TableError, within
from catalog.facts.words import prettify
from catalog.models import Authority, Denomination, Metal, Mint, Region

MODELS: dict[str, Any] = {
    "persons": Authority, "peoples": Authority, "mints": Mint, "denominations": Denomination,
    "materials": Metal, "regions": Region,
}  # fmt: skip
LANGUAGES = ("de", "fr", "it", "es")
OFFICIALS = {"rrc_moneyer", "issuer", "modern_period_mint_staff", "engraver", "medalist",
             "roman_provincial_governor"}  # fmt: skip
RULERS = {"roman_emperor", "emperor", "king", "authority", "dynast", "pretender", "duke", "count"}


def model_of(path: Path) -> Any:
    for word, model in MODELS.items():
        if word in path.stem:
            return model
    raise TableError(
        f"{path} has words of nomisma.org, but its name does not say which: it must contain one of "
        f"{', '.join(MODELS)}."
    )


@transaction.atomic
def import_words(outcome: Outcome) -> None:
    model = model_of(outcome.path)
    known = {row.nomisma_id: row for row in model.objects.exclude(nomisma_id="")}
    merged = {one for row in known.values() for one in row.aliases}
    made, changed = {}, {}
    for line, row in tables.rows(outcome.path, outcome):
        try:
            values = read(model, row, outcome.path.stem)
        except RowRefused as refused:
            outcome.refused.append((line, str(refused)))
            continue
        key = values["nomisma_id"]
        if key in known:
            if fill(known[key], values):
                changed[key] = known[key]
        elif key not in merged:
            made[key] = known[key] = model(**values)
    changed = {key: row for key, row in changed.items() if key not in made}
    storing.write_terms(list(made.values()), list(changed.values()))
    carriers.reindex(model._meta.model_name, [row.pk for row in changed.values()])
    outcome.made, outcome.filled = len(made), len(changed)


def fill(row: Any, values: Values) -> bool:
    if row.name == prettify(row.nomisma_id) != values["name"]:
        row.name = values["name"]
        settle(row, values)
        return True
    return settle(row, values)


def read(model: Any, row: Row, source: str) -> Values:
    if not row["id"]:
        raise RowRefused("it has no id")
    values: Values = {
        "nomisma_id": within("id", row["id"], 120),
        "name": within("name", row["en"], 200) or prettify(row["id"]),
        "names": {code: row[code] for code in LANGUAGES if row[code]},
    }
    if model is Authority:
        values |= reign(row) | {"kind": kind(row, source)}
    if model is Mint and row["lat"] and row["lon"]:
        values |= {"latitude": degrees(row["lat"], 90), "longitude": degrees(row["lon"], 180)}
    return values


def kind(row: Row, source: str) -> str:
    roles = set(row["roles"].split())
    if "peoples" in source:
        return Authority.Kind.PEOPLE
    if roles & OFFICIALS and not roles & RULERS:
        return Authority.Kind.MAGISTRATE
    return Authority.Kind.RULER


def reign(row: Row) -> Values:
    first, last = year(row["start"], "start"), year(row["end"], "end")
    if first and last and first > last:
        raise RowRefused(f"the reign begins in {first}, after its end in {last}")
    return {"reign_from": first, "reign_to": last}


def degrees(text: str, limit: int) -> float:
    try:
        number = float(text)
    except ValueError:
        raise RowRefused(f"“{text}” is not a number of degrees") from None
    if not -limit <= number <= limit:
        raise RowRefused(f"{text} is beyond {limit} degrees")
    return number
