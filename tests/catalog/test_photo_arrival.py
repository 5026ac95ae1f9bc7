"""How photos come in: what is kept, what is refused, and who is told when."""

import os
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from catalog.images import ImageRefused
from catalog.models import Coin, FieldChange, Photo, StatusChange
from catalog.photos import Arrival, add_drafts, examine, keep, store, store_many
from catalog.sentences import sentence
from catalog.signals import photo_added
from tests.factories import draw_coin, make_coin

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """The photos that `photo_added` told of."""
    told = []

    def listen(photo, **kwargs):
        told.append(photo.pk)

    photo_added.connect(listen)
    yield told
    photo_added.disconnect(listen)


def picture(letters="A", name="coin.jpg", **values):
    return SimpleUploadedFile(name, draw_coin(letters=letters, **values))


def test_the_original_is_kept_as_it_came(coin, owner):
    data = draw_coin()
    photo = store(coin, BytesIO(data), "IMG_1.jpg", "", owner)
    assert photo.original.read() == data
    assert photo.original.name.startswith("originals/")
    assert (photo.format, photo.width, photo.height, photo.size) == ("JPEG", 300, 300, len(data))
    assert len(photo.sha256) == 64
    assert len(photo.fingerprint) == 32
    assert photo.added_by == owner


def test_the_suffix_is_what_the_file_is(coin, owner):
    photo = store(coin, ContentFile(draw_coin(format="PNG")), "evil.php", "obverse", owner)
    assert photo.original.name.endswith(".png")
    assert photo.name == "evil.php"


def test_roles_are_guessed_by_name_and_then_by_order(coin, owner):
    names = ["nero_rev.jpg", "IMG_1.jpg", "IMG_2.jpg", "rim edge.jpg"]
    photos = [store(coin, picture(), name, "", owner) for name in names]
    assert [photo.role for photo in photos] == ["reverse", "obverse", "other", "edge"]
    assert [photo.position for photo in photos] == [0, 1, 2, 3]


def test_the_history_tells_who_added_it(coin, owner):
    store(coin, picture(), "IMG_1.jpg", "", owner)
    row = FieldChange.objects.get(field="photo")
    assert (row.new, row.by) == ("IMG_1.jpg", owner)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.jpg", "empty"),
        (b"no picture at all", "letter.txt", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "mark.svg", "svg"),
        (b"%PDF-1.4", "coin.jpg", "mislabelled"),
        (draw_coin()[:-2000], "cut.jpg", "truncated"),
        (draw_coin(size=10), "tiny.jpg", "too_small"),
    ],
)
def test_a_bad_file_is_refused_and_leaves_nothing(coin, owner, data, name, code):
    with pytest.raises(ImageRefused) as refused:
        store(coin, BytesIO(data), name, "", owner)
    assert refused.value.code == code
    assert sentence(refused.value).endswith(".")
    assert not Photo.objects.exists()
    assert not FieldChange.objects.exists()


def test_a_photo_larger_than_the_site_allows_is_refused(coin, owner, settings):
    settings.MAX_PHOTO_PIXELS = 10_000
    with pytest.raises(ImageRefused, match="megapixels"):
        store(coin, picture(), "large.jpg", "", owner)
    settings.MAX_PHOTO_PIXELS, settings.MAX_PHOTO_BYTES = 10**6, 1000
    with pytest.raises(ImageRefused, match="MB"):
        store(coin, picture(), "heavy.jpg", "", owner)


def test_listeners_hear_of_each_photo_once_and_only_after_commit(
    coin, owner, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        photo = store(coin, picture(), "IMG_1.jpg", "", owner)
        assert heard == []
    assert heard == [photo.pk]


def test_listeners_hear_nothing_of_what_was_rolled_back(
    coin, owner, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        store(coin, picture(), "IMG_1.jpg", "", owner)
        transaction.set_rollback(True)
    assert (heard, callbacks) == ([], [])


def test_a_listener_that_fails_does_not_undo_the_upload(
    coin, owner, django_capture_on_commit_callbacks
):
    def fail(**kwargs):
        raise RuntimeError

    photo_added.connect(fail)
    with django_capture_on_commit_callbacks(execute=True):
        photo = store(coin, picture(), "IMG_1.jpg", "", owner)
    photo_added.disconnect(fail)
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY


def test_thumbnails_are_made_after_commit(coin, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo = store(coin, picture(), "IMG_1.jpg", "", owner)
        assert photo.state == Photo.State.NEW
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY


def test_what_the_database_refuses_leaves_no_file(coin, owner):
    def refuse():
        raise IntegrityError

    arrival = Arrival(coin, picture(), "IMG_1.jpg")
    with pytest.raises(IntegrityError):
        keep([(arrival, examine(arrival.file, arrival.name))], owner, refuse)
    assert not Photo.objects.exists()
    assert [
        name for _root, _folders, names in os.walk(default_storage.location) for name in names
    ] == []


def test_many_photos_cost_one_insert_and_one_task(
    collection, owner, heard, django_assert_num_queries, django_capture_on_commit_callbacks
):
    coins = [make_coin(collection) for _ in range(5)]
    arrivals = [Arrival(coin, picture(letters=str(coin.pk)), "a.jpg") for coin in coins]
    arrivals.insert(2, Arrival(coins[0], BytesIO(b"junk"), "junk.bin"))
    # shelves, savepoint, insert, coins, release
    with django_capture_on_commit_callbacks() as callbacks, django_assert_num_queries(5):
        outcome = store_many(arrivals, owner)
    assert [type(one) for one in outcome].count(Photo) == 5
    assert isinstance(outcome[2], ImageRefused)
    assert len(callbacks) == 2
    callbacks[0]()
    assert len(heard) == 5


def test_nothing_to_store_is_no_harm(owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        assert store_many([], owner) == []
    assert callbacks == []


# --- drafts ------------------------------------------------------------------
def test_each_photo_becomes_a_draft(collection, owner):
    drafts = add_drafts(collection, [picture(n, f"IMG_{n}.jpg") for n in "123"], owner)
    assert len(drafts) == 3
    assert set(Coin.objects.values_list("status", "collection")) == {("draft", collection.pk)}
    assert [photo.role for draft in drafts for photo in draft.photos] == ["obverse"] * 3
    assert StatusChange.objects.filter(new="draft", by=owner).count() == 3


def test_faces_of_one_coin_become_one_draft(collection, owner):
    files = [picture("R", "nero_rev.jpg"), picture("O", "nero_obv.jpg"), picture("X", "IMG_9.jpg")]
    drafts = add_drafts(collection, files, owner)
    assert [[photo.role for photo in draft.photos] for draft in drafts] == [
        ["obverse"],
        ["obverse", "reverse"],
    ]


def test_photos_are_paired_two_by_two_when_asked(collection, owner):
    files = [picture(str(n), f"IMG_{n}.jpg") for n in range(5)]
    drafts = add_drafts(collection, files, owner, consecutive=True)
    assert [len(draft.photos) for draft in drafts] == [2, 2, 1]


def test_a_bad_file_costs_its_own_place_only(collection, owner):
    files = [
        picture("A", "IMG_1.jpg"),
        SimpleUploadedFile("bad.jpg", b"junk"),
        picture("B", "IMG_2.jpg"),
    ]
    drafts = add_drafts(collection, files, owner)
    assert sum(len(draft.photos) for draft in drafts) == 2
    assert [name for draft in drafts for name, _why in draft.refusals] == ["bad.jpg"]
    assert Coin.objects.count() == 2


def test_files_lie_in_the_storage_under_names_that_tell_nothing(coin, owner):
    photo = store(coin, picture(), "Trajan, my best.jpg", "", owner)
    assert default_storage.exists(photo.original.name)
    assert "rajan" not in photo.original.name
