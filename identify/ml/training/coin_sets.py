"""The pictures that the reader of commemoratives learns from: the designs, and other coins to be told from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from identify.ml.seeing import see
from identify.ml.training.samples import Sample, read_sets
from identify.values import Photographed, Pixels

SET = "euro_commemoratives"
SIDE = 240  # of a picture that is photographed again
MOST_OTHERS, MOST_STRANGERS = 700, 300


@dataclass
class Coins:
    """`kept`: no network sees this design. `strangers` are no commemoratives, and are not taught either."""

    labels: list[str]
    pictures: list[Pixels]
    kept: list[bool]
    others: list[Pixels]
    kinds: list[str]  # of the others: two of one kind may be one design
    strangers: list[Pixels]

    @property
    def taught(self) -> list[int]:
        return [at for at, kept in enumerate(self.kept) if not kept]

    def series(self) -> list[str]:
        """A joint issue of one year has one picture and many legends: what is hardest to tell apart."""
        return [one[:4] if one.endswith("_all") else one for one in self.labels]


def read(data: Path, seed: int) -> Coins:
    dice = np.random.default_rng(seed)
    designs = sorted(read_sets(data, [SET]), key=lambda one: one.path.name)
    pictures = [cut_out(one) for one in designs]
    missing = [one.path.name for one, cut in zip(designs, pictures, strict=True) if cut is None]
    if missing:
        raise ValueError(f"There is no coin to be seen on {', '.join(missing)}.")
    names = ("world_coins", "euro_national_sides", "euro_phone", "euro_denominations", "us_coins")
    there = [name for name in names if (data / name / "labels.csv").exists()]
    rest = read_sets(data, there)
    others = few([one for one in rest if is_other(one)], MOST_OTHERS, dice)
    strangers = few([one for one in rest if is_stranger(one)], MOST_STRANGERS, dice)
    shown = [(one, cut) for one in others if (cut := cut_out(one)) is not None]
    return Coins(
        [one.path.stem for one in designs],
        [cut for cut in pictures if cut is not None],
        [one.is_held_out for one in designs],
        [small(cut) for _one, cut in shown],
        [kind_of(one) for one, _cut in shown],
        [cut for one in strangers if (cut := cut_out(one)) is not None],
    )  # fmt: skip


def is_two_euro(one: Sample) -> bool:
    return one.set == "euro_national_sides" and one.targets.get("face_value") == "2e"


def is_other(one: Sample) -> bool:
    return (
        one.set in ("world_coins", "euro_national_sides")
        and not one.is_held_out
        and not is_two_euro(one)
    )


def is_stranger(one: Sample) -> bool:
    """Common national sides of 2 euro are the nearest strangers: all of them are for measuring."""
    return is_two_euro(one) or (one.is_held_out and one.set != SET)


def kind_of(one: Sample) -> str:
    return one.targets.get("world_coin", one.group)


def few(samples: Sequence[Sample], most: int, dice: np.random.Generator) -> list[Sample]:
    first = [one for one in samples if is_two_euro(one)]
    rest = [one for one in samples if not is_two_euro(one)]
    order = dice.permutation(len(rest))[: max(0, most - len(first))]
    return [*first, *(rest[at] for at in order)]


def cut_out(one: Sample) -> Pixels | None:
    import cv2

    picture = cv2.imread(str(one.path))
    if picture is None:
        return None
    rgb = np.ascontiguousarray(picture[..., ::-1], np.uint8)
    return next(iter(see(Photographed((one.path.name,), (rgb,))).crops), None)


def small(picture: Pixels) -> Pixels:
    import cv2

    return np.asarray(cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def all_small(pictures: Iterable[Pixels]) -> list[Pixels]:
    return [small(one) for one in pictures]
