"""The two commands: thin shells, whose refusals are sentences."""

import json

import pytest
from django.core.management import CommandError, call_command

pytest.importorskip("torch")

from identify.ml.teaching import serving
from tests.identify.teaching.drawn import folder_of

TINY = {
    "model": "test_efficientnet", "start": "random", "side": 32, "epochs": 2, "device": "cpu",
}  # fmt: skip


@pytest.fixture(autouse=True)
def torch_serves(monkeypatch):
    def missing(served, side):
        raise ImportError("openvino")

    monkeypatch.setattr(serving, "converted", missing)


def train(data, out, **more) -> None:
    call_command("train_model", data=data, out=out, **(TINY | more))


def test_a_folder_of_classes_becomes_a_model(tmp_path, capsys):
    train(folder_of(tmp_path / "coins", 6), tmp_path / "out")
    told = capsys.readouterr()
    assert "12 photos of 2 classes." in told.out
    assert "Epoch 2 of 2" in told.out
    assert "photos kept aside" in told.out
    assert "bright has 6 coins; 10 would be better." in told.err
    assert json.loads((tmp_path / "out" / "model.json").read_text())["labels"] == ["bright", "dark"]


def test_it_goes_on_unless_told_not_to(tmp_path, capsys):
    coins = folder_of(tmp_path / "coins", 6)
    train(coins, tmp_path / "out")
    capsys.readouterr()
    train(coins, tmp_path / "out")
    assert "Epoch 1 of 2" not in capsys.readouterr().out
    train(coins, tmp_path / "out", resume=False)
    assert "Epoch 1 of 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("labels", "count", "says"),
    [(("dark",), 4, "nothing can be taught"), (("dark", "bright"), 1, "nothing can be taught")],
)
def test_too_few_photos_are_refused(tmp_path, labels, count, says):
    with pytest.raises(CommandError, match=says):
        train(folder_of(tmp_path / "coins", count, labels), tmp_path / "out")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        train(tmp_path / "nowhere", tmp_path / "out")


def test_another_plan_in_the_same_folder_is_refused(tmp_path):
    coins = folder_of(tmp_path / "coins", 6)
    train(coins, tmp_path / "out")
    with pytest.raises(CommandError, match="another plan"):
        train(coins, tmp_path / "out", seed=2)


def test_a_misspelt_network_is_refused(tmp_path):
    coins = folder_of(tmp_path / "coins", 6)
    with pytest.raises(CommandError, match="test_efficientnet"):
        train(coins, tmp_path / "out", model="test_eficientnet")


# --- comparing -----------------------------------------------------------------------------
def compare(data, out, **more) -> None:
    options = {
        "models": ["test_efficientnet@random"], "labels_per_class": [2], "seeds": 1, "side": 32,
        "epochs": 1, "device": "cpu",
    }  # fmt: skip
    call_command("compare_models", data=data, out=out, **(options | more))


def test_networks_are_set_side_by_side(tmp_path, capsys):
    compare(folder_of(tmp_path / "coins", 6), tmp_path / "out")
    assert "| test_efficientnet@random (random start) | linear | 2 per class (4) |" in (
        capsys.readouterr().out
    )
    assert (tmp_path / "out" / "index.html").exists()


def test_nothing_to_compare_is_refused(tmp_path):
    coins = folder_of(tmp_path / "coins", 3)
    with pytest.raises(CommandError, match="how many photos"):
        compare(coins, tmp_path / "out", labels_per_class=[])
    with pytest.raises(CommandError, match="sideways"):
        compare(coins, tmp_path / "out", modes=["sideways"])
