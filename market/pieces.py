"""A coin of the collection and a lot of the market in the same terms: what a price hangs on. A word of
the vocabulary and the text that the reader left are one, in whatever language the coin says it."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from catalog.models import Coin
from catalog.models.vocabulary import Term, fold
from market.comparables import Piece, Sold
from market.grading import ordinal, sheldon_steps
from market.offers import Offer
from market.quoted import Priced
from market.typekeys import type_keys

# The type that only a coin and the lots pinned to it have
PINNED = "pinned"


@dataclass(frozen=True)
class Words:
    """One of the coin's own words, and all that it is called by."""

    name: str
    pk: int | None
    folded: frozenset[str]
    written: frozenset[str]
    # What was asked before: a thousand lots have a handful of words
    known: dict[tuple[int | None, str | None], str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, term: Term | None) -> "Words":
        if term is None:
            return cls("", None, frozenset(), frozenset())
        names = [name for name in term.all_names() if name]
        written = {form for name in names for form in (name, name.lower())}
        return cls(fold(term.name), term.pk, frozenset(map(fold, names)), frozenset(written))

    def matching(self, pk: int | None, text: str | None) -> str:
        """The coin's word where the lot means the same, else the lot's own."""
        word = self.known.get((pk, text))
        if word is None:
            said = fold(text or "")
            is_own = (pk is not None and pk == self.pk) or said in self.folded
            word = self.known[pk, text] = self.name if self.name and is_own else said
        return word


@dataclass(frozen=True)
class Subject:
    """The coin that is asked about."""

    coin: Coin
    piece: Piece
    denomination: Words
    ruler: Words
    mint: Words
    cited: tuple[str, ...]

    @classmethod
    def of(cls, coin: Coin, today: date) -> "Subject":
        denomination, ruler, mint = (
            Words.of(term) for term in (coin.denomination, coin.authority, coin.mint)
        )
        metal = coin.metal or (coin.denomination.metal if coin.denomination else None)
        cited = tuple(reference.text for reference in coin.references.all())
        piece = Piece(
            denomination=denomination.name,
            ruler=ruler.name,
            metal=metal.code if metal else "",
            types=type_keys(cited, ruler.name, mint.name) | {PINNED},
            grade=ordinal(coin.grade) if coin.grade else None,
            year=middle(coin.year_from, coin.year_to),
            day=in_years(today),
        )
        return cls(coin, piece, denomination, ruler, mint, cited)

    def piece_of(self, offer: Offer, *, is_pinned: bool = False) -> Piece:
        return Piece(**self.terms_of(offer, is_pinned=is_pinned))

    def sold(
        self, offer: Offer, price: float, *, estimate: float | None = None, is_pinned: bool = False
    ) -> Sold:
        said = self.terms_of(offer, is_pinned=is_pinned)
        return Sold(**said, estimate=estimate, key=str(offer.pk), price=price)

    def terms_of(self, offer: Offer, *, is_pinned: bool = False) -> dict[str, Any]:
        """The lot in the coin's words. What a person pinned is of the coin's own type and kind."""
        ruler = self.ruler.matching(offer.ruler_id, offer.ruler)
        mint = self.mint.matching(offer.mint_id, offer.mint)
        types = type_keys(offer.cited, ruler, mint)
        denomination = self.denomination.matching(offer.denomination_id, offer.denomination)
        return {
            "denomination": self.piece.denomination if is_pinned else denomination,
            "ruler": ruler,
            "metal": offer.metal or "",
            "types": types | {PINNED} if is_pinned else types,
            "grade": grade_of(offer),
            "flags": frozenset(offer.flags),
            "year": middle(offer.year_from, offer.year_to),
            "series": (offer.house or "").casefold(),
            "day": in_years(offer.day or offer.seen.date()),
        }


def grade_of(offer: Priced) -> float | None:
    if offer.sheldon:
        return sheldon_steps(offer.sheldon)
    return (known_ordinal(offer.grade) if offer.grade else None) or offer.grade_ord


@lru_cache(maxsize=500)
def known_ordinal(grade: str) -> float | None:
    return ordinal(grade)


def middle(start: int | None, end: int | None) -> float | None:
    ends = [year for year in (start, end) if year is not None]
    return sum(ends) / len(ends) if ends else None


@lru_cache(maxsize=5_000)
def in_years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
