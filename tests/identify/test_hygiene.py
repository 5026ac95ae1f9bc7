"""Copies of one photo are found, however they were disguised; different coins are left in peace."""

import io
import random

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw

from identify.curation import hygiene
from identify.curation.hygiene import Joined

KINDS = ("as it is", "turned", "noisy", "brighter", "mirrored")


def coin(seed: int, size: int = 240) -> Image.Image:
    """A round thing with a relief of its own: strokes where the seed puts them."""
    chance = random.Random(seed)
    image = Image.new("RGB", (size, size), (244, 243, 240))
    pen = ImageDraw.Draw(image)
    pen.ellipse((8, 8, size - 8, size - 8), fill=(150, 135, 100), outline=(60, 50, 30))
    for _n in range(26):
        x, y = (chance.uniform(0.22, 0.78) * size for _axis in range(2))
        dx, dy = (chance.uniform(-0.16, 0.16) * size for _axis in range(2))
        tone = chance.choice((60, 90, 200, 220))
        pen.line(
            (x, y, x + dx, y + dy), fill=(tone, tone - 10, tone - 30), width=chance.randint(4, 12)
        )
    return image


def disguised(image: Image.Image, kind: str, seed: int) -> Image.Image:
    chance = np.random.default_rng(seed)
    if kind == "turned":
        return image.rotate(float(chance.uniform(20, 340)), fillcolor=(244, 243, 240))
    if kind == "mirrored":
        return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    pixels = np.asarray(image, dtype=np.float32)
    if kind == "noisy":
        pixels = pixels + chance.normal(0, 22, pixels.shape)
    if kind == "brighter":
        pixels = pixels * float(chance.uniform(0.75, 1.1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def saved(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def look(name: str, image: Image.Image) -> hygiene.Look:
    return hygiene.look(name, saved(image), np.asarray(image, dtype=np.uint8))


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_disguised_copy_is_met(kind):
    image = coin(1)
    [group] = hygiene.groups(
        [look("one", image), look("two", disguised(image, kind, 5)), look("three", coin(2))]
    )
    assert (group.names, group.why) == (("one", "two"), "near")


def test_different_coins_are_left_in_peace():
    report = hygiene.report([look(f"coin {n}", coin(n)) for n in range(12)])
    assert (report.groups, report.specimens, report.troubles) == ([], 12, {})


def test_one_photo_turned_into_twenty_is_found_out():
    looks = [
        look(f"{source}_{n}", disguised(coin(source), KINDS[n % len(KINDS)], n))
        for source in range(3)
        for n in range(20)
    ]
    report = hygiene.report([*looks, look("alone", coin(50))])
    assert [len(group.names) for group in report.multiplied] == [20, 20, 20]
    assert all(
        len({name.partition("_")[0] for name in one.names}) == 1 for one in report.multiplied
    )
    assert (report.photos, report.specimens, report.usual_copies) == (61, 4, 20)


def test_the_same_file_is_told_from_copies():
    image = coin(3)
    [group] = hygiene.groups([look(name, image) for name in ("a", "b", "c")])
    assert group.why == "same_file"


def test_blank_and_noise_are_troubles_and_no_copies_of_each_other():
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    blank = Image.new("RGB", (200, 200), (200, 200, 200))
    report = hygiene.report(
        [look("blank", blank), look("noise", Image.fromarray(noise)), look("coin", coin(1))]
    )
    assert report.troubles == {"blank": ["blank"], "noise": ["noise"]}
    assert report.groups == []


def test_a_chain_is_not_one_photo():
    scores = np.eye(12, dtype=np.float32)
    for at in range(11):
        scores[at, at + 1] = scores[at + 1, at] = 0.87
    scores[3, 4] = scores[4, 3] = 0.99
    assert hygiene.cohesive(scores, list(range(12)), 0.85) == [[3, 4]]


def test_what_is_one_with_a_third():
    joined = Joined(5)
    joined.join((3, 4))
    joined.join((0, 4))
    assert joined.several() == [[0, 3, 4]]


def test_the_command_says_it(tmp_path, capsys):
    for n in range(5):
        disguised(coin(7), KINDS[n], n).save(tmp_path / f"copy{n}.png")
    coin(8).save(tmp_path / "other.png")
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    call_command("check_folder", str(tmp_path))
    said = capsys.readouterr().out
    assert "6 photos, 2 different pictures" in said
    assert "WARNING: 5 photos are copies of 1 photos" in said
    assert "unreadable: broken.jpg" in said


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        call_command("check_folder", str(tmp_path / "nothing"))
