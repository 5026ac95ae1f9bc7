"""From the data's folder to the shipped reader, in one go:

photos -> samples (coins held out by hash) -> lexicon -> training -> fitting -> figures -> package
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from identify.lexicon import Lexicon, legible, letters
from identify.ml.eightbit import packed, unpacked
from identify.ml.legends import engine, polar, reading, recogniser
from identify.ml.package import Package, sha256_of, write_package
from identify.ml.training import legend_fitting as fitting
from identify.ml.training import legend_lexicon
from identify.ml.training.legend_samples import Sample, gather
from identify.ml.training.legend_strips import Deck, Plan, texts_of
from identify.ml.training.legends import learn
from identify.ml.training.samples import HELD_OUT_PERCENT, held_out

SCOPE, EARLY = "tetrarchs", "roman_imperial"
LONGEST = 60  # signs that fit on a strip
Tell = Callable[[str], None]


class NotTheSame(Exception):
    """OpenVINO and torch disagree: the package would read otherwise than it was measured."""


@dataclass(frozen=True)
class Faces:
    trained: list[Sample]
    early: list[Sample]
    held: list[Sample]
    early_held: list[Sample]

    @classmethod
    def of(cls, samples: Sequence[Sample], early: Sequence[Sample]) -> "Faces":
        """The legends of early coins are those of their types, and not what is to be seen of them: descriptions
        and mere signs like S C teach nothing."""
        read = [one for one in samples if one.visible]
        worded = [
            one
            for one in early
            if legible(one.legend) and len(letters(one.legend)) > 4 and len(one.legend) <= LONGEST
        ]
        return cls(
            [one for one in read if not one.is_held_out],
            [one for one in worded if not one.is_held_out],
            [one for one in read if one.is_held_out],
            [one for one in worded if one.is_held_out],
        )


def run(data: Path, out: Path, plan: Plan, tell: Tell) -> Package:
    faces = Faces.of(gather(data / SCOPE), gather(data / EARLY))
    tell(
        f"{len(faces.trained)} faces, {len(faces.early)} of early coins, {len(faces.held)} held out"
    )
    lexicon = lexicon_of(data)
    tell(f"{len(lexicon.legends)} legends known")
    network = recogniser.build()
    deck = Deck(faces.trained, texts_of(lexicon), plan, faces.early)
    for progress, kept in learn(network, deck, plan):
        tell(f"step {progress.step} of {plan.steps}: {progress.loss:.3f}")
        network = kept
    return ship(out, engine.folded(network.eval()), lexicon, faces, plan)


def lexicon_of(data: Path) -> Lexicon:
    met = [one for scope in (SCOPE, EARLY) for one in specimens(data / scope)]
    return legend_lexicon.build(data / "reference" / "ric_types.csv", met)


def specimens(folder: Path) -> Iterator[legend_lexicon.Specimen]:
    """How common a legend is may be learnt from coins that are not held out, and from no others."""
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not held_out(folder.name, row["coin"]):
                yield legend_lexicon.Specimen(row["side"], row["legend"], row["ruler"], folder.name)


def ship(out: Path, weights: engine.Weights, lexicon: Lexicon, faces: Faces, plan: Plan) -> Package:
    kept = packed(weights)  # what is fitted is fitted to what will be served
    reader = reading.LegendReader(checked(unpacked(kept), faces.held), lexicon)
    fitted, figures = {}, {}
    for scope, held in ((SCOPE, faces.held), (EARLY, faces.early_held)):
        cases = cases_of(reader, held, scope)
        outcomes = fitting.cross_fitted(cases)
        fitted[scope] = {
            "belief": asdict(belief := fitting.fit_belief(cases)),
            "taste": asdict(fitting.fit_taste(cases, belief)),
            "power": fitting.fit_power(cases, belief),
            "threshold": fitting.threshold(outcomes),
        }
        figures[scope] = fitting.figures(outcomes, lexicon.rulers_of)
    figures[SCOPE]["floor"] = floors(faces)
    out.mkdir(parents=True, exist_ok=True)
    lexicon.save(out / reading.LEXICON)
    card = {
        "name": "legends",
        "made": date.today().isoformat(),
        "what": "Letters of Roman legends on a strip unrolled from the rim, and the known legends nearest to them.",
        "trained": how(weights, faces, plan),
        "figures": figures,
        "legends": {
            "charset": recogniser.SIGNS[1:],
            "lexicon_sha256": sha256_of(out / reading.LEXICON),
            "scopes": fitted,
        },
    }
    return write_package(out, reading.NAME, kept, card)


def how(weights: engine.Weights, faces: Faces, plan: Plan) -> dict[str, Any]:
    return {
        "network": {**recogniser.SHAPE, "parameters": sum(part.size for part in weights.values())},
        "plan": asdict(plan),
        "faces": {SCOPE: len(faces.trained), EARLY: len(faces.early), "synthetic": plan.drawn},
        "held_out": f"{HELD_OUT_PERCENT} of 100 coins by the hash of their name: {len(faces.held)} faces. What is fitted "
        "afterwards on one half of them is measured on the other.",
    }


def cases_of(
    reader: reading.LegendReader, held: Sequence[Sample], scope: str
) -> list[fitting.Case]:
    if not held:
        return []
    return [
        fitting.Case.of(
            one.coin, one.side, one.whole, one.ruler,
            list(polar.windows(reader.running.run(polar.strips(one.grey, one.ring)))[0]),
            reader.shelf(one.side, scope), reader.grams(one.side, scope),
        )
        for one in held
    ]  # fmt: skip


def upright_strips(samples: Sequence[Sample]) -> polar.Strip:
    return np.stack([polar.levelled(polar.unroll(one.grey, one.ring)) for one in samples])


def checked(weights: engine.Weights, held: Sequence[Sample]) -> engine.Engine:
    running = engine.engine(weights)
    apart = engine.apart(running, engine.Torch(weights), upright_strips(held[:8]))
    if apart > engine.SAME:
        raise NotTheSame(
            f"{running.kind} and torch differ by {apart:.4f}; at most {engine.SAME} is allowed."
        )
    return running


def floors(faces: Faces) -> dict[str, Any]:
    def of_side(samples: Sequence[Sample], side: str) -> list[str]:
        return [one.whole for one in samples if one.side == side]

    return {
        side: fitting.floor(of_side(faces.trained, side), of_side(faces.held, side))
        for side in ("obverse", "reverse")
    }
