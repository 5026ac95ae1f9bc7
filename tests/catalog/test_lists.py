from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.models import Collection, CustomField, SavedView, Tag, User
from tests.factories import make_coin, make_collection, make_photo, make_place, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def browser(as_user: Any, owner: User) -> Client:
    return as_user(owner)


def fill(collection: Collection, count: int) -> None:
    for n in range(count):
        coin = make_coin(collection, title=f"Denarius {n}", authority=f"Ruler {n}", denomination="Denarius",
                         mint="Rome", metal="Silver", value=Decimal(n + 1), weight=Decimal(3),
                         place=make_place(collection.owner, f"Safe › {n}"), type=make_type(),
                         custom={"rarity": "R1"})  # fmt: skip
        coin.references.create(text=f"RIC {n}")
        coin.tags.add(Tag.at(collection.owner, f"Roman › {n}"))
        make_photo(coin)
        make_photo(coin, "reverse")


@pytest.mark.parametrize("layout", ["cards", "table", "grid"])
def test_the_number_of_queries_does_not_grow_with_the_coins(
    browser: Client,
    owner: User,
    collection: Collection,
    layout: str,
    django_assert_num_queries: Any,
) -> None:
    CustomField.objects.create(
        owner=owner, key="rarity", name="Rarity", kind="choice", options=["R1"]
    )
    owner.list_columns = ["tags", "references", "type", "place", "custom.rarity", "value", "region",
                          "collection", "notes", "date"]  # fmt: skip
    owner.list_layout = layout
    owner.save()
    fill(collection, 2)
    expected = {"cards": 26, "table": 28, "grid": 26}[layout]
    address = f"/coins/?q=denarius&status=owned&sort=authority&layout={layout}"
    address += "&open=region,place,tag,acquired,no,own.rarity"
    browser.get(address)
    cache.clear()
    with django_assert_num_queries(expected):
        assert browser.get(address).status_code == 200
    fill(collection, 12)
    cache.clear()
    with django_assert_num_queries(expected):
        response = browser.get(address)
    assert response.content.count(b"data-coin-link") == 14


def test_a_coin_is_shown_with_its_facts_and_its_status(
    browser: Client, collection: Collection
) -> None:
    make_coin(collection, title="Denarius of Trajan", authority="Trajan", denomination="Denarius",
              mint="Rome", year_from=103, year_to=111, grade="VF", status="wanted")  # fmt: skip
    page = browser.get("/coins/").content.decode()
    assert "Rome · AD 103–111 · VF" in page
    assert "Wanted</span>" in page


def test_who_owns_nothing_yet_is_invited(browser: Client) -> None:
    page = browser.get("/coins/").content.decode()
    assert "Your cabinet is empty" in page
    assert "/imports/" in page


def test_where_nothing_matches_the_ways_out_are_shown(
    browser: Client, collection: Collection
) -> None:
    make_coin(collection, title="Denarius", status="sold")
    page = browser.get("/coins/?q=denarius&status=owned").content.decode()
    assert "No coin is all of that" in page
    assert 'href="/coins/?q=denarius"' in page
    assert 'href="/coins/?status=owned"' in page


def test_the_layout_is_remembered(browser: Client, owner: User, collection: Collection) -> None:
    make_coin(collection)
    assert b"<table" in browser.get("/coins/?layout=table").content
    assert b"<table" in browser.get("/coins/").content
    assert b"<table" in browser.get("/coins/?layout=nonsense").content
    owner.refresh_from_db()
    assert owner.list_layout == "table"


def test_the_table_shows_the_chosen_columns_in_order(
    browser: Client, owner: User, collection: Collection
) -> None:
    make_coin(collection, title="One", weight=Decimal("3.40"), authority="Trajan")
    owner.list_columns = ["weight", "authority"]
    owner.list_layout = "table"
    owner.save()
    page = browser.get("/coins/").content.decode()
    assert page.index("?sort=-weight") < page.index("?sort=authority", page.index("<thead"))
    assert '<td class="number"><span title="3.4 g">3.4 g</span></td>' in page
    assert "Denomination</a></th>" not in page


def test_a_heading_turns_the_order_round(browser: Client, collection: Collection) -> None:
    make_coin(collection, weight=Decimal(3))
    page = browser.get("/coins/?layout=table&sort=-weight").content.decode()
    assert 'aria-sort="descending"' in page
    assert 'href="?sort=weight"' in page


def test_htmx_gets_the_list_alone_and_a_clean_address(
    browser: Client, collection: Collection
) -> None:
    make_coin(collection, title="Denarius")
    response = browser.get("/coins/?q=den&date=&open=tag", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="coins"' in response.content
    assert response["HX-Push-Url"] == "/coins/?q=den"
    assert "HX-Request" in response["Vary"]
    typed = browser.get("/coins/?q=dena", headers={"HX-Request": "true", "X-Typing": "1"})
    assert typed["HX-Replace-Url"] == "/coins/?q=dena"
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in browser.get("/coins/?q=den", headers=back).content


def test_empty_fields_leave_the_address(browser: Client, collection: Collection) -> None:
    response = browser.get("/coins/?q=&status=owned&date=")
    assert response["Location"] == "/coins/?status=owned"
    assert browser.get("/coins/?q=")["Location"] == "/coins/"


def test_pages(browser: Client, collection: Collection) -> None:
    for n in range(61):
        make_coin(collection, title=f"Coin {n:02}")
    first = browser.get("/coins/?sort=title").content.decode()
    assert "1–60 of 61" in first
    assert "sort=title&amp;page=2" in first
    last = browser.get("/coins/?sort=title&page=2").content.decode()
    assert "61–61 of 61" in last
    assert "Coin 60" in last
    for nonsense in ("99", "0", "x", "-1", "9999999999999999999"):
        assert browser.get(f"/coins/?page={nonsense}").status_code == 200


def test_a_note_says_what_was_left_out(browser: Client, collection: Collection) -> None:
    make_coin(collection)
    page = browser.get("/coins/?date=the day after&status=lost").content.decode()
    assert page.count("notice-warning") == 2


def test_what_people_write_is_escaped(browser: Client, owner: User, collection: Collection) -> None:
    make_coin(collection, title="<script>alert(1)</script>", authority="<b>Nero</b>")
    SavedView.keep(owner, "<i>view</i>", "status=owned")
    for layout in ("cards", "table", "grid"):
        page = browser.get(f"/coins/?layout={layout}&status=owned").content.decode()
        assert "<script>alert" not in page
        assert "<b>Nero" not in page
        assert "<i>view" not in page


def test_a_viewer_ticks_nothing(as_user: Any, viewer: User, collection: Collection) -> None:
    make_coin(collection, title="Shared")
    page = as_user(viewer).get("/coins/").content.decode()
    assert "Shared" in page
    assert 'name="coin"' not in page


def test_a_stranger_sees_no_coin(as_user: Any, stranger: User, collection: Collection) -> None:
    make_coin(collection, title="Secret")
    page = as_user(stranger).get("/coins/").content.decode()
    assert "Secret" not in page
    assert as_user(None).get("/coins/").status_code == 302


# --- facets -----------------------------------------------------------------
def test_all_values_of_a_facet_on_a_page_of_their_own(
    browser: Client, collection: Collection
) -> None:
    pk = make_coin(collection, authority="Trajan").authority_id
    page = browser.get(f"/coins/facets/authority/?status=owned&authority={pk}").content.decode()
    assert "Trajan" in page
    assert '<input type="hidden" name="status" value="owned">' in page
    assert f'name="authority" value="{pk}" checked' in page


def test_a_facet_that_is_opened_is_filled(
    browser: Client, owner: User, collection: Collection
) -> None:
    make_coin(collection, place=make_place(owner, "Safe"))
    response = browser.get("/coins/facets/place/", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b"Safe" in response.content


def test_there_is_no_facet_of_nonsense(browser: Client) -> None:
    for name in ("secret", "q", "date", "own.nothing"):
        assert browser.get(f"/coins/facets/{name}/").status_code == 404


# --- columns and saved views --------------------------------------------------
def test_columns_are_chosen_and_moved(browser: Client, owner: User) -> None:
    data = {
        "order": ["weight", "authority", "mint"],
        "column": ["authority", "weight"],
        "back": "status=owned",
    }
    response = browser.post("/coins/columns/", data)
    assert response["Location"] == "/coins/?status=owned"
    owner.refresh_from_db()
    assert (owner.list_columns, owner.list_layout) == (["weight", "authority"], "table")
    browser.post("/coins/columns/", data | {"down": "weight"})
    owner.refresh_from_db()
    assert owner.list_columns == ["authority", "weight"]
    browser.post("/coins/columns/", data | {"default": "1", "order": ["secret"]})
    owner.refresh_from_db()
    assert owner.list_columns[:2] == ["authority", "denomination"]


def test_a_view_is_saved_and_stands_above_the_list(
    browser: Client, owner: User, collection: Collection
) -> None:
    make_coin(collection)
    response = browser.post(
        "/views/add/", {"name": "Sold ones", "query": "status=sold&junk=1&page=3"}
    )
    assert response["Location"] == "/coins/?status=sold"
    view = owner.saved_views.get()
    assert (view.name, view.query) == ("Sold ones", "status=sold")
    page = browser.get("/coins/?status=sold").content.decode()
    assert "<h1>Sold ones</h1>" in page
    browser.post("/views/add/", {"name": "Sold ones", "query": "status=given"})
    assert owner.saved_views.get().query == "status=given"
    browser.post("/views/add/", {"name": "", "query": ""})
    assert owner.saved_views.count() == 1


def test_views_are_renamed_moved_and_deleted(browser: Client, owner: User) -> None:
    a, b, c = (SavedView.keep(owner, name, "") for name in "abc")
    browser.post(f"/views/{c.pk}/edit/", {"move": "up"})
    assert [view.name for view in owner.saved_views.all()] == ["a", "c", "b"]
    browser.post(f"/views/{a.pk}/edit/", {"move": "up"})
    browser.post(f"/views/{a.pk}/edit/", {"move": "down"})
    assert [view.name for view in owner.saved_views.all()] == ["c", "a", "b"]
    browser.post(f"/views/{b.pk}/edit/", {"name": "Best"})
    browser.post(f"/views/{c.pk}/edit/", {"name": "Best"})
    browser.post(f"/views/{a.pk}/delete/")
    assert [view.name for view in owner.saved_views.all()] == ["c", "Best"]
    assert "Best" in browser.get("/views/").content.decode()


def test_views_of_others_are_not_there(as_user: Any, stranger: User, owner: User) -> None:
    view = SavedView.keep(owner, "Mine", "")
    for path in (f"/views/{view.pk}/edit/", f"/views/{view.pk}/delete/"):
        assert as_user(stranger).post(path, {"name": "Theirs"}).status_code == 404
    view.refresh_from_db()
    assert view.name == "Mine"


def test_two_collections_can_be_told_apart(
    browser: Client, owner: User, collection: Collection
) -> None:
    make_coin(collection, title="Down")
    attic = make_collection(owner, "Attic")
    make_coin(attic, title="Up")
    page = browser.get(f"/coins/?collection={attic.pk}").content.decode()
    assert "Up" in page
    assert "Down" not in page
