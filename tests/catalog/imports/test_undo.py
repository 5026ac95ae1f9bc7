from typing import Any

import pytest
from django.core.files import File

from catalog import editing, money
from catalog.imports import tasks
from catalog.imports.undo import changed_since
from catalog.models import (
    Authority,
    Coin,
    Collection,
    ImportSession,
    Photo,
    Place,
    SearchDocument,
    Tag,
    Trade,
)
from tests.catalog.imports.doing import bring
from tests.catalog.imports.files import a_collection, csv_file
from tests.factories import make_coin, make_term

TEXT = (
    "Title,Ruler,Location,Tags,Price\n"
    "a,Trajan,Safe / Tray 1,Roman / Silver,10\nb,Nero,Safe / Tray 2,Roman,20\nc,Galba,,,\n"
)  # fmt: skip


def undo(session: ImportSession, *, with_changed: bool = False) -> ImportSession:
    assert session.begin_undo(with_changed=with_changed)
    tasks.undo(session.pk)
    session.refresh_from_db()
    return session


@pytest.fixture
def session(collection: Collection) -> ImportSession:
    make_term(Authority, "Trajan")
    return bring(collection, csv_file(TEXT))


def test_everything_that_came_goes(session: ImportSession, collection: Collection) -> None:
    kept = make_coin(collection, title="Mine")
    assert undo(session).state == "undone"
    assert list(Coin.objects.all()) == [kept]
    assert list(SearchDocument.objects.values_list("coin", flat=True)) == [kept.pk]
    assert not Trade.objects.exists()
    assert session.rows.count() == 3  # what the file said can still be read


def test_words_that_nothing_else_uses_go_too(
    session: ImportSession, collection: Collection
) -> None:
    nero = Authority.objects.get(name="Nero")
    make_coin(collection, authority=nero, place=Place.objects.get(path="Safe › Tray 2"))
    undo(session)
    assert set(Authority.objects.values_list("name", flat=True)) == {"Trajan", "Nero"}
    assert set(Place.objects.values_list("path", flat=True)) == {"Safe", "Safe › Tray 2"}
    assert not Tag.objects.exists()


def test_a_word_that_a_curator_adopted_stays(session: ImportSession) -> None:
    Authority.objects.filter(name="Galba").update(added_by=None)
    undo(session)
    assert set(Authority.objects.values_list("name", flat=True)) == {"Trajan", "Galba"}


def test_coins_changed_since_stay_unless_asked_for(session: ImportSession) -> None:
    a, b, c = Coin.objects.filter(import_session=session).order_by("title")
    editing.change(a, {"title": "Denarius"}, session.user)
    money.value_coin(b, session.user, 10, "EUR", "me")  # type: ignore[arg-type]
    assert set(changed_since(session)) == {a, b}
    undo(session)
    assert set(Coin.objects.all()) == {a, b}
    assert c not in Coin.objects.all()


def test_changed_coins_go_when_asked_for(session: ImportSession) -> None:
    coin = Coin.objects.filter(import_session=session)[0]
    editing.change(coin, {"title": "Denarius"}, session.user)
    undo(session, with_changed=True)
    assert not Coin.objects.exists()


def test_photos_go_with_their_files(
    collection: Collection, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = File(a_collection(tmp_path / "cabinet.db").open("rb"), "cabinet.db")
    session = bring(collection, file)
    originals = [photo.original for photo in Photo.objects.all()]
    assert len(originals) == 2
    with django_capture_on_commit_callbacks(execute=True):
        undo(session)
    assert not Photo.objects.exists()
    assert not any(file.storage.exists(file.name) for file in originals)


def test_what_is_undone_cannot_be_undone_again(session: ImportSession) -> None:
    undo(session)
    assert not session.begin_undo(with_changed=True)


def test_a_session_at_work_cannot_be_undone(session: ImportSession) -> None:
    ImportSession.objects.filter(pk=session.pk).update(state="running")
    assert not session.begin_undo(with_changed=False)
