"""Reads the legend of a face: strip -> places -> letters -> the known legends that they can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from identify.lexicon import Legend, Lexicon
from identify.ml.eightbit import unpacked
from identify.ml.legends import decoding, engine, polar
from identify.ml.legends.ranking import UPRIGHT, Belief, Ranked, Shelf, aloud, weight_of
from identify.ml.legends.scoring import Coded, Shares, log_probabilities
from identify.ml.package import BrokenModel, open_package, sha256_of
from identify.values import Answer, Candidate, Pixels

NAME = "legends"
LEXICON = "legends_lexicon.json.xz"
# Fewer letters than this are no reading; a smaller share of belief is not worth a name
FEWEST, SMALLEST = 3, 1e-4


@dataclass(frozen=True)
class Taste:
    """How letters are read: how much Latin counts against the eye, fitted like Belief."""

    grams: float = 0.4
    bonus: float = 0.6


@dataclass(frozen=True)
class Trust:
    """What is fitted for a scope: its photos are sharper or smaller, its legends fewer or more."""

    belief: Belief = field(default_factory=Belief)
    taste: Taste = field(default_factory=Taste)
    power: float = 1.0
    threshold: float = 0.5

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> "Trust":
        belief, taste = Belief(**card["belief"]), Taste(**card["taste"])
        return cls(belief, taste, card["power"], card["threshold"])


@dataclass
class LegendReader:
    running: engine.Engine
    lexicon: Lexicon
    trusts: Mapping[str, Trust] = field(default_factory=dict)
    _shelves: dict[tuple[str, str], Shelf] = field(default_factory=dict)
    _grams: dict[tuple[str, str], decoding.Grams] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "LegendReader":
        """Raises NoModel or BrokenModel, as every recogniser does."""
        from safetensors.numpy import load_file

        package = open_package(folder, NAME)
        known, card = folder / LEXICON, package.card["legends"]
        if not known.exists() or sha256_of(known) != card["lexicon_sha256"]:
            raise BrokenModel(
                f"{known} is missing or from another version than {NAME}.json. "
                "Restore both files from one release of Obverse."
            )
        return cls(
            engine.engine(unpacked(load_file(package.weights))),
            Lexicon.load(known),
            {scope: Trust.of(fitted) for scope, fitted in card["scopes"].items()},
        )

    def read(self, image: Pixels, side: str, scope: str = "", top: int = 5) -> Answer:
        return self.read_many([image], [side], scope, top)[0]

    def read_many(
        self, images: Sequence[Pixels], sides: Sequence[str], scope: str = "", top: int = 5
    ) -> list[Answer]:
        """Of square crops around the coin; sides that are not known are looked for among all legends."""
        if not images:
            return []
        strips = np.concatenate([strips_of(image) for image in images])
        by_face = polar.windows(engine.run_all(self.running, strips))
        return [
            self.answer(list(by_way), side, scope, top)
            for by_way, side in zip(by_face, sides, strict=True)
        ]

    def answer(self, by_way: Sequence[Shares], side: str, scope: str, top: int) -> Answer:
        trust, taste = self.trust(scope), self.trust(scope).taste
        shelf = self.shelf(side, scope)
        ranked = shelf.ranked(shelf.heard(by_way), trust.belief) if shelf.legends else []
        way = ranked[0].way if ranked else UPRIGHT
        shares = by_way[way]
        read = decoding.read(shares, self.grams(side, scope), taste.grams, taste.bonus)
        said = aloud([one.confidence for one in ranked], trust.power)
        candidates = tuple(
            Candidate(one.legend.text, round(sure, 4))
            for one, sure in zip(ranked[:top], said, strict=False)
            if sure >= SMALLEST
        )
        sure = bool(candidates) and candidates[0].confidence >= trust.threshold
        return Answer(
            candidates,
            abstained=not sure or not believable(shares, read, ranked, trust.belief.far),
            read=read,
            letters=tuple(
                (one.sign, one.confidence, one.angle)
                for one in decoding.located(shares, read, polar.WAYS[way])
            ),
        )

    def trust(self, scope: str) -> Trust:
        """Of a scope that nothing was fitted for, the most careful."""
        careful = max(self.trusts.values(), key=lambda one: one.threshold, default=Trust())
        return self.trusts.get(scope, careful)

    def rulers(self, answer: Answer) -> dict[str, float]:
        """What the candidates say together of whose portrait this is; they need not be sure of the spelling."""
        shares: dict[str, float] = {}
        for candidate in answer.candidates:
            for ruler, share in self.lexicon.rulers_of(candidate.label).items():
                shares[ruler] = shares.get(ruler, 0.0) + share * candidate.confidence
        return dict(sorted(shares.items(), key=lambda pair: -pair[1]))

    def shelf(self, side: str, scope: str) -> Shelf:
        if (side, scope) not in self._shelves:
            self._shelves[side, scope] = Shelf(self.lexicon.of_side(side, scope), scope)
        return self._shelves[side, scope]

    def grams(self, side: str, scope: str) -> decoding.Grams:
        if (side, scope) not in self._grams:
            legends = self.lexicon.of_side(side, scope)
            self._grams[side, scope] = decoding.Grams(_weighed(legends, scope))
        return self._grams[side, scope]


def believable(shares: Shares, read: str, ranked: Sequence[Ranked], far: float) -> bool:
    """A legend that is none of the known ones has letters that no candidate explains."""
    if len(read.replace(" ", "")) < FEWEST or not ranked:
        return False
    own = float(log_probabilities(shares, Coded.of([read]))[0])
    return (own - ranked[0].log_probability) / len(read) <= far


def strips_of(image: Pixels) -> polar.Strip:
    """Long ones: feet towards the middle, feet towards the rim."""
    import cv2

    grey: Any = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return polar.strips(grey, polar.ring_of(image))


def _weighed(legends: Sequence[Legend], scope: str) -> dict[str, float]:
    """Square roots, or the commonest legend would be read everywhere."""
    return {" ".join(one.text.split()): weight_of(one, scope) ** 0.5 for one in legends}
