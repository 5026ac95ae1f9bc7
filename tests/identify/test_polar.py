import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from identify.ml.legends import polar
from tests.identify.struck import coin


def square(size: int = 300) -> np.ndarray:
    return np.full((size, size, 3), 255, np.uint8)


def disc(
    cx: float, cy: float, a: float, b: float, tilt: float = 0.0, size: int = 300
) -> np.ndarray:
    import cv2

    image = square(size)
    cv2.ellipse(image, ((cx, cy), (2 * a, 2 * b), tilt), (90, 80, 60), cv2.FILLED)
    return image


def test_finds_the_rim_of_an_oval_coin() -> None:
    found = polar.ring_of(disc(152, 148, 140, 125, 30))
    assert found.cx == pytest.approx(152, abs=2)
    assert found.cy == pytest.approx(148, abs=2)
    assert sorted((found.a, found.b)) == pytest.approx([125, 140], abs=2)


@pytest.mark.parametrize("image", [square(), disc(150, 150, 30, 30), disc(60, 60, 50, 50)])
def test_where_the_ground_does_not_tell_the_crop_does(image: np.ndarray) -> None:
    found = polar.ring_of(image)
    assert (found.cx, found.cy) == (150, 150)
    assert found.a == pytest.approx(150 / polar.MARGIN)


def test_an_uneven_ground_is_no_rim() -> None:
    image = disc(150, 150, 140, 140)
    image[:150, :150] = 0
    assert polar.ring_of(image).a == pytest.approx(150 / polar.MARGIN)


def test_a_mark_on_the_rim_stands_where_its_angle_says() -> None:
    ring = polar.Ring(150, 150, 140, 140)
    grey = np.zeros((300, 300), np.uint8)
    grey[145:156, 25:36] = 255  # nine o'clock
    strip = polar.unroll(grey, ring)
    column = int(strip.max(axis=0).argmax())
    assert polar.angle_at((column + 0.5) / polar.WIDTH) == pytest.approx(270, abs=5)


def test_the_strip_runs_clockwise_from_before_the_bottom_to_behind_it() -> None:
    assert polar.angle_at(0.0) == 150
    assert polar.angle_at(1.0) == (150 + 420) % 360
    assert polar.angle_at(0.25) > polar.angle_at(0.2)


@pytest.mark.parametrize("turn", [0, 120, 300])
def test_letters_with_their_feet_to_the_rim_are_set_upright(turn: int) -> None:
    ring = polar.Ring(150, 150, 140, 140)
    grey = np.zeros((300, 300), np.uint8)
    grey[20:60, 148:152] = 255  # a stroke at twelve o'clock
    grey[20:24, 148:170] = 255  # with a bar on the rim, towards the right
    way = polar.Way(turn, outward=True)
    strip = polar.unroll(grey, ring, way=way)
    stroke = int(strip[20].argmax())
    assert polar.angle_at((stroke + 0.5) / polar.WIDTH, way) % 360 == pytest.approx(0, abs=4)
    below = strip[-12:].max(axis=0)  # the rim is below now, and clockwise is to the left
    assert below[max(0, stroke - 8)] > 100 or below[stroke + 8] == 0


def test_a_strip_rolled_up_comes_back() -> None:
    image = coin("IMP DIOCLETIANVS AVG")
    strip = polar.unroll(image[..., 0], polar.ring_of(image))
    assert strip.shape == (polar.HEIGHT, polar.WIDTH)
    assert strip[10:40].std() > 5


def test_an_oval_is_unrolled_to_a_straight_rim() -> None:
    image = disc(150, 150, 140, 110, 0)
    strip = polar.unroll(image[..., 0], polar.ring_of(image))
    edge = (strip < 170).argmax(axis=0)
    assert np.ptp(edge) <= 2


@given(st.floats(0.2, 3.0), st.floats(-60, 60))
def test_contrast_and_brightness_of_a_photo_do_not_matter(contrast: float, light: float) -> None:
    dice = np.random.default_rng(0)
    strip = dice.normal(0, 30, (polar.HEIGHT, polar.WIDTH)).astype(np.float32)
    other = polar.levelled(strip * contrast + light)
    assert np.corrcoef(polar.levelled(strip).ravel(), other.ravel())[0, 1] > 0.97
    assert np.abs(other).max() <= 3


def test_an_empty_strip_stays_empty() -> None:
    assert not polar.levelled(np.full((polar.HEIGHT, polar.WIDTH), 99, np.uint8)).any()
