"""Collections that somebody else has made, to read more than a table or to never end."""

import sqlite3
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from catalog.imports import uploads
from catalog.imports.pictures import Archive
from catalog.imports.readers import TableError, open_table, opennumismat
from catalog.models import Collection
from tests.catalog.imports.files import a_collection, csv_file
from tests.factories import draw_coin


def refusal_of(path: Path) -> str:
    with pytest.raises(TableError) as refusal, open_table(path) as table:
        list(table.rows)
    return refusal.value.code


def broken(tmp_path: Path, *statements: str) -> Path:
    path = a_collection(tmp_path / "cabinet.db")
    with sqlite3.connect(path) as file:
        for statement in statements:
            file.execute(statement)
    file.close()
    return path


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE coins (id INTEGER PRIMARY KEY, denomination TEXT)")
        file.execute("CREATE TABLE settings (title TEXT)")
    assert refusal_of(path) == "not-opennumismat"


def test_a_collection_without_coins(tmp_path: Path) -> None:
    assert refusal_of(broken(tmp_path, "DELETE FROM coins")) == "no-rows"


def test_a_very_old_collection(tmp_path: Path) -> None:
    assert refusal_of(broken(tmp_path, "DROP TABLE photos")) == "old-opennumismat"


@pytest.mark.parametrize("cut", [100, 4096, 20_000])
def test_a_damaged_collection(tmp_path: Path, cut: int) -> None:
    path = a_collection(tmp_path / "cabinet.db")
    path.write_bytes(path.read_bytes()[:cut] + b"\xff" * 3000)
    assert refusal_of(path) in {"corrupt", "not-opennumismat"}


def test_a_view_in_place_of_the_table(tmp_path: Path) -> None:
    path = broken(
        tmp_path, "ALTER TABLE coins RENAME TO hidden",
        "CREATE VIEW coins AS SELECT *, hex(randomblob(99999999)) AS bomb FROM hidden",
    )  # fmt: skip
    assert refusal_of(path) == "not-opennumismat"


def test_a_virtual_table_in_place_of_the_table(tmp_path: Path) -> None:
    path = broken(
        tmp_path, "DROP TABLE coins", "CREATE VIRTUAL TABLE coins USING fts5(title, country, year, status)",
    )  # fmt: skip
    assert refusal_of(path) == "not-opennumismat"


def test_a_column_that_computes_is_never_computed(tmp_path: Path) -> None:
    path = broken(tmp_path, "ALTER TABLE coins ADD COLUMN bomb AS (hex(zeroblob(90000000)))")
    with open_table(path) as table:
        assert "bomb" not in table.headings
        assert len(list(table.rows)) == 3
    with pytest.raises(TableError), opennumismat.connect(path) as file:
        file.execute("SELECT bomb FROM coins")


def test_nothing_in_the_file_is_written(tmp_path: Path) -> None:
    path = broken(
        tmp_path, "CREATE TRIGGER t AFTER INSERT ON coins BEGIN DELETE FROM photos; END"
    )  # fmt: skip
    before = path.read_bytes()
    with opennumismat.connect(path) as file:
        for statement in ("DELETE FROM coins", "ATTACH 'x.db' AS x", "PRAGMA journal_mode=WAL",
                          "SELECT load_extension('x')", "CREATE TABLE x (y)"):  # fmt: skip
            with pytest.raises(sqlite3.Error):
                file.execute(statement)
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"cabinet.db"}


def test_a_query_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opennumismat, "STEPS", 1_000_000)
    path = a_collection(tmp_path / "cabinet.db")
    with pytest.raises(TableError), opennumismat.connect(path) as file:
        file.execute(
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
        )


def test_photos_above_the_limit_are_not_taken(tmp_path: Path) -> None:
    with opennumismat.connect(a_collection(tmp_path / "cabinet.db")) as file:
        assert opennumismat.photo(file, 1, 10) is None
        assert opennumismat.photo(file, 1, 10**6) == draw_coin(letters="T")
        assert opennumismat.photo(file, 99, 10**6) is None


# --- ZIP archives ---------------------------------------------------------------
def archive_of(fill: Callable[[zipfile.ZipFile], None]) -> zipfile.ZipFile:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return zipfile.ZipFile(out)


def test_names_in_an_archive_are_never_paths() -> None:
    archive = archive_of(lambda zip: zip.writestr("../../etc/passwd", b"root"))
    pictures = Archive(archive)
    assert pictures.has("passwd")
    assert (
        pictures.read("/etc/passwd") == b"root"
    )  # the member of that name, not the machine's file


def test_a_photo_that_unpacks_to_a_bomb_is_not_taken(settings: object) -> None:
    settings.MAX_PHOTO_BYTES = 1000  # type: ignore[attr-defined]
    pictures = Archive(archive_of(lambda zip: zip.writestr("a.jpg", b"\0" * 5_000_000)))
    assert pictures.read("a.jpg") is None


def test_a_damaged_member_is_not_taken() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jpg", draw_coin())
    data = bytearray(out.getvalue())
    data[60:80] = b"\xff" * 20
    assert Archive(zipfile.ZipFile(BytesIO(bytes(data)))).read("a.jpg") is None


def test_photos_that_are_no_archive_are_refused(collection: Collection) -> None:
    with pytest.raises(TableError, match="not a ZIP archive"):
        uploads.receive(
            collection.owner,
            collection,
            csv_file("Title\na\n"),
            File(BytesIO(b"x" * 50), "photos.zip"),
        )
