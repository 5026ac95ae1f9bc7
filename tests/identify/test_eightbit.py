import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from identify.ml.eightbit import SCALE, WORTH_IT, packed, unpacked

dice = np.random.default_rng(0)


def layer(outputs: int, inputs: int, size: float = 1.0):
    return (dice.normal(0, size, (outputs, inputs, 3, 3))).astype(np.float32)


@given(size=st.floats(1e-4, 1e3), outputs=st.integers(1, 12))
def test_a_large_layer_comes_back_within_half_a_step(size, outputs):
    whole = layer(outputs, WORTH_IT // 9 + 1, size)
    kept = packed({"a.weight": whole})
    assert kept["a.weight"].dtype == np.int8
    steps = kept["a.weight" + SCALE].reshape(-1, 1, 1, 1)
    assert (np.abs(unpacked(kept)["a.weight"] - whole) <= steps * 0.5001).all()


def test_each_output_has_a_scale_of_its_own():
    whole = layer(4, 600)
    whole[0] *= 1000
    back = unpacked(packed({"a.weight": whole}))["a.weight"]
    np.testing.assert_allclose(back[1:], whole[1:], atol=0.03)


def test_small_layers_biases_and_heads_stay_exact_enough():
    given_ = {
        "small.weight": layer(2, 3),
        "a.bias": dice.normal(0, 1, 9000).astype(np.float32),
        "heads.ruler.weight": dice.normal(0, 1, (14, 1280)).astype(np.float32),
    }
    kept = packed(given_)
    assert {one.dtype for one in kept.values()} == {np.dtype(np.float16)}
    for name, values in unpacked(kept).items():
        np.testing.assert_allclose(values, given_[name], rtol=1e-3, atol=1e-6)


def test_a_layer_of_zeros_stays_one():
    back = unpacked(packed({"a.weight": np.zeros((8, 1000), np.float32)}))
    assert not back["a.weight"].any()


def test_no_scale_is_taken_for_a_weight():
    assert set(unpacked(packed({"a.weight": layer(4, 600)}))) == {"a.weight"}
