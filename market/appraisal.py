"""What one coin would fetch, for one person, on this day:

    coin -> Subject -> the lots that he may see -> Worth (one currency, one sense) -> Market -> Appraisal

An appraisal is computed and shown; kept it is only as an `Estimate`, with all that it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import timezone

from catalog.access import Visitor
from catalog.models import Coin
from market.comparables import Piece, Reason, Sold, Tier, reasons
from market.estimate import Estimate, Market, Moved
from market.looks import reranked
from market.models import Comparable, Lot
from market.offers import Offer
from market.pieces import PINNED, Subject
from market.pool import gather
from market.quartiles import Quartiles, quartiles
from market.resembling import Resemblance, resemblance
from market.worth import Terms, Worth, rounded


@dataclass(frozen=True)
class Line:
    """One lot beside the coin. `moved` is what it would have fetched as this coin; `share` is how much
    of the whole weight it has. Left out lots have neither. `likeness` is that of their pictures, where
    both have one. Of a thousand lines few are read: what takes long is worked out when it is asked for."""

    offer: Offer
    sold: Sold
    beside: Piece
    worth: Worth
    state: str = ""
    tier: Tier | None = None
    moved: float | None = None
    weight: float = 0.0
    share: float = 0.0
    likeness: float | None = None
    looks_alike: bool = False

    @property
    def why(self) -> tuple[Reason, ...]:
        looks = Reason("looks_alike", f"{100 * (self.likeness or 0):.0f}")
        return (*self.reasons, looks) if self.looks_alike else self.reasons

    @property
    def price(self) -> float:
        return self.sold.price

    @property
    def estimate(self) -> float | None:
        return self.worth.estimate(self.offer)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons(self.beside, self.sold)

    @property
    def is_pinned(self) -> bool:
        return self.state == Comparable.State.PINNED


@dataclass(frozen=True)
class Appraisal:
    subject: Subject
    terms: Terms
    estimate: Estimate
    lines: list[Line]
    rejected: list[Line]
    unsold: list[Offer]
    around: list[tuple[Offer, float]]  # of its type, or its ruler and denomination: for charts
    n_unpriced: int = 0
    resemblance: Resemblance = Resemblance()  # noqa: RUF009  (frozen)

    @property
    def coin(self) -> Coin:
        return self.subject.coin

    @property
    def n_unsold(self) -> int:
        return len(self.unsold)

    @cached_property
    def spread(self) -> Quartiles | None:
        """Of what they really fetched, nothing moved."""
        return quartiles([line.price for line in self.lines])

    def to_row(self) -> dict[str, Any]:
        """The columns of an `Estimate`. A refusal keeps no figures."""
        said = self.estimate
        figures = (None, None, None) if said.is_refused else (said.point, said.low, said.high)
        point, low, high = (rounded(figure) for figure in figures)
        return {
            "basis": self.terms.basis.value,
            "currency": self.terms.currency,
            "point": point,
            "low": low,
            "high": high,
            "n": said.n,
            "n_type": said.n_type,
            "n_effective": round(said.n_effective, 2),
            "tier": said.tier,
            "verdict": said.verdict.value,
            "method": said.method,
            "inputs": self.inputs(),
        }

    def inputs(self) -> dict[str, Any]:
        piece = self.subject.piece
        return {
            "coin": {
                "denomination": piece.denomination,
                "ruler": piece.ruler,
                "metal": piece.metal,
                "types": sorted(piece.types - {PINNED}),
                "grade": piece.grade,
                "year": piece.year,
            },
            "lots": [
                [
                    line.offer.pk,
                    round(line.weight, 4),
                    round(line.price, 2),
                    round(line.moved or 0, 2),
                ]
                for line in self.lines
            ],
            "pinned": [line.offer.pk for line in self.lines if line.is_pinned],
            "rejected": [line.offer.pk for line in self.rejected],
            "unsold": len(self.unsold),
            **self.resemblance.inputs(),
        }


def appraise(coin: Coin, user: Visitor, terms: Terms | None = None) -> Appraisal:
    terms = terms or Terms(currency=coin.collection.currency)
    subject = Subject.of(coin, timezone.localdate())
    gathered = gather(subject, user)
    worth, states = Worth(terms), gathered.states
    counted = [one for one in gathered.offers if counts(one, states.get(one.pk, ""))]
    priced = [(one, price) for one in counted if (price := worth.of(one)) is not None]
    unsold = [one for one in counted if one.status == Lot.Status.UNSOLD]
    sold = [subject.sold(one, price, is_pinned=one.pk in states) for one, price in priced]
    market = Market(sold, [subject.piece_of(one) for one in unsold])
    by_key = {str(one.pk): one for one, _price in priced}
    moved = market.comparables(subject.piece)
    pinned = [pk for pk, state in states.items() if state == Comparable.State.PINNED]
    looks = resemblance(coin, [int(one.sold.key) for one in moved], pinned)
    if looks.favours:
        market.favour({str(pk): by for pk, by in looks.favours.items()})
    return Appraisal(
        subject,
        terms,
        market.estimate(subject.piece, moved),
        used_lines(subject, moved, worth, by_key, states, looks),
        left_out(subject, worth, gathered.offers, states),
        unsold,
        [
            (one, price)
            for (one, price), lot in zip(priced, sold, strict=True)
            if is_near(subject.piece, lot)
        ],
        n_unpriced=sum(one.is_sold for one in counted) - len(priced),
        resemblance=looks,
    )


def counts(offer: Offer, state: str) -> bool:
    """A pin brings in what would be set apart; a rejection takes out what would count."""
    return state != Comparable.State.REJECTED and (not offer.excluded or bool(state))


def is_near(own: Piece, lot: Piece) -> bool:
    same = bool(own.ruler) and (own.ruler, own.denomination) == (lot.ruler, lot.denomination)
    return same or bool(own.types & lot.types)


def used_lines(
    subject: Subject,
    moved: Sequence[Moved],
    worth: Worth,
    offers: dict[str, Offer],
    states: dict[int, str],
    looks: Resemblance,
) -> list[Line]:
    """The weightiest first; where pictures say something, inside each rung what looks alike."""
    favoured = list(moved)
    if looks.favours:
        favoured = [
            replace(one, weight=one.weight * looks.favour(int(one.sold.key))) for one in moved
        ]
    total = sum(one.weight for one in favoured) or 1.0
    lines = []
    for one in sorted(favoured, key=lambda one: (-one.weight, one.sold.key)):
        offer = offers[one.sold.key]
        lines.append(
            Line(
                offer,
                one.sold,
                subject.piece,
                worth,
                states.get(offer.pk, ""),
                one.tier,
                one.price,
                one.weight,
                one.weight / total,
                looks.likeness.get(offer.pk),
                offer.pk in looks.alike,
            )
        )
    if not looks.favours:
        return lines
    return reranked(
        lines,
        lambda line: line.tier,
        lambda line: looks.rank(line.offer.pk, is_pinned=line.is_pinned),
    )


def left_out(
    subject: Subject, worth: Worth, found: Sequence[Offer], states: dict[int, str]
) -> list[Line]:
    rejected = [one for one in found if states.get(one.pk) == Comparable.State.REJECTED]
    return [
        Line(one, subject.sold(one, worth.of(one) or 0.0), subject.piece, worth, states[one.pk])
        for one in rejected
    ]
