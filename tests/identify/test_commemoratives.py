"""2-euro commemoratives by likeness with one reference of each: pose, strip, map, answer."""

from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from identify.evaluation.retrieval import taken_again
from identify.ml.commemoratives import Commemoratives
from identify.ml.commemoratives.finding import References, Rule, chances
from identify.ml.commemoratives.network import (
    FACES_ENDS,
    KINDS,
    LOCATOR_ENDS,
    MAP,
    SIDE,
    Faces,
    Locator,
    torch_faces,
    torch_locator,
    weights_of,
)
from identify.ml.commemoratives.pose import (
    CANONICAL,
    COLUMNS,
    ROWS,
    composed,
    evened,
    pose_of,
    projection_of,
    spun,
    straightened,
    strip_of,
)
from identify.ml.package import BrokenModel, NoModel
from identify.ml.readers import unknown
from identify.ml.seeing import see
from identify.ml.training import coin_poses
from identify.ml.training.coin_photos import camera, otherwise_struck, relit, scene, strip_again
from identify.ml.training.coin_poses import laid, seen_from
from identify.ml.training.coin_sets import Coins
from identify.ml.training.coin_strips import choice, core_loss
from identify.ml.training.coin_strips import likeness as torch_likeness
from identify.ml.training.commemorative_figures import fitted, without
from identify.ml.training.commemoratives import Plan, run
from identify.values import Answer, Candidate, Photographed, Pixels

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
SHIPPED = Path(settings.BASE_DIR) / "identify" / "pretrained"
SET = DATA / "euro_commemoratives"
wants_data = pytest.mark.skipif(not SET.exists(), reason="no ../shared/data")
TILTED = np.array([0.05, -0.03, -0.2, 0.06, -0.04, 0.08, -0.05])


@pytest.fixture(scope="module")
def reader() -> Commemoratives:
    return Commemoratives.load(SHIPPED)


def drawn(seed: int, side: int = 300) -> Pixels:
    """A coin of ring and core, with a design of its own and twelve points around."""
    import cv2

    dice = np.random.default_rng(seed)
    picture = np.full((side, side, 3), 250, np.uint8)
    middle = (side // 2, side // 2)
    cv2.circle(picture, middle, round(side * 0.48), (190, 190, 195), -1, cv2.LINE_AA)
    cv2.circle(picture, middle, round(side * 0.36), (205, 180, 110), -1, cv2.LINE_AA)
    for at in range(12):
        angle = at * np.pi / 6
        place = side / 2 + side * 0.42 * np.array([np.cos(angle), np.sin(angle)])
        cv2.circle(picture, (int(place[0]), int(place[1])), 4, (90, 90, 90), -1, cv2.LINE_AA)
    for _line in range(9):
        ends = side / 2 + dice.uniform(-0.23, 0.23, (2, 2)) * side
        cv2.line(picture, tuple(ends[0].astype(int).tolist()), tuple(ends[1].astype(int).tolist()), (80, 65, 40), int(dice.integers(2, 6)), cv2.LINE_AA)  # fmt: skip
    return picture


def cut(picture: Pixels) -> Pixels:
    return see(Photographed(("coin",), (picture,))).crops[0]


# --- pose -----------------------------------------------------------------------------
def test_a_pose_and_its_projection_are_one() -> None:
    assert pose_of(projection_of(TILTED)) == pytest.approx(TILTED)


def test_a_turn_is_no_part_of_the_pose() -> None:
    assert pose_of(projection_of(TILTED) @ spun(1.3)) == pytest.approx(TILTED)


def test_a_coin_that_was_straightened_lies_as_if_cut_out() -> None:
    assert composed(TILTED, CANONICAL) == pytest.approx(TILTED)
    assert composed(CANONICAL, TILTED) == pytest.approx(TILTED)


def test_a_tilted_coin_is_laid_straight() -> None:
    import cv2

    picture, side = drawn(1), 300
    half = np.array([[side / 2, 0, side / 2 - 0.5], [0, side / 2, side / 2 - 0.5], [0, 0, 1]])
    to_there = half @ projection_of(TILTED) @ np.linalg.inv(half @ projection_of(CANONICAL))
    seen = np.asarray(cv2.warpPerspective(picture, to_there, (side, side)), np.uint8)
    back = straightened(seen, TILTED, side)
    inside = np.hypot(*(np.mgrid[:side, :side] - side / 2)) < side * 0.45
    off = np.abs(back.astype(float) - picture)[inside].mean()
    assert off < 0.3 * np.abs(seen.astype(float) - picture)[inside].mean()


def test_a_turned_coin_has_a_shifted_strip() -> None:
    picture = drawn(2)
    strip, turned = strip_of(picture, CANONICAL), strip_of(np.rot90(picture).copy(), CANONICAL)
    assert strip.shape == (ROWS, COLUMNS)
    shifted = np.roll(strip, -COLUMNS // 4, axis=1)
    assert np.corrcoef(shifted[8:].ravel(), turned[8:].ravel())[0, 1] > 0.95


def test_light_and_contrast_are_taken_out() -> None:
    dice = np.random.default_rng(0)
    strip = dice.uniform(60, 180, (ROWS, COLUMNS)).astype(np.float32)
    assert evened(strip * 0.6 + 40) == pytest.approx(evened(strip), abs=0.1)


# --- networks -------------------------------------------------------------------------
def worn(network):
    """Batch norms as after training."""
    import torch

    torch.manual_seed(0)
    with torch.no_grad():
        for part in network[0]:
            if hasattr(part, "running_mean"):
                part.running_mean.uniform_(-0.2, 0.2)
                part.running_var.uniform_(0.5, 2)
    return network.eval()


def test_numpy_locates_as_torch_does() -> None:
    import torch

    network, dice = worn(torch_locator()), np.random.default_rng(0)
    seen = dice.integers(0, 255, (3, SIDE, SIDE, 3)).astype(np.uint8)
    with torch.no_grad():
        told = network(torch.from_numpy(seen).permute(0, 3, 1, 2).float() / 127.5 - 1)
    said = Locator(weights_of(network, LOCATOR_ENDS)).run(seen)
    assert said == pytest.approx(told.numpy() + CANONICAL, abs=1e-4)


def test_numpy_maps_as_torch_does() -> None:
    import torch

    network, dice = worn(torch_faces()), np.random.default_rng(0)
    strips = dice.normal(0, 1, (2, ROWS, COLUMNS)).astype(np.float32)
    with torch.no_grad():
        told = network(torch.from_numpy(strips)[:, None]).numpy()
    maps = Faces(weights_of(network, FACES_ENDS)).run(strips)
    assert maps.shape == (2, KINDS, *MAP)
    assert (maps**2).sum((1, 2, 3)) == pytest.approx([1, 1], abs=1e-5)
    length = np.sqrt((told**2).sum((1, 2, 3), keepdims=True))
    assert maps == pytest.approx(told / length, abs=1e-5)


def test_a_map_goes_around_with_its_strip() -> None:
    faces = Faces(weights_of(worn(torch_faces()), FACES_ENDS))
    strip = np.random.default_rng(1).normal(0, 1, (ROWS, COLUMNS)).astype(np.float32)
    step = COLUMNS // MAP[1]
    [plain, turned] = faces.run(np.stack([strip, np.roll(strip, 5 * step, axis=1)]))
    assert np.roll(plain, 5, axis=2) == pytest.approx(turned, abs=1e-5)


def maps(count: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(0, 1, (count, KINDS, *MAP)).astype(np.float32)
    return found / np.sqrt((found**2).sum((1, 2, 3), keepdims=True))


def test_networks_lay_their_maps_on_top_of_each_other() -> None:
    faces = Faces(weights_of(worn(torch_faces()), FACES_ENDS))
    strip = np.random.default_rng(1).normal(0, 1, (ROWS, COLUMNS)).astype(np.float32)
    two = Commemoratives(None, [faces, faces], References("", maps(0)), Rule()).map_of(strip)  # type: ignore[arg-type]
    assert two.shape == (1, 2 * KINDS, *MAP)
    assert (two**2).sum() == pytest.approx(1, abs=1e-5)


def test_the_middle_of_a_joint_issue_is_drawn_together() -> None:
    import torch

    own = maps(3)
    joint = own[[0, 0, 1]]
    alike, unlike = (torch.from_numpy(np.concatenate([one, one])) for one in (joint, own))
    series = np.array(["2012", "2012", "other"])
    assert core_loss(alike, series) < core_loss(unlike, series)
    assert core_loss(unlike, np.array(list("abc"))) == 0


def test_a_reference_is_found_at_any_turn() -> None:
    known = maps(6)
    asked = np.roll(known[[4, 1]], (0, 17), axis=(0, 3))
    said = References("abcdef", known).likeness(asked)
    assert said.argmax(1).tolist() == [4, 1]
    assert said.max(1) == pytest.approx([1, 1], abs=1e-5)
    assert np.sort(said, axis=1)[:, -2].max() < 0.3


def test_training_compares_as_serving_does() -> None:
    import torch

    known, asked = maps(5), maps(3, seed=1)
    trained = torch_likeness(torch.from_numpy(asked), torch.from_numpy(known)).numpy()
    assert References("abcde", known).likeness(asked) == pytest.approx(trained, abs=1e-5)


# --- answers --------------------------------------------------------------------------
def saying(rule: Rule) -> Commemoratives:
    return Commemoratives(None, [], References("abc", maps(3)), rule)  # type: ignore[arg-type]


def test_what_is_like_one_reference_is_that_one() -> None:
    said = saying(Rule(0.05, 0.5, 0.6)).answer(np.array([0.3, 0.9, 0.4], np.float32), 2)
    assert (said.abstained, [one.label for one in said.candidates]) == (False, ["b", "c"])


def test_what_is_like_none_is_not_named() -> None:
    assert saying(Rule(0.05, 0.5, 0.6)).answer(np.array([0.3, 0.35, 0.2], np.float32), 3).abstained


def test_what_is_like_two_is_not_named() -> None:
    assert saying(Rule(0.05, 0.5, 0.6)).answer(np.array([0.9, 0.9, 0.2], np.float32), 3).abstained


def test_chances_leave_room_for_none_of_them() -> None:
    shares = chances(np.array([0.5, 0.1], np.float32), Rule(0.05, 0.5))
    assert shares[0] == pytest.approx(0.5, abs=0.01)
    assert shares.sum() < 0.51


def test_without_references_nothing_is_said() -> None:
    empty = References((), np.zeros((0, KINDS, *MAP), np.float32))
    said = Commemoratives(None, [], empty, Rule()).answer(np.zeros(0, np.float32), 5)  # type: ignore[arg-type]
    assert (said.candidates, said.abstained) == ((), True)


def test_what_is_like_its_reference_is_no_stranger() -> None:
    found = Answer((Candidate("2008_belgium", 0.98),))
    assert unknown(0.7, {"commemorative": found}) == pytest.approx(0.02)
    assert unknown(0.01, {"commemorative": found}) == 0.01


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"year": Answer((Candidate("1944", 0.99),))},
        {"commemorative": Answer((Candidate("2008_belgium", 0.55),), abstained=True)},
        {"commemorative": Answer((), abstained=True)},
    ],
)
def test_nothing_else_makes_a_stranger_known(more: dict[str, Answer]) -> None:
    assert unknown(0.7, more) == 0.7


# --- training -------------------------------------------------------------------------
def coins(series: int = 3, alone: int = 9) -> Coins:
    names = [f"2012_land{at}_all" for at in range(series)] + [f"2010_land{at}" for at in range(alone)]  # fmt: skip
    kept = [at == 0 for at in range(len(names))]
    return Coins(names, [drawn(at, 120) for at in range(len(names))], kept, [drawn(99, 120)] * 4, list("wxyz"), [])  # fmt: skip


def test_a_design_that_is_kept_aside_is_never_shown() -> None:
    dice = np.random.default_rng(0)
    for _batch in range(30):
        chosen = choice(coins(), 10, dice)
        assert 0 not in chosen
        assert len(set(chosen.tolist())) == len(chosen)


def test_a_camera_turns_and_tilts_and_never_mirrors() -> None:
    dice = np.random.default_rng(0)
    for _photo in range(50):
        seen = camera(dice)
        assert np.linalg.det(seen[:2, :2] - np.outer(seen[:2, 2], seen[2, :2])) > 0.7
        pose = pose_of(seen)
        assert np.abs(pose[3:5]).max() < 0.1
        assert np.abs(pose[:2]).max() < 1e-6


def test_photos_again_keep_their_form() -> None:
    dice, picture = np.random.default_rng(0), drawn(3, 120)
    for _photo in range(8):
        assert relit(picture, dice).shape == picture.shape
        for struck in (False, True):
            strip = strip_again(picture, np.full(7, 0.01), dice, struck)
            assert strip.shape == (ROWS, COLUMNS)
        assert otherwise_struck(picture[..., 0], dice).shape == picture.shape[:2]


def test_a_scene_knows_where_its_coin_lies() -> None:
    dice, picture = np.random.default_rng(4), drawn(3, 240)
    fits = []
    for _photo in range(12):
        shown, pose = scene(picture, [drawn(8, 240)], dice, 320)
        strip = strip_of(shown, pose)
        ours = References("a", folded(strip_of(picture, CANONICAL))).likeness(folded(strip))
        fits.append(float(ours[0, 0]))
    assert np.median(fits) > 0.4


def folded(strip: np.ndarray) -> np.ndarray:
    """A map without a network: means of small pieces of the strip."""
    small = strip[:56].reshape(7, 8, MAP[1], -1).mean(3).transpose(0, 1, 2)[None]
    padded = np.pad(small, ((0, 0), (0, KINDS - 7), (0, 0), (0, 0)))
    centred = (padded - padded.mean(3, keepdims=True)).astype(np.float32)
    return centred / np.sqrt((centred**2).sum())


@pytest.mark.parametrize("way", range(8))
def test_a_scene_may_be_turned_and_mirrored_with_its_pose(way: int) -> None:
    picture = drawn(5, 200)
    turned = np.ascontiguousarray(seen_from(picture[None], way)[0])
    back = straightened(turned, laid(TILTED, way), 200)
    plain = straightened(picture, TILTED, 200)
    ring = np.hypot(*(np.mgrid[:200, :200] - 100)) / 100
    core = ring < 0.2  # a mean over the middle is the same however it is turned
    assert back[core].mean() == pytest.approx(plain[core].mean(), abs=2)


def test_a_rule_is_learnt_from_the_known_and_from_strangers() -> None:
    dice = np.random.default_rng(0)
    truth = np.arange(60) % 5
    known = dice.normal(0.3, 0.05, (60, 5)).astype(np.float32)
    known[np.arange(60), truth] = dice.normal(0.9, 0.05, 60)
    rule = fitted(known, truth, without(known, truth))
    assert 0.4 < rule.none < 0.8
    assert chances(known[0], rule).max() > 0.95
    assert chances(without(known, truth)[0], rule).max() < 0.2


def test_training_writes_what_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks that have learnt nothing: that all parts fit, and that new references need no training."""
    import cv2

    monkeypatch.setattr(coin_poses, "CHECKED", 4)
    folder, names = tmp_path / "euro_commemoratives", [f"20{at}_malta" for at in range(10, 20)]
    folder.mkdir()
    for at, name in enumerate(names):
        cv2.imwrite(str(folder / f"{name}.jpg"), drawn(at))
    lines = [f"{name}.jpg,{name[:4]},malta," for name in names]
    (folder / "labels.csv").write_text("\n".join(["file,year,country,issue", *lines]))
    told: list[str] = []
    run(tmp_path, tmp_path, Plan(scenes=6, locating=2, comparing=2, batch=4), told.append)
    reader = Commemoratives.load(tmp_path)
    assert list(reader.references.labels) == names
    assert len(reader.find_many([cut(drawn(0))], top=3)[0].candidates) == 3
    cv2.imwrite(str(folder / "2020_malta.jpg"), drawn(10))
    with (folder / "labels.csv").open("a") as file:
        file.write("\n2020_malta.jpg,2020,malta,\n")
    call_command("train_commemoratives", data=tmp_path, out=tmp_path, references_only=True)
    assert Commemoratives.load(tmp_path).references.labels[-1] == "2020_malta"


def test_training_without_the_data_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"euro_commemoratives/labels\.csv"):
        call_command("train_commemoratives", data=tmp_path, out=tmp_path)


def test_new_references_want_networks(tmp_path: Path) -> None:
    (tmp_path / "euro_commemoratives").mkdir()
    (tmp_path / "euro_commemoratives" / "labels.csv").write_text("file,year,country,issue\n")
    with pytest.raises(CommandError, match="There is no model"):
        call_command("train_commemoratives", data=tmp_path, out=tmp_path, references_only=True)


# --- what is shipped ------------------------------------------------------------------
def test_no_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoModel):
        Commemoratives.load(tmp_path)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("commemoratives.json", "commemoratives.safetensors"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    with (tmp_path / "commemoratives.safetensors").open("r+b") as file:
        file.seek(50_000)
        file.write(b"damaged")
    with pytest.raises(BrokenModel):
        Commemoratives.load(tmp_path)


def test_the_shipped_files_are_small() -> None:
    assert sum(one.stat().st_size for one in SHIPPED.glob("commemoratives.*")) <= 3_000_000


def test_what_is_no_commemorative_is_not_named(reader: Commemoratives) -> None:
    dice = np.random.default_rng(0)
    blank, noise = np.full((200, 200, 3), 128, np.uint8), dice.integers(0, 255, (200, 200, 3), np.uint8)  # fmt: skip
    for said in reader.find_many([blank, noise, *(cut(drawn(seed)) for seed in range(4))]):
        assert said.abstained


def test_nothing_asked_nothing_said(reader: Commemoratives) -> None:
    assert reader.find_many([]) == []


def test_a_new_design_is_found_by_one_picture(reader: Commemoratives) -> None:
    """Designs that no training has seen, drawn here: their references are only laid down."""
    dice = np.random.default_rng(1)
    designs = [drawn(seed) for seed in range(20, 30)]
    names = [str(at) for at in range(len(designs))]
    known = References(names, reader.maps([cut(one) for one in designs]))
    asked = [cut(taken_again(one, dice)) for one in designs]
    found = known.likeness(reader.maps(asked)).argmax(1)
    assert (found == np.arange(len(designs))).mean() >= 0.8


@wants_data
def test_shipped_reader_finds_references_photographed_again(reader: Commemoratives) -> None:
    import cv2

    dice, right = np.random.default_rng(5), []
    for path in sorted(SET.glob("*.jpg"))[::8]:
        picture = cv2.imread(str(path))
        assert picture is not None
        image = taken_again(np.ascontiguousarray(picture[..., ::-1], np.uint8), dice)
        [said] = reader.find_many([cut(image)])
        right.append(said.candidates[0].label == path.stem)
    assert np.mean(right) >= 0.9
