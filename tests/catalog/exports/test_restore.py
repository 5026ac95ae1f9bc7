import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from catalog.exports.archive import VERSION
from catalog.exports.restore import ArchiveRefused, restore
from catalog.models import (
    Coin,
    CoinSet,
    Collection,
    CustomField,
    FieldChange,
    Photo,
    Place,
    Tag,
    Trade,
    User,
    Valuation,
)
from tests.catalog.exports.cabinet import archive_of, build_cabinet, content, rewritten, wipe
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(owner: User, tmp_path: Path) -> Path:
    build_cabinet(owner)
    return archive_of(owner, tmp_path / "archive.zip")


def counts() -> list[int]:
    models = (
        Coin,
        Collection,
        Photo,
        Trade,
        Valuation,
        FieldChange,
        CoinSet,
        Place,
        Tag,
        CustomField,
    )
    return [model.objects.count() for model in models]  # type: ignore[attr-defined]


def refusal(file: Any, user: User) -> ArchiveRefused:
    before = counts()
    with pytest.raises(ArchiveRefused) as caught:
        restore(file, user)
    assert counts() == before
    return caught.value


def test_twice_doubles_nothing(owner: User, archive: Path) -> None:
    wipe(owner)
    with archive.open("rb") as file:
        restore(file, owner)
        first = counts()
        report = restore(file, owner)
    assert counts() == first
    assert report.there["coins"] == 3
    assert not +report.added
    assert report.problems == []


def test_what_was_changed_since_stays(owner: User, archive: Path) -> None:
    Coin.objects.filter(title="Trajan, COS V").update(title="Better known now")
    with archive.open("rb") as file:
        restore(file, owner)
    assert Coin.objects.filter(title="Better known now").count() == 1
    assert not Coin.objects.filter(title="Trajan, COS V").exists()


def test_a_lost_coin_comes_back_beside_the_others(owner: User, archive: Path) -> None:
    lost = Coin.objects.get(title="Trajan, COS V")
    lost.delete()
    with archive.open("rb") as file:
        report = restore(file, owner)
    assert (report.added["coins"], report.there["coins"]) == (1, 2)
    assert Coin.objects.get(uid=lost.uid).photos.count() == 2
    assert CoinSet.objects.count() == 1


def test_into_the_account_of_another_who_lives_here_too(owner: User, archive: Path) -> None:
    """uids are unique on a site: his coins get others, and always the same ones."""
    other = make_user("other")
    with archive.open("rb") as file:
        first = restore(file, other)
        again = restore(file, other)
    assert (first.added["coins"], again.added["coins"], again.there["coins"]) == (3, 0, 3)
    coin = Coin.objects.get(collection__owner=other, title="Trajan, COS V")
    mine = Coin.objects.get(collection__owner=owner, title="Trajan, COS V")
    assert coin.uid != mine.uid
    assert coin.place is not None
    assert coin.place.owner == other
    assert {tag.owner for tag in coin.tags.all()} == {other}
    assert coin.changes.exclude(by=None).first().by == other  # type: ignore[union-attr]
    batches = set(mine.changes.values_list("batch", flat=True))
    assert not batches & set(coin.changes.values_list("batch", flat=True))
    assert coin.slots.get().set.owner == other


def test_a_killed_restore_is_finished_by_the_next(
    owner: User, archive: Path, monkeypatch: Any, tmp_path: Path
) -> None:
    whole = content(archive)
    wipe(owner)
    monkeypatch.setattr("catalog.exports.restore.coins.AT_ONCE", 1)

    def die(done: int, of: int) -> None:
        if Coin.objects.exists():
            raise KeyboardInterrupt

    with archive.open("rb") as file:
        with pytest.raises(KeyboardInterrupt):
            restore(file, owner, die)
        assert Coin.objects.count() == 1
        restore(file, owner)
    assert content(archive_of(owner, tmp_path / "again.zip")) == whole


def test_an_existing_field_of_another_kind_stays(owner: User, archive: Path) -> None:
    CustomField.objects.filter(owner=owner).update(kind="text")
    with archive.open("rb") as file:
        report = restore(file, owner)
    assert report.problems == ["Your field “Rarity” is of another kind here; it stays as it is."]


# --- refused at the door ---------------------------------------------------------
def test_no_zip(owner: User) -> None:
    assert refusal(io.BytesIO(b"title;year\n"), owner).code == "no_zip"


def test_a_zip_of_another_program(owner: User) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("collection.db", b"SQLite format 3")
    found = refusal(out, owner)
    assert found.code == "foreign"
    assert "use the import" in found.message


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        ({"format": "something-else"}, "foreign_manifest"),
        ({"version": VERSION + 1}, "newer"),
        ({"version": 0}, "version"),
        ({"version": "1"}, "version"),
        ({"files": []}, "manifest"),
    ],
)
def test_a_manifest_that_is_not_ours(
    owner: User, archive: Path, manifest: dict[str, Any], code: str
) -> None:
    assert refusal(rewritten(archive, manifest=manifest), owner).code == code


def test_a_newer_archive_says_what_to_do(owner: User, archive: Path) -> None:
    found = refusal(rewritten(archive, manifest={"version": 7}), owner)
    assert "Update this site first" in found.message


@pytest.mark.parametrize("name", ["data/coins.jsonl", "photo"])
def test_a_file_that_was_changed(owner: User, archive: Path, name: str) -> None:
    if name == "photo":
        name = next(key for key in content(archive) if key.startswith("photos/"))
    found = refusal(rewritten(archive, {name: b"{}\n"}, keep_sums=True), owner)
    assert (found.code, name in found.message) == ("changed", True)


def test_a_file_that_is_missing(owner: User, archive: Path) -> None:
    changed = rewritten(archive, {"data/tags.jsonl": None}, keep_sums=True)
    assert refusal(changed, owner).code == "missing"


def test_a_file_that_was_added(owner: User, archive: Path) -> None:
    changed = rewritten(archive, {"data/more.jsonl": b"{}\n"}, keep_sums=True)
    assert refusal(changed, owner).code == "extra"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "photos/../../x.jpg",
        "data/..\\x.jsonl",
        "photos/x.jpg",
        "a.exe",
    ],
)
def test_names_that_lead_elsewhere(owner: User, archive: Path, name: str) -> None:
    assert refusal(rewritten(archive, {name: b"x"}), owner).code == "name"


def test_two_files_of_one_name(owner: User, archive: Path) -> None:
    data = io.BytesIO(archive.read_bytes())
    with zipfile.ZipFile(data, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("data/tags.jsonl", b"")
    assert refusal(data, owner).code == "twice"


def test_a_bomb(owner: User, archive: Path) -> None:
    bomb = b'{"path": "' + b"a" * 50_000_000 + b'"}\n'
    assert refusal(rewritten(archive, {"data/places.jsonl": bomb}), owner).code == "bomb"


def test_half_an_archive(owner: User, archive: Path) -> None:
    data = archive.read_bytes()
    assert refusal(io.BytesIO(data[: len(data) // 2]), owner).code == "no_zip"


def test_damage_inside(owner: User, archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[200] ^= 0xFF  # in the middle of the first photo
    assert refusal(io.BytesIO(bytes(data)), owner).code in {"damaged", "changed"}


# --- refused row by row ------------------------------------------------------------
def with_coin(archive: Path, **values: Any) -> io.BytesIO:
    rows = content(archive)["data/coins.jsonl"]
    rows[0] |= values
    return rewritten(archive, {"data/coins.jsonl": as_lines(rows)})


def as_lines(rows: list[Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize(
    "values",
    [
        {"status": "stolen by elves"},
        {"weight": "NaN"},
        {"weight": [1]},
        {"title": "x" * 301},
        {"title": "\0"},
        {"custom": ["no"]},
        {"collection": "00000000-0000-0000-0000-000000000000"},
        {"trades": [{"currency": "EUR"}]},
        {"trades": "none"},
        {"created_at": "yesterday"},
        {"photos": [{"role": "banana"}]},
    ],
)
def test_a_coin_that_cannot_be_is_left_out_by_name(
    owner: User, archive: Path, values: dict[str, Any]
) -> None:
    wipe(owner)
    report = restore(with_coin(archive, **values), owner)
    assert report.added["coins"] == 2
    assert len([text for text in report.problems if "was left out" in text]) == 1


def test_links_that_run_scripts_are_dropped(owner: User, archive: Path) -> None:
    wipe(owner)
    trade = {"kind": "purchase", "price": "1", "currency": "EUR", "url": "java\nscript:alert(1)"}
    restore(with_coin(archive, trades=[trade]), owner)
    assert Trade.objects.get().url == ""


def test_pictures_are_looked_at_again(owner: User, archive: Path) -> None:
    wipe(owner)
    rows = content(archive)["data/coins.jsonl"]
    name = rows[0]["photos"][0]["file"]
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    report = restore(rewritten(archive, {name: svg}), owner)
    assert Photo.objects.count() == 1
    assert [text for text in report.problems if "was left out" in text]


def test_what_the_archive_says_of_a_picture_is_not_believed(owner: User, archive: Path) -> None:
    wipe(owner)
    name = content(archive)["data/coins.jsonl"][0]["photos"][0]["file"]
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    restore(rewritten(archive, {name: out.getvalue()}), owner)
    photo = Photo.objects.get(role="obverse")
    assert (photo.format, photo.width, photo.height) == ("PNG", 40, 30)
    assert str(photo.original.name).endswith(".png")


def test_a_line_that_is_no_json(owner: User, archive: Path) -> None:
    wipe(owner)
    with pytest.raises(ArchiveRefused) as caught:
        restore(rewritten(archive, {"data/coins.jsonl": b"[" * 100_000}), owner)
    assert caught.value.code == "line"


def test_a_stranger_gets_only_copies(owner: User, stranger: User, archive: Path) -> None:
    before = list(Coin.objects.filter(collection__owner=owner).values())
    with archive.open("rb") as file:
        restore(file, stranger)
    assert list(Coin.objects.filter(collection__owner=owner).values()) == before
    assert not Coin.objects.visible_to(stranger).filter(collection__owner=owner).exists()
