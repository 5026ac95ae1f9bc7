"""Looking closely: the viewer, the edit with its preview, two coins at one scale, pictures in lists."""

from io import BytesIO

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from catalog import comparing, renditions
from catalog.images import EditParams
from catalog.models import Coin, Photo
from catalog.photo_forms import EditForm
from catalog.photos import store
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_coin, make_photo, make_type

pytestmark = pytest.mark.django_db
DISC = {"crop": "on", "cx": "0.5", "cy": "0.5", "r": "0.4"}


@pytest.fixture
def photo(coin, owner):
    return store(coin, saved(drawn(400)), "a.jpg", "obverse", owner)


# --- the viewer ------------------------------------------------------------------
def test_the_viewer_shows_the_photo_and_leads_to_the_other_face(as_user, viewer, coin, photo):
    reverse = make_photo(coin, "reverse", position=1)
    response = as_user(viewer).get(f"/photos/{photo.pk}/")
    html = response.content.decode()
    assert response.context["other_face"] == reverse
    assert "Show the reverse" in html
    assert f"/photos/{photo.pk}/original" not in html


def test_editors_find_the_original_and_the_edit(as_user, editor, photo):
    html = as_user(editor).get(f"/photos/{photo.pk}/").content.decode()
    assert f"/photos/{photo.pk}/original" in html
    assert f"/photos/{photo.pk}/edit/" in html


# --- the edit ----------------------------------------------------------------------
def test_an_edit_is_parameters(as_user, owner, photo):
    data = DISC | {"turn": "90", "straighten": "-1.5", "brightness": "1.2", "contrast": "1"}
    response = as_user(owner).post(f"/photos/{photo.pk}/edit/", data)
    assert response["Location"] == f"/photos/{photo.pk}/"
    photo.refresh_from_db()
    assert photo.edit == {"rotate": 88.5, "brightness": 1.2, "crop": [0.5, 0.5, 0.4]}
    assert photo.state == Photo.State.NEW


def test_detail_grey_and_the_unrolled_ring_are_parameters_too(as_user, owner, photo):
    original = photo.original.read()
    data = {"sharpness": "1.5", "denoise": "0.25", "greyscale": "on", "polar": "on"}
    as_user(owner).post(f"/photos/{photo.pk}/edit/", data)
    photo.refresh_from_db()
    assert photo.edit == {"sharpness": 1.5, "denoise": 0.25, "greyscale": True, "polar": True}
    assert photo.original.read() == original


def test_a_strip_keeps_its_place_free(as_user, owner, photo):
    photo.edit = {"polar": True, "crop": [0.5, 0.5, 0.4], "rotate": 12}
    photo.save()
    image = Image.open(BytesIO(b"".join(as_user(owner).get(f"/photos/{photo.pk}/large.webp"))))
    assert image.size == renditions.shape(photo, "large")
    assert "coin-photo-cut" not in drawn_by('{% photo photo "large" %}', photo=photo)


# --- and identified again ------------------------------------------------------------
def test_the_viewer_offers_editors_to_identify_again(as_user, editor, viewer, coin, photo):
    button = f'action="{reverse("identify:again", args=[coin.pk])}"'
    assert button in as_user(editor).get(f"/photos/{photo.pk}/").content.decode()
    assert button not in as_user(viewer).get(f"/photos/{photo.pk}/").content.decode()


def test_nobody_is_identified_by_the_edge(as_user, owner, coin):
    edge = make_photo(coin, "edge")
    for page in ("", "edit/"):
        html = as_user(owner).get(f"/photos/{edge.pk}/{page}").content.decode()
        assert "dentify again" not in html


def test_the_edit_is_saved_before_it_is_identified_with(as_user, owner, coin, photo):
    client = as_user(owner)
    address = f"/photos/{photo.pk}/edit/"
    assert 'name="again"' in client.get(address).content.decode()
    response = client.post(address, {"contrast": "1.4", "again": "1"})
    photo.refresh_from_db()
    assert photo.edit == {"contrast": 1.4}
    # 307: the browser posts on
    assert response.status_code == 307
    assert response["Location"] == f"{reverse('identify:again', args=[coin.pk])}?photo={photo.pk}"


def test_a_stranger_neither_edits_nor_identifies(as_user, stranger, viewer, photo):
    address, data = f"/photos/{photo.pk}/edit/", {"contrast": "1.4", "again": "1"}
    assert as_user(stranger).post(address, data).status_code == 404
    assert as_user(viewer).post(address, data).status_code == 403
    photo.refresh_from_db()
    assert photo.edit == {}


def test_back_to_the_original(as_user, owner, photo):
    Photo.objects.update(edit={"rotate": 90})
    as_user(owner).post(f"/photos/{photo.pk}/edit/", {"reset": "1"})
    photo.refresh_from_db()
    assert photo.edit == {}


def test_a_preview_keeps_nothing(as_user, owner, photo):
    client = as_user(owner)
    page = client.post(f"/photos/{photo.pk}/edit/", DISC | {"turn": "0", "preview": "1"})
    query = page.context["query"]
    assert f"/photos/{photo.pk}/preview.webp?{query.replace('&', '&amp;')}" in page.content.decode()
    image = Image.open(BytesIO(client.get(f"/photos/{photo.pk}/preview.webp?{query}").content))
    assert (image.size, image.mode) == ((320, 320), "RGBA")
    photo.refresh_from_db()
    assert photo.edit == {}


def test_the_coin_is_found_on_its_ground(as_user, owner, photo):
    client = as_user(owner)
    assert client.get(f"/photos/{photo.pk}/disc/").json()["disc"] == pytest.approx(
        [0.5, 0.5, 0.41], abs=0.02
    )
    page = client.post(f"/photos/{photo.pk}/edit/", {"find": "1"})
    assert float(page.context["form"]["r"].value()) == pytest.approx(0.41, abs=0.02)


def test_where_no_coin_is_found_it_says_so(as_user, owner, coin):
    flat = store(coin, saved(Image.new("RGB", (300, 300), "white")), "w.jpg", "", owner)
    client = as_user(owner)
    assert client.get(f"/photos/{flat.pk}/disc/").json() == {"disc": None}
    page = client.post(f"/photos/{flat.pk}/edit/", {"find": "1"})
    assert "by hand" in page.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"brightness": "9"},
        {"sharpness": "3.5"},
        {"denoise": "-1"},
        {"r": "2"},
        {"straighten": "x"},
        {"turn": "45"},
    ],
)
def test_impossible_values_are_refused(as_user, owner, photo, values):
    response = as_user(owner).post(f"/photos/{photo.pk}/edit/", DISC | values)
    assert response.status_code == 422
    photo.refresh_from_db()
    assert photo.edit == {}


def test_the_preview_of_nonsense_is_not_there(as_user, owner, viewer, photo):
    assert as_user(owner).get(f"/photos/{photo.pk}/preview.webp?r=x").status_code == 404
    assert as_user(viewer).get(f"/photos/{photo.pk}/preview.webp").status_code == 403


@pytest.mark.parametrize(
    "edit",
    [
        EditParams(),
        EditParams(rotate=-92.5, crop=(0.3, 0.4, 0.2), contrast=1.5),
        EditParams(rotate=180),
        EditParams(sharpness=2.5, denoise=0.4, greyscale=True, polar=True),
        EditParams(sharpness=0),
    ],
)
def test_the_form_shows_an_edit_and_says_it_again(edit):
    shown = EditForm.showing(edit)
    for said in ({name: shown[name].value() for name in shown.fields}, QueryDict(shown.query())):
        again = EditForm(said)
        assert again.is_valid(), again.errors
        assert again.edit() == edit


# --- two coins ---------------------------------------------------------------------
def with_photo(collection, owner, diameter, side=400, **values):
    coin = make_coin(collection, diameter=diameter, **values)
    store(coin, saved(drawn(side)), "a_obv.jpg", "", owner)
    return Coin.objects.for_list().get(pk=coin.pk)


def test_a_millimetre_is_as_long_on_both_sides(collection, owner):
    small, large = (
        with_photo(collection, owner, "20"),
        with_photo(collection, owner, "40", side=900),
    )
    [[a, b]] = comparing.laid_out(small, large)["rows"]
    # the drawn disc is 0.8 of the photo
    assert float(a.width) == pytest.approx(20 / 0.8, rel=0.03)
    assert float(b.width) == pytest.approx(40 / 0.8, rel=0.03)
    assert float(a.x) == pytest.approx(-float(a.width) / 2, rel=0.03)


def test_a_photo_cut_to_the_disc_is_as_wide_as_the_coin(collection, owner):
    coin = with_photo(collection, owner, "20")
    coin.photos.update(edit={"crop": [0.5, 0.5, 0.4]})
    coin = Coin.objects.for_list().get(pk=coin.pk)
    assert float(comparing.frame(coin, "obverse", 20).width) == pytest.approx(20)


def test_without_a_diameter_both_are_drawn_equally_large(as_user, owner, collection):
    a, b = with_photo(collection, owner, None), with_photo(collection, owner, "40")
    page = as_user(owner).get("/photos/compare/", {"a": a.pk, "b": b.pk})
    assert (page.context["known"], page.context["bar"]) == (False, None)
    assert "a diameter is missing" in page.content.decode()


def test_the_type_lends_its_diameter(collection, owner):
    coin = with_photo(collection, owner, None, type=make_type(diameter="18.5"))
    assert comparing.size_of(coin) == comparing.Size(18.5, "type")


def test_numbers_of_a_drawing_have_points_in_every_language(as_user, owner, collection):
    a, b = with_photo(collection, owner, "19.5"), with_photo(collection, owner, "20.5")
    owner.language = "de"
    owner.save()
    html = as_user(owner).get("/photos/compare/", {"a": a.pk, "b": b.pk}).content.decode()
    assert f'viewBox="{comparing.laid_out(a, b)["view"]}"' in html
    assert "," not in comparing.laid_out(a, b)["view"]


def test_the_second_coin_is_chosen_those_most_like_the_first_one_first(as_user, owner, collection):
    first = with_photo(collection, owner, "20", authority="Trajan", denomination="Denarius")
    far = with_photo(collection, owner, "20", authority="Nero")
    near = with_photo(collection, owner, "20", authority="Trajan", denomination="Denarius")
    make_coin(collection, title="without a photo")
    newest = with_photo(collection, owner, "20", authority="Nero")
    page = as_user(owner).get("/photos/compare/", {"a": first.pk})
    assert list(page.context["choices"]) == [near, newest, far]


@pytest.mark.parametrize("which", ["a", "b"])
def test_nobody_compares_what_he_may_not_see(as_user, stranger, owner, collection, which):
    mine = with_photo(collection, owner, "20")
    theirs = make_coin()
    assert as_user(stranger).get("/photos/compare/", {"a": mine.pk}).status_code == 404
    both = {"a": mine.pk, "b": mine.pk} | {which: theirs.pk}
    assert as_user(owner).get("/photos/compare/", both).status_code == 404


# --- pictures in lists ---------------------------------------------------------------
def drawn_by(code, **context):
    return Template("{% load photos %}" + code).render(Context(context))


def test_a_picture_keeps_its_place_free(coin, photo):
    html = drawn_by('{% photo coin "card" %}', coin=coin)
    assert f'src="/photos/{photo.pk}/card.webp?v=plain"' in html
    assert 'width="400" height="400"' in html
    assert 'loading="lazy"' in html
    assert 'alt="Denarius of Trajan, obverse"' in html
    assert "160w" in html


def test_the_obverse_stands_for_the_coin(coin):
    make_photo(coin, "edge", position=0)
    make_photo(coin, "reverse", position=1)
    obverse = make_photo(coin, "obverse", position=2)
    assert f"/photos/{obverse.pk}/" in drawn_by("{% photo coin %}", coin=coin)


def test_without_a_photo_there_is_a_drawing(coin):
    html = drawn_by("{% photo coin %}", coin=coin)
    assert "<img" not in html
    assert "<svg" in html


def test_a_photo_that_failed_is_told_apart(coin):
    make_photo(coin, state="failed")
    assert "cannot be shown" in drawn_by("{% photo coin %}", coin=coin)


def test_a_share_link_shows_its_own_addresses(coin, photo):
    assert 'src="/s/abc/photos/' in drawn_by('{% photo coin "card" token="abc" %}', coin=coin)


def test_an_edit_changes_address_and_shape(coin, photo):
    photo.edit = {"crop": [0.5, 0.5, 0.25]}
    html = drawn_by('{% photo photo "large" %}', photo=photo)
    assert f"large.webp?v={renditions.version(photo)}" in html
    assert 'width="200" height="200"' in html
    assert "coin-photo-cut" in html


def test_a_list_of_pictures_costs_no_query_each(collection, django_assert_num_queries):
    for _number in range(5):
        make_photo(make_coin(collection, authority="Trajan"))
    coins = list(Coin.objects.for_list())
    with django_assert_num_queries(0):
        for coin in coins:
            drawn_by("{% photo coin %}", coin=coin)
