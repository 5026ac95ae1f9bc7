import json

import pytest
from django.core.management import CommandError, call_command

LOT = "HADRIAN. AD 117-138. AR Denarius (18mm, 3.41 g, 6h). Rome mint. Bust right / Roma left. RIC II.3 2047. Good VF."


def parse(tmp_path, content, *options):
    lots, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lots.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("parse_lots", str(lots), "--json", str(out), *options)
    return [json.loads(line) for line in out.read_text().splitlines()]


def line(number, text=LOT):
    return json.dumps({"id": number, "text": text}) + "\n"


def test_one_reading_a_line(tmp_path, capsys):
    assert parse(tmp_path, line("a-1")) == [
        {
            "id": "a-1", "ruler": "Hadrian", "mint": "Rome", "metal": "AR", "denomination": "denarius",
            "weight_g": 3.41, "diameter_mm": 18.0, "die_axis_h": 6, "grade": "gVF", "flags": [],
            "references": ["RIC II.3 2047"], "has_pedigree": False,
        }
    ]  # fmt: skip
    assert "1 lots read, 0 lines refused" in capsys.readouterr().err


def test_what_is_not_said_is_null(tmp_path):
    (reading,) = parse(tmp_path, line(1, "Aureus."))
    assert reading["metal"] is None
    assert reading["denomination"] == "aureus"
    assert reading["ruler"] is reading["weight_g"] is reading["grade"] is None


@pytest.mark.parametrize(
    "broken", ["{", '{"id": 1}', '{"text": "x"}', "[1]", '{"id": 1, "text": 5}', "null", '"x"']
)
def test_a_broken_line_does_not_stop_the_rest(tmp_path, capsys, broken):
    with pytest.raises(CommandError, match="2 lots read, 1 lines refused") as refusal:
        parse(tmp_path, line(1) + broken + "\n" + line(2))
    assert refusal.value.returncode == 3
    assert "line 2: " in capsys.readouterr().err
    assert [json.loads(one)["id"] for one in (tmp_path / "out.jsonl").read_text().splitlines()] == [
        1,
        2,
    ]


def test_bytes_that_are_no_text(tmp_path):
    with pytest.raises(CommandError, match="1 lots read, 1 lines refused"):
        parse(tmp_path, b"\xff\xfe\x00\n" + line(1).encode())


def test_empty_lines_a_mark_and_an_empty_file(tmp_path):
    assert len(parse(tmp_path, "\ufeff" + line(1) + "\n\r\n" + line(2))) == 2
    assert parse(tmp_path, "") == []


def test_many_lots_keep_their_order(tmp_path):
    readings = parse(tmp_path, "".join(line(n) for n in range(450)))
    assert [reading["id"] for reading in readings] == list(range(450))


def test_no_such_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("parse_lots", str(tmp_path / "none"), "--json", str(tmp_path / "out"))


def test_nowhere_to_write(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        parse(tmp_path, line(1), "--json", str(tmp_path / "no" / "out"))
