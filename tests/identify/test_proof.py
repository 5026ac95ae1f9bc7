"""What stands behind a suggestion on its panel: where the model looked and what it saw, the letters on the
photo, and coins to compare with."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from identify import framing, tasks
from identify.models import Explanation, HeatMap
from identify.values import Face
from tests.factories import make_coin, make_collection, make_photo, make_type, share_with
from tests.identify.conftest import job_of
from tests.identify.fakes import answer, opinion

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def panel(user, coin) -> str:
    return text(client_of(user).get(reverse("identify:panel", args=[coin.pk]), headers=HTMX))


@pytest.fixture
def suggestion(fake, arrive, coin):
    arrive(coin)
    return job_of(coin).suggestions.get(field="ruler")


def ask(user, one, htmx=True, **data):
    address = reverse("identify:explain", args=[one.pk])
    return client_of(user).post(address, data, headers=HTMX if htmx else {})


def look(user, job, **more):
    return client_of(user).get(job.get_absolute_url(), headers=more.pop("headers", HTMX), **more)


@pytest.fixture
def shown(suggestion, owner):
    """A heat map that is there."""
    ask(owner, suggestion)
    job = Explanation.objects.get()
    tasks.explain(job.pk)
    return job


# --- where it looked -----------------------------------------------------------------
def test_editors_may_ask_where_it_looked(suggestion, owner, viewer, coin):
    assert "Show where it looked" in panel(owner, coin)
    assert "Show where it looked" not in panel(viewer, coin)


def test_asked_it_says_that_it_looks_and_asks_again_soon(suggestion, owner, queue):
    page = text(ask(owner, suggestion, label="Trajan"))
    job = Explanation.objects.get()
    assert "Looking for what spoke for “Trajan”." in page
    assert f'hx-get="{job.get_absolute_url()}?n=1"' in page
    assert "delay:700ms" in page
    assert 'hx-get="' + job.get_absolute_url() + '?n=2"' in text(look(owner, job, data={"n": "1"}))
    assert "hx-trigger" not in text(look(owner, job, data={"n": "400"}))


def test_it_lies_over_the_coin_and_says_that_it_is_no_proof(shown, owner, coin):
    page = text(look(owner, shown))
    one = HeatMap.objects.get()
    assert reverse("identify:heat-map", args=[one.pk]) in page
    assert f"/photos/{one.photo_id}/large.webp" in page
    assert "Red spoke most for “Trajan”, yellow less" in page
    assert "no proof" in page
    assert 'viewBox="' + framing.framed(one.photo, one.square, "large").square + '"' in page
    assert "Hadrian" in page  # what else may be asked for
    assert 'value="Trajan"' not in page


def test_viewers_see_what_was_kept_and_ask_for_nothing(shown, owner, viewer, coin):
    assert "Where the model looked" in panel(viewer, coin)
    page = text(look(viewer, shown))
    assert "Red spoke most" in page
    assert "<form" not in page
    assert ask(viewer, shown.suggestion).status_code == 403


def test_the_picture_is_for_those_who_see_the_coin(shown, owner, viewer, stranger):
    address = reverse("identify:heat-map", args=[HeatMap.objects.get().pk])
    response = client_of(viewer).get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert client_of(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_picture_that_somebody_removed_is_not_there(shown, owner):
    one = HeatMap.objects.get()
    one.image.storage.delete(one.image.name)
    address = reverse("identify:heat-map", args=[one.pk])
    assert client_of(owner).get(address).status_code == 404


def test_a_stranger_neither_asks_nor_looks(shown, stranger):
    assert ask(stranger, shown.suggestion).status_code == 404
    assert look(stranger, shown).status_code == 404


def test_without_scripts_it_is_a_page(suggestion, owner, coin):
    response = ask(owner, suggestion, htmx=False)
    job = Explanation.objects.get()
    assert (response.status_code, response["Location"]) == (302, job.get_absolute_url())
    tasks.explain(job.pk)
    page = text(look(owner, job, headers={}))
    assert "<title>" in page
    assert "Red spoke most" in page


def test_a_refusal_is_said_where_it_was_asked(suggestion, owner):
    assert "“Nero” was not suggested." in text(ask(owner, suggestion, label="Nero"))
    away = ask(owner, suggestion, htmx=False, label="Nero")
    assert away.status_code == 302
    assert not Explanation.objects.exists()


def test_a_failure_has_its_sentence_and_another_try(fake, suggestion, owner, viewer, queue):
    ask(owner, suggestion)
    fake.version = "fake-2"
    job = Explanation.objects.get()
    tasks.explain(job.pk)
    page = text(look(owner, job))
    assert "Another model serves now" in page
    assert "Try again" in page
    assert "Try again" not in text(look(viewer, job))


def test_an_edited_photo_shows_something_else(shown, owner):
    photo = HeatMap.objects.get().photo
    photo.edit = {"rotate": 90}
    photo.save()
    page = text(look(owner, shown))
    assert "no longer counts" in page
    assert "<svg viewBox" not in page.replace('<svg class="icon" viewBox', "")


def test_what_is_read_offers_no_heat(fake, arrive, owner, coin):
    fake.says = opinion(fields={"obverse_legend": answer(("IMP C", 0.9))})
    arrive(coin)
    assert "Show where it looked" not in panel(owner, coin)


# --- letters on the photo ------------------------------------------------------------
LEGEND = answer(
    ("IMP CAES", 0.71), ("IMP TRAI", 0.2), read="IMP",
    letters=(("I", 0.95, 225.0), ("M", 0.7, 270.0), ("P", 0.2, 0.0)),
)  # fmt: skip


def test_letters_stand_where_they_were_read(fake, arrive, owner, coin):
    fake.says = opinion(fields={"obverse_legend": LEGEND})
    photo = arrive(coin)
    page = panel(owner, coin)
    assert 'aria-label="The letters where they stand round the coin: IMP"' in page
    assert f"/photos/{photo.pk}/card.webp" in page
    assert '<text class="ring-letter ring-sure" transform="translate(-0.771 0.771) rotate(225.0)">I</text>' in page  # fmt: skip
    assert 'ring-likely" transform="translate(-1.090 0.000) rotate(270.0)">M</text>' in page
    assert re.search(r'ring-faint" transform="translate\(0.000 -1.090\) rotate\(0.0\)">P</text>', page)  # fmt: skip
    assert "Nearest true legends" in page


def test_a_legend_stands_on_the_face_it_was_read_from(fake, arrive, owner, coin, queue):
    fake.says = opinion(
        fields={"reverse_legend": LEGEND},
        faces=(
            Face("coin.jpg", "obverse", (0.5, 0.5, 0.4)),
            Face("coin.jpg", "reverse", (0.5, 0.5, 0.25)),
        ),
    )
    arrive(coin, "obverse")
    reverse_photo = arrive(coin, "reverse")
    tasks.run(job_of(coin).pk)
    ring = panel(owner, coin).partition('class="ring"')[2].partition("</svg>")[0]
    assert f"/photos/{reverse_photo.pk}/card.webp" in ring
    assert 'x="-2.0000" y="-2.0000" width="4.0000" height="4.0000"' in ring  # of the radius


def test_without_a_disc_no_letters_are_drawn(fake, arrive, owner, coin):
    fake.says = opinion(fields={"obverse_legend": LEGEND}, faces=(Face("coin.jpg", "obverse"),))
    arrive(coin)
    page = panel(owner, coin)
    assert 'class="ring"' not in page
    assert "Read on the coin: IMP" in page


# --- what it saw ---------------------------------------------------------------------
def test_what_the_model_saw_is_drawn_on_the_photo(suggestion, owner, coin):
    page = panel(owner, coin)
    assert "What the model saw" in page
    assert '<circle class="saw-disc" cx="150.00" cy="150.00" r="135.00"/>' in page
    assert "before the model fake-1 looked" in page


def test_where_no_coin_was_found_it_says_so(fake, arrive, owner, coin):
    fake.says = opinion("abstained", reason="no_coin", faces=(Face("coin.jpg"),))
    arrive(coin)
    page = panel(owner, coin)
    assert "no coin was found" in page
    assert "saw-disc" not in page


# --- coins to compare with -----------------------------------------------------------
def compared(user, one, **headers) -> str:
    address = reverse("identify:specimens", args=[one.pk])
    return text(client_of(user).get(address, headers=headers or HTMX))


def pictured(collection, title, **values):
    coin = make_coin(collection, title=title, **values)
    make_photo(coin, state="ready")
    return coin


def test_verified_coins_stand_beside_each_candidate(suggestion, owner, collection):
    for number in range(4):
        pictured(collection, f"Trajan no. {number}", authority="Trajan")
    pictured(collection, "A Hadrian", authority="Hadrian")
    page = compared(owner, suggestion)
    trajan, hadrian = page.split("<h4>")[1:]
    assert re.findall(r"Trajan no. \d", trajan) == [f"Trajan no. {n}" for n in (3, 2, 1)]
    assert "A Hadrian" in hadrian
    assert "A Hadrian" not in trajan


def test_ones_own_come_first_then_those_one_may_see(suggestion, owner, coin):
    other = make_collection()
    share_with(other, owner)
    mine = pictured(coin.collection, "Mine", authority="Trajan")
    pictured(other, "Shared", authority="Trajan")
    pictured(make_collection(), "Hidden", authority="Trajan")
    page = compared(owner, suggestion)
    assert page.index("Mine") < page.index("Shared")
    assert "Hidden" not in page
    assert page.count("yours") == 1
    assert mine.get_absolute_url() in page


def test_neither_the_coin_itself_nor_trash_nor_what_has_no_photo(suggestion, owner, coin):
    coin.authority = pictured(coin.collection, "Thrown away", authority="Trajan").authority
    coin.title = "Itself"
    coin.save()
    type(coin).objects.get(title="Thrown away").discard(owner)
    make_coin(coin.collection, title="Never photographed", authority="Trajan")
    page = compared(owner, suggestion)
    assert "No other coin that you may see" in page
    for title in ("Itself", "Thrown away", "Never photographed"):
        assert title not in page


def test_all_of_a_label_must_be_so(fake, arrive, owner, collection, coin):
    fake.says = opinion(fields={"us_denomination": answer(("pennies", 0.9))})
    arrive(coin)
    from catalog.models import Region

    usa = Region.objects.filter(name="United States").first() or Region.objects.create(
        name="United States"
    )
    pictured(collection, "A cent of theirs", denomination="Cent", region=usa)
    pictured(collection, "A cent of nowhere", denomination="Cent")
    page = compared(owner, job_of(coin).suggestions.get())
    assert "A cent of theirs" in page
    assert "A cent of nowhere" not in page


def test_a_type_is_found_by_its_key_or_title(fake, arrive, owner, collection, coin):
    fake.says = opinion(fields={"type": answer(("RIC II 147", 0.9), ("ric.2.148", 0.1))})
    arrive(coin)
    pictured(collection, "By its title", type=make_type("ric.2.147", title="RIC II 147"))
    pictured(collection, "By its key", type=make_type("ric.2.148"))
    first, second = compared(owner, job_of(coin).suggestions.get()).split("<h4>")[1:]
    assert "By its title" in first
    assert "By its key" in second


def test_they_are_fetched_when_somebody_opens_them(suggestion, owner, viewer, coin):
    address = reverse("identify:specimens", args=[suggestion.pk])
    page = panel(viewer, coin)
    assert f'hx-get="{address}" hx-trigger="toggle from:closest details once"' in page
    assert f'href="{address}"' in page  # without scripts
    assert "<title>" in compared(viewer, suggestion, accept="text/html")


def test_a_stranger_compares_nothing(suggestion, stranger):
    address = reverse("identify:specimens", args=[suggestion.pk])
    assert client_of(stranger).get(address).status_code == 404


def test_questions_asked_of_the_database(
    suggestion, owner, collection, django_assert_max_num_queries
):
    for number in range(6):
        pictured(collection, f"{number}", authority=("Trajan", "Hadrian")[number % 2])
    client = client_of(owner)
    with django_assert_max_num_queries(20):
        client.get(reverse("identify:specimens", args=[suggestion.pk]), headers=HTMX)


# --- with this photo -----------------------------------------------------------------
def again(user, coin, **data):
    return client_of(user).post(reverse("identify:again", args=[coin.pk]), data, headers=HTMX)


def test_identified_again_with_the_photo_that_was_asked_for(owner, coin, queue):
    face, other = make_photo(coin, "obverse"), make_photo(coin, "other")
    again(owner, coin)
    assert job_of(coin).photos == [face]
    again(owner, coin, photo=other.pk)
    assert job_of(coin).photos == [other]


def test_a_second_obverse_is_looked_at_with_the_reverse(owner, coin, queue):
    make_photo(coin, "obverse")
    second, back = make_photo(coin, "obverse"), make_photo(coin, "reverse")
    again(owner, coin, photo=second.pk)
    assert job_of(coin).photos == [second, back]


def test_the_photo_may_stand_in_the_address(owner, coin, queue):
    make_photo(coin, "obverse")
    other = make_photo(coin, "other")
    address = f"{reverse('identify:again', args=[coin.pk])}?photo={other.pk}"
    client_of(owner).post(address)
    assert job_of(coin).photos == [other]


def test_neither_the_edge_nor_the_photo_of_another_coin(owner, collection, coin, queue):
    make_photo(coin, "obverse")
    strange = make_photo(make_coin(collection), "obverse")
    for photo in (make_photo(coin, "edge").pk, strange.pk, "no number"):
        assert again(owner, coin, photo=photo).status_code == 404
    assert not coin.identifications.exists()
