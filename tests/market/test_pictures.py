"""Pictures of lots: which doors they come in by, what is refused, and who sees them."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from catalog.images import ImageRefused
from catalog.models import User
from catalog.refusals import Refusal
from market import pictures
from market.models import Lot, LotPicture, RawPage, Upload
from market.parsers.unpacking import pictures_in
from market.receiving import receive_page
from tests.factories import draw_coin, make_user
from tests.market.makes import make_lot
from tests.market.test_ways_in import BIDDR, PAGES, TEXT, post, work_off

LISTING = (PAGES / "biddr" / "listing.html").read_text(encoding="utf-8")
FIRST = "https://media.biddr.com/auctions/7001/large/1.jpg"


def archive(html: str = LISTING, **images: bytes) -> bytes:
    """As a browser saves a page with all that it shows: names of images are addresses' last parts."""
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = BIDDR
    page = MIMEText(html, "html", "utf-8")
    page["Content-Location"] = BIDDR
    message.attach(page)
    for address, data in images.items():
        part = MIMEImage(data, "jpeg")
        part["Content-Location"] = address
        message.attach(part)
    return message.as_bytes()


def file(data: bytes | None = None, name: str = "lot.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, draw_coin() if data is None else data)


def give(lot: Lot, data: bytes | None = None) -> LotPicture:
    return pictures.keep(lot, BytesIO(draw_coin() if data is None else data), "lot.jpg", "hand")


def stored() -> list[str]:
    root = Path(default_storage.path("market/pictures"))
    return sorted(str(one) for one in root.rglob("*.webp")) if root.exists() else []


# --- with a saved page ------------------------------------------------------------------
def image_urls() -> list[str]:
    return list(
        Lot.objects.exclude(image_url="").order_by("pk").values_list("image_url", flat=True)
    )


def test_an_archive_brings_the_pictures_of_its_lots(owner: User, as_user: Any) -> None:
    receive_page(owner, archive())
    first = image_urls()[0]
    Lot.objects.all().delete()
    data = archive(**{first: draw_coin(), "https://www.biddr.com/logo.jpg": draw_coin(60)})
    post(as_user(owner), "add-pages", {"saved": [file(data, "page.mhtml")]})
    work_off()
    picture = LotPicture.objects.get()
    assert (picture.lot.image_url, picture.origin, picture.source_url) == (first, "page", first)
    assert (picture.width, picture.height) == (300, 300)
    said = as_user(owner).get(reverse("market:upload", args=[Upload.objects.get().pk]))
    assert "1 picture came with them." in said.content.decode()


def test_the_same_page_twice_brings_one(owner: User) -> None:
    receive_page(owner, archive())
    data = archive(**{image_urls()[0]: draw_coin()})
    for _twice in range(2):
        receive_page(owner, data)
    call_command("reparse", all=True)
    assert LotPicture.objects.count() == 1


def test_a_small_picture_that_links_to_the_large_one_stands_for_it() -> None:
    page = '<a href="/large/1.jpg"><img src="small/1.jpg"></a><a href="http://[broken"><img src="x"></a>'
    small = "https://www.biddr.com/auctions/examplehouse/small/1.jpg"
    found = pictures_in(archive(page, **{small: b"jpeg"}))
    assert found == {small: b"jpeg", "https://www.biddr.com/large/1.jpg": b"jpeg"}


@pytest.mark.parametrize("data", [b"", b"<html>", b"\x89PNG", LISTING.encode(), archive("")])
def test_what_is_no_archive_holds_none(data: bytes) -> None:
    assert pictures_in(data) == {}


def test_what_is_no_picture_is_counted_and_the_lot_stays(owner: User, as_user: Any) -> None:
    receive_page(owner, archive())
    data = archive(**{image_urls()[0]: b"\xff\xd8\xff broken"})
    post(as_user(owner), "add-pages", {"saved": [file(data, "page.mhtml")]})
    work_off()
    assert not LotPicture.objects.exists()
    said = as_user(owner).get(reverse("market:upload", args=[Upload.objects.get().pk]))
    assert "1 picture could not be used." in said.content.decode()


def test_a_page_that_is_read_again_brings_them_in_the_background(
    owner: User, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    receive_page(owner, archive())
    receive_page(owner, archive(**{image_urls()[0]: draw_coin()}))
    LotPicture.objects.all().delete()
    page = RawPage.objects.order_by("pk").last()
    assert page is not None
    with django_capture_on_commit_callbacks(execute=True):
        post(as_user(owner), "page-again", {}, page.pk)
    assert LotPicture.objects.count() == 1


# --- by hand -----------------------------------------------------------------------------
def test_by_hand_on_the_page_of_the_lot(owner: User, as_user: Any) -> None:
    lot, client = make_lot(owner), as_user(owner)
    answer = post(client, "picture-add", {"picture": file()}, lot.pk)
    assert answer["Location"] == reverse("market:lot", args=[lot.pk])
    picture = lot.pictures.get()
    said = client.get(reverse("market:lot", args=[lot.pk])).content.decode()
    assert reverse("market:picture", args=[picture.pk, "large"]) in said
    assert "Added by hand" in said
    for size, longest in (("thumb", 240), ("large", 300)):
        shown = client.get(reverse("market:picture", args=[picture.pk, size]))
        image = Image.open(BytesIO(b"".join(shown.streaming_content)))
        assert (image.format, max(image.size)) == ("WEBP", longest)
        assert shown["Cache-Control"].startswith("private")


def test_with_a_pasted_lot(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    preview = post(client, "add-text", {"text": TEXT}).content.decode()
    assert 'type="file"' in preview
    post(client, "add-text", {"text": TEXT, "keep": "1", "picture": file()})
    assert LotPicture.objects.get().lot == Lot.objects.get()


def test_with_several_pasted_lots_there_is_no_saying_whose_it_is(owner: User, as_user: Any) -> None:
    client, text = as_user(owner), f"{TEXT}\n\n{TEXT.replace('207', '208')}"
    assert 'type="file"' not in post(client, "add-text", {"text": text}).content.decode()
    post(client, "add-text", {"text": text, "keep": "1", "picture": file()})
    assert (Lot.objects.count(), LotPicture.objects.count()) == (2, 0)


def test_a_pasted_lot_is_not_kept_with_half_of_what_was_meant(owner: User, as_user: Any) -> None:
    answer = post(as_user(owner), "add-text", {"text": TEXT, "keep": "1", "picture": file(b"no")})
    assert answer.status_code == 422
    assert "not a picture" in answer.content.decode()
    assert not Lot.objects.exists()


BOMB = Image.new("1", (6000, 5000))


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (draw_coin()[:2000], "damaged"),
        (png(Image.new("RGB", (8, 8))), "too small"),
        (png(BOMB), "megapixels"),
    ],
    ids=["empty", "svg", "cut off", "tiny", "giant"],
)
def test_what_is_refused_says_why(owner: User, as_user: Any, data: bytes, said: str) -> None:
    lot = make_lot(owner)
    answer = post(as_user(owner), "picture-add", {"picture": file(data)}, lot.pk)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not LotPicture.objects.exists()
    assert stored() == []


def test_too_large_a_file_is_refused(owner: User, as_user: Any, settings: Any) -> None:
    settings.MAX_PHOTO_BYTES = 1000
    answer = post(as_user(owner), "picture-add", {"picture": file()}, make_lot(owner).pk)
    assert (answer.status_code, LotPicture.objects.count()) == (422, 0)


def test_a_lot_has_four_at_most(owner: User, as_user: Any) -> None:
    lot = make_lot(owner)
    for letter in "ABCD":
        give(lot, draw_coin(letters=letter))
    answer = post(as_user(owner), "picture-add", {"picture": file(draw_coin(tone=90))}, lot.pk)
    assert "4 pictures at most" in answer.content.decode()
    assert lot.pictures.count() == 4
    with pytest.raises(Refusal, match="at most"):
        give(lot, draw_coin(tone=90))


# --- kept once, and gone with the lot -----------------------------------------------------
def test_the_same_file_is_kept_once(owner: User, stranger: User) -> None:
    first, second, others = make_lot(owner), make_lot(owner), make_lot(stranger)
    assert give(first) == give(first)
    give(second)
    assert len(stored()) == 2  # two sizes
    give(others)  # somebody else's is somebody else's
    assert len(stored()) == 4


def test_files_go_with_the_last_lot(owner: User, django_capture_on_commit_callbacks: Any) -> None:
    first, second = make_lot(owner), make_lot(owner)
    give(first)
    give(second)
    with django_capture_on_commit_callbacks(execute=True):
        first.delete()
    assert len(stored()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        owner.delete()
    assert (LotPicture.objects.count(), stored()) == (0, [])


def test_nothing_of_the_file_is_kept_but_what_it_shows(owner: User) -> None:
    image, exif = Image.open(BytesIO(draw_coin())), Image.Exif()
    exif[0x010E] = "a place that nobody should know"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    picture = give(make_lot(owner), out.getvalue() + b"<script>")
    with picture.large.open("rb") as kept:
        data = kept.read()
    assert b"nobody should know" not in data
    assert b"<script>" not in data


def test_what_cannot_be_written_leaves_no_file(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(LotPicture, "save", full)
    with pytest.raises(OSError, match="disk full"):
        give(make_lot(owner))
    assert stored() == []


# --- who sees it ------------------------------------------------------------------------------
def test_only_its_importer_sees_it(owner: User, stranger: User, as_user: Any) -> None:
    picture = give(make_lot(owner))
    for name, args in (("picture", (picture.pk, "large")), ("picture", (picture.pk, "thumb"))):
        assert as_user(stranger).get(reverse(f"market:{name}", args=args)).status_code == 404
    assert post(as_user(stranger), "picture-delete", {}, picture.pk).status_code == 404
    assert post(as_user(stranger), "picture-add", {"picture": file()}, picture.lot_id).status_code == 404  # fmt: skip
    assert LotPicture.objects.count() == 1
    assert list(LotPicture.objects.visible_to(make_user())) == []


def test_what_the_site_fetched_everybody_sees_and_nobody_deletes(
    owner: User, stranger: User, as_user: Any
) -> None:
    picture = give(make_lot(None))
    address = reverse("market:picture", args=[picture.pk, "thumb"])
    assert as_user(stranger).get(address).status_code == 200
    assert as_user(None).get(address).status_code == 302
    assert post(as_user(owner), "picture-delete", {}, picture.pk).status_code == 404


def test_whoever_added_it_takes_it_away(owner: User, as_user: Any) -> None:
    picture = give(make_lot(owner))
    answer = post(as_user(owner), "picture-delete", {}, picture.pk)
    assert answer["Location"] == reverse("market:lot", args=[picture.lot_id])
    assert not LotPicture.objects.exists()


def test_a_file_that_is_gone_is_not_found(owner: User, as_user: Any) -> None:
    picture = give(make_lot(owner))
    picture.storage.delete(str(picture.large.name))
    assert as_user(owner).get(reverse("market:picture", args=[picture.pk, "large"])).status_code == 404  # fmt: skip


def test_a_refusal_has_the_name_that_photos_have(owner: User) -> None:
    with pytest.raises(ImageRefused) as refused:
        give(make_lot(owner), b"nothing of the kind")
    assert refused.value.code == "not_an_image"
