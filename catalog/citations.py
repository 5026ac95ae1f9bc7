"""Writes what somebody cited as rows, each with its catalogue where we know it."""

from catalog import references
from catalog.models import Catalogue, Coin, CoinReference


def cite(coin: Coin, texts: list[str]) -> None:
    """Makes these the references of the coin, in that order; a text that stays keeps its row."""
    kept = {row.text: row for row in coin.references.all()}
    for gone in set(kept) - set(texts):
        kept[gone].delete()
    CoinReference.objects.bulk_create(reference_rows(coin, [t for t in texts if t not in kept]))


def reference_rows(
    coin: Coin, texts: list[str], known: dict[str, int] | None = None
) -> list[CoinReference]:
    if known is None:
        known = catalogue_ids()
    rows = []
    for text in dict.fromkeys(text[:200] for text in texts):
        found = references.parse(text)
        row = CoinReference(coin=coin, text=text)
        row.catalogue_id = known.get(found[0].catalogue.casefold()) if found else None
        row.compute_keys()
        rows.append(row)
    return rows


def catalogue_ids() -> dict[str, int]:
    return {code.casefold(): pk for pk, code in Catalogue.objects.values_list("pk", "code")}
