"""Those who read letters and compare pictures: asked only where what they know may stand on the coin."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from identify.ml.joining import WEIGHINGS, strangeness, with_legend
from identify.ml.package import BrokenModel, NoModel
from identify.ml.seeing import Seen
from identify.values import Answer, Opinion, Pixels

log = logging.getLogger(__name__)

PACKAGES = ("legends", "cents", "commemoratives")
LEGENDS = ("roman_imperial", "tetrarchs")
LIKELY = 0.5
NAMED_BY = 80  # so many of the nearest legends say together whose portrait it is
Faces = list[tuple[int, Pixels]]  # whose face, by the place of its opinion


class Readers:
    """Each is loaded when the first coin comes that it can say something of. One that cannot be loaded is
    missed once, aloud; its fields stay away and the others go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def legends(self) -> Any:
        return loaded("identify.ml.legends", "LegendReader", self.folder)

    @cached_property
    def cents(self) -> Any:
        return loaded("identify.ml.cents", "CentReader", self.folder)

    @cached_property
    def commemoratives(self) -> Any:
        return loaded("identify.ml.commemoratives", "Commemoratives", self.folder)

    def read(self, seen: Sequence[Seen], opinions: Sequence[Opinion], top: int) -> list[Opinion]:
        found: list[dict[str, Answer]] = [{} for _one in opinions]
        doubts = [one.unknown for one in opinions]
        for scope in LEGENDS:
            self.read_legends(scope, seen, opinions, found, doubts, top)
        self.read_cents(seen, opinions, found)
        self.find_commemoratives(seen, opinions, found, top)
        return [
            replace(opinion, fields=joined(opinion, more), unknown=unknown(doubt, more))
            if more
            else opinion
            for opinion, more, doubt in zip(opinions, found, doubts, strict=True)
        ]

    def read_legends(
        self, scope: str, seen: Sequence[Seen], opinions: Sequence[Opinion],
        found: list[dict[str, Answer]], doubts: list[float], top: int,
    ) -> None:  # fmt: skip
        """`doubts`: how strange a coin is, once its legend is known."""
        asked = [
            (at, face.side, crop)
            for at, (one, opinion) in enumerate(zip(seen, opinions, strict=True))
            if opinion.scope.label == scope
            for face, crop in zip(opinion.faces, one.crops, strict=False)
            if face.side
        ]
        if not asked or not self.legends:
            return
        images, sides = [crop for _at, _side, crop in asked], [side for _at, side, _crop in asked]
        answers = self.legends.read_many(images, sides, scope, max(top, NAMED_BY))
        for (at, side, _crop), answer in zip(asked, answers, strict=True):
            found[at][f"{side}_legend"] = answer
            if side == "obverse":
                looks, names = opinions[at].fields["ruler"], self.legends.rulers(answer)
                found[at]["ruler"] = with_legend(WEIGHINGS[scope], looks, names)
                if names and scope == "roman_imperial":
                    known = [one.label for one in looks.candidates]
                    doubts[at] = strangeness(opinions[at].unknown, known, names)

    def read_cents(
        self, seen: Sequence[Seen], opinions: Sequence[Opinion], found: list[dict[str, Answer]]
    ) -> None:
        asked = faces(seen, opinions, is_cent)
        if asked and self.cents:
            images = [crop for _at, crop in asked]
            for (at, _crop), answers in zip(asked, self.cents.read_many(images), strict=True):
                found[at] |= answers

    def find_commemoratives(
        self, seen: Sequence[Seen], opinions: Sequence[Opinion],
        found: list[dict[str, Answer]], top: int,
    ) -> None:  # fmt: skip
        asked = faces(seen, opinions, is_commemorative)
        if asked and self.commemoratives:
            images = [crop for _at, crop in asked]
            answers = self.commemoratives.find_many(images, top=top)
            for (at, _crop), answer in zip(asked, answers, strict=True):
                found[at]["commemorative"] = answer


def loaded(module: str, name: str, folder: Path) -> Any:
    """None where there is no such reader or no model for it."""
    try:
        return getattr(import_module(module), name).load(folder)
    except NoModel as missing:
        log.warning("%s reads nothing: %s", name, missing)
    except BrokenModel as broken:
        log.error("%s reads nothing: %s", name, broken)
    except (ImportError, AttributeError) as missing:
        log.warning("%s reads nothing, a part of it is not installed: %s", name, missing)
    return None


def faces(seen: Sequence[Seen], opinions: Sequence[Opinion], wanted: Any) -> Faces:
    """The first face of each coin that is wanted."""
    asked: dict[int, Pixels] = {}
    for at, (one, opinion) in enumerate(zip(seen, opinions, strict=True)):
        for face, crop in zip(opinion.faces, one.crops, strict=False):
            if wanted(opinion, face.side):
                asked.setdefault(at, crop)
    return list(asked.items())


def is_cent(opinion: Opinion, side: str) -> bool:
    if opinion.scope.label == "us_cents":
        return side != "reverse" or len(opinion.faces) == 1
    return (
        opinion.scope.label == "us"
        and side == "obverse"
        and says(opinion, "us_denomination", "pennies")
    )


def is_commemorative(opinion: Opinion, side: str) -> bool:
    if opinion.scope.label == "euro_commemoratives":
        return True
    return opinion.scope.label == "euro" and side == "obverse" and says(opinion, "face_value", "2e")


def unknown(doubt: float, more: Mapping[str, Answer]) -> float:
    """A coin that is like its reference is no stranger, whatever the network makes of the picture."""
    found = more.get("commemorative")
    if found is None or found.abstained or found.best is None:
        return doubt
    return min(doubt, 1.0 - found.best.confidence)


def says(opinion: Opinion, field: str, label: str) -> bool:
    best = opinion.fields[field].best
    return bool(best and best.label == label and best.confidence > LIKELY)


def joined(opinion: Opinion, more: Mapping[str, Answer]) -> dict[str, Answer]:
    return {**opinion.fields, **more}
