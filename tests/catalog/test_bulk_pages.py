from typing import Any

import pytest
from django.test import Client

from catalog.models import Authority, BulkEdit, Coin, Collection, CustomField, Place, User
from tests.factories import make_coin, make_collection, make_user, share_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(as_user: Any, owner: User) -> Client:
    return as_user(owner)


@pytest.fixture
def coins(collection: Collection) -> list[Coin]:
    return [make_coin(collection, title=f"Coin {n}", status="owned") for n in range(3)]


def ids(coins: list[Coin]) -> list[int]:
    return [coin.pk for coin in coins]


def notes() -> list[str]:
    return list(Coin.objects.order_by("pk").values_list("notes", flat=True))


def test_the_ticked_coins_lead_to_the_choice_of_a_field(browser: Client, coins: list[Coin]) -> None:
    response = browser.post(
        "/coins/bulk/", {"coin": ids(coins)[:2], "query": "status=owned", "edit": "1"}
    )
    assert response.status_code == 302
    page = browser.get(response["Location"]).content.decode()
    assert "Edit 2 coins" in page
    assert 'name="field" value="weight"' in page


def test_all_that_match(browser: Client, coins: list[Coin], collection: Collection) -> None:
    make_coin(collection, status="sold")
    response = browser.post(
        "/coins/bulk/", {"coin": ids(coins)[:1], "query": "status=owned", "all": "1"}
    )
    assert "coin=" not in response["Location"]
    assert "Edit 3 coins" in browser.get(response["Location"]).content.decode()


def test_a_preview_changes_nothing_and_makes_nothing(browser: Client, coins: list[Coin]) -> None:
    for field, value in (("authority", "Emperor Nobody"), ("place", "New safe › Tray 9")):
        page = browser.post(
            "/coins/bulk/", {"coin": ids(coins), "field": field, "value": value}
        ).content.decode()
        assert "3 coins change" in page
        assert "is new here and will be made" in page
    assert not Authority.objects.filter(name="Emperor Nobody").exists()
    assert not Place.objects.exists()
    assert Coin.objects.filter(authority=None, place=None).count() == 3


def test_a_preview_tells_old_and_new(browser: Client, coins: list[Coin]) -> None:
    Coin.objects.filter(pk=coins[0].pk).update(grade="VF")
    data = {"coin": ids(coins), "field": "grade", "value": "MS 65"}
    page = browser.post("/coins/bulk/", data).content.decode()
    assert "VF" in page
    assert "MS-65" in page
    data["value"] = ""
    assert "1 coin changes" in browser.post("/coins/bulk/", data).content.decode()
    data["coin"] = ids(coins)[1:]
    assert "there is nothing to change" in browser.post("/coins/bulk/", data).content.decode()


def test_it_is_applied_and_can_be_undone_from_the_message(
    browser: Client, coins: list[Coin]
) -> None:
    data = {
        "coin": ids(coins),
        "field": "notes",
        "value": "From the estate",
        "query": "status=owned",
    }
    response = browser.post("/coins/bulk/", data | {"apply": "1"})
    assert response["Location"] == "/coins/?status=owned"
    assert notes() == ["From the estate"] * 3
    edit = BulkEdit.objects.get()
    page = browser.get(response["Location"]).content.decode()
    assert "3 coins changed." in page
    assert f'action="/coins/bulk/{edit.pk}/undo/"' in page
    response = browser.post(f"/coins/bulk/{edit.pk}/undo/", {"query": "status=owned"})
    assert response["Location"] == "/coins/?status=owned"
    assert notes() == [""] * 3
    assert "Taken back" in browser.get(response["Location"]).content.decode()


def test_the_value_may_be_changed_after_the_preview(browser: Client, coins: list[Coin]) -> None:
    data = {"coin": ids(coins), "field": "notes", "value": "Almost", "again": "1"}
    page = browser.post("/coins/bulk/", data).content.decode()
    assert "Almost</textarea>" in page
    assert notes() == [""] * 3


def test_a_status_takes_its_day_and_reason(browser: Client, coins: list[Coin]) -> None:
    form = browser.get(f"/coins/bulk/?coin={coins[0].pk}&field=status").content.decode()
    assert 'name="on"' in form
    data = {
        "coin": ids(coins),
        "field": "status",
        "value": "sold",
        "on": "2024-05-03",
        "reason": "Fair",
    }
    browser.post("/coins/bulk/", data | {"apply": "1"})
    change = coins[0].status_changes.get()
    assert (str(change.on), change.reason) == ("2024-05-03", "Fair")


def test_tags_are_added_unless_asked_otherwise(browser: Client, coins: list[Coin]) -> None:
    data = {"coin": ids(coins), "field": "tags", "value": "Toned", "mode": "add", "apply": "1"}
    browser.post("/coins/bulk/", data)
    browser.post("/coins/bulk/", data | {"value": "Rare"})
    assert sorted(tag.path for tag in coins[0].tags.all()) == ["Rare", "Toned"]
    browser.post("/coins/bulk/", data | {"mode": "remove", "value": "Rare"})
    assert [tag.path for tag in coins[0].tags.all()] == ["Toned"]
    refused = browser.post("/coins/bulk/", data | {"value": ""})
    assert refused.status_code == 422
    assert "Write at least one" in refused.content.decode()


def test_what_cannot_be_read_is_refused_beside_the_field(
    browser: Client, coins: list[Coin]
) -> None:
    data = {"coin": ids(coins), "field": "weight", "value": "heavy"}
    for extra in ({}, {"apply": "1"}):
        response = browser.post("/coins/bulk/", data | extra)
        assert response.status_code == 422
        assert "is not a number" in response.content.decode()
    assert Coin.objects.filter(weight=None).count() == 3


def test_into_the_trash_and_back(browser: Client, coins: list[Coin]) -> None:
    browser.post("/coins/bulk/", {"coin": ids(coins), "field": "trash"})
    assert Coin.objects.live().count() == 0
    browser.post("/coins/bulk/", {"coin": ids(coins), "field": "trash", "trashed": "1"})
    assert Coin.objects.live().count() == 3


def test_nothing_ticked_is_told(browser: Client, coins: list[Coin]) -> None:
    response = browser.post("/coins/bulk/", {"query": "status=owned"}, follow=True)
    assert "Tick the coins" in response.content.decode()


def test_many_coins_are_done_in_the_background_with_progress(
    browser: Client, collection: Collection, django_capture_on_commit_callbacks: Any
) -> None:
    Coin.objects.bulk_create(Coin(collection=collection) for _ in range(510))
    data = {"all": "1", "query": "", "field": "notes", "value": "x", "apply": "1"}
    response = browser.post("/coins/bulk/", data)
    edit = BulkEdit.objects.get()
    assert response["Location"] == f"/coins/bulk/{edit.pk}/"
    assert b"0 of 510 coins" in browser.get(f"/coins/bulk/{edit.pk}/").content
    edit.run()
    fragment = browser.get(f"/coins/bulk/{edit.pk}/", headers={"HX-Request": "true"}).content
    assert b"510 coins changed." in fragment
    assert b"<html" not in fragment
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(f"/coins/bulk/{edit.pk}/undo/")
    assert response["Location"] == f"/coins/bulk/{edit.undone_by.pk}/"
    assert Coin.objects.filter(notes="x").count() == 0


def test_a_failed_edit_says_why_and_goes_on(
    browser: Client, owner: User, coins: list[Coin], django_capture_on_commit_callbacks: Any
) -> None:
    edit = BulkEdit.objects.create(user=owner, field="notes", value="x", coin_ids=ids(coins), total=3,
                                   state="failed", failure="OSError: disk")  # fmt: skip
    assert b"OSError: disk" in browser.get(f"/coins/bulk/{edit.pk}/").content
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/coins/bulk/{edit.pk}/")
    assert notes() == ["x"] * 3


def test_coins_of_several_owners_have_no_place_in_common(
    browser: Client, owner: User, coins: list[Coin]
) -> None:
    theirs = make_collection(make_user())
    share_with(theirs, owner, "editor")
    both = [*ids(coins), make_coin(theirs).pk]
    CustomField.objects.create(owner=owner, key="rank", name="Rank")
    page = browser.get("/coins/bulk/", {"coin": both}).content.decode()
    assert 'value="place"' not in page
    assert 'value="custom.rank"' not in page
    for field in ("place", "custom.rank"):
        page = browser.get("/coins/bulk/", {"coin": both, "field": field}).content.decode()
        assert "belong to several people" in page


def test_what_is_only_mine_to_look_at_stays_and_is_counted(
    browser: Client, owner: User, coins: list[Coin]
) -> None:
    theirs = make_collection(make_user())
    share_with(theirs, owner, "viewer")
    seen = make_coin(theirs)
    data = {"coin": [*ids(coins), seen.pk], "field": "notes", "value": "x"}
    assert "1 more is only yours to look at" in browser.post("/coins/bulk/", data).content.decode()
    browser.post("/coins/bulk/", data | {"apply": "1"})
    seen.refresh_from_db()
    assert seen.notes == ""


def test_who_may_not(as_user: Any, viewer: User, stranger: User, coins: list[Coin]) -> None:
    data = {"coin": ids(coins), "field": "notes", "value": "x", "apply": "1"}
    assert as_user(viewer).post("/coins/bulk/", data).status_code == 403
    assert as_user(stranger).post("/coins/bulk/", data).status_code == 404
    assert (
        as_user(stranger).post("/coins/bulk/", data | {"all": "1", "query": ""}).status_code == 404
    )
    assert as_user(viewer).post("/coins/bulk/", data | {"field": "trash"}).status_code == 403
    assert notes() == [""] * 3


def test_an_edit_belongs_to_who_made_it(
    as_user: Any, owner: User, editor: User, coins: list[Coin]
) -> None:
    edit = BulkEdit.begin(owner, ids(coins), "notes", "x")
    assert as_user(editor).get(f"/coins/bulk/{edit.pk}/").status_code == 404
    assert as_user(editor).post(f"/coins/bulk/{edit.pk}/undo/").status_code == 404
    assert notes() == ["x"] * 3


def test_there_is_no_field_of_nonsense(browser: Client, coins: list[Coin]) -> None:
    assert browser.get(f"/coins/bulk/?coin={coins[0].pk}&field=secret").status_code == 404
