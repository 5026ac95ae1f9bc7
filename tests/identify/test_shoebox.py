"""A photo of a tray becomes coins: what is found, what a person says of it, and that nothing is made twice."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw

from catalog.images import ImageRefused
from catalog.models import Coin, Collection, FieldChange, Photo, User
from catalog.sentences import named
from identify import tasks
from identify.ml.look.trays import spread
from identify.models import Identification, Tray
from identify.shoebox import circles as pure
from identify.shoebox.circles import ArrangementRefused, Circle
from identify.shoebox.cutting import cut
from tests.catalog import drawn
from tests.factories import make_collection
from tests.identify.test_look import sheet

pytestmark = pytest.mark.django_db
SHOEBOX = reverse("identify:shoebox")


def grid(columns: int, rows: int, r: int = 60, step: int = 150) -> list[tuple[int, int, int]]:
    half = step // 2
    return [(half + step * x, half + step * y, r) for y in range(rows) for x in range(columns)]


def tray_of(columns: int, rows: int, **more: Any) -> Image.Image:
    places = grid(columns, rows, **more)
    step = more.get("step", 150)
    return sheet(places, (columns * step, rows * step))


def upload(image: Image.Image, name: str = "tray.jpg", **exif: Any) -> ContentFile:
    return ContentFile(drawn.saved(image, "JPEG", quality=92, **exif).getvalue(), name)


@pytest.fixture
def bring(as_user: Any, owner: User, collection: Collection, queue: Any) -> Any:
    """`bring(image)`: uploaded, and looked at by the worker."""

    def brought(image: Image.Image, holds: str = "", name: str = "tray.jpg") -> Tray:
        data = {"photos": upload(image, name), "collection": collection.pk, "holds": holds}
        as_user(owner).post(SHOEBOX, data)
        tray = Tray.objects.first()
        assert tray is not None
        tasks.tray(tray.pk)
        tray.refresh_from_db()
        return tray

    return brought


def said(tray: Tray, *more: dict[str, Any], **other: Any) -> dict[str, Any]:
    """What the form sends; `more` are the circles instead of those of the tray."""
    rows = list(more) or [
        {"x": one.x, "y": one.y, "r": one.r, "kept": "on" if one.kept else "",
         "reverse_of": one.reverse_of or ""}
        for one in tray.circles
    ]  # fmt: skip
    told = {
        f"c-{at}-{name}": value
        for at, row in enumerate(rows)
        for name, value in row.items()
        if value != ""
    }
    return told | {"c-TOTAL_FORMS": len(rows), "c-INITIAL_FORMS": len(tray.circles)} | other


@pytest.fixture
def make(as_user: Any, owner: User, django_capture_on_commit_callbacks: Any) -> Any:
    def made(tray: Tray, *rows: dict[str, Any]) -> Tray:
        with django_capture_on_commit_callbacks(execute=True):
            as_user(owner).post(tray.get_absolute_url(), said(tray, *rows, make="1"))
        with django_capture_on_commit_callbacks(execute=True):
            tasks.tray(tray.pk)
        tray.refresh_from_db()
        return tray

    return made


# --- where coins lie ---------------------------------------------------------------
@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 1), (4, 3), (8, 6), (16, 12)])
@pytest.mark.parametrize("ground", ["#e8e4dc", "#3a2026"])
def test_every_coin_of_a_tray_is_found(columns: int, rows: int, ground: str) -> None:
    image = sheet(grid(columns, rows), (columns * 150, rows * 150), ground)
    found = spread(np.asarray(image))
    assert len(found) == columns * rows
    assert all(abs(disc.r - 60) < 8 for disc in found)
    assert [round(disc.cx) // 150 for disc in found[:columns]] == list(range(columns))


def test_a_small_coin_counts_beside_a_large_one_and_a_pen_does_not() -> None:
    image = sheet([(200, 200, 110), (500, 200, 30), (650, 250, 60)], (900, 420))
    ImageDraw.Draw(image).line((60, 380, 800, 350), fill="#123a80", width=12)
    assert [round(disc.r, -1) for disc in spread(np.asarray(image))] == [110, 30, 60]


def test_coins_on_a_restless_ground_are_found_by_their_rims() -> None:
    rng = np.random.default_rng(1)
    patches = rng.integers(60, 200, (60, 90, 3)).astype(np.uint8)
    ground = Image.fromarray(patches).resize((900, 600), Image.Resampling.BICUBIC)
    for number, (x, y, r) in enumerate(grid(4, 3, r=70, step=200)):
        coin = drawn.coin(seed=number + 1).crop((36, 36, 364, 364)).resize((2 * r, 2 * r))
        disc = Image.new("L", coin.size)
        ImageDraw.Draw(disc).ellipse((0, 0, 2 * r - 1, 2 * r - 1), fill=255)
        ground.paste(coin, (x - r, y - r), disc)
    assert len(spread(np.asarray(ground))) >= 9


@pytest.mark.parametrize("image", [Image.new("RGB", (800, 600), "white"), drawn.noise(800, 600)])
def test_no_coin_is_made_up(image: Image.Image) -> None:
    assert spread(np.asarray(image)) == []


# --- which of them are one coin ----------------------------------------------------
def test_a_pair_is_one_coin_and_what_is_left_out_none() -> None:
    one, two = Circle(100, 100, 40), Circle(200, 100, 40, reverse_of=1)
    out = Circle(300, 100, 40, kept=False)
    found = pure.coins([one, two, out, Circle(400, 100, 40)])
    assert {number: [role for _circle, role in parts] for number, parts in found.items()} == {
        1: ["obverse", "reverse"], 4: [""],
    }  # fmt: skip


def test_of_a_pair_the_reverse_may_stay_alone() -> None:
    pair = [Circle(100, 100, 40, kept=False), Circle(200, 100, 40, reverse_of=1)]
    assert pure.coins(pair) == {2: [(pair[1], "reverse")]}


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ([0, 9], "no_such_circle"), ([0, 2], "no_such_circle"), ([0, 1, 2], "reverse_of_reverse"),
        ([0, 1, 1], "two_reverses"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(others: list[int], code: str) -> None:
    circles = [Circle(100 * n, 100, 40, reverse_of=other) for n, other in enumerate(others, 1)]
    with pytest.raises(ArrangementRefused) as refused:
        pure.coins(circles)
    assert refused.value.code == code


def test_a_crop_has_the_pixels_of_the_original() -> None:
    image = tray_of(2, 1, r=200, step=500)
    with Image.open(BytesIO(cut(image, Circle(250, 250, 200)))) as one:
        assert one.size == (424, 424)
    with Image.open(BytesIO(cut(image, Circle(10, 250, 200)))) as edge:
        assert edge.size == (222, 424)


# --- the whole way -----------------------------------------------------------------
def test_a_tray_becomes_coins_that_are_identified(bring: Any, make: Any, owner: User) -> None:
    tray = bring(tray_of(4, 3))
    assert tray.is_laid_out
    assert (len(tray.circles), {one.reverse_of for one in tray.circles}) == (12, {0})
    make(tray)
    assert tray.is_made
    coins = list(tray.coins.order_by("from_trays__number"))
    assert [coin.status for coin in coins] == ["draft"] * 12
    assert {coin.collection for coin in coins} == {tray.collection}
    photo = coins[0].photos.get()
    assert (photo.name, photo.role, photo.added_by) == ("tray 1.jpg", "obverse", owner)
    assert 120 <= photo.width <= 140
    assert Identification.objects.filter(coin__in=coins).count() == 12
    note = FieldChange.objects.get(coin=coins[4], field="photo")
    assert note.new == f"tray.jpg · 5 · sha256 {tray.sha256}"


def test_two_faces_side_by_side_are_one_coin(bring: Any, make: Any) -> None:
    tray = make(bring(tray_of(2, 1)))
    [coin] = tray.coins.all()
    assert [photo.role for photo in coin.photos.all()] == ["obverse", "reverse"]
    [job] = Identification.objects.filter(coin=coin)
    assert job.other_face is not None


def test_two_coins_may_be_two(bring: Any) -> None:
    assert [one.reverse_of for one in bring(tray_of(2, 1), "apart").circles] == [0, 0]


def test_a_tray_of_pairs(bring: Any) -> None:
    image = sheet([(90, 90, 60), (230, 90, 60), (590, 90, 60), (730, 90, 60)], (820, 180))
    assert [one.reverse_of for one in bring(image, "pairs").circles] == [0, 1, 0, 3]


def test_a_person_leaves_out_pairs_moves_and_adds(bring: Any, make: Any) -> None:
    tray = bring(tray_of(4, 1))
    one, two, _three, four = [
        {"x": c.x, "y": c.y, "r": c.r, "kept": "on", "reverse_of": ""} for c in tray.circles
    ]
    make(
        tray, one | {"r": 50}, two | {"reverse_of": 1}, _three | {"kept": ""}, four,
        {"x": 300, "y": 75, "r": 30, "kept": "on"},
    )  # fmt: skip
    made = {one.number: one.coin.photos.count() for one in tray.made.all()}
    assert made == {1: 2, 4: 1, 5: 1}
    assert tray.made.get(number=1).coin.photos.get(role="obverse").width == 106


def test_twice_pressing_makes_no_second_set(bring: Any, make: Any) -> None:
    tray = bring(tray_of(3, 1))
    make(tray)
    make(tray)
    tasks.tray(tray.pk)
    assert Coin.objects.count() == 3


def test_a_worker_that_died_goes_on_where_it_was(bring: Any, make: Any) -> None:
    tray = make(bring(tray_of(3, 1)))
    Coin.objects.filter(from_trays__number=3).delete()
    Tray.objects.update(state="running", lease=None, done=2)
    tasks.tray(tray.pk)
    assert sorted(tray.made.values_list("number", flat=True)) == [1, 2, 3]
    assert (Coin.objects.count(), Photo.objects.count()) == (3, 3)


def test_the_photo_may_go_and_the_coins_stay(
    bring: Any, make: Any, as_user: Any, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    tray = make(bring(tray_of(2, 1), "apart"))
    storage, name = tray.original.storage, tray.original.name
    with django_capture_on_commit_callbacks(execute=True):
        as_user(owner).post(reverse("identify:tray-delete", args=[tray.pk]))
    assert (Tray.objects.count(), Coin.objects.count()) == (0, 2)
    assert not storage.exists(name)


# --- what is refused ---------------------------------------------------------------
def test_a_file_that_is_no_photo_is_refused_by_its_name(
    as_user: Any, owner: User, collection: Collection
) -> None:
    file = ContentFile(b"no picture at all", "tray.jpg")
    page = as_user(owner).post(SHOEBOX, {"photos": file}, follow=True).content.decode()
    assert "tray.jpg: " in page
    assert Tray.objects.count() == 0


def test_a_photo_without_a_coin_says_so(bring: Any, as_user: Any, owner: User) -> None:
    tray = bring(Image.new("RGB", (800, 600), "#eeeeee"))
    page = as_user(owner).get(tray.get_absolute_url()).content.decode()
    assert "No coin was found" in page
    answer = as_user(owner).post(tray.get_absolute_url(), said(tray, make="1"), follow=True)
    assert "Keep at least one circle" in answer.content.decode()


def test_more_than_two_hundred_are_too_many(bring: Any) -> None:
    tray = bring(tray_of(18, 12, r=30, step=80))
    assert tray.state == "failed"
    assert tray.failure.startswith("216 coins are on the photo; 200 is the most")


def test_a_photo_that_is_gone_is_told(bring: Any, make: Any) -> None:
    tray = bring(tray_of(2, 1))
    tray.original.storage.delete(tray.original.name)
    assert make(tray).failure == "The photo of the tray is missing."
    with override("de"):
        assert "fehlt" in Tray.objects.get(pk=tray.pk).failure


def test_what_became_no_coin_is_told_in_the_readers_language(
    bring: Any, as_user: Any, owner: User
) -> None:
    tray = bring(tray_of(2, 1))
    kept = named(2, ImageRefused("empty", "The file is empty.")).kept
    Tray.objects.filter(pk=tray.pk).update(notes=["1: as it was told before", kept], step="make")
    german = {"accept-language": "de"}
    page = as_user(owner).get(tray.get_absolute_url(), headers=german).content.decode()
    assert "1: as it was told before" in page
    assert "2: Die Datei ist leer." in page
    told = as_user(owner).get(f"/api/v1/trays/{tray.pk}/").json()["notes"]
    assert told == ["1: as it was told before", "2: The file is empty."]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"x": 5000, "y": 70, "r": 50}, "this lies beyond"),
        ({"x": 70, "y": 70, "r": 3}, "At least 16 pixels"),
        ({"x": 70, "y": 70}, "Give all three"),
        ({"x": 70, "y": 70, "r": 50, "reverse_of": 7}, "cannot be the reverse of 7"),
    ],
)
def test_numbers_that_cannot_be(
    bring: Any, as_user: Any, owner: User, row: dict[str, Any], words: str
) -> None:
    tray = bring(tray_of(1, 1))
    answer = as_user(owner).post(tray.get_absolute_url(), said(tray, row | {"kept": "on"}, make=1))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    tray.refresh_from_db()
    assert tray.is_laid_out


def test_circles_are_kept_for_later(bring: Any, as_user: Any, owner: User) -> None:
    tray = bring(tray_of(2, 1), "apart")
    row = {"x": 70, "y": 71, "r": 52}
    as_user(owner).post(tray.get_absolute_url(), said(tray, row))
    tray.refresh_from_db()
    assert tray.circles == [Circle(70, 71, 52, kept=False)]


def test_who_cannot_edit_makes_nothing(
    bring: Any, as_user: Any, stranger: User, viewer: User, editor: User
) -> None:
    tray = bring(tray_of(2, 1))
    for who, status in ((stranger, 404), (viewer, 403), (editor, 302)):
        answer = as_user(who).post(tray.get_absolute_url(), said(tray, make="1"))
        assert answer.status_code == status
    other = make_collection(stranger, "Other")
    answer = as_user(viewer).post(
        SHOEBOX, {"photos": upload(tray_of(1, 1)), "collection": other.pk}
    )
    assert answer.status_code == 404


def test_the_same_photo_again_is_told(bring: Any, make: Any, as_user: Any, owner: User) -> None:
    make(bring(tray_of(2, 1)))
    again = bring(tray_of(2, 1))
    assert "this very photo before" in as_user(owner).get(again.get_absolute_url()).content.decode()
