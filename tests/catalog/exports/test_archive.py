import json
import zipfile
from pathlib import Path

import pytest
from django.db import models

from catalog import money
from catalog.exports.archive import specs
from catalog.exports.archive.making import amount_of_work, make_archive
from catalog.exports.restore import restore
from catalog.models import Coin, CoinType, Collection, FieldChange, Mint, Photo, User
from tests.catalog.exports.cabinet import archive_of, build_cabinet, content, wipe
from tests.factories import make_coin, make_collection, make_photo, make_user, share_with

pytestmark = pytest.mark.django_db


def test_no_field_is_forgotten() -> None:
    for spec in specs.ALL:
        for field in spec.model._meta.concrete_fields:
            related = isinstance(field, models.ForeignKey | models.FileField)
            known = field.name == "id" or field.name in (*spec.words, *spec.left_out)
            assert known or not related, (
                f"{spec.model.__name__}.{field.name} needs a place or a reason"
            )
        names = {field.name for field in spec.model._meta.get_fields()}
        assert set(spec.left_out) | set(spec.words) <= names


def test_every_model_of_a_collection_has_a_spec() -> None:
    """What hangs on a coin or belongs to a person is in the archive, or is named here."""
    kept = {spec.model for spec in specs.ALL}
    known = {
        "SearchDocument", "ImportSession", "ImportRow", "ImportMapping", "Export", "Restoration",
        "BulkEdit", "Membership", "ShareLink", "ApiToken", "TermChange", "Fact", "User", "LogEntry",
    }  # fmt: skip
    for model in (Coin, Collection, User, Photo, CoinType):
        for relation in model._meta.related_objects:
            other = relation.related_model
            if other.__module__.startswith("catalog.") and not other._meta.auto_created:
                assert other in kept or other.__name__ in known, other


def test_export_wipe_restore_export_is_the_same(owner: User, tmp_path: Path) -> None:
    build_cabinet(owner)
    first = content(archive_of(owner, tmp_path / "first.zip"))
    wipe(owner)
    with (tmp_path / "first.zip").open("rb") as file:
        report = restore(file, owner)
    assert report.problems == []
    assert report.added["coins"] == 3
    assert content(archive_of(owner, tmp_path / "second.zip")) == first


def test_also_on_a_site_that_knows_none_of_the_words(owner: User, tmp_path: Path) -> None:
    build_cabinet(owner)
    first = content(archive_of(owner, tmp_path / "first.zip"))
    wipe(owner)
    CoinType.objects.all().delete()
    for spec in reversed(specs.WORDS.values()):
        spec.model._default_manager.all().delete()
    newcomer = make_user("newcomer")
    with (tmp_path / "first.zip").open("rb") as file:
        report = restore(file, newcomer)
    assert report.problems == []
    assert Mint.objects.get(nomisma_id="rome").added_by == newcomer
    second = content(archive_of(newcomer, tmp_path / "second.zip"))
    assert second["manifest"].pop("owner") == "newcomer"
    assert first["manifest"].pop("owner") == "owner"
    assert second == first


def test_what_is_computed_is_there_again(owner: User, tmp_path: Path) -> None:
    coin = build_cabinet(owner)
    coin.refresh_from_db()
    before = (coin.cost, coin.value, coin.acquired_on, coin.grade_rank)
    archive_of(owner, tmp_path / "a.zip")
    wipe(owner)
    with (tmp_path / "a.zip").open("rb") as file:
        restore(file, owner)
    again = Coin.objects.get(uid=coin.uid)
    assert (again.cost, again.value, again.acquired_on, again.grade_rank) == before
    photo = again.photos.get(role="reverse")
    assert (photo.edit, photo.format, photo.width) == ({"rotate": 12.0}, "JPEG", 300)
    assert again.document.text
    undo = FieldChange.objects.get(coin=again, undoes__isnull=False)
    assert (undo.undoes.field, undo.by) == ("mint", owner)  # type: ignore[union-attr]
    assert again.changes.filter(field="grade").get().by is None
    assert money.totals(Coin.objects.live()).n_valued == 1


def test_the_history_means_the_words_of_this_site(owner: User, tmp_path: Path) -> None:
    coin = build_cabinet(owner)
    archive_of(owner, tmp_path / "a.zip")
    wipe(owner)
    CoinType.objects.all().delete()
    Mint.objects.all().delete()
    Mint.objects.create(name="Somewhere else")  # takes a number that Rome or Lugdunum had
    with (tmp_path / "a.zip").open("rb") as file:
        restore(file, owner)
    last = FieldChange.objects.filter(coin__uid=coin.uid, field="mint").order_by("-pk").first()
    assert last is not None
    assert last.new == [Mint.objects.get(name="Lugdunum").pk, "Lugdunum"]


def test_the_archive_is_for_people_too(owner: User, tmp_path: Path) -> None:
    coin = build_cabinet(owner)
    found = content(archive_of(owner, tmp_path / "a.zip"))
    assert found["manifest"]["counts"]["coins"] == 3
    row = found["data/coins.jsonl"][0]
    assert (row["authority"], row["mint"], row["place"]) == (
        "authority:~Trajan", "mint:~Lugdunum", "Safe › Tray 1",
    )  # fmt: skip
    assert row["photos"][0]["file"].startswith(f"photos/{coin.uid}/")
    assert found[row["attachments"][0]["file"]] == b"%PDF-1.4 x"
    assert '"id"' not in json.dumps(row)
    assert [w["ref"] for w in found["data/words.jsonl"] if w["ref"].startswith("region")] == [
        "region:italy"
    ]


def test_only_what_one_owns(owner: User, collection: Collection, tmp_path: Path) -> None:
    other = make_collection(make_user("other"), "Not mine")
    share_with(other, owner, "editor")
    make_coin(other, title="Not mine")
    make_coin(collection, title="Mine")
    path = tmp_path / "a.zip"
    make_archive(owner, Collection.objects.visible_to(owner), path, lambda done: None)
    assert [row["title"] for row in content(path)["data/coins.jsonl"]] == ["Mine"]


def test_a_missing_file_is_told_and_the_rest_goes_on(
    coin: Coin, owner: User, tmp_path: Path
) -> None:
    gone, kept = make_photo(coin), make_photo(coin, "reverse")
    gone.original.storage.delete(str(gone.original.name))
    notes = make_archive(owner, [coin.collection], tmp_path / "a.zip", lambda done: None)
    assert notes[0] == "The file “coin.jpg” of Denarius of Trajan is missing."
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sum(name.startswith("photos/") for name in archive.namelist()) == 1
    assert "is not what it was" in notes[1]  # the factory's checksum is invented
    assert kept.pk


class Killed(BaseException):
    pass


def test_a_killed_worker_leaves_what_it_had_done(owner: User, tmp_path: Path) -> None:
    coin = build_cabinet(owner)
    whole = archive_of(owner, tmp_path / "whole.zip")
    path, calls = tmp_path / "part.zip", []

    def die(done: int) -> None:
        calls.append(done)
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        make_archive(owner, [coin.collection], path, die)
    kept = path.stat().st_size
    assert kept > 0
    with path.open("ab") as file:
        file.write(b"PK\3\4 half a file that was being written when the power went")
    opened: list[str] = []
    original = type(coin.photos.get(role="obverse").original).open

    def open_and_note(self: object, mode: str = "rb") -> object:
        opened.append(mode)
        return original(self, mode)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(coin.photos.get(role="obverse").original), "open", open_and_note)
        archive_of(owner, path)
    assert content(path) == content(whole)
    assert len(opened) < 6  # the first photo was not read again


def test_progress_ends_where_the_work_ends(owner: User, tmp_path: Path) -> None:
    coin = build_cabinet(owner)
    seen: list[int] = []
    make_archive(owner, [coin.collection], tmp_path / "a.zip", seen.append)
    assert max(seen) == amount_of_work([coin.collection]) == 3 + 2 + 1
