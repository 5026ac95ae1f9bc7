"""From which likeness on two photos show coins of one kind, and below which they have nothing in common:

    python -m tests.benchmarks.bench_likeness --data FOLDER [--most 400]

Where `ALIKE` and `SAME` of identify/similar/likeness.py come from. Each network looks at photos of coins that it was
not taught (held out by coin), and at the same photos taken again: turned a little, tilted, relit, blurred.

- SAME: the least likeness at which, of all coins taken again and of each coin's nearest one of another kind
  together, 95 in 100 that are as like are the coin taken again.
- ALIKE: what one in twenty pairs of any two coins of different kinds reaches. Kinds are ruler and
  denomination, or what the label of a modern coin says; faces are compared with faces of their side."""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from identify.measures import best_cut, coverage_at
from identify.values import Photographed, Pixels

SHIPPED = Path(__file__).resolve().parents[2] / "identify" / "pretrained"
SETS = {
    "roman_imperial": "roman_imperial", "tetrarchs": "tetrarchs", "world_coins": "world",
    "euro_phone": "euro", "euro_denominations": "euro", "us_coins": "us",
}  # fmt: skip
AT_ONCE = 64
PRECISION, REACHED = 0.95, 95.0
Vectors = NDArray[np.float32]


def main() -> None:
    from identify.ml.predict import load
    from identify.ml.training.samples import read_sets

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--most", type=int, default=400, help="photos of each set")
    options = parser.parse_args()
    model, dice = load(SHIPPED), np.random.default_rng(5)
    found: dict[str, list[tuple[str, Vectors, Vectors]]] = defaultdict(list)
    for name, scope in SETS.items():
        samples = [one for one in read_sets(options.data, [name]) if one.is_held_out]
        chosen = [samples[at] for at in dice.permutation(len(samples))[: options.most]]
        pictures = [opened(one.path) for one in chosen]
        again = [taken_again(one, dice) for one in pictures]
        kinds = [kind_of(one.targets) for one in chosen]
        pairs = zip(
            kinds,
            looked(model, pictures, scope),
            looked(model, again, scope),
            strict=True,
        )
        for kind, (network, first), (_network, second) in pairs:
            if first is not None and second is not None:
                found[network].append((f"{name} {kind}", first, second))
    for network, rows in found.items():
        report(network, rows)


def kind_of(targets: dict[str, str]) -> str:
    names = ("side", "ruler", "tetrarch", "denomination", "world_coin", "face_value", "us_denomination")  # fmt: skip
    return " ".join(targets.get(name, "") for name in names)


def opened(path: Path) -> Pixels:
    from PIL import Image

    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def taken_again(picture: Pixels, dice: np.random.Generator) -> Pixels:
    """By hand, upright, by the same collector on another day."""
    import cv2

    height, width = picture.shape[:2]
    middle = np.array([width / 2, height / 2])
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), dice.normal(0, 6), dice.uniform(0.85, 1.0))  # fmt: skip
    turn[:, :2] = turn[:, :2] @ np.array([[1, dice.normal(0, 0.02)], [0, dice.uniform(0.94, 1.0)]])
    turn[:, 2] = middle - turn[:, :2] @ middle
    seen = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    light = seen.astype(np.float32) * np.exp(dice.normal(0, 0.06, 3)).astype(np.float32)
    slope = np.linspace(-1, 1, width)[:, None] * dice.normal(0, 0.1)
    slope = slope[None] + np.linspace(-1, 1, height)[:, None, None] * dice.normal(0, 0.1)
    light = (light * (1 + slope) - light.mean()) * dice.uniform(0.8, 1.2) + light.mean()
    light = cv2.GaussianBlur(light, (0, 0), dice.uniform(0.2, 0.8) * max(1.0, width / 200))
    found = np.clip(light * dice.uniform(0.85, 1.15), 0, 255).astype(np.uint8)
    _done, data = cv2.imencode(
        ".jpg", found, [cv2.IMWRITE_JPEG_QUALITY, int(dice.integers(70, 95))]
    )
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def looked(
    model: object, pictures: Sequence[Pixels], scope: str
) -> Iterator[tuple[str, Vectors | None]]:
    for at in range(0, len(pictures), AT_ONCE):
        coins = [Photographed(("photo",), (one,)) for one in pictures[at : at + AT_ONCE]]
        for opinion in model.predict(coins, scope, read=False):  # type: ignore[attr-defined]
            face = next((one for one in opinion.faces if one.embedding is not None), None)
            yield (face.network.partition("-")[0], face.embedding) if face else ("", None)


def report(network: str, rows: Sequence[tuple[str, Vectors, Vectors]]) -> None:
    kinds = np.array([kind for kind, _first, _second in rows])
    first, second = (np.stack([row[at] for row in rows]) for at in (1, 2))
    again = (first * second).sum(1)
    others = np.where(kinds[:, None] == kinds[None], np.nan, first @ first.T)
    nearest = np.nanmax(others, axis=1)
    scores = np.concatenate([again, nearest])
    right = np.concatenate([np.ones(len(again)), np.zeros(len(nearest))])
    same, _count = best_cut(scores, right, PRECISION)
    alike = np.nanpercentile(others, REACHED)
    kin = np.where(kinds[:, None] == kinds[None], first @ first.T, np.nan)[~np.eye(len(kinds), dtype=bool)]  # fmt: skip
    kin = kin[np.isfinite(kin)]
    print(f"{network}: {len(rows)} photos of {len(set(kinds))} kinds")
    print(f"  taken again        median {np.median(again):.2f}, lowest 5 in 100 {np.percentile(again, 5):.2f}")  # fmt: skip
    print(f"  others of the kind median {np.median(kin):.2f}")
    print(f"  nearest of another median {np.median(nearest):.2f}, highest 5 in 100 {np.percentile(nearest, 95):.2f}")  # fmt: skip
    print(f"  any of another     median {np.nanmedian(others):.2f}")
    print(f"  SAME {same:.2f}: {coverage_at(scores, right, PRECISION):.3f} of all are as like; of those taken again {np.mean(again >= same):.3f}")  # fmt: skip
    print(f"  ALIKE {alike:.2f}: of the kind {np.mean(kin >= alike):.3f} reach it")


if __name__ == "__main__":
    main()
