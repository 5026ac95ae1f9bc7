"""Where a network looked: planted where we know it, in convolutions and in a transformer."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from identify.ml import explaining, layers, predict
from identify.ml.explaining.looking import chosen
from identify.ml.seeing import Seen
from identify.values import Face, Heat
from tests.identify import small

torch = pytest.importorskip("torch")


def spotted(at, side=64):
    """Grey with one bright spot, in the middle of one quarter: 0 upper left, 3 lower right."""
    picture = torch.zeros(1, 3, side, side)
    y, x = divmod(at, 2)
    middle = side // 4
    rows, columns = middle + y * side // 2, middle + x * side // 2
    picture[:, :, rows - 6 : rows + 6, columns - 6 : columns + 6] = 1.0
    return picture


def hottest(heat):
    quarters = [float(part.sum()) for half in np.split(heat, 2, 0) for part in np.split(half, 2, 1)]
    return int(np.argmax(quarters))


class Bright(torch.nn.Module):
    """Its first output grows with what is bright, its second with what is not."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 2, 8, 8)
        self.act = torch.nn.ReLU(inplace=True)
        with torch.no_grad():
            self.conv.weight[0], self.conv.weight[1] = 1 / 192, -1 / 192
            self.conv.bias[0], self.conv.bias[1] = 0.0, 0.2

    def forward(self, pictures):
        return self.act(self.conv(pictures)).mean((2, 3))


@pytest.mark.parametrize("at", range(4))
def test_convolutions_looked_where_the_spot_is(at):
    heat = explaining.heat_of(Bright(), spotted(at), lambda said: said[:, 0])
    assert heat.shape == (1, 64, 64)
    assert hottest(heat[0]) == at
    assert heat.min() >= 0


def test_another_answer_looked_elsewhere():
    heat = explaining.heat_of(Bright(), spotted(0), lambda said: said[:, 1])[0]
    assert heat[10:22, 10:22].mean() < 0.5 * heat[42:54, 42:54].mean()


def test_what_speaks_against_it_is_no_heat():
    heat = explaining.heat_of(Bright(), spotted(0), lambda said: -said[:, 0])
    assert heat.max() == 0


def test_a_frozen_network_is_explained_as_well():
    network = Bright().requires_grad_(False)
    assert explaining.heat_of(network, spotted(3), lambda said: said[:, 0]).max() > 0


def test_a_network_of_timm_with_convolutions():
    network = backbone("mobilenetv3_small_050")
    heat = explaining.heat_of(network, torch.rand(2, 3, 64, 64), lambda said: said[:, 0])
    assert heat.shape == (2, 64, 64)
    assert np.isfinite(heat).all()


def backbone(name, **options):
    from identify.ml.backbones import build

    torch.manual_seed(0)
    return build(name, "random", **options).network.eval()


TINY = {"img_size": 64, "patch_size": 16, "embed_dim": 24, "depth": 2, "num_heads": 2}


@pytest.mark.parametrize("pooling", ["token", "avg"])
def test_a_transformer_of_timm(pooling):
    network = backbone("vit_tiny_patch16_224", global_pool=pooling, **TINY)
    fused = [block.attn.fused_attn for block in network.blocks]
    pictures = torch.rand(2, 3, 64, 64)
    heat = explaining.heat_of(network, pictures, lambda said: said[:, 0])
    assert heat.shape == (2, 64, 64)
    assert heat.min() >= 0
    assert heat.max() > 0
    assert [block.attn.fused_attn for block in network.blocks] == fused
    other = explaining.heat_of(network, pictures, lambda said: said[:, 1])
    assert not np.allclose(heat, other)  # of this answer, not of any


def test_a_transformer_with_registers_inside_another_module():
    network = backbone("vit_tiny_patch16_224", reg_tokens=4, **TINY)
    whole = torch.nn.Sequential(network, torch.nn.Linear(24, 3))
    heat = explaining.heat_of(whole, torch.rand(1, 3, 64, 64), lambda said: said[:, 2])
    assert heat.shape == (1, 64, 64)


@pytest.mark.parametrize("at", range(4))
def test_a_transformer_looked_where_its_attention_lies(at):
    """One that attends to the bright patch and answers by what it finds there."""
    network = backbone("vit_tiny_patch16_224", **(TINY | {"depth": 1, "num_heads": 1}))
    attention = network.blocks[0].attn
    with torch.no_grad():
        for weights in network.parameters():
            weights.zero_()
        for norm in (network.blocks[0].norm1, network.blocks[0].norm2, network.norm):
            norm.weight.fill_(1.0)
        network.patch_embed.proj.weight[0] = 0.05  # the first number of a patch: how bright it is
        attention.qkv.bias[0] = 6.0  # everybody asks for brightness
        attention.qkv.weight[24, 0] = 6.0
        attention.qkv.weight[48, 0] = 1.0
        attention.proj.weight[0, 0] = 1.0
    heat = explaining.heat_of(network, spotted(at), lambda said: said[:, 0])
    assert hottest(heat[0]) == at


def test_without_maps_and_attention_it_says_so():
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3 * 16, 2))
    with pytest.raises(explaining.NotExplainable):
        explaining.heat_of(network, torch.rand(1, 3, 4, 4), lambda said: said[:, 0])


# --- the network that serves ---------------------------------------------------------
@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return predict.load(small.write_models(tmp_path_factory.mktemp("models")))


def test_the_served_network_is_explained_face_by_face(model):
    coin = small.coin(small.BRIGHT, small.DARK, roles=("obverse", "reverse"))
    bright, dark = model.explain(coin, "roman_imperial", "ruler", "Trajan")
    assert bright.values.shape == (small.SIDE, small.SIDE)
    # one scale for both faces; of the dark one only the ground around it speaks for bright coins
    assert max(bright.values.max(), dark.values.max()) == 1.0
    assert dark.values[12:20, 12:20].mean() < 0.5 * bright.values[12:20, 12:20].mean()
    faces = model.predict([coin])[0].faces
    for heat, face in zip((bright, dark), faces, strict=True):
        assert heat.square == pytest.approx((*face.disc[:2], face.disc[2] * 1.04))


@pytest.mark.parametrize(
    ("scope", "field", "label"),
    [
        ("roman_imperial", "ruler", "Napoleon"),
        ("roman_imperial", "obverse_legend", "IMP C"),
        ("nowhere", "ruler", "Trajan"),
    ],
)
def test_what_no_head_says_has_no_heat(model, scope, field, label):
    assert model.explain(small.coin(small.BRIGHT), scope, field, label) == []


def test_a_photo_without_a_coin_has_no_heat(model):
    blank = small.Photographed(("a",), (np.full((200, 200, 3), 128, np.uint8),), ("obverse",))
    assert model.explain(blank, "roman_imperial", "ruler", "Trajan") == []


def test_one_of_two_names_stands_for_the_label_of_both():
    labels = ["Diocletian", "Maximian or Galerius", "Maximian"]
    assert chosen(labels, "Galerius") == [1]
    assert chosen(labels, "Maximian") == [1, 2]
    assert chosen(labels, "Nero") == []


def test_the_pass_through_before_the_pooling_changes_nothing():
    network = layers.torch_network(small.STEPS, small.weights_of(small.HEADS["ancient"]), ["ruler"])
    assert isinstance(network.before_pooling, torch.nn.Identity)


# --- as a picture --------------------------------------------------------------------
def test_heat_becomes_a_picture_one_sees_through():
    ramp = np.tile(np.linspace(0, 1, 16, dtype=np.float32), (16, 1))
    drawn = explaining.drawn(Heat(ramp, (0.5, 0.5, 0.4)))
    picture = Image.open(io.BytesIO(drawn.png))
    assert picture.mode == "RGBA"
    assert len(drawn.png) < 40_000
    row = [picture.getpixel((x, 128)) for x in (0, 80, 160, 255)]
    assert row[0][3] == 0
    assert all(one[3] < two[3] for one, two in pairwise(row))
    assert row[-1][3] < 255
    assert row[1][1] > row[2][1] > row[3][1]  # from yellow to red: ever less green
    assert drawn.square == (0.5, 0.5, 0.4)


def test_faces_share_one_scale():
    seen = Seen(faces=[Face("a", disc=(0.5, 0.5, 0.4)), Face("b", disc=(0.5, 0.5, 0.4)), Face("c")])
    heats = explaining.heats_of(seen, np.array([[[2.0]], [[1.0]]], np.float32))
    assert [float(one.values.max()) for one in heats] == [1.0, 0.5]
    still = explaining.heats_of(seen, np.zeros((2, 1, 1), np.float32))
    assert [float(one.values.max()) for one in still] == [0.0, 0.0]
