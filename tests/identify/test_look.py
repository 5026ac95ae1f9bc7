"""The first stage on drawn pictures, and on real photos where the data folder lies beside the project."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from identify.ml.look import Disc, crop, look, pair
from tests.catalog import drawn

DATA = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data beside the project")


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"))


def sheet(places: list[tuple[int, int, int]], size: tuple[int, int], ground: str = "#e8e4dc"):
    """Coins of given middle and radius on one ground."""
    page = Image.new("RGB", size, ground)
    for number, (x, y, r) in enumerate(places):
        coin = drawn.coin(seed=number + 1, ground=ground).crop((36, 36, 364, 364))
        coin = coin.resize((2 * r, 2 * r), Image.Resampling.LANCZOS)
        disc = Image.new("L", coin.size)
        ImageDraw.Draw(disc).ellipse((0, 0, 2 * r - 1, 2 * r - 1), fill=255)
        page.paste(coin, (x - r, y - r), disc)
    return page


def codes(image: Image.Image) -> list[str]:
    return [problem.code for problem in look(pixels(image)).problems]


def near(disc: Disc, x: float, y: float, r: float, within: float = 0.06) -> bool:
    return max(abs(disc.cx - x), abs(disc.cy - y), abs(disc.r - r)) <= within * r + 1


@pytest.mark.parametrize("side", [120, 200, 400, 1500])
def test_one_coin_on_paper(side: int) -> None:
    seen = look(pixels(drawn.coin(side)))
    [disc] = seen.discs
    assert near(disc, side / 2, side / 2, 0.4 * side)
    assert seen.usable


def test_a_coin_that_fills_its_photo_is_not_cut_into() -> None:
    [disc] = look(pixels(drawn.coin(400).crop((40, 40, 360, 360)))).discs
    assert disc.r >= 155


def test_the_scale_at_the_side_is_no_part_of_the_coin() -> None:
    image = drawn.coin(400, ground="white")
    draw = ImageDraw.Draw(image)
    for number in range(10):
        draw.rectangle(
            (388, 40 * number, 399, 40 * number + 39), fill="black" if number % 2 else "#999"
        )
    [disc] = look(pixels(image)).discs
    assert near(disc, 200, 200, 160)


def test_two_faces_side_by_side_are_a_pair() -> None:
    discs = look(pixels(sheet([(150, 150, 110), (410, 150, 110)], (560, 300)))).discs
    assert [round(disc.cx, -1) for disc in discs] == [150, 410]
    assert pair(discs) == [tuple(discs)]
    assert pair(discs, obverse="right") == [tuple(reversed(discs))]


def test_two_coins_that_touch_are_two() -> None:
    discs = look(pixels(sheet([(150, 150, 110), (371, 150, 110)], (520, 300)))).discs
    assert len(discs) == 2
    assert near(discs[0], 150, 150, 110, 0.1)


def test_two_faces_on_black() -> None:
    discs = look(pixels(sheet([(150, 150, 110), (410, 150, 110)], (560, 300), "#050505"))).discs
    assert len(discs) == 2


@pytest.mark.parametrize("ground", ["#e8e4dc", "#1b1b20", "#7a1420"])
def test_twelve_coins_are_twelve_discs_in_reading_order(ground: str) -> None:
    places = [
        (150 + 220 * column, 150 + 220 * row, 60 + 8 * column)
        for row in range(3)
        for column in range(4)
    ]
    discs = look(pixels(sheet(places, (960, 740), ground))).discs
    assert len(discs) == 12
    assert all(near(disc, *place, within=0.1) for disc, place in zip(discs, places, strict=True))


def test_a_neighbour_that_the_frame_cuts_through_is_left_out() -> None:
    [disc] = look(pixels(sheet([(200, 200, 120), (420, 60, 110)], (400, 400)))).discs
    assert near(disc, 200, 200, 120)


def test_a_coin_on_cloth() -> None:
    rng = np.random.default_rng(4)
    cloth = Image.fromarray(rng.integers(40, 150, (400, 400, 3), dtype=np.uint8))
    cloth = cloth.filter(ImageFilter.GaussianBlur(1))
    page = sheet([(200, 190, 130)], (400, 400))
    disc = Image.new("L", (400, 400))
    ImageDraw.Draw(disc).ellipse((70, 60, 330, 320), fill=255)
    [found] = look(pixels(Image.composite(page, cloth, disc))).discs
    assert found.r >= 125, "whole rather than cut into"


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (Image.new("RGB", (1, 1), "white"), "too_small"),
        (Image.new("RGB", (400, 15), "white"), "too_small"),
        (Image.new("RGB", (300, 300), "black"), "blank"),
        (Image.new("RGB", (300, 300), "white"), "blank"),
        (Image.effect_noise((300, 300), 90), "noise"),
        (sheet([], (300, 300)), "blank"),
    ],
    ids=["1x1", "a strip", "black", "white", "noise", "a sheet"],
)
def test_nothing_to_ask_a_model_about(image: Image.Image, code: str) -> None:
    seen = look(pixels(image))
    assert [problem.code for problem in seen.problems] == [code]
    assert not seen.discs
    assert not seen.usable


def test_which_blank() -> None:
    tones = [
        look(pixels(Image.new("RGB", (90, 90), tone))).problems[0].params
        for tone in ("black", "grey", "white")
    ]
    assert tones == [{"tone": "dark"}, {"tone": "grey"}, {"tone": "light"}]


def test_a_banknote_on_a_table_is_no_coin() -> None:
    page = Image.new("RGB", (400, 300), "#d8d2c8")
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 80, 360, 220), fill="#7d9a86")
    draw.rectangle((60, 100, 150, 200), fill="#3d5a46")
    assert codes(page) == ["no_coin"]


def test_a_sharp_coin_has_no_problem_and_a_blurred_one_says_so() -> None:
    image = drawn.coin(400)
    assert codes(image) == []
    assert codes(image.filter(ImageFilter.GaussianBlur(9))) == ["blurred"]


def test_glare() -> None:
    image = drawn.coin(400)
    ImageDraw.Draw(image).ellipse((120, 90, 300, 260), fill="white")
    assert codes(image) == ["glare"]


def test_a_coin_of_thirty_pixels_is_found_and_said_to_be_small() -> None:
    seen = look(pixels(sheet([(60, 60, 15)], (120, 120))))
    assert len(seen.discs) == 1
    assert "too_small" in [problem.code for problem in seen.problems]


def test_a_crop_is_a_square_of_the_size_asked_for() -> None:
    image = pixels(drawn.coin(400))
    square = crop(image, Disc(200, 200, 160), 96)
    assert square.shape == (96, 96, 3)
    assert square.dtype == np.uint8
    assert np.abs(square[0, 0].astype(int) - image[0, 0]).max() < 4


def test_a_crop_over_the_edge_repeats_the_edge() -> None:
    image = np.full((50, 80, 3), 200, dtype=np.uint8)
    assert (crop(image, Disc(40, 25, 40), 64) == 200).all()
    assert (crop(image, Disc(500, 500, 10), 16) == 200).all()


def test_a_masked_crop_is_white_around_the_coin() -> None:
    square = crop(np.zeros((100, 100, 3), dtype=np.uint8), Disc(50, 50, 40), 64, mask=True)
    assert (square[0, 0] == 255).all()
    assert (square[32, 32] == 0).all()


def test_a_disc_is_kept_as_a_photos_edit() -> None:
    assert Disc(100, 50, 40).as_crop(400, 200) == (0.25, 0.25, 0.2)
    assert Disc(100, 100, 150).as_crop(200, 200) == (0.5, 0.5, 0.75)


def test_a_tray_of_pairs_with_one_left_over() -> None:
    discs = [Disc(x, y, r) for y, r in ((100, 50), (300, 60)) for x in (100, 220, 500, 630)] + [
        Disc(900, 100, 30)
    ]
    assert [len(one) for one in pair(discs)] == [2, 2, 1, 2, 2]


def test_coins_of_two_sizes_are_no_pair() -> None:
    assert pair([Disc(100, 100, 50), Disc(220, 100, 65)]) == [
        (Disc(100, 100, 50),),
        (Disc(220, 100, 65),),
    ]


def test_two_above_each_other_are_a_pair_with_the_upper_one_first() -> None:
    upper, lower = Disc(100, 100, 50), Disc(104, 220, 51)
    assert pair([lower, upper]) == [(upper, lower)]


@real
def test_scale_bars_of_real_photos_stay_outside() -> None:
    for path in sorted((DATA / "tetrarchs").glob("*.jpg"))[:40]:
        with Image.open(path) as image:
            seen = look(pixels(image))
        [disc] = seen.discs
        assert disc.cx + disc.r < 0.975 * seen.width, path.name


@real
@pytest.mark.parametrize("name", ["roman_imperial", "euro_commemoratives", "us_cents"])
def test_real_coins_that_fill_their_photos_are_not_cut_into(name: str) -> None:
    small = []
    for path in sorted((DATA / name).glob("*.jpg"))[:60]:
        with Image.open(path) as image:
            seen = look(pixels(image))
        if len(seen.discs) != 1 or seen.discs[0].r < 0.4 * min(seen.width, seen.height):
            small.append(path.name)
    assert len(small) <= 3, small


@real
def test_a_sample_of_loose_change_is_not_refused() -> None:
    paths = sorted((DATA / "euro_denominations").rglob("*.jpg"))[::9]
    refused = []
    for path in paths:
        with Image.open(path) as image:
            if not look(pixels(image)).usable:
                refused.append(path.name)
    assert not refused
