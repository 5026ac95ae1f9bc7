"""The loop on a network of a few numbers, and what is learnt from held-out photos."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from safetensors.numpy import load_file

from identify.ml import eightbit
from identify.ml.backbones import build, fold_batch_norms
from identify.ml.training import calibration, evening, letters, loop, network, shipped
from identify.ml.training.calibration import Heard
from identify.ml.training.pictures import Camera, load
from identify.ml.training.samples import Sample, parts_of_world_coin
from identify.predicting import SHIPPED
from tests.factories import draw_coin

LABELS = {"ruler": ["Trajan", "Hadrian"], "side": ["obverse", "reverse"]}
PLAN = network.Plan("tiny", {"coins": 1.0}, {"ruler": 1.0, "side": 0.5}, words=0.1)
SETTINGS = loop.Settings((loop.Stage(16, 1), loop.Stage(24, 1)), per_epoch=24, batch=8)


def samples(count: int = 20) -> list[Sample]:
    return [
        Sample(
            Path(f"{at}.jpg"), "coins", str(at // 2),
            {"ruler": LABELS["ruler"][at // 2 % 2], "side": LABELS["side"][at % 2]},
            frozenset({"imp"}),
        )
        for at in range(count)
    ]  # fmt: skip


def taught(seed: int = 1) -> list[loop.Epoch]:
    import torch
    from torch import nn

    torch.manual_seed(5)
    frozen = nn.Conv2d(3, 4, 3, 2)
    body = nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    learner = network.build(body, 6, LABELS, words=1)
    dice = np.random.default_rng(0)
    shown = samples()
    lesson = loop.Lesson(
        [dice.integers(0, 256, (40, 40, 3), dtype=np.uint8) for _one in shown],
        network.targets(shown, LABELS), np.ones((20, 1), np.float32),
        network.chances(shown, PLAN), np.zeros(20, bool), PLAN.heads, PLAN.words,
    )  # fmt: skip
    settings = loop.Settings(SETTINGS.stages, SETTINGS.per_epoch, SETTINGS.batch, seed=seed)
    return [epoch for epoch, _averaged in loop.learn(learner, frozen, lesson, settings)]


def test_it_yields_an_epoch_for_each_of_its_stages():
    epochs = taught()
    assert [one.number for one in epochs] == [1, 2]
    assert all(np.isfinite(one.loss) and one.loss > 0 for one in epochs)
    assert all(one.pictures_per_second > 0 for one in epochs)


def test_one_seed_is_one_training_and_another_is_another():
    first, again, other = ([one.loss for one in taught(seed)] for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_rate_rises_and_falls_away():
    rates = [loop.one_cycle(part) for part in np.linspace(0, 1, 50)]
    top = int(np.argmax(rates))
    assert rates[0] < 0.1
    assert 0 < top < 10
    assert rates[-1] < 0.02
    assert rates[top:] == sorted(rates[top:], reverse=True)


def test_what_a_photo_does_not_say_is_silence():
    shown = [Sample(Path("a"), "coins", "1", {"side": "reverse"})]
    assert network.targets(shown, LABELS).tolist() == [[network.SILENT, 1]]


def test_a_rare_class_is_shown_more_often_than_its_share():
    shown = [
        Sample(Path("a"), "coins", str(at), {"ruler": "Trajan" if at < 90 else "Hadrian"})
        for at in range(100)
    ]
    chances = network.chances(shown, PLAN)
    assert chances[95] > chances[5]


# --- the camera ----------------------------------------------------------------------------
def test_one_seed_takes_one_row_of_photos():
    picture = np.random.default_rng(0).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    rows = [[Camera(seed).take(picture, 48) for _time in range(3)] for seed in (4, 4, 5)]
    np.testing.assert_array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[0], rows[2])
    assert {one.shape for one in rows[0]} == {(48, 48, 3)}


def test_a_coin_is_never_mirrored():
    """A bright patch on the left stays there, however it is turned a little, lit and blurred."""
    picture = np.full((80, 80, 3), 60, np.uint8)
    picture[20:60, 4:36] = 220
    camera = Camera(0)
    taken = [camera.take(picture, 64).astype(float) for _time in range(60)]
    left = [one[16:48, :32].mean() > one[16:48, 32:].mean() for one in taken]
    assert sum(left) > 54


def test_a_photo_becomes_a_square_around_the_coin(tmp_path):
    (tmp_path / "coin.jpg").write_bytes(draw_coin(240))
    assert load(tmp_path / "coin.jpg", 96).shape == (96, 96, 3)


def test_what_is_no_photo_is_named(tmp_path):
    (tmp_path / "coin.jpg").write_text("no picture")
    with pytest.raises(ValueError, match=r"coin\.jpg is not a photo"):
        load(tmp_path / "coin.jpg")


# --- what held-out photos teach ------------------------------------------------------------
def heard(count: int = 120, noise: float = 1.0, seed: int = 0) -> Heard:
    dice = np.random.default_rng(seed)
    shown = samples(count)
    truth = np.array([LABELS["ruler"].index(one.targets["ruler"]) for one in shown])
    logits = dice.normal(0, noise, (count, 2)).astype(np.float32)
    logits[np.arange(count), truth] += 2
    places = np.eye(4, dtype=np.float32)[truth] + dice.normal(0, 0.05, (count, 4))
    return Heard(shown, {"ruler": logits, "embedding": places.astype(np.float32)})


def test_a_rule_has_what_deciding_wants():
    told = calibration.rule("ruler", LABELS["ruler"], heard())
    assert told["temperature"] > 0
    assert 0 <= told["threshold"] <= 2
    assert set(told["weights"]) == {"obverse", "reverse"}


def test_a_network_that_exaggerates_is_cooled():
    modest = heard()
    loud = Heard(modest.samples, {**modest.said, "ruler": modest.said["ruler"] * 10})
    labels = LABELS["ruler"]
    told = [calibration.rule("ruler", labels, one)["temperature"] for one in (modest, loud)]
    assert told[1] == pytest.approx(10 * told[0], rel=0.05)


def test_faces_are_paired_by_coin():
    shown = samples(4)
    sides = [one.targets["side"] for one in shown]
    assert calibration.paired(shown, sides) == [(0, 1), (2, 3)]
    assert calibration.paired(shown[:1], sides[:1]) == []


def test_a_class_with_two_faces_has_two_places():
    vectors = np.concatenate([np.eye(3)[:1].repeat(5, 0), np.eye(3)[1:2].repeat(5, 0)])
    found = calibration.places(vectors.astype(np.float32))
    assert sorted(np.round(place, 3).tolist() for place in found) == [[0, 1, 0], [1, 0, 0]]
    assert calibration.places(np.zeros((0, 3), np.float32)) == []


def test_strangers_get_a_higher_figure_than_the_known():
    from identify import decide
    from identify.decide import UnknownRule

    known = heard()
    middle = known.said["embedding"].mean(0)
    labels = LABELS["ruler"]
    places = calibration.middles("ruler", labels, known, middle)
    owners = np.array([0, 0, 1, 1])[: len(places)]
    told = calibration.unknown_rule("ruler", labels, known, middle, places, owners)
    assert told is not None
    rule = UnknownRule(**told)
    near = decide.unknown(rule, [float(decide.energy([5.0, 0.0])), 0.02])
    far = decide.unknown(rule, [float(decide.energy([0.0, 0.0])), 1.0])
    assert near < 0.5 < far


def test_a_photo_without_a_visible_coin_is_taught_whole(tmp_path):
    grey = np.full((90, 120, 3), 128, np.uint8)
    cv2.imwrite(str(tmp_path / "blank.png"), grey)
    assert load(tmp_path / "blank.png", 64).shape == (64, 64, 3)


def test_a_shipped_network_learns_on_where_it_stopped():
    """What the school holds afterwards is what the file holds, head and body."""
    card = SHIPPED / "ancient.json"
    labels = json.loads(card.read_text())["heads"]
    school = small_school(labels)
    shipped.go_on_from(school, card)
    known = eightbit.unpacked(load_file(card.with_suffix(".safetensors")))
    for name, values in shipped.weights_of(school).items():
        np.testing.assert_array_equal(values, known[name])


@pytest.mark.parametrize("start", ["", "identify/pretrained/known.json"])
@pytest.mark.parametrize("plan", network.PLANS.values(), ids=list(network.PLANS))
def test_each_can_begin_and_learn_on(plan, start):
    plan = plan.learning_on() if start else plan
    assert set(plan.ships) <= set(plan.heads)
    assert plan.sets
    assert shipped.settings_for(plan, start or plan.start).stages


def test_a_network_with_other_questions_does_not_learn_on():
    school = small_school({"ruler": ["Nobody"]})
    with pytest.raises(ValueError, match="other questions"):
        shipped.go_on_from(school, SHIPPED / "ancient.json")


def small_school(labels: dict[str, list[str]]) -> shipped.School:
    whole = fold_batch_norms(build(network.ANCIENT.backbone, start="random").network.eval())
    learner = network.build(whole, whole.num_features, labels, 0)
    return shipped.School(network.ANCIENT, [], [], labels, [], {}, whole, whole, learner)


WORLD = ["50 Cents|Euro|spain", "50 Cents|Rand|south_africa", "1 Cent|Euro|spain"]


@pytest.mark.parametrize(
    ("label", "number", "unit", "country"),
    [
        ("50 Centavos|Mexican peso|mexico", "50", "centavos", "mexico"),
        ("1 2 Dollar|US Dollar|usa", "1 2", "dollar", "usa"),
        ("2 euro Cent|Euro|spain", "2", "euro cent", "spain"),
    ],
)
def test_a_world_coin_has_a_number_a_unit_and_a_country(label, number, unit, country):
    assert parts_of_world_coin(label) == {"number": number, "unit": unit, "country": country}


def test_what_coins_share_is_passed_on_in_one_head():
    """It says the same as a coin's own score and those of its parts together."""
    import torch
    from torch import nn

    heads = {"world_coin": 1.0, "number": 0.3, "unit": 0.3, "country": 0.3}
    plan = network.Plan(
        "tiny", {"world_coins": 1.0}, heads, parts={"world_coin": parts_of_world_coin}
    )
    shown = [
        Sample(Path(one), "world_coins", one, {"world_coin": one} | parts_of_world_coin(one))
        for one in WORLD
    ]
    labels = network.labels_of(shown, plan)
    parts = network.places_of_parts(plan, labels)
    learner = network.build(nn.Identity(), 4, labels, 0, parts).eval()
    own = {
        f"heads.{head}.{kind}": values.detach().numpy()
        for head in heads
        for kind, values in learner.heads[head].named_parameters()
    }
    served = shipped.folded(own, parts)
    seen = torch.randn(5, 4)
    told = seen.numpy() @ served["heads.world_coin.weight"].T + served["heads.world_coin.bias"]
    said = learner(seen)["world_coin"].detach().numpy()
    np.testing.assert_allclose(told, said, atol=1e-5)
    assert np.abs(served["heads.world_coin.bias"] - own["heads.world_coin.bias"]).max() > 0


def test_nobody_is_taught_words_of_photos_that_nobody_has_read():
    shown = [
        Sample(Path("a"), "read", "1", {}, frozenset({"CENT"})),
        Sample(Path("b"), "other", "2", {}),
    ]
    table = shipped.hints(shown, ["CENT", "ORE"], frozenset({"read"}))
    assert table[0].tolist() == [1, 0]
    assert np.isnan(table[1]).all()


def test_words_are_read_where_no_table_tells_them(tmp_path):
    from PIL import Image

    Image.new("RGB", (60, 60)).save(tmp_path / "a.png")
    samples = [Sample(tmp_path / "a.png", name, "1", {}) for name in ("world_coins", "us_coins")]
    lines = [("50 PAISE 2011", 0.9), ("uCoin.net", 0.99), ("faint", 0.3), ("x 圓", 0.8)]
    world, other = letters.read(samples, lambda _picture: lines)
    assert world.words == {"50", "PAISE", "圓"}
    assert other.words == frozenset()


def test_a_head_is_fitted_evenly_in_the_end():
    """One that was shown hardly anything but bright coins says of dark ones what they are."""
    import torch
    from torch import nn

    dice = np.random.default_rng(3)
    crops = [np.full((40, 40, 3), tone, np.uint8) for tone in dice.integers(150, 220, 30)]
    crops += [np.full((40, 40, 3), tone, np.uint8) for tone in dice.integers(20, 80, 3)]
    kinds = ["bright"] * 30 + ["dark"] * 3
    taught = [
        Sample(Path(f"{at}.jpg"), "coins", str(at), {"scope": kind})
        for at, kind in enumerate(kinds)
    ]
    labels = {"scope": ["bright", "dark"]}
    plan = network.Plan("tiny", {"coins": 1.0}, {"scope": 1.0}, evened=("scope",))
    learner = network.build(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), 3, labels, 0)
    with torch.no_grad():
        learner.heads["scope"].weight.zero_()
        learner.heads["scope"].bias.copy_(torch.tensor([3.0, 0.0]))
    school = shipped.School(plan, taught, [], labels, [], {}, None, nn.Identity(), learner.eval())
    evening.even_out(school, crops, "scope", side=32, rounds=6)
    said = learner(loop.to_tensor(np.stack(crops)))["scope"].argmax(1).tolist()
    assert said == [0] * 30 + [1] * 3
