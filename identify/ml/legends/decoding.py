"""From what the network says of every place to letters: beam search that knows which letters follow which in
Latin legends, so that a worn letter between clear ones is read as a person would."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from identify.ml.legends import polar
from identify.ml.legends.recogniser import SIGNS
from identify.ml.legends.scoring import NOTHING, Shares

ORDER = 4
BEAM = 8
# Signs less probable than this at a place are not tried there
FAINT = math.log(2e-3)
NEVER = -1e9


@dataclass(frozen=True)
class Letter:
    sign: str
    confidence: float
    angle: float  # degrees clockwise from the top of the coin


class Grams:
    """How probable a sign is after the three before it, smoothed by shorter and shorter memory."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        after: dict[str, Counter[str]] = defaultdict(Counter)
        for text, count in counts.items():
            padded = " " * (ORDER - 1) + text
            for at in range(ORDER - 1, len(padded)):
                for memory in range(ORDER):
                    after[padded[at - memory : at]][padded[at]] += count  # type: ignore[assignment]
        self._after = after
        self._known: dict[str, NDArray[np.float64]] = {}

    def after(self, text: str) -> NDArray[np.float64]:
        """Logarithms for all signs; of the sign for nothing it says nothing."""
        memory = (" " * (ORDER - 1) + text)[-(ORDER - 1) :]
        if memory not in self._known:
            self._known[memory] = np.log(self._shares(memory))
        return self._known[memory]

    def _shares(self, memory: str) -> NDArray[np.float64]:
        shares = np.full(len(SIGNS), 1.0 / (len(SIGNS) - 1))
        for length in range(len(memory) + 1):
            seen = self._after.get(memory[len(memory) - length :])
            if not seen:
                break
            total, kinds = sum(seen.values()), len(seen)
            counted = np.array([seen.get(sign, 0.0) for sign in SIGNS])
            shares = (counted + kinds * shares) / (total + kinds)
        shares[NOTHING] = 1.0
        return shares


def greedy(shares: Shares) -> str:
    best = shares.argmax(axis=1)
    kept = [
        sign for sign, before in zip(best, [NOTHING, *best[:-1]], strict=True) if sign != before
    ]
    return " ".join("".join(SIGNS[sign] for sign in kept if sign != NOTHING).split())


def read(
    shares: Shares, grams: Grams | None = None, weight: float = 0.5, bonus: float = 0.5
) -> str:
    """The most probable text. Without grams the network alone decides. `bonus`, for each sign, makes up for
    what every sign costs in the grams."""
    if grams is None:
        return greedy(shares)
    # prefix -> logarithm of ending in nothing, of ending in its last sign, and of the grams
    beams: dict[str, tuple[float, float, float]] = {"": (0.0, NEVER, 0.0)}
    for row in _busy(shares):
        likely = [int(sign) for sign in np.flatnonzero(row > FAINT) if sign != NOTHING]
        beams = _grown(beams, row, likely, grams, weight, bonus)
    best = max(beams, key=lambda text: _worth(beams[text]))
    return " ".join(best.split())


def _busy(shares: Shares) -> Iterable[NDArray[np.float32]]:
    """A run of places where surely nothing begins is one such place."""
    quiet = False
    for row in shares:
        still = bool(row[NOTHING] > -1e-3)
        if not (still and quiet):
            yield row
        quiet = still


def _worth(beam: tuple[float, float, float]) -> float:
    return float(np.logaddexp(beam[0], beam[1]) + beam[2])


def _grown(
    beams: dict[str, tuple[float, float, float]],
    row: NDArray[np.float32],
    likely: list[int],
    grams: Grams,
    weight: float,
    bonus: float,
) -> dict[str, tuple[float, float, float]]:
    nothing: dict[str, float] = defaultdict(lambda: NEVER)
    ending: dict[str, float] = defaultdict(lambda: NEVER)
    costs: dict[str, float] = {}
    for text, (quiet, loud, cost) in beams.items():
        either = _sum(quiet, loud)
        nothing[text] = _sum(nothing[text], either + float(row[NOTHING]))
        costs[text] = cost
        last = text[-1:]
        if last:
            ending[text] = _sum(ending[text], loud + float(row[SIGNS.index(last)]))
        follow = grams.after(text)
        for sign in likely:
            longer = text + SIGNS[sign]
            way = quiet if SIGNS[sign] == last else either
            ending[longer] = _sum(ending[longer], way + float(row[sign]))
            costs[longer] = cost + weight * float(follow[sign]) + bonus
    grown = {text: (nothing[text], ending[text], cost) for text, cost in costs.items()}
    best = sorted(grown, key=lambda text: _worth(grown[text]), reverse=True)[:BEAM]
    return {text: grown[text] for text in best}


def _sum(one: float, other: float) -> float:
    if one < other:
        one, other = other, one
    return one + math.log1p(math.exp(other - one)) if other > -1e8 else one


def located(shares: Shares, text: str, way: polar.Way = polar.UPRIGHT) -> list[Letter]:
    """Where each letter of the text stands and how sure it is: the best way to lay the text over the places."""
    signs = [SIGNS.index(sign) for sign in text]
    if not signs:
        return []
    states = [NOTHING]
    for sign in signs:
        states += [sign, NOTHING]
    path = _path(shares, np.array(states))
    found = []
    for at, sign in enumerate(signs):
        places = np.flatnonzero(path == 2 * at + 1)
        if sign != SIGNS.index(" ") and len(places):
            sure = float(np.exp(shares[places, sign].max()))
            share = (float(places.mean()) + 0.5) / len(shares)
            angle = polar.angle_at(share, way)
            found.append(Letter(SIGNS[sign], round(sure, 4), round(angle, 1)))
    return found


def _path(shares: Shares, states: NDArray[np.intp]) -> NDArray[np.intp]:
    """Viterbi over the states of one text."""
    many = len(states)
    leap = np.zeros(many, dtype=bool)
    leap[3::2] = states[3::2] != states[1:-2:2]
    score = np.full(many, NEVER)
    score[:2] = shares[0, states[:2]]
    came = np.zeros((len(shares), many), dtype=np.intp)
    for place in range(1, len(shares)):
        options = np.full((3, many), NEVER)
        options[0] = score
        options[1, 1:] = score[:-1]
        options[2, 2:] = np.where(leap[2:], score[:-2], NEVER)
        came[place] = options.argmax(axis=0)
        score = options.max(axis=0) + shares[place, states]
    state = many - 1 if score[-1] >= score[-2] else many - 2
    path = np.zeros(len(shares), dtype=np.intp)
    for place in range(len(shares) - 1, -1, -1):
        path[place] = state
        state -= int(came[place, state])
    return path
