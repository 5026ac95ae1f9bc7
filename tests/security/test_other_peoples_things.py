"""What one person learns of another's cabinet by numbers, by typing, or by a history written by hand."""

import json
import zipfile
from pathlib import Path

import pytest

from catalog.exports.restore import restore
from catalog.models import Coin, FieldChange, Mint, Tag
from tests.catalog.exports.cabinet import archive_of, build_cabinet, rewritten
from tests.factories import make_coin, make_collection, make_link, make_place, make_term, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def vault(owner):
    """A place of the owner, in a collection that is shared with nobody."""
    place = make_place(owner, "Bank vault 12")
    make_coin(make_collection(owner, "Secret"), place=place)
    return place


def test_undo_never_puts_a_coin_into_another_owners_place(as_user, stranger, vault):
    mine = make_coin(make_collection(stranger))
    row = FieldChange.objects.create(coin=mine, field="place", old=[vault.pk, "x"], new=None)
    as_user(stranger).post(f"/coins/{mine.pk}/undo/", {"change": row.pk})
    mine.refresh_from_db()
    assert mine.place is None


def test_an_archive_names_no_number_of_this_database(owner, vault, tmp_path: Path):
    private = make_term(Mint, "Hidden workshop", added_by=owner)
    thief = make_user("thief")
    build_cabinet(thief)
    archive = archive_of(thief, tmp_path / "archive.zip")
    Coin.objects.filter(collection__owner=thief).delete()

    with zipfile.ZipFile(archive) as files:
        coins = [json.loads(line) for line in files.read("data/coins.jsonl").splitlines()]
    for coin in coins:
        coin["changes"] = [
            {**one, "field": "mint", "old": [private.pk, "x"]} for one in coin.get("changes", [])
        ]
    forged = "\n".join(json.dumps(coin) for coin in coins).encode()
    restore(rewritten(archive, {"data/coins.jsonl": forged}), thief)
    rows = FieldChange.objects.filter(coin__collection__owner=thief, field="mint")
    assert rows
    assert {row.old[0] for row in rows} == {0}


def test_a_viewer_learns_no_place_tag_or_word_of_a_collection_that_is_not_shared(
    as_user, owner, viewer, vault
):
    tag, mint = Tag.at(owner, "Inheritance"), make_term(Mint, "Hidden workshop", added_by=owner)
    page = as_user(viewer).get("/coins/", {"place": vault.pk, "tag": tag.pk, "mint": mint.pk})
    text = page.content.decode()
    assert [n for n in ("Bank vault", "Inheritance", "Hidden workshop") if n in text] == []


def test_a_viewer_filters_by_what_shared_coins_have(as_user, owner, viewer, collection):
    tray, mint = make_place(owner, "Safe › Tray 1"), make_term(Mint, "My find", added_by=owner)
    tag = Tag.at(owner, "Roman › Silver")
    coin = make_coin(collection, title="Denarius", place=tray, mint=mint)
    coin.tags.add(tag)
    asked = {"place": tray.parent.pk, "tag": tag.parent.pk, "mint": mint.pk}
    page = as_user(viewer).get("/coins/", asked)
    assert [chip.text for chip in page.context["asked"].chips()] == ["My find", "Safe", "Roman"]
    assert [one.title for one in page.context["listing"].coins] == ["Denarius"]


@pytest.mark.parametrize("kind", ["place", "tag"])
def test_an_editor_is_offered_only_what_the_shared_collection_uses(
    as_user, owner, editor, collection, kind
):
    hidden, used = "Bank vault 12", "Bank drawer"
    for path, room in ((hidden, make_collection(owner, "Secret")), (used, collection)):
        coin = make_coin(room, place=make_place(owner, path))
        coin.tags.add(Tag.at(owner, path))

    def offered(user):
        return as_user(user).get(f"/vocabulary/{kind}/", {"q": "bank"}).json()["results"]

    assert offered(editor) == [used]
    assert sorted(offered(owner)) == [used, hidden]


def test_the_link_of_a_closed_account_is_dead(as_user, owner, collection):
    link = make_link(collection)
    owner.is_active = False
    owner.save()
    assert as_user(None).get(f"/s/{link.token}/").status_code == 404
