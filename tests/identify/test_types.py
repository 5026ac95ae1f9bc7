"""The types that fit a coin, on the page: ranked, with what speaks for and against, and taken."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Coin, CoinType, Collection, FieldChange, Photo, User
from identify import types
from identify.matching import Seen
from identify.models import Identification
from tests.factories import make_coin, make_photo, make_term, make_type
from tests.identify.fakes import answer, opinion

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def bare_shelf() -> Iterator[None]:
    """Every test has its own tables, with the same numbers in them."""
    types.SHELF.kept = None
    yield
    types.SHELF.kept = None


def make_roman(key: str, ruler: str, denomination: str = "Denarius", **values: object) -> CoinType:
    from catalog.models import Authority, Denomination

    return make_type(
        key,
        authority=make_term(Authority, ruler, reign_from=98, reign_to=138),
        denomination=make_term(Denomination, denomination),
        **values,
    )


@pytest.fixture
def trajan(db: None) -> CoinType:
    return make_roman(
        "ric.2.tr.147", "Trajan", title="RIC II Trajan 147",
        obverse_legend="IMP TRAIANO AVG GER DAC P M TR P", reverse_legend="COS V P P S P Q R OPTIMO PRINC",
    )  # fmt: skip


@pytest.fixture
def hadrian(db: None) -> CoinType:
    return make_roman(
        "ric.2.hdn.39", "Hadrian", title="RIC II Hadrian 39", reverse_legend="P M TR P COS III"
    )


def suggested(coin: Coin, **fields: object) -> Identification:
    from identify import opinions

    photo: Photo = make_photo(coin)
    said = opinion(fields=fields)
    return Identification.objects.create(
        coin=coin, face=photo, key="k", state="suggested", opinion=opinions.to_json(said)
    )


def get(client: Client, coin: Coin, **headers: str) -> str:
    response = client.get(reverse("identify:types", args=[coin.pk]), headers=headers or HTMX)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_written_ranks_the_types(
    as_user: SignIn, owner: User, collection: Collection, trajan: CoinType, hadrian: CoinType
) -> None:
    coin = make_coin(collection, authority="Trajan", denomination="Denarius", weight="2.1",
                     reverse_legend="COS V PP SPQR OPTIMO PRINC")  # fmt: skip
    page = get(as_user(owner), coin)
    assert page.index("RIC II Trajan 147") < page.index("RIC II Hadrian 39")
    assert "reverse legend, letter for letter: COS V P P S P Q R OPTIMO PRINC" in page
    assert "2.1 g is outside" in page
    assert "struck for Hadrian" in page


def test_what_is_not_written_the_model_may_say(
    owner: User, collection: Collection, trajan: CoinType, hadrian: CoinType
) -> None:
    coin = make_coin(collection, denomination="Denarius")
    suggested(
        coin,
        ruler=answer(("Hadrian", 0.7), ("Trajan", 0.2)),
        denomination=answer(("Aureus", 0.9)),
        reverse_legend=answer(("PM TRP COS III", 0.4), read="P M TR F COS II"),
    )
    seen = types.seen_of(coin, owner)
    assert seen.denomination == {"Denarius": 1.0}
    assert seen.ruler == {"Hadrian": 0.7, "Trajan": 0.2}
    assert seen.reverse == "P M TR F COS II"
    assert [row.type for row in types.ranked(coin, owner)] == [hadrian, trajan]


def test_a_label_under_which_the_vocabulary_knows_somebody(owner: User) -> None:
    from catalog.models import Authority

    Authority.objects.create(name="Maximian")
    Authority.objects.create(name="Constantius Chlorus", aliases=["Constantius I"])
    said = answer(("Maximian or Galerius", 0.6), ("Constantius I", 0.3))
    assert types.supposed(Authority, "ruler", said, owner) == {
        "Maximian": 0.3,
        "Galerius": 0.3,
        "Constantius Chlorus": 0.3,
    }
    assert types.supposed(Authority, "ruler", None, owner) == {}


def test_a_guessed_legend_that_was_abstained_from_counts_for_nothing(
    owner: User, collection: Collection
) -> None:
    coin = make_coin(collection)
    suggested(coin, obverse_legend=answer(("HADRIANVS AVG", 0.2), abstained=True))
    assert types.seen_of(coin, owner) == Seen()


def test_nothing_known_names_no_type(
    as_user: SignIn, owner: User, coin: Coin, trajan: CoinType
) -> None:
    assert "No type can be named yet" in get(as_user(owner), coin)


def test_without_htmx_it_is_a_page(
    as_user: SignIn, owner: User, collection: Collection, trajan: CoinType
) -> None:
    page = get(as_user(owner), make_coin(collection, authority="Trajan"), accept="text/html")
    assert "<title>" in page
    assert "RIC II Trajan 147" in page


def test_one_click_takes_the_type(
    as_user: SignIn, owner: User, collection: Collection, trajan: CoinType
) -> None:
    coin = make_coin(collection, authority="Trajan", weight="3.1")
    response = as_user(owner).post(reverse("identify:type-take", args=[coin.pk, trajan.pk]))
    assert response["Location"] == coin.get_absolute_url()
    coin.refresh_from_db()
    assert (coin.type, coin.obverse_legend) == (trajan, trajan.obverse_legend)
    assert {change.source for change in FieldChange.objects.filter(coin=coin)} == {"type"}
    assert "This coin’s type" in get(as_user(owner), coin)


def test_a_viewer_sees_and_may_not_take(
    as_user: SignIn, viewer: User, collection: Collection, trajan: CoinType
) -> None:
    coin = make_coin(collection, authority="Trajan")
    assert "It is this one" not in get(as_user(viewer), coin)
    address = reverse("identify:type-take", args=[coin.pk, trajan.pk])
    assert as_user(viewer).post(address).status_code == 403


def test_a_stranger_finds_nothing(as_user: SignIn, stranger: User, coin: Coin) -> None:
    address = reverse("identify:types", args=[coin.pk])
    assert as_user(stranger).get(address).status_code == 404


def test_somebody_elses_type_is_neither_shown_nor_taken(
    as_user: SignIn, owner: User, stranger: User, collection: Collection
) -> None:
    private = make_roman("own.1", "Trajan", title="Private", added_by=stranger)
    coin = make_coin(collection, authority="Trajan")
    assert "Private" not in get(as_user(owner), coin)
    address = reverse("identify:type-take", args=[coin.pk, private.pk])
    assert as_user(owner).post(address).status_code == 404


def test_it_is_taken_by_post_alone(
    as_user: SignIn, owner: User, coin: Coin, trajan: CoinType
) -> None:
    address = reverse("identify:type-take", args=[coin.pk, trajan.pk])
    assert as_user(owner).get(address).status_code == 405


def test_the_index_is_kept_until_the_tables_change(trajan: CoinType, curator: User) -> None:
    first = types.SHELF.index()
    assert types.SHELF.index() is first
    make_roman("ric.2.tr.148", "Trajan")
    second = types.SHELF.index()
    assert second is not first
    LogEntry.objects.create(
        user=curator, content_type=ContentType.objects.get_for_model(CoinType),
        object_id=str(trajan.pk), action_flag=CHANGE,
    )  # fmt: skip
    assert types.SHELF.index() is not second


def test_queries_do_not_grow_with_the_types(
    as_user: SignIn,
    owner: User,
    collection: Collection,
    trajan: CoinType,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    coin = make_coin(collection, authority="Trajan")
    for number in range(12):
        make_roman(f"ric.{number}", "Trajan", title=f"RIC {number}")
    client = as_user(owner)
    get(client, coin)
    with django_assert_max_num_queries(15):
        page = get(client, coin)
    assert page.count('class="type-match"') == 8
