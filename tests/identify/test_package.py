"""What lies in a model's folder: whole, or refused in a sentence that helps."""

import json

import numpy as np
import pytest

from identify.ml import predict
from identify.ml.package import BrokenModel, NoModel, open_package, write_package
from tests.identify.small import write_models

TENSORS = {"a.weight": np.arange(6, dtype=np.float32).reshape(2, 3)}


@pytest.fixture
def package(tmp_path):
    return write_package(tmp_path, "coins", TENSORS, {"side": 32})


def test_what_was_written_can_be_opened(package):
    found = open_package(package.folder, "coins")
    assert found.card["side"] == 32
    assert found.card["bytes"] == found.weights.stat().st_size
    assert len(found.card["sha256"]) == 64


def test_nothing_is_left_aside(package):
    names = {one.name for one in package.folder.iterdir()}
    assert names == {"coins.json", "coins.safetensors"}


def test_other_weights_than_the_cards_are_refused_in_words(package):
    package.weights.write_bytes(package.weights.read_bytes()[:-1] + b"x")
    with pytest.raises(BrokenModel) as trouble:
        open_package(package.folder, "coins")
    assert package.card["sha256"][:12] in str(trouble.value)
    assert "Restore both files from one release" in str(trouble.value)


def test_half_a_file_is_refused(package):
    whole = package.weights.read_bytes()
    package.weights.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenModel):
        open_package(package.folder, "coins")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"a card"'])
def test_a_card_that_is_none_is_refused(package, text):
    (package.folder / "coins.json").write_text(text)
    with pytest.raises(BrokenModel, match="not a model's card"):
        open_package(package.folder, "coins")


@pytest.mark.parametrize("suffix", ["json", "safetensors"])
def test_half_of_the_pair_is_no_model(package, suffix):
    (package.folder / f"coins.{suffix}").unlink()
    with pytest.raises(NoModel, match="coins"):
        open_package(package.folder, "coins")


def test_a_new_version_takes_the_place_of_the_old_one(package):
    newer = write_package(package.folder, "coins", {"a.weight": np.ones(3, np.float32)}, {})
    assert newer.card["sha256"] != package.card["sha256"]
    assert open_package(package.folder, "coins").card["sha256"] == newer.card["sha256"]


def test_an_interrupted_writer_leaves_the_old_version(package, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetensors.numpy.save_file", full)
    with pytest.raises(OSError, match="No space left"):
        write_package(package.folder, "coins", TENSORS, {})
    assert open_package(package.folder, "coins").card == json.loads(
        (package.folder / "coins.json").read_text()
    )


def test_a_predictor_wants_both_networks(tmp_path):
    write_models(tmp_path)
    (tmp_path / "modern.json").unlink()
    with pytest.raises(predict.NoModel, match="modern"):
        predict.load(tmp_path)
