"""The growing ZIP, without coins."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from catalog.exports.archive.zipping import Growing, StillBusy

WRITE_FOREVER = """
import sys, itertools
from pathlib import Path
from catalog.exports.archive.zipping import Growing
growing = Growing(Path(sys.argv[1]))
for number in itertools.count():
    growing.add(f"photos/{number:06}", [bytes([number % 251]) * 300_000])
"""


def filled(path: Path, *names: str) -> Growing:
    growing = Growing(path)
    for name in names:
        growing.add(name, [name.encode() * 1000])
    return growing


def test_equal_content_makes_equal_files(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        growing = filled(tmp_path / name, "a", "b")
        growing.add_json("manifest.json", {"é": 1})
        growing.finish()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_kill_minus_nine_loses_at_most_the_file_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "part.zip"
    writer = subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, str(path)])
    deadline = time.monotonic() + 30
    while not (path.exists() and path.stat().st_size > 5_000_000):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    growing = Growing(path)
    kept = list(growing.entries)
    assert len(kept) > 10
    assert kept == [f"photos/{number:06}" for number in range(len(kept))]
    growing.add("last", [b"the end"])
    growing.finish()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*kept, "last"]
        assert archive.read("photos/000003") == bytes([3]) * 300_000


def test_tables_are_written_anew(tmp_path: Path) -> None:
    growing = filled(tmp_path / "a.zip", "photos/1", "photos/2")
    assert growing.add_lines("data/coins.jsonl", [{"a": 1}, {"a": 2}]) == 2
    growing.abandon()
    assert list(Growing(tmp_path / "a.zip").entries) == ["photos/1", "photos/2"]


@pytest.mark.parametrize("damage", [b"", b"PK\3\4", b"PK\3\4" + b"\0" * 40, b"garbage" * 99])
def test_whatever_stands_behind_is_cut_off(tmp_path: Path, damage: bytes) -> None:
    filled(tmp_path / "a.zip", "photos/1").abandon()
    with (tmp_path / "a.zip").open("ab") as file:
        file.write(damage)
    growing = Growing(tmp_path / "a.zip")
    assert list(growing.entries) == ["photos/1"]
    growing.finish()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["photos/1"]


def test_a_file_that_rotted_is_written_again(tmp_path: Path) -> None:
    filled(tmp_path / "a.zip", "photos/1", "photos/2").abandon()
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[60] ^= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert list(Growing(tmp_path / "a.zip").entries) == []


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    growing = Growing(tmp_path / "a.zip")
    with pytest.raises(StillBusy):
        Growing(tmp_path / "a.zip")
    growing.abandon()
    Growing(tmp_path / "a.zip").finish()
