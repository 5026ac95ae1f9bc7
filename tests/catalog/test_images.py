import hashlib
import struct
import zlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog.images import ImageRefused, Inspected, dhash, guess_disc, hamming, inspect, load
from tests.catalog.drawn import coin, noise, saved

ORIENTATION, GPS, EXIF, TAKEN, SAVED = 274, 0x8825, 0x8769, 36867, 306


def refusal(content: bytes | BytesIO, name: str = "", **limits: int) -> ImageRefused:
    file = BytesIO(content) if isinstance(content, bytes) else content
    with pytest.raises(ImageRefused) as refused:
        inspect(file, name, **limits)
    assert refused.value.message
    return refused.value


def exif_with(orientation: int = 1, taken: str = "2024:05:06 07:08:09") -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[SAVED] = taken
    exif.get_ifd(EXIF)[TAKEN] = taken
    exif.get_ifd(GPS)[2] = (48.0, 12.0, 30.0)
    return exif


@pytest.mark.parametrize(
    ("format", "name", "mime"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("BMP", "a.bmp", "image/bmp"),
        ("TIFF", "a.tif", "image/tiff"),
        ("WEBP", "a.webp", "image/webp"),
        ("HEIF", "a.heic", "image/heic"),
    ],
)
def test_accepts(format: str, name: str, mime: str) -> None:
    file = saved(coin(200), format)
    seen = inspect(file, name)
    assert (seen.format, seen.mime, seen.width, seen.height) == (format, mime, 200, 200)
    assert seen.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert seen.byte_size == len(file.getvalue())
    assert not seen.mislabelled
    assert not file.closed


def test_an_accepted_format_under_another_name_is_taken_and_noted() -> None:
    assert inspect(saved(coin(), "PNG"), "coin.jpg").mislabelled
    assert not inspect(saved(coin(), "PNG"), "without-suffix").mislabelled


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_reads_the_camera_clock_and_the_shape_as_shown(format: str) -> None:
    sideways = coin(120).crop((0, 0, 120, 60))
    # as bytes, or the HEIF encoder overlooks the orientation
    seen = inspect(saved(sideways, format, exif=exif_with(6).tobytes()))
    assert seen.taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert (seen.width, seen.height) == (60, 120)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "    ", "yesterday", ""])
def test_a_camera_without_a_clock(taken: str) -> None:
    assert inspect(saved(coin(), exif=exif_with(1, taken))).taken_at is None


def test_broken_metadata_does_not_refuse_a_photo() -> None:
    assert inspect(saved(coin(), exif=b"Exif\0\0broken")).orientation == 1


def test_a_second_picture_behind_a_jpeg_is_no_animation() -> None:
    phone = saved(coin(), "MPO", save_all=True, append_images=[coin(50)])
    assert inspect(phone, "phone.jpg").format == "JPEG"


# Refusals


def test_refuses_empty() -> None:
    assert refusal(b"", "a.jpg").code == "empty"


def test_refuses_too_many_bytes() -> None:
    refused = refusal(saved(coin()), "a.jpg", max_bytes=1000)
    assert refused.code == "too_large_bytes"
    assert "limit" in refused.message


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"just some words", "notes.txt", "not_an_image"),
        (b"just some words", "notes.jpg", "not_an_image"),
        (b"BMW and other words that begin alike", "car.bmp", "not_an_image"),
        (b"%PDF-1.7 ...", "invoice.pdf", "not_an_image"),
        (b"%PDF-1.7 ...", "coin.jpg", "mislabelled"),
        (b"<!DOCTYPE html><html><svg></svg>", "coin.png", "mislabelled"),
        (b"\xef\xbb\xbf\n<html>", "coin.webp", "mislabelled"),
        (b"PK\x03\x04...", "coin.jpeg", "mislabelled"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "coin.heic", "mislabelled"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "coin.svg", "svg"),
        (b"<?xml version='1.0'?><!-- x --><svg onload='x'/>", "coin.jpg", "svg"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "coin.avif", "unsupported"),
        (b"8BPS\0\1", "coin.psd", "unsupported"),
        (b"II*\0\x10\0\0\0CR\2\0", "coin.cr2", "unsupported"),
    ],
)
def test_refuses_what_is_no_photo(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name).code == code


def test_refuses_a_still_gif_as_unsupported() -> None:
    assert refusal(saved(coin(), "GIF"), "a.gif").code == "unsupported"


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "TIFF"])
def test_refuses_several_frames(format: str) -> None:
    frames = {"save_all": True, "append_images": [coin(100, 2), coin(100, 3)]}
    assert refusal(saved(coin(100), format, **frames)).code == "animated"


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + b"\0" * 4


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [9000, 12000, 20000, 100_000])
def test_refuses_a_bomb_by_its_header(side: int) -> None:
    refused = refusal(png_header(side, side), "a.png")
    assert refused.code == "bomb"
    assert "80" in refused.message


def test_the_limit_of_pixels_can_be_set() -> None:
    assert refusal(saved(coin(400)), max_pixels=100_000).code == "bomb"


@pytest.mark.parametrize("size", [(15, 200), (200, 15), (1, 1)])
def test_refuses_too_small(size: tuple[int, int]) -> None:
    assert refusal(saved(Image.new("RGB", size), "PNG")).code == "too_small"


@pytest.mark.parametrize("size", [(16, 400), (4000, 100)])
def test_refuses_an_absurd_shape(size: tuple[int, int]) -> None:
    assert refusal(saved(Image.new("RGB", size), "PNG")).code == "aspect"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_refuses_a_truncated_file(format: str, kept: float) -> None:
    whole = saved(noise(320, 240), format).getvalue()
    assert refusal(whole[: int(len(whole) * kept)]).code == "truncated"


def test_refuses_a_large_truncated_jpeg_too() -> None:
    whole = saved(noise(2400, 1600)).getvalue()
    assert refusal(whole[: len(whole) * 9 // 10], "a.jpg").code == "truncated"


SAMPLES = [saved(noise(64, 48), f).getvalue() for f in ("JPEG", "PNG", "TIFF", "WEBP", "BMP")]


@pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")
@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12),
    st.integers(0, 5000),
)
def test_damage_is_survived_or_refused(
    whole: bytes, damage: list[tuple[int, int]], kept: int
) -> None:
    content = bytearray(whole[: max(kept, 1)])
    for at, value in damage:
        content[at % len(content)] = value
    try:
        seen = inspect(BytesIO(bytes(content)), "a.jpg")
    except ImageRefused:
        return
    assert isinstance(seen, Inspected)


# Likeness


@pytest.mark.parametrize(
    "again",
    [
        lambda image: saved(image, quality=55),
        lambda image: saved(image, "PNG"),
        lambda image: saved(image, "WEBP", quality=60),
        lambda image: saved(image.resize((130, 130))),
        lambda image: saved(image.resize((900, 900))),
    ],
)
def test_the_same_photo_saved_again_is_alike(again: Callable[[Image.Image], BytesIO]) -> None:
    for seed in range(5):
        one, other = inspect(saved(coin(400, seed))), inspect(again(coin(400, seed)))
        assert hamming(one.dhash, other.dhash) <= 6


def test_other_coins_are_not_alike() -> None:
    hashes = [inspect(saved(coin(400, seed))).dhash for seed in range(8)]
    assert min(hamming(a, b) for i, a in enumerate(hashes) for b in hashes[:i]) > 8


def test_a_turned_phone_does_not_make_another_photo() -> None:
    upright = inspect(saved(coin(400)))
    turned = inspect(saved(coin(400).transpose(Image.Transpose.ROTATE_90), exif=exif_with(6)))
    assert hamming(upright.dhash, turned.dhash) <= 6


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_hamming_is_a_distance_of_64_bits(one: int, other: int) -> None:
    assert hamming(one, one) == 0
    assert hamming(one, other) == hamming(other, one) <= 64
    assert hamming(one, other) == hamming(one % 2**64, other)


def test_hashes_fit_a_signed_column() -> None:
    falling = Image.linear_gradient("L").rotate(90)
    assert {dhash(falling), dhash(falling.rotate(180))} == {0, -1}


# The disc


def test_finds_the_disc() -> None:
    for ground in ("#e8e4dc", "#101010", "#1d4f91"):
        found = guess_disc(coin(400, ground=ground))
        assert found is not None
        assert found == pytest.approx((0.5, 0.5, 0.41), abs=0.03)


def test_finds_a_disc_off_the_middle_of_a_wide_photo() -> None:
    table = Image.new("RGB", (800, 400), "#e8e4dc")
    table.paste(coin(200), (100, 150))
    assert guess_disc(load(saved(table))) == pytest.approx((0.25, 0.625, 0.205), abs=0.02)


def two_coins() -> Image.Image:
    table = Image.new("RGB", (800, 400), "#e8e4dc")
    table.paste(coin(390), (0, 0))
    table.paste(coin(390, 2), (400, 0))
    return table


def slab() -> Image.Image:
    table = Image.new("RGB", (400, 400), "#e8e4dc")
    table.paste(Image.new("RGB", (300, 300), "#223344"), (50, 50))
    return table


@pytest.mark.parametrize(
    "image",
    [Image.new("RGB", (300, 300), "#888"), noise(320, 320), two_coins(), slab()],
    ids=["nothing there", "no plain ground", "two coins", "a square"],
)
def test_does_not_guess_when_unsure(image: Image.Image) -> None:
    assert guess_disc(image) is None
