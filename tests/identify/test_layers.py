"""A network written down as steps: the graph, torch's copy of it and the original say the same."""

import numpy as np
import pytest

from identify.ml import layers, runtime
from tests.identify.small import HEADS, STEPS, weights_of

HEAD = HEADS["ancient"]


def both(steps, weights, heads, side, count=3):
    pictures = np.random.default_rng(2).integers(0, 256, (count, side, side, 3), dtype=np.uint8)
    made = steps, weights, heads, side, True
    return runtime.OpenVino(*made).run(pictures), runtime.Torch(*made).run(pictures)


@pytest.mark.parametrize("side", [32, 33, 47])  # odd ones are padded on one side only
@pytest.mark.parametrize("count", [1, 5])
def test_the_graph_and_torch_agree(side, count):
    served, true = both(STEPS, weights_of(HEAD), list(HEAD), side, count)
    for name in ("embedding", *HEAD):
        np.testing.assert_allclose(served[name], true[name], atol=1e-3)
        assert len(served[name]) == count


def test_a_network_of_timm_is_written_down_as_it_is():
    from identify.ml import torchvision_fix

    torchvision_fix.apply()
    import timm
    import torch

    from identify.ml.backbones import fold_batch_norms

    torch.manual_seed(0)
    original = timm.create_model("tf_efficientnet_lite0", num_classes=0).eval()
    for module in original.modules():  # as after training: statistics that are not those of birth
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    pictures = np.random.default_rng(3).integers(0, 256, (2, 65, 65, 3), dtype=np.uint8)
    with torch.inference_mode():
        wanted = original(runtime.pixels_to_tensor(pictures)).numpy()
    steps, weights = layers.steps_of(fold_batch_norms(original))
    for kind in (runtime.OpenVino, runtime.Torch):
        found = kind(steps, weights, [], 65, True).run(pictures)["embedding"]
        np.testing.assert_allclose(found, wanted, atol=1e-3 * max(1.0, np.abs(wanted).max()))
