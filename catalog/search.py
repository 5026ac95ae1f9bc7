"""Full-text search over coins: write `SearchDocument.text`, ask `matching`. The index itself belongs
to the database and follows the table by triggers (SQLite FTS5) or a generated column (PostgreSQL)."""

from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet
from django.db.models.expressions import Expression
from django.db.models.lookups import In

from catalog.fulltext import holding, words_of
from catalog.models.coins import Coin, CoinQuerySet
from catalog.models.search import SearchDocument
from catalog.models.vocabulary import fold

DOCUMENTS = SearchDocument._meta.db_table
TEXT_FIELDS = (
    "number", "title", "mint_mark", "variety", "obverse_legend", "obverse_design", "reverse_legend",
    "reverse_design", "native_date", "grade", "grade_service", "certificate", "grade_details", "edge",
    "notes",
)  # fmt: skip


def document_text(coin: Coin) -> str:
    parts = [getattr(coin, name) for name in TEXT_FIELDS]
    for term in (coin.authority, coin.denomination, coin.mint, coin.metal, coin.region):
        parts += [term.search_text.replace("|", " ")] if term else []
    if coin.type:
        parts.append(coin.type.search_text)
    for reference in coin.references.all():
        parts += [reference.text, reference.normalised]
    parts += [tag.path for tag in coin.tags.all()]
    parts += [coin.place.path] if coin.place else []
    parts += [str(value) for value in coin.custom.values()]
    parts += [str(year).lstrip("-") for year in (coin.year_from, coin.year_to) if year is not None]
    return fold(" ".join(part for part in parts if part))


def index(coins: Iterable[Coin]) -> None:
    """Writes the documents of these coins anew."""
    SearchDocument.objects.bulk_create(
        [SearchDocument(coin=coin, text=document_text(coin)) for coin in coins],
        update_conflicts=True,
        unique_fields=["coin"],
        update_fields=["text"],
        batch_size=500,
    )


def index_ids(pks: Sequence[int]) -> None:
    for start in range(0, len(pks), 500):
        index(for_index(Coin.objects.filter(pk__in=pks[start : start + 500])))


def for_index(coins: QuerySet[Coin]) -> QuerySet[Coin]:
    return coins.select_related(
        "authority", "denomination", "mint", "metal", "region", "type", "place"
    ).prefetch_related("tags", "references")


def matching(coins: CoinQuerySet, text: str) -> CoinQuerySet:
    """Coins that have every word of the text, each perhaps unfinished."""
    words = words_of(text)
    return coins.filter(pk__in=holding(DOCUMENTS, "coin_id", words)) if words else coins


def whole_words(text: str) -> Expression | None:
    """Whether a coin has the words exactly as written: RIC 127 comes before RIC 1270. None where the
    text has no word."""
    words = words_of(text)
    return In(F("pk"), holding(DOCUMENTS, "coin_id", words, unfinished=False)) if words else None
