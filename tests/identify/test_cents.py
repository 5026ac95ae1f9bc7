import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from identify.ml.cents import CentReader
from identify.ml.cents.alignment import RADIUS, SIDE, Aligner, edges, framed, matrix, square
from identify.ml.cents.network import DIGITS, MARKS, OUTPUTS, Reader, torch_reader, weights_of
from identify.ml.cents.reading import Rule, answer, logs, part, together
from identify.ml.cents.struck import PAIRS, YEARS, was_struck
from identify.ml.cents.windows import (
    COLUMNS,
    KINDS,
    ROWS,
    SHIFTS,
    date_strip,
    directions,
    shifted_windows,
)
from identify.ml.package import BrokenModel, NoModel
from identify.ml.training.cents import bent, recall, relit

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
SHIPPED = Path(settings.BASE_DIR) / "identify" / "pretrained"
wants_data = pytest.mark.skipif(not (DATA / "us_cents").exists(), reason="no ../shared/data")


@pytest.fixture(scope="module")
def reader() -> CentReader:
    return CentReader.load(SHIPPED)


@pytest.fixture
def drawn() -> np.ndarray:
    """Nothing like a cent, but nothing that is the same from two sides either."""
    import cv2

    picture = np.full((300, 300), 90, np.uint8)
    cv2.circle(picture, (150, 150), 138, 170, -1)
    cv2.rectangle(picture, (90, 60), (170, 230), 40, -1)
    cv2.putText(picture, "LIBERTY", (30, 130), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 250, 2)
    cv2.putText(picture, "1944", (180, 190), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 250, 2)
    return picture


def chances_of(year: int, sure: float = 0.97) -> np.ndarray:
    digits = np.full((4, DIGITS), (1 - sure) / 9)
    digits[np.arange(4), [int(letter) for letter in str(year)]] = sure
    return np.log(digits).astype(np.float32)


def chances_of_mark(**shares: float) -> np.ndarray:
    return np.log([shares.get(mark, 0.001) for mark in MARKS]).astype(np.float32)


# --- which cents there are ------------------------------------------------------
@pytest.mark.parametrize(
    ("year", "mark", "struck"),
    [
        (1909, "S", True),
        (1909, "D", False),
        (1922, "none", False),
        (1922, "D", True),
        (1966, "S", False),
        (2017, "P", True),
        (2018, "P", False),
        (2019, "W", True),
    ],
)
def test_record_of_the_mint(year: int, mark: str, struck: bool) -> None:
    assert was_struck(year, mark) is struck


def test_something_was_struck_every_year() -> None:
    assert all(any(marks) for marks in PAIRS)


# --- from digits to answers -------------------------------------------------------
def test_digits_make_the_year() -> None:
    years, _marks = together(chances_of(1944), chances_of_mark(D=0.9))
    assert YEARS[int(years.argmax())] == 1944
    assert years.sum() == pytest.approx(1, abs=1e-5)


def test_a_mint_mark_decides_between_two_years() -> None:
    digits = chances_of(1943)
    digits[3, [1, 3]] = np.log([0.45, 0.5])  # 1931 would have S, 1933 never had it
    digits[2, 3], digits[2, 4] = np.log(0.97), np.log(0.003)
    years, _marks = together(digits, chances_of_mark(S=0.98))
    assert YEARS[int(years.argmax())] == 1931


def test_a_mark_that_no_year_had_still_may_be_read() -> None:
    _years, marks = together(chances_of(1966, 0.9999), chances_of_mark(S=0.99999))
    assert MARKS[int(marks.argmax())] == "S"


def test_heat_takes_confidence_away() -> None:
    cold, hot = (together(chances_of(1944), chances_of_mark(D=0.9), (t, t))[0] for t in (1.0, 3.0))
    assert hot.max() < cold.max()


def test_an_unsure_reader_abstains() -> None:
    shares = np.array([0.4, 0.35, 0.25], np.float32)
    assert answer(shares, ["a", "b", "c"], 0.5, True).abstained
    assert not answer(shares, ["a", "b", "c"], 0.3, True).abstained


def test_what_is_no_cent_is_not_read_however_sure() -> None:
    assert answer(np.array([1.0, 0.0], np.float32), ["a", "b"], 0.3, False).abstained


def test_chances_sum_to_one() -> None:
    assert np.exp(logs(np.array([[1.0, 2.0, 3.0]], np.float32))).sum() == pytest.approx(1)


# --- laying it straight -----------------------------------------------------------
def test_a_narrow_picture_is_squared_with_its_coin_in_the_middle() -> None:
    picture = np.zeros((40, 100), np.uint8)
    picture[20, 50] = 255
    assert square(picture).shape == (100, 100)
    assert square(picture)[50, 50] == 255


def test_a_turned_and_shifted_coin_is_found(drawn: np.ndarray) -> None:
    import cv2

    straight = np.array([SIDE / 2, SIDE / 2, SIDE * RADIUS, 0.0])
    aligner = Aligner(framed(edges(drawn), straight))
    moved = cv2.warpAffine(
        drawn, cv2.getRotationMatrix2D((150, 150), -9, 0.85), (300, 300), borderValue=90
    )
    pose, fit = aligner.find(edges(moved))
    assert fit > 0.8
    assert pose[2] == pytest.approx(0.85 * SIDE * RADIUS, rel=0.04)
    assert np.rad2deg(pose[3]) == pytest.approx(9, abs=2)


def test_the_middle_of_the_frame_is_the_middle_of_the_coin() -> None:
    pose = np.array([120.0, 140.0, 80.0, 0.2])
    assert matrix(pose, 128) @ [64, 64, 1] == pytest.approx([120, 140])


def test_strip_and_windows_have_their_sizes(drawn: np.ndarray) -> None:
    strip = date_strip(drawn, np.array([128.0, 128, 118, 0]))
    assert shifted_windows(strip).shape == (len(SHIFTS), 5, KINDS, ROWS, COLUMNS)


def test_raised_and_sunk_digits_look_the_same(drawn: np.ndarray) -> None:
    assert directions(255 - drawn) == pytest.approx(directions(drawn), abs=1e-3)


# --- the network --------------------------------------------------------------------
def test_numpy_says_what_torch_says() -> None:
    import torch

    torch.manual_seed(0)
    network = torch_reader()
    with torch.no_grad():
        for at in (1, 5):  # batch norms as after training
            network[at].running_mean.uniform_(-0.5, 0.5)
            network[at].running_var.uniform_(0.5, 2)
    network.eval()
    seen = torch.randn(7, KINDS, ROWS, COLUMNS)
    with torch.no_grad():
        wanted = network(seen).numpy()
    said = Reader(weights_of(network)).run(seen.numpy())
    assert said.shape == (7, OUTPUTS)
    assert said == pytest.approx(wanted, abs=1e-4)


def test_parts_of_a_file_are_told_apart() -> None:
    assert part({"0.first": 1, "1.first": 2}, "1.") == {"first": 2}


# --- training -----------------------------------------------------------------------
def test_relit_strips_keep_their_size() -> None:
    dice = np.random.default_rng(0)
    strip = np.full((130, 156), 100, np.uint8)
    assert all(relit(strip, dice).shape == strip.shape for _try in range(8))


def test_bends_are_small_and_never_mirror() -> None:
    dice = np.random.default_rng(0)
    assert all(0.6 < np.linalg.det(bent(dice)[0]) < 1.6 for _try in range(50))


def test_a_mark_nobody_asked_for_has_no_recall() -> None:
    assert recall(np.array([True]), np.array([False])) == {"support": 0, "recall": 0.0}


def test_training_without_the_data_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"us_cents/labels\.csv"):
        call_command("train_cents", data=tmp_path, out=tmp_path)


# --- what is shipped ------------------------------------------------------------------
def test_no_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoModel):
        CentReader.load(tmp_path)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("cents.json", "cents.safetensors"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    with (tmp_path / "cents.safetensors").open("r+b") as file:
        file.seek(5000)
        file.write(b"damaged")
    with pytest.raises(BrokenModel):
        CentReader.load(tmp_path)


def test_the_shipped_file_is_small() -> None:
    assert (SHIPPED / "cents.safetensors").stat().st_size <= 2_500_000


def test_no_cent_is_not_read(reader: CentReader, drawn: np.ndarray) -> None:
    blank, noise = (np.full((200, 200, 3), 128, np.uint8), np.random.default_rng(0).integers(0, 255, (200, 200, 3), np.uint8))  # fmt: skip
    for said in reader.read_many([blank, noise, np.dstack([drawn] * 3)]):
        assert said["year"].abstained
        assert said["mint_mark"].abstained


def test_a_rule_of_its_own_is_taken(reader: CentReader) -> None:
    strict = CentReader(reader.aligner, reader.readers, Rule(fit=2.0))
    assert strict.read(np.zeros((64, 64, 3), np.uint8))["year"].abstained


def some_cents() -> Iterator[tuple[np.ndarray, str, str]]:
    import cv2

    with (DATA / "us_cents" / "labels.csv").open() as file:
        for row in list(csv.DictReader(file))[::10]:
            picture = cv2.imread(str(DATA / "us_cents" / row["file"]))
            assert picture is not None
            yield picture[..., ::-1].copy(), row["year"], row["mint_mark"] or "none"


@wants_data
def test_shipped_reader_reads_cents(reader: CentReader) -> None:
    """Coins that it was shown: that the file and the serving code belong together, not how good it is."""
    images, years, marks = zip(*some_cents(), strict=True)
    said = reader.read_many(images)
    right = [one["year"].candidates[0].label == year for one, year in zip(said, years, strict=True)]
    marked = [
        one["mint_mark"].candidates[0].label == mark for one, mark in zip(said, marks, strict=True)
    ]
    assert np.mean(right) >= 0.92
    assert np.mean(marked) >= 0.92
