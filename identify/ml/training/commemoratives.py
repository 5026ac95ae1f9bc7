"""Trains the reader of 2-euro commemoratives:

reference pictures -> scenes -> the locator, and how far it is off -> strips as it would unroll them
-> the network of faces: two photos of a coin alike, those of others not -> references, rule, figures
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.commemoratives.finding import NAME, Commemoratives, References, Rule
from identify.ml.commemoratives.network import Faces, Locator
from identify.ml.eightbit import packed
from identify.ml.package import Package, write_package
from identify.ml.training import coin_poses, coin_strips
from identify.ml.training.coin_sets import Coins, read
from identify.ml.training.commemorative_figures import judged

Tell = Callable[[str], Any]


@dataclass(frozen=True)
class Plan:
    scenes: int = 4000
    locating: int = 800  # steps
    comparing: int = 600  # steps
    batch: int = 24  # designs, two photos of each
    seed: int = 7


def run(data: Path, out: Path, plan: Plan, tell: Tell) -> Package:
    coins = read(data, plan.seed)
    tell(
        f"{len(coins.labels)} designs, {sum(coins.kept)} of them kept aside; {len(coins.others)} other coins"
    )
    locator, off = coin_poses.train(coins, plan.scenes, plan.locating, plan.seed, tell)
    faces = [
        coin_strips.train(coins, off, plan.comparing, plan.batch, plan.seed, struck, tell)
        for struck in (False, True)
    ]
    return finish(coins, locator, faces, out, plan, tell)


def finish(
    coins: Coins, locator: Locator, faces: Sequence[Faces], out: Path, plan: Plan, tell: Tell
) -> Package:
    """References, rule and figures of networks that are trained."""
    blank = Commemoratives(locator, faces, References((), np.zeros((0, 1, 8, 48), np.float32)), Rule())  # fmt: skip
    maps = blank.maps(coins.pictures)
    tensors = tensors_of(locator, faces, maps)
    reader = Commemoratives(locator, faces, References(coins.labels, maps), Rule())
    rule, figures = judged(reader, coins, plan.seed)
    tell(str(figures))
    return write_package(out, NAME, tensors, card(coins, rule, figures, plan))


def tensors_of(
    locator: Locator, faces: Sequence[Faces], maps: NDArray[np.float32]
) -> dict[str, NDArray[np.generic]]:
    plain = {f"locator.{name}": one.astype(np.float16) for name, one in locator.weights.items()}
    for at, network in enumerate(faces):
        plain |= {
            f"faces.{at}.{name}": one.astype(np.float16) for name, one in network.weights.items()
        }
    return {**plain, **packed({"references.weight": maps})}


def card(coins: Coins, rule: Rule, figures: dict[str, Any], plan: Plan) -> dict[str, Any]:
    return {
        "name": NAME,
        "what": "Which 2-euro commemorative a national side is, by likeness with one reference picture of each",
        "labels": list(coins.labels),
        "networks": 2,
        "rule": {name: round(one, 4) for name, one in asdict(rule).items()},
        "figures": figures,
        "measured": "on the reference pictures photographed again by a program: any turn, tilted by up to 28°, relit, "
        "blurred, on other grounds; `kept_aside` are designs of which the networks have seen nothing",
        "kept_aside": [label for label, kept in zip(coins.labels, coins.kept, strict=True) if kept],
        "weak": "nobody has measured real photos of worn coins; designs after 2014 have no reference here",
        "trained": asdict(plan),
        "made": date.today().isoformat(),
    }  # fmt: skip


def again(data: Path, out: Path, tell: Tell) -> Package:
    """Other references for the networks that lie in `out`: a new issue takes one picture and no training."""
    reader, plan = Commemoratives.load(out), Plan()
    coins = read(data, plan.seed)
    return finish(coins, reader.locator, reader.faces, out, plan, tell)
