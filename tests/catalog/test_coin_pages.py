import pytest
from django.utils import timezone

from catalog.models import Authority, Coin, FieldChange, StatusChange
from tests.factories import make_coin, make_collection, make_term, make_type, make_user

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "title": "Denarius with Victory",
    "authority": "Trajan",
    "date": "AD 103 – 111",
    "weight": "3,27",
    "grade": "good very fine",
    "status": "owned",
    "tags": "Roman › Silver; favourite",
    "references": "RIC II 128\nRSC 74",
    "place": "Safe › Tray 2",
}


def add(client, collection, **values):
    return client.post("/coins/add/", EVERYTHING | values | {"collection": collection.pk})


def test_a_coin_is_added_with_everything_about_it(as_user, owner, collection):
    response = add(as_user(owner), collection)
    coin = Coin.objects.get()
    assert response["Location"] == coin.get_absolute_url()
    assert (coin.authority.name, str(coin.weight), coin.grade) == ("Trajan", "3.270", "gVF")
    assert (coin.year_from, coin.year_to, coin.place.path) == (103, 111, "Safe › Tray 2")
    assert sorted(tag.path for tag in coin.tags.all()) == ["Roman › Silver", "favourite"]
    assert [row.text for row in coin.references.all()] == ["RIC II 128", "RSC 74"]
    assert StatusChange.objects.get().new == "owned"


def test_the_first_coin_of_a_newcomer_gets_a_collection(as_user):
    newcomer = make_user()
    as_user(newcomer).post("/coins/add/", {"title": "My first", "status": "owned"})
    assert Coin.objects.get().collection.owner == newcomer


def test_bad_input_is_refused_beside_its_field_and_nothing_is_lost(as_user, owner, collection):
    response = add(as_user(owner), collection, weight="heavy", date="1944-1943", grade="nice")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"weight", "date", "grade"}
    assert 'value="heavy"' in response.content.decode()
    assert not Coin.objects.exists()


def test_a_stranger_cannot_add_to_a_collection(as_user, stranger, collection):
    assert add(as_user(stranger), collection).status_code == 404


def test_a_viewer_cannot_add_to_a_collection(as_user, viewer, collection):
    assert add(as_user(viewer), collection).status_code == 403


def edit(client, coin, **values):
    form = client.get(f"/coins/{coin.pk}/edit/").context["form"]
    data = {name: form[name].value() for name in form.fields} | values
    return client.post(f"/coins/{coin.pk}/edit/", {"version": coin.version} | data)


def test_an_edit_is_told_in_the_history(as_user, owner, coin):
    edit(as_user(owner), coin, weight="3.4", mint="Rome")
    rows = {row.field: row for row in FieldChange.objects.all()}
    assert (rows["weight"].old, rows["weight"].new) == (None, "3.4")
    assert rows["mint"].new[1] == "Rome"
    assert {row.by for row in rows.values()} == {owner}


def test_an_edit_that_changes_nothing_writes_nothing(as_user, owner, coin):
    edit(as_user(owner), coin)
    assert not FieldChange.objects.exists()


def test_a_word_that_two_things_share_stays_what_it_was(as_user, owner, collection):
    first = make_term(Authority, "Constantius", nomisma_id="constantius_i")
    second = Authority.objects.create(name="Constantius", nomisma_id="constantius_ii")
    coin = make_coin(collection, authority=second)
    edit(as_user(owner), coin, notes="Looked at it again")
    coin.refresh_from_db()
    assert coin.authority == second != first


def test_an_edit_of_an_older_version_is_refused_and_keeps_what_was_typed(as_user, owner, coin):
    response = edit(as_user(owner), coin, version=0, title="Something else")
    assert response.status_code == 422
    assert "Something else" in response.content.decode()
    coin.refresh_from_db()
    assert coin.title == "Denarius of Trajan"


def test_choosing_a_type_never_writes_what_is_true_of_one_piece_only(as_user, owner, coin):
    trajan = make_term(Authority, "Trajan")
    type_ = make_type(title="RIC II Trajan 128", authority=trajan, weight="3.4", diameter="18")
    edit(as_user(owner), coin, type=type_.title)
    coin.refresh_from_db()
    assert coin.authority == trajan
    assert (coin.weight, coin.diameter, coin.grade) == (None, None, "")


def test_a_change_is_taken_back_and_both_stay_in_the_history(as_user, owner, coin):
    client = as_user(owner)
    edit(client, coin, title="A fake")
    row = FieldChange.objects.get()
    client.post(f"/coins/{coin.pk}/undo/", {"change": row.pk})
    coin.refresh_from_db()
    assert coin.title == "Denarius of Trajan"
    assert [one.source for one in FieldChange.objects.all()] == ["undo", "hand"]


def test_a_status_is_kept_with_its_day_and_reason(as_user, owner, coin):
    as_user(owner).post(
        f"/coins/{coin.pk}/status/", {"status": "sold", "on": "2024-03-02", "reason": "To a friend"}
    )
    row = coin.status_changes.get()
    assert (row.old, row.new, str(row.on), row.reason) == (
        "owned",
        "sold",
        "2024-03-02",
        "To a friend",
    )


def test_a_status_that_does_not_exist_is_refused(as_user, owner, coin):
    as_user(owner).post(f"/coins/{coin.pk}/status/", {"status": "eaten"})
    coin.refresh_from_db()
    assert coin.status == "owned"


def test_a_copy_has_neither_number_nor_certificate_nor_weight(as_user, owner, collection):
    coin = make_coin(
        collection, title="Cent", number="17", certificate="123", weight="3.1", edge="plain"
    )
    as_user(owner).post(f"/coins/{coin.pk}/clone/")
    twin = Coin.objects.exclude(pk=coin.pk).get()
    assert (twin.title, twin.edge) == ("Cent", "plain")
    assert (twin.number, twin.certificate, twin.weight) == ("", "", None)
    assert twin.uid != coin.uid


def test_the_trash_gives_back_what_it_took(as_user, owner, coin):
    client = as_user(owner)
    client.post(f"/coins/{coin.pk}/discard/")
    assert "Denarius of Trajan" in client.get("/trash/").content.decode()
    client.post(f"/coins/{coin.pk}/restore/")
    coin.refresh_from_db()
    assert coin.deleted_at is None


def test_only_what_is_in_the_trash_is_deleted_for_good(as_user, owner, coin):
    assert as_user(owner).post(f"/coins/{coin.pk}/erase/").status_code == 404
    assert Coin.objects.filter(pk=coin.pk).exists()


def test_a_label_opens_the_coin(as_user, owner, coin):
    assert as_user(owner).get(f"/q/{coin.uid}/")["Location"] == coin.get_absolute_url()


def test_suggestions_are_words_that_everybody_or_this_user_knows(as_user, owner, stranger):
    make_term(Authority, "Trajan")
    Authority.objects.create(name="Trajan the Less", added_by=stranger)
    mine = as_user(owner).get("/vocabulary/authority/?q=traj").json()["results"]
    assert mine == ["Trajan"]


def test_the_coin_page_asks_the_same_number_of_questions_whatever_the_coin_has(
    as_user, owner, coin, django_assert_max_num_queries
):
    make_coin(make_collection(owner), authority="Trajan")
    with django_assert_max_num_queries(30):
        as_user(owner).get(coin.get_absolute_url())


def test_a_coin_without_a_title_is_called_by_what_is_known():
    cent = make_coin(authority="United States", denomination="Cent", year_from=1972, year_to=1972)
    as_ = make_coin(authority="Nero", denomination="As", mint="Rome", year_from=65, year_to=65)
    assert [str(cent), str(as_)] == ["United States, Cent, 1972", "Nero, As, Rome"]


def test_the_menu_of_states_proposes_today(as_user, owner, coin):
    form = as_user(owner).get(coin.get_absolute_url()).context["status_form"]
    assert form["on"].value() == timezone.localdate()
