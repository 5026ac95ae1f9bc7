"""The whole way with tiny networks: taught, stopped, gone on with, packaged, asked."""

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from identify.ml.package import BrokenModel, NoModel  # noqa: E402
from identify.ml.teaching import (  # noqa: E402
    BrokenCheckpoint,
    Example,
    OtherLesson,
    Plan,
    TeachingRefused,
    crops,
    load,
    serving,
    teach,
)
from identify.ml.training.pictures import load as crop_of  # noqa: E402
from tests.identify.teaching.drawn import TINY, draw, examples_in  # noqa: E402

FIGURES = ("loss", "val_loss", "top1", "macro_recall")
FINE = replace(TINY, preset="fine", epochs=2, batch=8)


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> list[Example]:
    return examples_in(tmp_path_factory.mktemp("coins"), 10)


@pytest.fixture(scope="module")
def taught(examples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("taught")
    return list(teach(TINY, examples, folder)), folder


@pytest.fixture
def torch_serves(monkeypatch):
    """As where OpenVINO is not installed: converting takes longer than all the rest of these runs."""

    def missing(served, side):
        raise ImportError("openvino")

    monkeypatch.setattr(serving, "converted", missing)


def learnt(run) -> list[tuple]:
    return [tuple(getattr(one, name) for name in FIGURES) for one in run if one.epoch]


# --- the way -------------------------------------------------------------------------------
def test_it_tells_how_it_goes(taught):
    told, _folder = taught
    looking = [one for one in told if one.stage == "looking"]
    assert (looking[-1].done, looking[-1].total) == (4, 4)
    epochs = [one for one in told if one.epoch]
    assert [one.epoch for one in epochs] == [1, 2, 3, 4]
    assert all(one.epochs == 4 and one.images_per_second > 0 for one in epochs)
    assert epochs[-1].seconds_left == 0
    assert all(0 <= one.top1 <= 1 and 0 <= one.macro_recall <= 1 for one in epochs)
    json.dumps([one.as_json() for one in told])


def test_bright_coins_are_told_from_dark_ones(taught):
    told, folder = taught
    assert max(one.top1 for one in told if one.epoch) == 1.0
    found = load(folder)
    crops = [crop_of(path, 60) for path in _new(folder)]
    probabilities, embeddings = found.classify(crops)
    assert found.labels == ["bright", "dark"]
    assert probabilities.argmax(1).tolist() == [0, 1]
    assert probabilities.sum(1) == pytest.approx([1, 1], abs=1e-5)
    assert embeddings.shape == (2, found.card["backbone"]["width"])
    assert found.classify([])[0].shape == (0, 2)


def _new(folder):
    for label in ("bright", "dark"):
        (folder / f"new-{label}.jpg").write_bytes(draw(label, 99))
    return [folder / f"new-{label}.jpg" for label in ("bright", "dark")]


def test_mistakes_are_shown_with_their_photos(examples, tmp_path, torch_serves):
    lying = [replace(one, label="dark") if one.path.name == "04.jpg" else one for one in examples]
    (tmp_path / "x").mkdir()
    told = list(teach(replace(TINY, held_out=0.9), lying, tmp_path / "x"))[-1]
    assert 0 < len(told.wrong) <= 12
    assert all(one.said != one.truth and 0.5 <= one.confidence <= 1 for one in told.wrong)


@pytest.mark.parametrize("plan", [TINY, FINE], ids=["quick", "fine"])
def test_one_seed_is_one_run(plan, examples, tmp_path, torch_serves):
    first, again, other = (
        learnt(teach(replace(plan, epochs=2, seed=seed), examples, tmp_path / name))
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again
    assert first != other


# --- stopping and going on -----------------------------------------------------------------
@pytest.mark.parametrize("plan", [TINY, FINE], ids=["quick", "fine"])
def test_what_was_broken_off_goes_on_as_if_it_had_not_been(plan, examples, tmp_path, torch_serves):
    straight = learnt(teach(plan, examples, tmp_path / "straight"))
    run = teach(plan, examples, tmp_path / "broken")
    before = [next(one for one in run if one.epoch == 1)]
    after = list(
        teach(plan, examples, tmp_path / "broken")
    )  # `run` has tidied nothing up, as if killed
    assert learnt(before) + learnt(after) == straight


def test_photos_that_were_looked_at_are_not_looked_at_again(
    examples, tmp_path, torch_serves, monkeypatch
):
    monkeypatch.setattr(crops, "AT_ONCE", 4)
    straight = learnt(teach(TINY, examples, tmp_path / "straight"))
    run = teach(TINY, examples, tmp_path / "broken")
    assert [next(run).done for _part in range(3)] == [0, 4, 8]
    after = list(teach(TINY, examples, tmp_path / "broken"))
    assert after[0].done == 8
    assert learnt(after) == straight


def test_closing_keeps_the_best_so_far(examples, tmp_path, torch_serves):
    run = teach(TINY, examples, tmp_path)
    for one in run:
        if one.epoch == 2:
            run.close()
            break
    found = load(tmp_path)
    assert found.card["epochs"] == 2
    assert found.report["count"] == 4


def test_stop_is_heeded_and_the_rest_can_follow(examples, tmp_path, torch_serves):
    told = []
    for one in teach(TINY, examples, tmp_path, stop=lambda: bool(told and told[-1].epoch == 2)):
        told.append(one)
    assert [one.epoch for one in told if one.epoch] == [1, 2]
    assert load(tmp_path).card["epochs"] == 2
    rest = [one.epoch for one in teach(TINY, examples, tmp_path) if one.epoch]
    assert rest == [3, 4]
    assert load(tmp_path).card["epochs"] == 4


def test_stopped_before_anything_was_learnt_leaves_nothing(examples, tmp_path):
    assert not [one for one in teach(TINY, examples, tmp_path, stop=lambda: True) if one.epoch]
    with pytest.raises(NoModel):
        load(tmp_path)


def test_a_finished_run_is_not_run_again(taught, examples):
    told, folder = taught
    again = list(teach(TINY, examples, folder))
    assert [one.epoch for one in again] == [4]
    assert learnt(again) == learnt(told)[-1:]
    assert not list(folder.glob("work-*"))


def test_it_stops_where_nothing_gets_better(examples, tmp_path, torch_serves):
    plan = replace(TINY, epochs=40, patience=2, rate=1e-9)
    assert len(learnt(teach(plan, examples, tmp_path))) < 40


def test_a_damaged_checkpoint_is_refused_by_name(examples, tmp_path, torch_serves):
    for one in teach(TINY, examples, tmp_path):
        if one.epoch == 1:
            break
    (path,) = (tmp_path / "checkpoint").glob("epoch-*.safetensors")
    path.write_bytes(path.read_bytes()[:-9] + b"no weight")
    with pytest.raises(BrokenCheckpoint, match=path.name):
        list(teach(TINY, examples, tmp_path))
    assert learnt(teach(TINY, examples, tmp_path, resume=False))


def test_a_damaged_note_is_refused_by_name(examples, tmp_path):
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "checkpoint" / "state.json").write_text('{"epoch": 3')
    with pytest.raises(BrokenCheckpoint, match=r"state\.json"):
        list(teach(TINY, examples, tmp_path))


def test_another_plan_or_other_photos_do_not_go_on(taught, examples):
    _told, folder = taught
    with pytest.raises(OtherLesson):
        list(teach(replace(TINY, seed=5), examples, folder))
    with pytest.raises(OtherLesson):
        list(teach(TINY, examples[1:], folder))


def test_nothing_is_a_pickle(taught):
    _told, folder = taught
    kinds = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert kinds <= {".json", ".safetensors", ".xml", ".bin", ".jpg"}


# --- what is refused -----------------------------------------------------------------------
def refused(plan: Plan, examples: list[Example], folder) -> str:
    with pytest.raises(TeachingRefused) as refusal:
        list(teach(plan, examples, folder))
    return refusal.value.code


def test_photos_that_will_not_do(examples, tmp_path):
    one_class = [one for one in examples if one.label == "dark"]
    assert refused(TINY, one_class, tmp_path) == "too_few_classes"
    lone = [one for one in examples if one.path.name == "00.jpg"]
    assert refused(TINY, lone, tmp_path) == "nothing_to_judge"


def test_plans_that_will_not_do(examples, tmp_path):
    assert (
        refused(replace(TINY, backbone="test_efficient"), examples, tmp_path) == "backbone_unknown"
    )
    assert (
        refused(replace(TINY, start="nowhere.safetensors"), examples, tmp_path) == "start_missing"
    )
    for values in ({"preset": "slow"}, {"monitor": "luck"}, {"held_out": 1.0}, {"epochs": -1}):
        with pytest.raises(TeachingRefused):
            replace(TINY, **values)


# --- the package ---------------------------------------------------------------------------
@pytest.mark.parametrize("backbone", ["test_vit", "test_resnet"])
def test_any_network_is_served_as_torch_would_answer(backbone, examples, tmp_path):
    plan = replace(TINY, backbone=backbone, preset="full", epochs=1)
    list(teach(plan, examples, tmp_path))
    found = load(tmp_path)
    crops = [crop_of(one.path, 40) for one in examples[:3]]
    engine = serving.Torch(found.torch_model())
    for told, true in zip(found.hear(crops), serving.hear(engine, crops, 32), strict=True):
        np.testing.assert_allclose(told, true, atol=1e-3)


def _settled_inception(path):
    """Random weights whose batch norms have seen something: else the numbers grow to millions on their way,
    and no two runtimes agree on the gates behind them."""
    from safetensors.torch import save_file

    from identify.ml.backbones import build

    torch.manual_seed(0)
    network = build("inception_v3_se", start="random").network.train()
    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None
    with torch.no_grad():
        network(torch.randn(4, 3, 80, 80))
    save_file(network.state_dict(), path)
    return path


def test_inception_with_excitation_is_taught_and_rebuilt(examples, tmp_path):
    start = str(_settled_inception(tmp_path / "start.safetensors"))
    plan = replace(TINY, backbone="inception_v3_se", start=start, side=80, epochs=1, views=1)
    list(teach(plan, examples[:3] + examples[-3:], tmp_path))
    found = load(tmp_path)
    assert (found.card["runtime"], found.card["difference_from_torch"] < 1e-3) == ("openvino", True)
    assert found.classify([np.zeros((80, 80, 3), np.uint8)])[0].shape == (1, 2)


def test_the_shipped_body_is_the_default(tmp_path):
    examples = examples_in(tmp_path / "coins", 3)
    list(teach(Plan(side=64, epochs=2, views=1, device="cpu"), examples, tmp_path / "out"))
    found = load(tmp_path / "out")
    assert found.card["backbone"]["name"] == "shipped:modern"
    assert found.card["plan"]["preset"] == "quick"
    (tmp_path / "out" / "served.bin").unlink()  # made again from the weights
    assert load(tmp_path / "out").classify([np.zeros((64, 64, 3), np.uint8)])[0].shape == (1, 2)


def test_a_damaged_package_is_refused(taught, tmp_path):
    _told, folder = taught
    for name in ("model.json", "model.safetensors"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(BrokenModel):
        load(tmp_path)


def test_an_answer_says_how_sure_and_how_strange(taught):
    _told, folder = taught
    found = load(folder)
    crops = [crop_of(path, 60) for path in _new(folder)]
    bright, dark = found.answer(crops)
    assert (bright.label, dark.label) == ("bright", "dark")
    assert bright.confidence == pytest.approx(float(found.classify(crops)[0].max(1)[0]))
    assert all(0 <= one.unknown <= 1 for one in (bright, dark))
    assert found.answer([]) == []


def test_examined_on_what_the_caller_kept_aside(examples, tmp_path, torch_serves):
    kept = [one for one in examples if one.path.name > "06"]
    rest = [one for one in examples if one not in kept]
    plan = replace(TINY, held_out=0, epochs=2)
    told = list(teach(plan, rest, tmp_path, judged_by=kept))
    assert [one.val_loss for one in told] == [None] * len(told)
    assert load(tmp_path).report["count"] == len(kept)
    assert load(tmp_path).card["best_epoch"] == 2
