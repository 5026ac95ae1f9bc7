from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog import bulk, search
from catalog.fields import as_pair, fields_of
from catalog.models import (
    Authority,
    BulkEdit,
    Coin,
    Collection,
    CustomField,
    FieldChange,
    StatusChange,
    Tag,
    User,
)
from tests.factories import (
    make_coin,
    make_collection,
    make_place,
    make_term,
    make_type,
    make_user,
    share_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coins(collection: Collection) -> list[Coin]:
    return [make_coin(collection, title=f"Coin {n}", weight=Decimal(n)) for n in range(1, 4)]


def everything() -> Any:
    return Coin.objects.all()


def read(field: str, text: str, owner: User) -> Any:
    return fields_of(owner)[field].read(text, owner)


SAID = {
    "title": "Same", "status": "sold", "number": "A 1", "authority": "Trajan", "denomination": "Denarius",
    "mint": "Rome", "metal": "Silver", "region": "Italy", "date": "27 BC to AD 14", "mint_mark": "R",
    "variety": "b", "obverse_legend": "IMP", "obverse_design": "Head", "reverse_legend": "PAX",
    "reverse_design": "Pax", "references": "RIC II 127; RSC 5", "weight": "3.4", "diameter": "19",
    "thickness": "2", "die_axis": "6 h", "edge": "plain", "grade": "gVF", "grade_service": "NGC",
    "certificate": "1-2", "grade_details": "Fine style", "place": "Safe › Tray 1",
    "tags": "Roman › Silver; Toned", "notes": "A\nB", "type": "ric.2.trajan.1", "custom.rank": "7",
    "custom.kind": "R1", "custom.seen": "yes", "custom.day": "2024-05-31", "custom.free": "text",
    "custom.page": "https://example.org/",
}  # fmt: skip


@pytest.fixture
def _own_fields(owner: User) -> None:
    for key, kind in {
        "rank": "number", "kind": "choice", "seen": "yes_no", "day": "date", "free": "text", "page": "link",
    }.items():  # fmt: skip
        CustomField.objects.create(owner=owner, key=key, name=key, kind=kind, options=["R1"])


@pytest.mark.usefixtures("_own_fields")
@pytest.mark.parametrize("name", SAID)
def test_any_field_can_be_changed_and_taken_back(owner: User, coins: list[Coin], name: str) -> None:
    make_type("ric.2.trajan.1")
    field = fields_of(owner)[name]
    before = [field.get(coin) for coin in everything().order_by("pk")]
    value = field.read(SAID[name], owner)
    outcome = bulk.apply(everything(), name, value, owner)
    assert outcome.changed == 3
    for coin in everything():
        assert field.get(coin) == value
        assert coin.version == 2
    rows = FieldChange.objects.filter(batch=outcome.batch, field=name)
    assert {(row.source, row.by) for row in rows} == {("bulk", owner)}
    assert bulk.apply(everything(), name, value, owner).changed == 0
    edit = BulkEdit.objects.create(user=owner, field=name, batch=outcome.batch, total=3,
                                   coin_ids=[coin.pk for coin in coins], state="done")  # fmt: skip
    assert edit.undo().changed == 3
    assert [field.get(coin) for coin in everything().order_by("pk")] == before


def test_every_field_is_in_the_table_above(owner: User) -> None:
    assert set(fields_of(owner)) <= set(SAID)


def test_what_was_changed_is_found_by_the_search_at_once(owner: User, coins: list[Coin]) -> None:
    bulk.apply(everything(), "tags", ["Hoard of Reka"], owner)
    bulk.apply(everything(), "authority", as_pair(make_term(Authority, "Pertinax")), owner)
    assert search.matching(everything(), "reka pertinax").count() == 3


def test_tags_are_added_removed_and_replaced(owner: User, coins: list[Coin]) -> None:
    coins[0].tags.add(Tag.at(owner, "Old"))
    bulk.apply(everything(), "tags", ["New"], owner, mode="add")
    assert [sorted(t.path for t in coin.tags.all()) for coin in coins] == [
        ["New", "Old"],
        ["New"],
        ["New"],
    ]
    bulk.apply(everything(), "tags", ["Old"], owner, mode="remove")
    assert {t.path for coin in coins for t in coin.tags.all()} == {"New"}
    bulk.apply(everything(), "tags", ["Other"], owner)
    assert [[t.path for t in coin.tags.all()] for coin in coins] == [["Other"]] * 3


def test_references_are_added_beside_those_that_are_there(owner: User, coins: list[Coin]) -> None:
    coins[0].references.create(text="RIC 1")
    kept = coins[0].references.get().pk
    bulk.apply(everything(), "references", ["RSC 5"], owner, mode="add")
    assert [row.text for row in coins[0].references.all()] == ["RIC 1", "RSC 5"]
    assert coins[0].references.get(text="RIC 1").pk == kept


def test_a_status_carries_its_day_and_its_reason(owner: User, coins: list[Coin]) -> None:
    coins[0].status = "sold"
    coins[0].save()
    bulk.apply(everything(), "status", "sold", owner, reason="Auction 12", on=date(2024, 5, 3))
    rows = StatusChange.objects.all()
    assert [(r.old, r.new, r.reason, r.on) for r in rows] == [
        ("owned", "sold", "Auction 12", date(2024, 5, 3))
    ] * 2


def test_a_grade_keeps_its_rank(owner: User, coins: list[Coin]) -> None:
    bulk.apply(everything(), "grade", "MS-65", owner)
    assert set(everything().values_list("grade_rank", flat=True)) == {65}
    bulk.apply(everything(), "grade", "", owner)
    assert set(everything().values_list("grade_rank", flat=True)) == {None}


def test_a_type_fills_what_is_empty_and_never_the_piece(owner: User, coins: list[Coin]) -> None:
    trajan, hadrian = make_term(Authority, "Trajan"), make_term(Authority, "Hadrian")
    type_ = make_type(
        "ric.2.trajan.1", authority=trajan, weight=Decimal("3.4"), year_from=98, year_to=117
    )
    Coin.objects.filter(pk=coins[0].pk).update(authority=hadrian)
    outcome = bulk.apply(everything(), "type", as_pair(type_), owner)
    assert [coin.authority for coin in everything().order_by("pk")] == [hadrian, trajan, trajan]
    assert set(everything().values_list("weight", flat=True)) == {
        Decimal(1),
        Decimal(2),
        Decimal(3),
    }
    sources = (
        FieldChange.objects.filter(batch=outcome.batch).values_list("field", "source").distinct()
    )
    assert set(sources) == {("type", "bulk"), ("authority", "type"), ("date", "type")}


def test_own_fields_keep_their_neighbours(owner: User, collection: Collection) -> None:
    for key in ("a", "b"):
        CustomField.objects.create(owner=owner, key=key, name=key)
    make_coin(collection, custom={"b": "stays"})
    bulk.apply(everything(), "custom.a", "x", owner)
    assert everything().get().custom == {"a": "x", "b": "stays"}
    bulk.apply(everything(), "custom.a", None, owner)
    assert everything().get().custom == {"b": "stays"}


def test_the_trash_and_back(owner: User, coins: list[Coin]) -> None:
    assert bulk.discard(everything(), owner).changed == 3
    assert Coin.objects.live().count() == 0
    assert bulk.restore(everything(), owner).changed == 3
    assert Coin.objects.live().count() == 3
    assert FieldChange.objects.filter(field="trash").count() == 6


def test_undo_leaves_what_was_changed_since(owner: User, coins: list[Coin]) -> None:
    edit = BulkEdit.begin(owner, [coin.pk for coin in coins], "notes", "bulk")
    Coin.objects.filter(pk=coins[0].pk).update(notes="by hand")
    undoing = edit.undo()
    assert undoing.changed == 2
    assert list(everything().order_by("pk").values_list("notes", flat=True)) == ["by hand", "", ""]
    assert FieldChange.objects.filter(source="undo", undoes__isnull=False).count() == 2
    assert edit.undo() == undoing


def test_coins_that_are_not_mine_to_change_stay(
    owner: User, viewer: User, editor: User, stranger: User, coins: list[Coin]
) -> None:
    for person in (viewer, stranger):
        assert bulk.apply(everything(), "notes", "mine now", person).changed == 0
    assert bulk.apply(everything(), "notes", "helped", editor).changed == 3


def test_an_edit_in_the_background_touches_only_what_its_user_may(
    stranger: User, coins: list[Coin]
) -> None:
    edit = BulkEdit.begin(stranger, [coin.pk for coin in coins], "notes", "mine now")
    assert (edit.changed, edit.state) == (0, "done")


def test_places_and_own_fields_of_several_owners_are_refused(
    owner: User, coins: list[Coin]
) -> None:
    other = make_user()
    theirs = make_collection(other)
    share_with(theirs, owner, "editor")
    make_coin(theirs)
    with pytest.raises(ValidationError, match="several people"):
        bulk.apply(everything(), "place", as_pair(make_place(owner, "Safe")), owner)
    with pytest.raises(ValidationError, match="several people"):
        bulk.apply(everything(), "custom.rank", "7", owner)
    assert bulk.apply(everything(), "tags", ["Shared"], owner).changed == 4
    assert Tag.objects.filter(path="Shared").count() == 2
    assert "place" not in bulk.editable_fields(everything())
    assert "place" in bulk.editable_fields(Coin.objects.filter(collection=theirs))


def test_more_coins_than_one_part(
    owner: User, collection: Collection, django_assert_max_num_queries: Any
) -> None:
    Coin.objects.bulk_create(Coin(collection=collection) for _ in range(1100))
    with django_assert_max_num_queries(60):
        assert bulk.apply(everything(), "notes", "x", owner).changed == 1100
    assert everything().filter(notes="x").count() == 1100


def test_a_large_edit_goes_to_the_background(
    owner: User, collection: Collection, django_capture_on_commit_callbacks: Any
) -> None:
    Coin.objects.bulk_create(Coin(collection=collection) for _ in range(510))
    ids = list(everything().values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        edit = BulkEdit.begin(owner, ids, "notes", "x")
        assert edit.state == "waiting"
    edit.refresh_from_db()
    assert (edit.state, edit.done, edit.changed) == ("done", 510, 510)


def test_a_task_that_comes_twice_does_nothing_more(owner: User, coins: list[Coin]) -> None:
    edit = BulkEdit.begin(owner, [coin.pk for coin in coins], "notes", "x")
    bulk.run(edit.pk)
    assert FieldChange.objects.filter(field="notes").count() == 3


def test_what_stopped_goes_on_where_it_was(owner: User, coins: list[Coin]) -> None:
    edit = BulkEdit.objects.create(user=owner, field="notes", value="x", total=3, done=1, changed=1,
                                   coin_ids=[coin.pk for coin in coins], state="running")  # fmt: skip
    edit.run()
    assert (edit.state, edit.done, edit.changed) == ("done", 3, 3)
    assert [coin.notes for coin in everything().order_by("pk")] == ["", "x", "x"]


def test_a_failure_is_written_down_and_can_be_tried_again(
    owner: User, coins: list[Coin], django_capture_on_commit_callbacks: Any
) -> None:
    ids = [coin.pk for coin in coins]
    with pytest.raises(KeyError):
        BulkEdit.begin(owner, ids, "nonsense", "x")
    edit = BulkEdit.objects.get()
    assert (edit.state, edit.failure) == ("failed", "KeyError: 'nonsense'")
    BulkEdit.objects.update(field="notes")
    with django_capture_on_commit_callbacks(execute=True):
        edit.resume()
    edit.refresh_from_db()
    assert (edit.state, edit.changed) == ("done", 3)


def test_an_edit_that_no_worker_took_can_be_woken(
    owner: User, coins: list[Coin], django_capture_on_commit_callbacks: Any
) -> None:
    edit = BulkEdit.objects.create(
        user=owner, field="notes", value="x", total=3, coin_ids=[coin.pk for coin in coins]
    )
    with django_capture_on_commit_callbacks(execute=True):
        edit.resume()
    assert Coin.objects.filter(notes="x").count() == 0
    BulkEdit.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    edit.refresh_from_db()
    assert edit.is_stalled
    with django_capture_on_commit_callbacks(execute=True):
        edit.resume()
    assert Coin.objects.filter(notes="x").count() == 3


def test_two_people_with_fields_of_one_key_keep_them_apart(owner: User) -> None:
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    coin = make_coin(make_collection(owner))
    bulk.apply(Coin.objects.filter(pk=coin.pk), "custom.rank", "7", owner)
    coin.refresh_from_db()
    assert coin.custom == {"rank": "7"}


def test_the_read_value_of_the_form_is_what_is_applied(owner: User, coins: list[Coin]) -> None:
    bulk.apply(everything(), "date", read("date", "c. AD 80", owner), owner)
    coin = Coin.objects.first()
    assert coin is not None
    assert (coin.year_from, coin.year_to, coin.is_circa) == (80, 80, True)
