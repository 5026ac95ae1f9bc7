"""How sure two networks must be together is chosen on coins that neither was taught."""

from dataclasses import dataclass

import numpy as np
import pytest

from identify.decide import Rule, softmax
from identify.ml.second_look import MATTERS, SecondLook
from identify.ml.training import together
from identify.ml.training.calibration import Heard
from identify.ml.training.samples import Sample
from tests.identify.small import write_models

WORLD = MATTERS[1]
LABELS = ["1 Cent", "2 Cents"]


@dataclass
class Network:
    rows: np.ndarray
    name: str = "a network"

    @property
    def heads(self):
        return {"world_coin": LABELS}

    @property
    def rules(self):
        return {"world_coin": Rule(tuple(LABELS), 1.0, 0.9)}

    def run(self, pictures):
        return {"world_coin": np.array([self.rows[int(one)] for one in pictures], np.float32)}


def heard(rows, truth):
    samples = [Sample("world_coins", None, "", {"world_coin": one}) for one in truth]
    return Heard(samples, {"world_coin": np.array(rows, np.float32)})


def test_it_is_as_low_as_both_deserve():
    """The first is never quite sure; where the second agrees, both are right."""
    first = np.array([[1.0, 0.0]] * 20 + [[0.2, 0.0]] * 20)
    second = [[3.0, 0.0]] * 20 + [[0.0, 0.1]] * 20
    truth = ["1 Cent"] * 20 + ["2 Cents"] * 20
    looking = SecondLook(WORLD, Network(first), Network(first))
    found = together.limit(looking, heard(second, truth), range(40))
    assert found == pytest.approx(softmax(np.array([2.0, 0.0]), 1.0)[0], abs=1e-3)


def test_without_the_network_that_looks_first_there_is_none(tmp_path):
    assert together.limits("world", tmp_path, heard([], []), []) == {}


def test_of_rulers_and_first_looks_none_is_told(tmp_path):
    write_models(tmp_path)
    for name in ("portraits", "modern"):
        assert together.limits(name, tmp_path, heard([], []), []) == {}
