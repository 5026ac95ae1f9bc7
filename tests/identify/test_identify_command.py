"""`manage.py identify`: the list it writes, and what it does with files that are no photos."""

import csv
import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from tests.factories import draw_coin
from tests.identify.small import BRIGHT, DARK, write_models

OBJECT = {"files", "state", "reason", "scope", "fields", "unknown", "remarks", "model", "seconds"}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_models(tmp_path_factory.mktemp("model"))


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def identify(model, tmp_path):
    """`identify(*paths, "--pair")` gives the list and the exit status. No database: none is asked for."""

    def run(*arguments, **how):
        status, file = 0, tmp_path / "said.json"
        words = [str(one) for one in arguments]
        try:
            call_command(
                "identify", *words, "--json", str(file), "--model", str(model),
                stdout=StringIO(), stderr=StringIO(), **how,
            )  # fmt: skip
        except SystemExit as left:
            status = left.code
        return json.loads(file.read_text(encoding="utf-8")), status

    return run


def put(folder, name, data=None, tone=BRIGHT):
    path = folder / name
    path.write_bytes(data if data is not None else draw_coin(200, tone))
    return path


def save(folder, name, pixels):
    Image.fromarray(np.asarray(pixels, np.uint8)).save(folder / name)
    return folder / name


def test_each_coin_is_an_object_of_this_shape(identify, photos):
    path = put(photos, "a.jpg")
    [said], status = identify(path)
    assert status == 0
    assert set(said) == OBJECT
    assert said["files"] == [str(path)]
    assert (said["state"], said["reason"]) == ("suggested", "")
    assert said["scope"]["label"] == "roman_imperial"
    assert 0 < said["scope"]["confidence"] <= 1
    ruler = said["fields"]["ruler"]
    assert {"label", "confidence", "abstained", "candidates"} <= set(ruler)
    assert (ruler["label"], ruler["abstained"]) == ("Trajan", False)
    assert ruler["candidates"][0] == {"label": "Trajan", "confidence": ruler["confidence"]}
    assert 0 <= said["unknown"] <= 1
    assert said["model"].startswith("modern-")
    assert said["seconds"] > 0


def test_a_folder_gives_its_photos_in_order(identify, photos):
    (photos / "box").mkdir()
    for name in ("b.jpg", "a.jpg", "box/c.png"):
        put(photos, name)
    put(photos, "notes.txt", b"not a photo, and not taken for one")
    said, status = identify(photos)
    assert [one["files"][0].rpartition("photos/")[2] for one in said] == [
        "a.jpg",
        "b.jpg",
        "box/c.png",
    ]
    assert status == 0


def test_faces_are_joined_by_name_when_asked(identify, photos):
    for name in ("7_obverse.jpg", "7_reverse.jpg", "8_obverse.jpg", "9.jpg"):
        put(photos, name, tone=DARK)
    assert [len(one["files"]) for one in identify(photos)[0]] == [1, 1, 1, 1]
    said, _status = identify(photos, "--pair")
    assert [len(one["files"]) for one in said] == [2, 1, 1]
    assert [one.endswith(("7_obverse.jpg", "7_reverse.jpg")) for one in said[0]["files"]] == [
        True
    ] * 2
    assert "side" not in said[0]["fields"]
    assert said[0]["fields"]["ruler"]["label"] == "Hadrian"


def test_the_scope_that_is_named_is_asked(identify, photos):
    [said], _status = identify(put(photos, "a.jpg"), "--scope", "world", "--top", "1")
    assert said["scope"] == {"label": "world", "confidence": 1.0}
    assert said["fields"]["world_coin"]["label"] == "1 Yen|Japanese Yen|japan"
    assert len(said["fields"]["world_coin"]["candidates"]) == 1


def test_what_cannot_be_read_is_said_and_stops_nothing(identify, photos):
    paths = [
        put(photos, "a.jpg"),
        put(photos, "b.jpg", b"these are words"),
        photos / "nowhere.jpg",
        put(photos, "c.jpg", tone=DARK),
        put(photos, "d.jpg", draw_coin()[:700]),
    ]
    said, status = identify(*paths)
    assert status == 3
    assert [one["state"] for one in said] == [
        "suggested",
        "failed",
        "failed",
        "suggested",
        "failed",
    ]
    assert all(str(paths[at]) in said[at]["reason"] for at in (1, 2, 4))
    assert said[3]["fields"]["ruler"]["label"] == "Hadrian"
    assert set(said[1]) == OBJECT


def test_one_bad_face_does_not_cost_the_other(identify, photos):
    put(photos, "1_obverse.jpg", tone=DARK)
    put(photos, "1_reverse.jpg", b"words")
    [said], status = identify(photos, "--pair")
    assert status == 3
    assert (said["state"], said["fields"]["ruler"]["label"]) == ("suggested", "Hadrian")
    assert "1_reverse.jpg" in said["unread"][0]


def bomb(side: int) -> bytes:
    """A PNG whose head promises this many pixels each way, in a hundred bytes."""
    import struct
    import zlib

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = part(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + rows + part(b"IEND", b"")


def test_a_photo_of_thirty_thousand_pixels_each_way_is_refused(identify, photos):
    [said], status = identify(put(photos, "huge.png", bomb(30_000)))
    assert (said["state"], status) == ("failed", 3)
    assert "huge.png" in said["reason"]


NO_COINS = {
    "dot.png": np.zeros((1, 1, 3)),
    "black.png": np.zeros((240, 240, 3)),
    "sheet.png": np.full((300, 200, 3), 248),
    "noise.png": np.random.default_rng(0).integers(0, 256, (240, 240, 3)),
}


@pytest.mark.parametrize("name", NO_COINS)
def test_a_photo_without_a_coin_is_an_honest_abstention(identify, photos, name):
    [said], status = identify(save(photos, name, NO_COINS[name]))
    assert said["state"] in ("abstained", "failed")
    assert said["reason"]
    assert not said["fields"]
    assert status == (3 if said["state"] == "failed" else 0)


def test_twelve_coins_are_remarked(identify, photos):
    from tests.identify.small import picture

    row = np.concatenate([picture(BRIGHT, 120)] * 4, axis=1)
    [said], status = identify(save(photos, "tray.png", np.concatenate([row] * 3)))
    assert {"code": "many_coins", "count": 12} in said["remarks"]
    assert status == 0


def test_a_table_leaves_empty_what_is_not_sure(model, photos, tmp_path):
    put(photos, "1_obverse.jpg", tone=BRIGHT)
    put(photos, "1_reverse.jpg", tone=DARK)  # the faces contradict each other
    put(photos, "2.jpg", tone=DARK)
    table = tmp_path / "said.csv"
    call_command(
        "identify", str(photos), "--pair", "--csv", str(table), "--model", str(model),
        stdout=StringIO(), stderr=StringIO(),
    )  # fmt: skip
    with table.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["ruler"], second["ruler"]) == ("", "Hadrian")
    assert float(second["ruler_confidence"]) > 0.9


def test_without_a_file_to_write_it_says_it_in_words(model, photos):
    out = StringIO()
    path = put(photos, "a.jpg")
    call_command("identify", str(path), "--model", str(model), stdout=out, stderr=StringIO())
    assert str(path) in out.getvalue()
    assert "ruler Trajan" in out.getvalue()


# --- refusals ------------------------------------------------------------------------------
def refused(*arguments) -> str:
    with pytest.raises(CommandError) as trouble:
        call_command("identify", *map(str, arguments), stdout=StringIO(), stderr=StringIO())
    return str(trouble.value)


def test_an_unknown_scope_is_refused(model, photos):
    assert "roman_imperial" in refused(put(photos, "a.jpg"), "--scope", "greek", "--model", model)


def test_no_candidates_at_all_are_refused(model, photos):
    assert "--top" in refused(put(photos, "a.jpg"), "--top", "0", "--model", model)


def test_an_empty_folder_is_refused(model, photos):
    assert "no photos" in refused(photos, "--model", model)


def test_a_folder_without_a_model_is_refused_by_its_name(photos, tmp_path):
    (tmp_path / "empty").mkdir()
    assert str(tmp_path / "empty") in refused(put(photos, "a.jpg"), "--model", tmp_path / "empty")


def test_a_damaged_model_is_refused_with_what_to_do(photos, tmp_path):
    damaged = write_models(tmp_path / "damaged")
    weights = damaged / "ancient.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert "Restore both files" in refused(put(photos, "a.jpg"), "--model", damaged)


def test_a_place_that_cannot_be_written_is_said(model, photos, tmp_path):
    said = refused(put(photos, "a.jpg"), "--model", model, "--json", tmp_path / "no" / "where.json")
    assert "where.json" in said
    assert "cannot be written" in said
