"""How estimates are made, written down piece by piece and lot by lot, as one would explain it. The site
counts in columns instead (market/hedonic.py, crossing.py, level.py); both must say the same."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import exp
from typing import Any

import numpy as np

from market.comparables import Piece, Pool, Sold
from market.estimate import weighted_quantile
from market.hedonic import PRICES, RATIOS, Priors, effects
from market.level import ENOUGH_RESIDUALS, ONE_OF_TYPE, OWN_CORRECTION
from market.looking_back import AHEAD, COVERED, ORIGINS, RECENT, USUAL_WIDTH

Floats = Any


@dataclass
class Columns:
    """Names of effects and where they stand in the matrix."""

    places: dict[str, int] = field(default_factory=dict)
    spreads: list[float] = field(default_factory=list)

    def place(self, name: str, spread: float) -> int:
        if name not in self.places:
            self.places[name] = len(self.spreads)
            self.spreads.append(spread)
        return self.places[name]


class Hedonic:
    """Fitted on pieces and what they fetched (logarithms)."""

    def __init__(
        self, pieces: Sequence[Piece], values: Floats, priors: Priors = PRICES, step: float = 0.5
    ) -> None:
        self.priors, self.step = priors, step
        self.columns = Columns()
        self.centre = float(np.median(values))
        self.ticks = sorted({self._tick(piece.day) for piece in pieces})
        monies = sorted({piece.denomination for piece in pieces})
        self.monies = {money: number for number, money in enumerate(monies)}
        for piece in pieces:
            for name, _by, spread in effects(piece, priors):
                self.columns.place(name, spread)
        matrix = self.matrix(pieces)
        precision = self._precision()
        left = matrix.T @ matrix / priors.noise**2 + precision
        right = matrix.T @ (values - self.centre) / priors.noise**2
        self.betas = np.linalg.solve(left, right)

    def predict(self, pieces: Sequence[Piece]) -> Floats:
        return np.asarray(self.centre + self.matrix(pieces) @ self.betas)

    def matrix(self, pieces: Sequence[Piece]) -> Floats:
        """Effects first, then the level at each tick of time: for all, and for each denomination."""
        wide = len(self.columns.spreads)
        n_ticks = len(self.ticks)
        matrix = np.zeros((len(pieces), wide + n_ticks * (1 + len(self.monies))))
        for row, piece in enumerate(pieces):
            for name, by, _spread in effects(piece, self.priors):
                if name in self.columns.places:
                    matrix[row, self.columns.places[name]] = by
            tick, by = self._level(piece.day)
            matrix[row, wide + tick] = by
            if piece.denomination in self.monies:
                matrix[row, wide + n_ticks * (1 + self.monies[piece.denomination]) + tick] = by
        return matrix

    def _tick(self, day: float) -> float:
        return round(day / self.step) * self.step

    def _level(self, day: float) -> tuple[int, float]:
        """Which tick speaks for a day, and how much: a tick for its own days, fading further off."""
        after = bisect_left(self.ticks, day)
        near = range(max(0, after - 1), min(len(self.ticks), after + 1))
        nearest = min(near, key=lambda tick: abs(day - self.ticks[tick]))
        away = abs(day - self.ticks[nearest])
        return nearest, 1.0 if away <= self.step / 2 else exp(-away / self.priors.memory)

    def _precision(self) -> Floats:
        ticks, priors = np.array(self.ticks), self.priors
        apart = np.exp(-np.abs(ticks[:, None] - ticks[None, :]) / priors.memory)
        smooth = np.linalg.inv(apart + 1e-6 * np.eye(len(ticks)))
        wide = len(self.columns.spreads)
        size = wide + len(ticks) * (1 + len(self.monies))
        precision = np.zeros((size, size))
        precision[range(wide), range(wide)] = 1 / np.array(self.columns.spreads) ** 2
        for block in range(1 + len(self.monies)):
            start = wide + block * len(ticks)
            spread = priors.level_by_denomination if block else priors.level
            precision[start : start + len(ticks), start : start + len(ticks)] = smooth / spread**2
        return precision


class Level:
    """The method without its interval, fitted on lots that were sold before some day."""

    def __init__(self, sold: Sequence[Sold]) -> None:
        self.sold = sold
        self.pool = Pool(sold)
        self.logs = np.log([one.price for one in sold])
        self.hedonic = Hedonic(sold, self.logs, PRICES)
        self.residuals = self.logs - self.hedonic.predict(sold)

    @cached_property
    def ratio(self) -> Hedonic | None:
        """Only for whoever asks with the house's estimate: it takes longer than all the rest."""
        return ratio_model(self.sold, self.logs)

    def points(self, pieces: Sequence[Piece], *, with_estimate: bool) -> Floats:
        named = self.hedonic.predict(pieces)
        points = [
            base + self.of_comparables(piece) for base, piece in zip(named, pieces, strict=True)
        ]
        if with_estimate and self.ratio is not None:
            known = [index for index, piece in enumerate(pieces) if piece.estimate]
            house = np.log([pieces[index].estimate or 1.0 for index in known])
            gaps = named[known] - house
            asked = [
                replace(pieces[index], gap=float(gap))
                for index, gap in zip(known, gaps, strict=True)
            ]
            ratios = self.ratio.predict(asked) if asked else house
            for index, own, ratio in zip(known, house, ratios, strict=True):
                points[index] = own + OWN_CORRECTION * ratio
        return np.array(points)

    def of_comparables(self, piece: Piece) -> float:
        """What the comparables fetched beyond what can be named; less is believed of fewer."""
        weights = self.pool.weights(piece, self.pool.tiers(piece))
        total = float(weights.sum())
        if not total:
            return 0.0
        return total / (total + ONE_OF_TYPE) * weighted_quantile(self.residuals, weights, 0.5)


def ratio_model(sold: Sequence[Sold], logs: Floats) -> Hedonic | None:
    """The hammer over the house's estimate, by what can be named and by how far the two disagree."""
    known = [index for index, one in enumerate(sold) if one.estimate]
    if len(known) < ENOUGH_RESIDUALS:
        return None
    pieces = [sold[index] for index in known]
    house = np.log([one.estimate or 0 for one in pieces])
    gaps = out_of_fold(pieces, logs[known]) - house
    asked = [replace(one, gap=float(gap)) for one, gap in zip(pieces, gaps, strict=True)]
    return Hedonic(asked, logs[known] - house, RATIOS)


def out_of_fold(pieces: Sequence[Sold], logs: Floats, folds: int = 5) -> Floats:
    """What the model says of lots that it has not seen; a sale's lots stay together."""
    days = sorted({one.day for one in pieces})
    fold = np.array([days.index(one.day) % folds for one in pieces])
    if len(days) < folds:
        fold = np.arange(len(pieces)) % folds
    said = np.zeros(len(pieces))
    for number in range(folds):
        here = np.flatnonzero(fold == number).tolist()
        rest = np.flatnonzero(fold != number).tolist()
        if len(here) and len(rest):
            model = Hedonic([pieces[i] for i in rest], logs[rest], PRICES)
            said[here] = model.predict([pieces[i] for i in here])
    return said


def recent_width(sold: Sequence[Sold], *, with_estimate: bool) -> float:
    """Split-conformal: how far the method, knowing only what came before a day, was off in the two
    years after it; of those residuals the most recent, and of them the one that 80 % do not pass."""
    scored = recent_residuals(sold, with_estimate=with_estimate)
    if len(scored) < ENOUGH_RESIDUALS:
        return USUAL_WIDTH
    recent = sorted(scored, key=lambda one: one[0])[-RECENT:]
    sizes = np.sort([abs(residual) for _day, residual in recent])
    rank = int(np.ceil(COVERED * (len(sizes) + 1))) - 1
    return float(sizes[min(rank, len(sizes) - 1)])


def recent_residuals(sold: Sequence[Sold], *, with_estimate: bool) -> list[tuple[float, float]]:
    """(day of the sale, log of price over point), looking ahead from several earlier days."""
    if len(sold) < 2 * ENOUGH_RESIDUALS:
        return []
    found = []
    cuts = sorted(
        {sold[len(sold) * (ORIGINS + part) // (2 * ORIGINS)].day for part in range(ORIGINS)}
    )
    for cut in cuts:
        before = [one for one in sold if one.day < cut]
        after = [one for one in sold if cut <= one.day < cut + AHEAD]
        if len(before) < ENOUGH_RESIDUALS or not after:
            continue
        points = Level(before).points(after, with_estimate=with_estimate)
        off = np.log([one.price for one in after]) - points
        found += [(one.day, float(value)) for one, value in zip(after, off, strict=True)]
    return found
