"""Judged rows -> coins and everything that hangs on them, in a handful of bulk inserts."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import citations, dates, grades, search
from catalog.imports.deals import Deal
from catalog.imports.plans import Plan
from catalog.imports.verdicts import Verdict
from catalog.imports.words import Words
from catalog.models import (
    Coin,
    CoinReference,
    FieldChange,
    ImportRow,
    Provenance,
    Status,
    StatusChange,
    Trade,
    Valuation,
)
from catalog.money import refresh_money

FIRST_ONLY = ("number", "certificate")
REFERENCE_COLUMNS = ("catalogue_id", "text", "sort_key", "normalised")
Cited = dict[str, dict[str, Any]]


@dataclass
class Piece:
    coin: Coin
    verdict: Verdict
    number: int


def write(plan: Plan, words: Words, judged: list[tuple[ImportRow, Verdict]]) -> None:
    """Each good row becomes its coins; the row is marked, and points to the first of them."""
    pieces: list[Piece] = []
    for row, verdict in judged:
        coins = [make_coin(plan, verdict, at) for at in range(verdict.pieces)]
        pieces += [Piece(coin, verdict, row.number) for coin in coins]
        row.coin = coins[0]
        row.state = ImportRow.State.ADDED if verdict.photos else ImportRow.State.DONE
    coins = [piece.coin for piece in pieces]
    Coin.objects.bulk_create(coins)
    write_references(pieces, words.cited)
    write_tags(pieces, words)
    write_history(plan, pieces)
    if any(piece.verdict.deals for piece in pieces):
        write_deals(plan, pieces)
        refresh_money(coins)
    search.index(coins)
    mark([row for row, _verdict in judged])


def mark(rows: list[ImportRow]) -> None:
    """One prepared statement, three times as fast as `bulk_update`."""
    values = [(row.coin.pk if row.coin else None, row.state, row.pk) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE catalog_importrow SET coin_id = %s, state = %s WHERE id = %s", values
        )


def make_coin(plan: Plan, verdict: Verdict, at: int) -> Coin:
    session = plan.session
    coin = Coin(collection_id=session.collection_id, import_session=session)
    for name, value in verdict.values.items():
        field = plan.targets[name].field
        if field is None or field.after_save or (at and name in FIRST_ONLY):
            continue
        if name in verdict.things:
            setattr(coin, name, verdict.things[name])
        elif name == "date":
            coin.year_from, coin.year_to, coin.is_circa, coin.native_date = struck(value)
        else:
            field.set(coin, value)
    coin.grade_rank = rank(coin.grade) if coin.grade else None
    return coin


@lru_cache(10_000)
def struck(text: str) -> tuple[int | None, int | None, bool, str]:
    found = dates.parse(text)
    return found.start, found.end, found.circa, found.native


@lru_cache(1_000)
def rank(grade: str) -> int:
    return grades.parse(grade)[1]


def write_references(pieces: list[Piece], cited: Cited) -> None:
    known = citations.catalogue_ids()
    rows: list[CoinReference] = []
    for piece in pieces:
        mine = [
            reference(piece.coin, text, known, cited)
            for text in piece.verdict.values.get("references", [])
        ]
        rows += mine
        hold(piece.coin, "references", mine)
    CoinReference.objects.bulk_create(rows)


def reference(coin: Coin, text: str, known: dict[str, int], cited: Cited) -> CoinReference:
    """A citation is parsed once, however many coins have it."""
    if text not in cited:
        [row] = citations.reference_rows(coin, [text], known)
        cited[text] = {name: getattr(row, name) for name in REFERENCE_COLUMNS}
    return CoinReference(coin=coin, **cited[text])


def write_tags(pieces: list[Piece], words: Words) -> None:
    rows = []
    for piece in pieces:
        found = [words.tag(path) for path in piece.verdict.values.get("tags", [])]
        tags = {one.pair[0]: one.thing for one in found if one}
        rows += [Coin.tags.through(coin_id=piece.coin.pk, tag_id=pk) for pk in tags]
        hold(piece.coin, "tags", list(tags.values()))
    Coin.tags.through._default_manager.bulk_create(rows)


def hold(coin: Coin, name: str, rows: list[Any]) -> None:
    """As if prefetched: the search document is then written without asking the database again."""
    cache: dict[str, Any] = coin.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = rows


def write_history(plan: Plan, pieces: list[Piece]) -> None:
    """One row of history a coin: which row of which file it came from holds all of its values."""
    session, now = plan.session, timezone.now()
    FieldChange.objects.bulk_create(
        FieldChange(
            coin=piece.coin, field="created", old=None, by_id=session.user_id, at=now,
            new=_("%(file)s, row %(row)s") % {"file": session.name, "row": piece.number},
            source=FieldChange.Source.IMPORT, batch=session.batch,
        )
        for piece in pieces
    )  # fmt: skip
    reason = _("Imported from %(file)s") % {"file": session.name}
    StatusChange.objects.bulk_create(
        StatusChange(
            coin=piece.coin, old="", new=piece.coin.status, by_id=session.user_id,
            on=since(piece), reason=reason[:300],
        )
        for piece in pieces
    )  # fmt: skip


def since(piece: Piece) -> Any:
    """A coin is sold since its sale and owned since its purchase, as far as the file knows."""
    kind = Trade.Kind.SALE if piece.coin.status == Status.SOLD else Trade.Kind.PURCHASE
    days = [deal.row.get("date") for deal in piece.verdict.deals if deal.kind == kind]
    return next((day for day in days if day), timezone.localdate())


def write_deals(plan: Plan, pieces: list[Piece]) -> None:
    trades: list[Trade] = []
    valuations: list[Valuation] = []
    provenance: list[Provenance] = []
    for piece in pieces:
        for deal in piece.verdict.deals:
            if deal.kind == "valuation":
                valuations.append(
                    Valuation(coin=piece.coin, by_id=plan.session.user_id, **deal.row)
                )
            elif deal.kind == "provenance":
                provenance.append(Provenance(coin=piece.coin, **deal.row))
            else:
                trades.append(trade_of(piece, deal))
    Trade.objects.bulk_create(trades)
    Valuation.objects.bulk_create(valuations)
    Provenance.objects.bulk_create(provenance)


def trade_of(piece: Piece, deal: Deal) -> Trade:
    """A purchase and a sale in one row are of one tax lot."""
    bought = next((d.row for d in piece.verdict.deals if d.kind == Trade.Kind.PURCHASE), deal.row)
    row = dict(deal.row)
    if not row["tax_lot"] and "price" in bought:
        day = bought["date"]
        row["tax_lot"] = bought["tax_lot"] or (
            f"{day.year if day else '0000'}-{piece.coin.number or piece.coin.pk}"
        )
    return Trade(coin=piece.coin, **row)
