"""Portraits of which the first network is not sure are shown to a second one."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from identify.decide import Rule, softmax
from identify.ml import predict, scopes
from identify.ml.package import BrokenModel
from identify.ml.second_look import MATTERS, SecondLook
from identify.ml.seeing import Seen
from identify.values import Candidate
from tests.identify.small import write_models, write_second

RULERS = ["Trajan", "Hadrian", "Nerva"]
WORTH = ["1 Cent", "2 Cents", "5 Cents"]
PORTRAITS, WORLD = MATTERS
SURE, UNSURE = [9.0, 0.0, 0.0], [0.3, 0.2, 0.0]
HADRIAN = [0.0, 4.0, 0.0]


@dataclass
class Network:
    """Says the same of every face, and remembers how many it has seen."""

    says: list[float] = field(default_factory=lambda: list(HADRIAN))
    rulers: list[str] = field(default_factory=lambda: list(RULERS))
    seen: int = 0
    side: int = 32
    name: str = "first"
    version: str = "second-1"
    together: dict[str, float] = field(default_factory=dict)

    @property
    def heads(self):
        return {"ruler": self.rulers, "world_coin": WORTH}

    @property
    def rules(self):
        labels = {**self.heads, "side": ("obverse", "reverse")}
        return {head: Rule(tuple(known), 1.0, 0.5) for head, known in labels.items()}

    def run(self, crops):
        self.seen += len(crops)
        said = np.array([self.says] * len(crops), np.float32)
        return {"ruler": said, "world_coin": said}


def coin(*faces, scope="roman_imperial", roles=()):
    crop = np.zeros((40, 40, 3), np.uint8)
    said = np.array(faces, np.float32)
    told = {"ruler": said, "world_coin": said, "side": np.zeros((len(faces), 2), np.float32)}
    return Seen(
        crops=[crop] * len(faces), roles=list(roles or ["obverse"] * len(faces)),
        scope=Candidate(scope, 1.0), said=told,
    )  # fmt: skip


@pytest.fixture
def second():
    return Network()


@pytest.fixture
def looking(second):
    return SecondLook(PORTRAITS, Network(), second)


def test_of_an_unsure_portrait_both_are_heard(looking):
    unsure = coin(UNSURE)
    looking.look([unsure])
    [row] = scopes.scores(unsure, "ruler", ["obverse"])
    wanted = softmax((np.array(UNSURE) + np.array(HADRIAN)) / 2)
    assert softmax(row.logits) == pytest.approx(wanted, abs=1e-5)
    assert unsure.said["ruler"][0] == pytest.approx(UNSURE)  # what is strange is told by the first


def test_a_sure_portrait_is_not_shown(looking, second):
    sure = coin(SURE)
    looking.look([sure])
    assert (second.seen, sure.agreed) == (0, {})


def test_a_reverse_shows_no_portrait(looking, second):
    both = coin(UNSURE, UNSURE, roles=["obverse", "reverse"])
    looking.look([both])
    assert second.seen == 1
    assert both.agreed["ruler"][1] == pytest.approx(UNSURE)


def test_either_side_of_a_world_coin_is_shown(second):
    both = coin(UNSURE, UNSURE, scope="world", roles=["", ""])
    SecondLook(WORLD, Network(), second).look([both])
    assert second.seen == 2
    wanted = softmax((np.array(UNSURE) + np.array(HADRIAN)) / 2)
    for row in scopes.scores(both, "world_coin", ["", ""]):
        assert softmax(row.logits) == pytest.approx(wanted, abs=1e-5)


def test_what_both_must_reach_counts_where_both_were_heard(second):
    second.together = {"world_coin": 0.4}
    sure, unsure = coin(SURE, scope="world", roles=[""]), coin(UNSURE, scope="world", roles=[""])
    first = Network()
    SecondLook(WORLD, first, second).look([sure, unsure])
    limits = [scopes.rule_of(first, one, "world_coin").threshold for one in (sure, unsure)]
    assert limits == [0.5, 0.4]


def test_other_kinds_of_coins_are_not_shown(looking, second):
    looking.look([coin(UNSURE, scope="tetrarchs")])
    assert second.seen == 0


def test_all_that_wait_are_shown_together(looking, second):
    looking.look([coin(UNSURE), coin(SURE), coin(UNSURE)])
    assert second.seen == 2


def test_of_two_releases_none_is_asked():
    with pytest.raises(BrokenModel, match="Restore both from one release"):
        SecondLook(PORTRAITS, Network(), Network(rulers=["Otho", "Galba", "Nerva"]))


def test_a_model_may_have_no_second_network(tmp_path):
    model = predict.load(write_models(tmp_path))
    assert model.second_looks == []
    assert "portraits" not in model.version


def test_the_second_network_stands_in_the_version(tmp_path):
    model = predict.load(write_second(write_models(tmp_path)))
    [look] = model.second_looks
    assert look.second.version in model.version


def test_a_damaged_second_network_is_refused(tmp_path):
    write_second(write_models(tmp_path))
    with (tmp_path / "portraits.safetensors").open("ab") as file:
        file.write(b"?")
    with pytest.raises(BrokenModel, match="portraits"):
        predict.load(tmp_path)
