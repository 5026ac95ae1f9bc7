"""From photo to coin: the page of drafts, quick edit, joining two drafts of one coin."""

import pytest

from catalog.models import Coin, FieldChange
from tests.factories import make_coin, make_photo

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(collection):
    coin = make_coin(collection, status="draft")
    make_photo(coin)
    return coin


def fill(client, coin, headers=None, **values):
    own = {"own": values.pop("own")} if "own" in values else {}
    data = {f"d{coin.pk}-{name}": value for name, value in values.items()} | own
    return client.post(f"/coins/{coin.pk}/draft/", data, headers=headers or {})


def test_a_draft_is_filled_in_and_becomes_a_coin(as_user, owner, draft):
    response = fill(
        as_user(owner), draft, title="Denarius", authority="Trajan", weight="3,27", own="1"
    )
    assert response["Location"] == "/photos/add/#drafts"
    draft.refresh_from_db()
    assert (draft.title, draft.authority.name, str(draft.weight)) == ("Denarius", "Trajan", "3.270")
    assert draft.status == "owned"
    assert set(FieldChange.objects.values_list("field", flat=True)) >= {
        "title",
        "authority",
        "status",
    }


def test_saving_for_later_keeps_it_a_draft(as_user, owner, draft):
    fill(as_user(owner), draft, title="Denarius")
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Denarius", "draft")


def test_with_htmx_the_row_says_what_became_of_it(as_user, owner, draft):
    client = as_user(owner)
    saved = fill(client, draft, HTMX, title="Denarius").content.decode()
    assert "Saved." in saved
    assert "<html" not in saved
    done = fill(client, draft, HTMX, title="Denarius", own="1").content.decode()
    assert "is in your collection" in done


def test_a_bad_value_is_refused_beside_its_field(as_user, owner, draft):
    client = as_user(owner)
    response = fill(client, draft, weight="heavy", own="1")
    assert response.status_code == 422
    assert 'value="heavy"' in response.content.decode()
    row = fill(client, draft, HTMX, weight="heavy", own="1").content.decode()
    assert "is not a number" in row
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_others_keep_their_hands_off(as_user, viewer, stranger, draft):
    assert fill(as_user(viewer), draft, title="x").status_code == 403
    assert fill(as_user(stranger), draft, title="x").status_code == 404


def test_two_drafts_of_one_coin_are_joined(as_user, owner, collection, draft):
    other = make_coin(collection, status="draft")
    make_photo(other, role="reverse")
    response = as_user(owner).post(f"/coins/{other.pk}/join/", {"into": draft.pk})
    assert response["Location"] == f"/photos/add/#draft-{draft.pk}"
    assert [photo.role for photo in draft.photos.all()] == ["obverse", "reverse"]
    other.refresh_from_db()
    assert other.deleted_at is not None


def test_a_draft_with_words_in_it_stays(as_user, owner, collection, draft):
    other = make_coin(collection, status="draft", title="Denarius")
    make_photo(other, role="reverse")
    as_user(owner).post(f"/coins/{other.pk}/join/", {"into": draft.pk})
    other.refresh_from_db()
    assert other.deleted_at is None


def test_nothing_is_joined_to_a_coin_of_somebody_else(as_user, owner, draft):
    foreign = make_coin()
    response = as_user(owner).post(f"/coins/{draft.pk}/join/", {"into": foreign.pk})
    assert response.status_code == 404
    assert draft.photos.count() == 1


def test_the_page_costs_the_same_for_one_draft_and_for_ten(
    as_user, owner, collection, django_assert_num_queries
):
    for _number in range(12):
        make_photo(make_coin(collection, status="draft", authority="Trajan"))
    client = as_user(owner)
    client.get("/photos/add/")
    with django_assert_num_queries(9):
        response = client.get("/photos/add/")
    assert len(response.context["rows"]) == 10
    assert Coin.objects.count() == 12
