"""Photos as files: who gets what, how long it may be kept, and what it tells."""

import os
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from catalog import renditions
from catalog.arranging import retry, set_edit
from catalog.images import EditParams
from catalog.models import Photo
from catalog.photos import store
from catalog.tasks import make_thumbnails
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved

pytestmark = pytest.mark.django_db
ROUND = EditParams(crop=(0.5, 0.5, 0.4))


def with_position(side=900):
    """A photo that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "CoinCam"
    exif.get_ifd(0x8825)[1] = "N"
    return saved(drawn(side), "JPEG", exif=exif)


@pytest.fixture
def photo(coin, owner):
    return store(coin, with_position(), "IMG_1.jpg", "obverse", owner)


def url(photo, size="card", version="plain"):
    return f"/photos/{photo.pk}/{size}.webp?v={version}"


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("size", "side"), [("thumb", 160), ("card", 480), ("large", 900), ("full", 900)]
)
def test_sizes(as_user, viewer, photo, size, side):
    response = as_user(viewer).get(url(photo, size))
    image = Image.open(BytesIO(body(response)))
    assert (image.format, image.size) == ("WEBP", (side, side))
    assert response["Content-Type"] == "image/webp"
    assert renditions.shape(photo, size) == (side, side)


def test_an_unknown_size_is_not_there(as_user, owner, photo):
    assert as_user(owner).get(url(photo, "gigantic")).status_code == 404


def test_nothing_that_is_served_tells_where_it_was_taken(as_user, viewer, photo):
    assert b"CoinCam" in photo.original.read()
    for size in renditions.SIZES:
        data = body(as_user(viewer).get(url(photo, size)))
        assert b"CoinCam" not in data
        assert not Image.open(BytesIO(data)).getexif()


def test_the_right_version_may_be_kept_for_good(as_user, owner, photo):
    response = as_user(owner).get(url(photo))
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert as_user(owner).get(url(photo, version="old"))["Cache-Control"] == "private, no-cache"


def test_what_the_browser_has_is_not_sent_again(as_user, owner, photo):
    etag = as_user(owner).get(url(photo))["ETag"]
    again = as_user(owner).get(url(photo), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_an_edit_has_another_tag_and_another_address(as_user, owner, photo):
    before = as_user(owner).get(url(photo))["ETag"]
    set_edit(photo, ROUND, owner)
    response = as_user(owner).get(url(photo, version=renditions.version(photo)))
    assert response["ETag"] != before
    assert Image.open(BytesIO(body(response))).size == (480, 480)


def test_a_stranger_gets_nothing_not_even_304(as_user, owner, stranger, photo):
    etag = as_user(owner).get(url(photo))["ETag"]
    for size in renditions.SIZES:
        response = as_user(stranger).get(url(photo, size), headers={"If-None-Match": etag})
        assert response.status_code == 404


def test_the_original_is_for_editors(as_user, editor, viewer, stranger, photo):
    address = f"/photos/{photo.pk}/original"
    response = as_user(editor).get(address)
    assert b"CoinCam" in body(response)
    assert response["Content-Disposition"] == 'attachment; filename="img_1.jpg"'
    assert response["Cache-Control"] == "private, no-store"
    assert as_user(viewer).get(address).status_code == 403
    assert as_user(stranger).get(address).status_code == 404


# --- in the background, and on demand ------------------------------------------
def there(photo, size="card"):
    return default_storage.exists(renditions.path(photo, size))


def test_the_task_makes_the_three_usual_sizes(photo):
    make_thumbnails([photo.pk])
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY
    assert [there(photo, size) for size in ("thumb", "card", "large", "full")] == [
        True,
        True,
        True,
        False,
    ]


def test_doing_it_twice_does_no_harm(photo):
    make_thumbnails([photo.pk])
    folder = renditions.path(photo, "card").rpartition("/")[0]
    before = default_storage.listdir(folder)
    make_thumbnails([photo.pk])
    assert default_storage.listdir(folder) == before


def test_a_page_that_asks_before_the_worker_gets_it_all_the_same(as_user, owner, photo):
    assert not there(photo)
    assert as_user(owner).get(url(photo)).status_code == 200
    assert there(photo)


def test_a_giant_is_left_to_the_worker(as_user, owner, photo, monkeypatch):
    monkeypatch.setattr(renditions, "MOST_PIXELS_HERE", 1000)
    response = as_user(owner).get(url(photo))
    assert (response.status_code, response["Retry-After"]) == (503, "3")


def test_nobody_waits_for_ever(as_user, owner, photo, monkeypatch):
    monkeypatch.setattr(renditions, "PATIENCE", 0.01)
    with renditions.my_turn():
        assert as_user(owner).get(url(photo)).status_code == 503


def test_a_failure_is_written_on_the_photo_and_may_be_tried_again(
    photo, django_capture_on_commit_callbacks
):
    data = photo.original.read()
    default_storage.delete(photo.original.name)
    make_thumbnails([photo.pk])
    photo.refresh_from_db()
    assert (photo.state, photo.failure) == ("failed", "The original file is missing.")
    default_storage.save(photo.original.name, BytesIO(data))
    with django_capture_on_commit_callbacks(execute=True):
        retry(photo)
    photo.refresh_from_db()
    assert (photo.state, photo.failure) == ("ready", "")


def test_a_missing_original_is_not_there(as_user, owner, photo):
    default_storage.delete(photo.original.name)
    assert as_user(owner).get(url(photo)).status_code == 404
    assert as_user(owner).get(f"/photos/{photo.pk}/original").status_code == 404


def test_one_bad_photo_does_not_keep_the_others_waiting(coin, owner, photo):
    other = store(coin, saved(drawn(300, 4)), "b.jpg", "", owner)
    default_storage.delete(photo.original.name)
    make_thumbnails([photo.pk, other.pk])
    other.refresh_from_db()
    assert other.state == Photo.State.READY


def test_the_command_makes_what_is_missing(photo, capsys):
    call_command("rebuild_thumbnails")
    assert there(photo)
    assert "1 photos, 0 failed." in capsys.readouterr().out
    call_command("rebuild_thumbnails")
    assert "0 photos" in capsys.readouterr().out


def test_the_command_makes_all_anew(photo, owner):
    make_thumbnails([photo.pk])
    name = renditions.path(photo, "card")
    default_storage.delete(name)
    default_storage.save(name, BytesIO(b"stale"))
    call_command("rebuild_thumbnails", "--all", "--coin", photo.coin_id)
    assert default_storage.open(name).read() != b"stale"


def test_the_command_tells_of_failures(photo, capsys):
    default_storage.delete(photo.original.name)
    call_command("rebuild_thumbnails")
    captured = capsys.readouterr()
    assert "1 failed" in captured.out
    assert "missing" in captured.err


def age(name):
    path = default_storage.path(name)
    os.utime(path, (0, 0))


def test_files_that_belong_to_nothing_are_found_and_deleted_when_asked(photo, capsys):
    make_thumbnails([photo.pk])
    strays = [
        default_storage.save("originals/aa/lost.jpg", BytesIO(b"x")),
        default_storage.save("renditions/aa/lost-plain-card.webp", BytesIO(b"x")),
    ]
    young = default_storage.save("originals/aa/arriving.jpg", BytesIO(b"x"))
    for name in strays:
        age(name)
    call_command("check_photos")
    assert "1 photos, 0 originals missing, 2 files belong to nothing." in capsys.readouterr().out
    call_command("check_photos", "--delete")
    assert [default_storage.exists(name) for name in strays] == [False, False]
    assert default_storage.exists(young)
    assert there(photo)


def test_missing_originals_are_told(photo, capsys):
    default_storage.delete(photo.original.name)
    call_command("check_photos")
    captured = capsys.readouterr()
    assert f"photo {photo.pk}: " in captured.err
    assert "1 originals missing" in captured.out


# --- when they go ----------------------------------------------------------------
def test_with_the_row_go_the_files(photo, django_capture_on_commit_callbacks):
    make_thumbnails([photo.pk])
    names = [photo.original.name, renditions.path(photo, "card")]
    with django_capture_on_commit_callbacks(execute=True):
        photo.coin.delete()
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_an_edit_leaves_no_stale_files_and_keeps_the_original(
    owner, photo, django_capture_on_commit_callbacks
):
    data = photo.original.read()
    with django_capture_on_commit_callbacks(execute=True):
        set_edit(photo, ROUND, owner)
    stale = renditions.path(photo, "card")
    assert default_storage.exists(stale)
    with django_capture_on_commit_callbacks(execute=True):
        set_edit(photo, EditParams(rotate=90), owner)
    assert not default_storage.exists(stale)
    assert there(photo)
    with photo.original.open() as kept:
        assert kept.read() == data


@pytest.mark.parametrize(
    ("edit", "shape"),
    [
        (EditParams(), (600, 400)),
        (EditParams(rotate=90), (400, 600)),
        (EditParams(rotate=180), (600, 400)),
        (EditParams(crop=(0.5, 0.5, 0.4)), (320, 320)),
        (EditParams(crop=(0.0, 0.0, 0.5, 0.5)), (300, 200)),
        (EditParams(rotate=45), (707, 707)),
    ],
)
def test_the_page_knows_the_shape_before_the_picture_is_made(coin, owner, edit, shape):
    photo = store(coin, saved(drawn(600).crop((0, 0, 600, 400))), "a.jpg", "", owner)
    photo.edit = edit.to_json()
    assert renditions.shape(photo, "large") == shape
    with renditions.opened(photo, "large") as file:
        made = Image.open(file).size
    assert max(abs(a - b) for a, b in zip(made, shape, strict=True)) <= 2
