"""How sure two networks must be together: chosen on coins that neither was taught."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from identify import decide
from identify.ml import scopes
from identify.ml.package import NoModel
from identify.ml.recogniser import Recogniser
from identify.ml.second_look import MATTERS, SURE, SecondLook
from identify.ml.training.calibration import PRECISION, Heard
from identify.values import Pixels


def limits(
    name: str, folder: Path, held_out: Heard, pictures: Sequence[Pixels]
) -> dict[str, float]:
    """Of the network just trained, which lies in `folder` beside the one that looks first. Rulers are not
    among them: those are weighed against legends, where `joining.py` says how sure is sure enough."""
    found = {}
    for matter in MATTERS:
        if matter.name == name and not matter.only:
            with suppress(NoModel):
                first = Recogniser.load(folder, scopes.network_of(matter.scope))
                second = Recogniser.load(folder, name)
                found[matter.head] = limit(SecondLook(matter, first, second), held_out, pictures)
    return found


def limit(looking: SecondLook, held_out: Heard, pictures: Sequence[Pixels]) -> float:
    head, here = looking.matter.head, looking.temperatures[0]
    at, truth = held_out.of(head, looking.first.heads[head])
    rows = looking.first.run([pictures[place] for place in at])[head]
    shares = decide.softmax(rows, here)
    unsure = shares.max(1) < SURE
    both = looking.together(rows, held_out.said[head][at])
    shares = np.where(unsure[:, None], decide.softmax(both, here), shares)
    cut = decide.choose_threshold(shares.max(1), shares.argmax(1) == truth, PRECISION)
    return round(float(cut), 4)
