from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw

from catalog.images import (
    AVIF_AVAILABLE,
    EditParams,
    ImageRefused,
    full_size,
    load,
    looked_at,
    served,
    strip_size,
)
from tests.catalog.drawn import coin, noise, saved
from tests.catalog.test_images import exif_with

RED, BLUE = (254, 0, 0), (0, 0, 254)


def halves(width: int = 200, height: int = 100) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def shown(file: BytesIO, *args: object, **named: object) -> Image.Image:
    image = Image.open(BytesIO(served(file, *args, **named)))  # type: ignore[arg-type]
    image.load()
    return image


def about(image: Image.Image, x: float, y: float) -> list[int]:
    at = (int(x * (image.width - 1)), int(y * (image.height - 1)))
    return [round(int(part) / 51) * 51 for part in np.atleast_1d(image.getpixel(at))]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "HEIF"])
def test_every_format_becomes_webp_of_the_size_asked_for(format: str) -> None:
    image = shown(saved(halves(800, 400), format), size=320)
    assert (image.format, image.size) == ("WEBP", (320, 160))
    assert about(image, 0.2, 0.5) == [255, 0, 0]
    assert about(image, 0.8, 0.5) == [0, 0, 255]


def test_a_small_photo_is_not_blown_up() -> None:
    assert shown(saved(coin(100)), size=640).size == (100, 100)


@pytest.mark.skipif(not AVIF_AVAILABLE, reason="this Pillow has no AVIF")
def test_avif() -> None:
    assert served(saved(coin()), size=100, format="AVIF")[4:12] == b"ftypavif"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
@pytest.mark.parametrize("size", [None, 80])
def test_the_orientation_is_applied(format: str, size: int | None) -> None:
    """6: the camera's top is on the right, so left goes up."""
    image = shown(saved(halves(), format, exif=exif_with(6).tobytes()), size=size)
    assert image.height == 2 * image.width
    assert about(image, 0.5, 0.2) == [255, 0, 0]
    assert about(image, 0.5, 0.8) == [0, 0, 255]


@pytest.mark.parametrize("format", ["WEBP", "AVIF"])
def test_no_metadata_leaves_the_house(format: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = saved(coin(), exif=exif_with(), icc_profile=profile, comment=b"secret", xmp=b"<x/>")
    image = shown(original, size=200, format=format)
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
    assert b"secret" not in served(original, format=format)


def test_full_size_keeps_every_pixel_and_no_metadata() -> None:
    image = Image.open(BytesIO(full_size(saved(coin(700), exif=exif_with(6)))))
    assert image.size == (700, 700)
    assert not image.getexif()


def test_the_original_is_only_read() -> None:
    original = saved(coin(), exif=exif_with(6))
    before = original.getvalue()
    served(original, EditParams(rotate=5, contrast=2), 100)
    assert not original.closed
    assert original.getvalue() == before


def test_colours_are_converted_to_srgb() -> None:
    """In a profile with red and green swapped, what is stored as green is seen as red."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = srgb.find(b"rXYZ"), srgb.find(b"gXYZ")
    srgb[red : red + 4], srgb[green : green + 4] = b"gXYZ", b"rXYZ"
    stored = saved(Image.new("RGB", (64, 64), (0, 255, 0)), "PNG", icc_profile=bytes(srgb))
    assert about(shown(stored), 0.5, 0.5) == [255, 0, 0]


def test_a_broken_profile_does_not_hide_the_photo() -> None:
    stored = saved(halves(), "PNG", icc_profile=b"not a profile")
    assert about(shown(stored), 0.2, 0.5) == [255, 0, 0]


@pytest.mark.parametrize(
    ("mode", "format", "expected"),
    [
        ("L", "PNG", [102, 102, 102]),
        ("LA", "PNG", [102, 102, 102]),
        ("1", "PNG", [0, 0, 0]),
        ("P", "PNG", [102, 102, 102]),
        ("RGBA", "PNG", [102, 102, 102]),
        ("CMYK", "JPEG", [102, 102, 102]),
        ("I;16", "PNG", [102, 102, 102]),
        ("F", "TIFF", [102, 102, 102]),
    ],
)
def test_every_mode_is_shown(mode: str, format: str, expected: list[int]) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.full((64, 64), 102 * 257, dtype=np.uint16))
    elif mode == "1":
        image = Image.new("1", (64, 64), 0)
    else:
        image = Image.new("RGB", (64, 64), (102, 102, 102)).convert(mode)
    assert about(shown(saved(image, format)), 0.5, 0.5)[: len(expected)] == expected


def test_transparency_is_kept() -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert about(shown(saved(clear, "PNG")), 0.5, 0.5)[3] == 0


# Edits


def test_a_circle_leaves_the_corners_transparent() -> None:
    image = shown(saved(coin(400), "PNG"), EditParams(crop=(0.5, 0.5, 0.4)), 200)
    assert image.size == (200, 200)
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert image.getpixel((100, 100))[3] == 255  # type: ignore[index]
    assert image.getpixel((100, 1))[3] > 100  # type: ignore[index]


def test_a_circle_over_the_edge_is_padded_with_nothing() -> None:
    image = shown(saved(halves(400, 200), "PNG"), EditParams(crop=(0.0, 0.5, 0.5)))
    assert image.size == (200, 200)
    assert about(image, 0.2, 0.5)[3] == 0
    assert about(image, 0.8, 0.5) == [255, 0, 0, 255]


def test_a_box_is_cut_from_the_upright_photo() -> None:
    image = shown(saved(halves(), exif=exif_with(6)), EditParams(crop=(0.0, 0.5, 1.0, 1.0)))
    assert image.size == (100, 100)
    assert about(image, 0.5, 0.5) == [0, 0, 255]


def test_turns_clockwise() -> None:
    image = shown(saved(halves(), "PNG"), EditParams(rotate=90))
    assert image.size == (100, 200)
    assert about(image, 0.5, 0.2) == [255, 0, 0]
    assert about(shown(saved(halves(), "PNG"), EditParams(rotate=-90)), 0.5, 0.2) == [0, 0, 255]
    assert about(shown(saved(halves(), "PNG"), EditParams(rotate=180)), 0.2, 0.5) == [0, 0, 255]


def test_a_slanting_turn_loses_nothing_and_fills_with_nothing() -> None:
    image = shown(saved(halves(), "PNG"), EditParams(rotate=30))
    assert image.width > 200
    assert about(image, 0, 0)[3] == 0
    # thirty degrees clockwise lifts the left side
    assert about(image, 0.3, 0.35)[:3] == [255, 0, 0]


def test_a_circle_turns_about_its_own_middle() -> None:
    image = shown(saved(halves(), "PNG"), EditParams(rotate=45, crop=(0.5, 0.5, 0.5)))
    assert image.size == (100, 100)
    assert about(image, 0.3, 0.3)[:3] == [255, 0, 0]
    assert about(image, 0.7, 0.7)[:3] == [0, 0, 255]


@pytest.mark.parametrize(("brightness", "contrast"), [(1.5, 1), (1, 1.5), (0.8, 0.7), (1.3, 2)])
def test_brightness_and_contrast_do_what_a_style_sheet_does(
    brightness: float, contrast: float
) -> None:
    grey = saved(Image.new("RGB", (64, 64), (90, 90, 90)), "PNG")
    image = shown(grey, EditParams(brightness=brightness, contrast=contrast))
    light = min(1, 90 / 255 * brightness)
    expected = 255 * max(0, min(1, (light - 0.5) * contrast + 0.5))
    assert image.convert("L").getpixel((30, 30)) == pytest.approx(expected, abs=3)


def test_a_crop_out_of_a_large_photo_is_still_sharp() -> None:
    """The part asked for decides how far the whole may be scaled down on the way."""
    image = shown(saved(noise(2400, 800)), EditParams(crop=(0.5, 0.5, 0.4)), 640)
    assert image.size == (640, 640)


def spread(image: Image.Image) -> float:
    return float(np.asarray(image.convert("L"), np.float32).std())


def test_sharpness_weighs_the_detail_and_leaves_the_light() -> None:
    stripes = Image.fromarray(np.tile(np.uint8([[100] * 2 + [140] * 2]), (600, 150)))
    soft, plain, sharp = (
        shown(saved(stripes, "PNG"), EditParams(sharpness=sharpness)) for sharpness in (0, 1, 2)
    )
    assert spread(soft) < 0.9 * spread(plain) < 0.8 * spread(sharp)
    assert np.asarray(sharp).mean() == pytest.approx(np.asarray(plain).mean(), abs=2)


def test_denoise_takes_grain_and_leaves_edges() -> None:
    grain = np.random.default_rng(1).normal(0, 5, (300, 300))
    step = np.where(np.arange(300) < 150, 60, 200)[None, :] + grain
    original = saved(Image.fromarray(step.clip(0, 255).astype(np.uint8)), "PNG")
    before, after = (shown(original, EditParams(denoise=denoise)) for denoise in (0, 1))
    box = (10, 10, 130, 290)
    assert spread(after.crop(box)) < 0.7 * spread(before.crop(box))
    line = np.asarray(after.convert("L"), np.float32).mean(axis=0)
    assert line[153] - line[146] > 125


def test_the_edge_of_a_disc_does_not_take_in_the_black_outside() -> None:
    grey = saved(Image.new("RGB", (300, 300), (120, 120, 120)), "PNG")
    image = shown(grey, EditParams(crop=(0.5, 0.5, 0.4), sharpness=3))
    assert image.getpixel((2, 120)) == pytest.approx((120, 120, 120, 255), abs=4)


@pytest.mark.parametrize(
    ("colour", "weight"), [(RED, 0.2126), ((0, 254, 0), 0.7152), (BLUE, 0.0722)]
)
def test_grey_is_as_light_as_a_style_sheet_makes_it(
    colour: tuple[int, int, int], weight: float
) -> None:
    image = shown(saved(Image.new("RGB", (64, 64), colour), "PNG"), EditParams(greyscale=True))
    assert image.getpixel((30, 30)) == pytest.approx([254 * weight] * 3, abs=3)


def test_grey_keeps_what_is_transparent() -> None:
    edit = EditParams(greyscale=True, crop=(0.5, 0.5, 0.5))
    image = shown(saved(halves(), "PNG"), edit)
    assert about(image, 0, 0)[3] == 0
    assert about(image, 0.5, 0.5)[3] == 255


def quarters(side: int = 400) -> Image.Image:
    """Clockwise from the upper right: red, blue, green, white."""
    image, half = Image.new("RGB", (side, side), "white"), side // 2
    image.paste(RED, (half, 0, side, half))
    image.paste(BLUE, (half, half, side, side))
    image.paste((0, 254, 0), (0, half, half, side))
    return image


def test_the_ring_is_unrolled_clockwise_from_the_bottom() -> None:
    image = shown(saved(quarters(), "PNG"), EditParams(polar=True, crop=(0.5, 0.5, 0.5)))
    assert image.size == tuple(round(side) for side in strip_size(200))
    # from 150 degrees clockwise over 420: the quarters pass by at 165, 225, 315, 45, 135 and so on
    for angle, colour in (
        (165, [0, 0, 255]), (225, [0, 255, 0]), (315, [255, 255, 255]),
        (405, [255, 0, 0]), (495, [0, 0, 255]), (555, [0, 255, 0]),
    ):  # fmt: skip
        assert about(image, (angle - 150) / 420, 0.5)[:3] == colour, angle


def test_the_rim_is_above_and_the_feet_of_letters_below() -> None:
    rings = Image.new("RGB", (400, 400), RED)
    ImageDraw.Draw(rings).ellipse((50, 50, 350, 350), fill=BLUE)
    image = shown(saved(rings, "PNG"), EditParams(polar=True))
    for along in (0.01, 0.3, 0.5, 0.8, 0.99):
        assert about(image, along, 0.2)[:3] == [255, 0, 0]
        assert about(image, along, 0.8)[:3] == [0, 0, 255]


def test_a_model_is_shown_the_coin_and_no_strip() -> None:
    edit = EditParams(polar=True, crop=(0.5, 0.5, 0.4))
    assert looked_at(saved(coin(400)), edit, 200).size == (200, 200)


# Loading


def test_load_is_no_larger_than_needed() -> None:
    assert max(load(saved(noise(2400, 1600)), 320).size) < 3 * 320
    assert max(load(saved(noise(2400, 1600), "PNG"), 320).size) < 3 * 320
    assert load(saved(noise(2400, 1600))).size == (2400, 1600)


def test_refuses_what_is_damaged() -> None:
    whole = saved(noise(320, 240)).getvalue()
    with pytest.raises(ImageRefused) as refused:
        served(BytesIO(whole[:2000]))
    assert refused.value.code == "truncated"


def test_refuses_what_is_no_photo() -> None:
    with pytest.raises(ImageRefused) as refused:
        served(BytesIO(b"<html>"))
    assert refused.value.code == "not_an_image"
