from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import series
from catalog.facts import files
from catalog.models import (
    Authority,
    Coin,
    CoinSet,
    CoinType,
    Collection,
    Denomination,
    FieldChange,
    Issue,
    Mint,
    SetSlot,
    Status,
    TypeReference,
    User,
)
from catalog.search import matching
from catalog.series import definitions
from tests.factories import (
    make_coin,
    make_collection,
    make_photo,
    make_type,
    make_user,
    share_with,
)

pytestmark = pytest.mark.django_db
WHEAT = "us.lincoln-cent-wheat"


@pytest.fixture
def cent() -> CoinType:
    """A type struck in 1909 and 1910, with a variety of 1909."""
    type_ = make_type(WHEAT, title="Lincoln cent, wheat ears", year_from=1909, year_to=1958)
    for year, mark, variety in (
        (1909, "", ""),
        (1909, "S", ""),
        (1909, "S", "VDB"),
        (1910, "", ""),
    ):
        Issue.objects.create(type=type_, year=year, mint_mark=mark, variety=variety)
    return type_


@pytest.fixture
def cents(owner: User, cent: CoinType) -> CoinSet:
    coin_set = CoinSet.objects.create(owner=owner, name="Lincoln cents")
    for issue in cent.issues.all():
        slot(coin_set, str(issue), type=cent, year=issue.year, mint_mark=issue.mint_mark,
             variety=issue.variety)  # fmt: skip
    return coin_set


def slot(coin_set: CoinSet, label: str, **values: Any) -> SetSlot:
    position = coin_set.slots.count()
    return SetSlot.objects.create(set=coin_set, position=position, label=label, **values)


def filled(coin_set: CoinSet) -> dict[str, Coin]:
    found = series.completion(coin_set, coin_set.owner)
    return {one.slot.label: one.coin for one in found.slots if one.coin}


class TestCompletion:
    def test_a_coin_fills_the_slot_of_its_year_and_mint(
        self, collection: Collection, cent: CoinType, cents: CoinSet
    ) -> None:
        coin = make_coin(collection, type=cent, year_from=1909, year_to=1909, mint_mark="S")
        assert filled(cents) == {"1909-S": coin}

    def test_a_variety_goes_to_its_own_slot(
        self, collection: Collection, cent: CoinType, cents: CoinSet
    ) -> None:
        coin = make_coin(collection, type=cent, year_from=1909, mint_mark="S", variety="vdb")
        assert filled(cents) == {"1909-S VDB": coin}

    def test_a_variety_that_has_no_slot_is_one_of_the_date(
        self, collection: Collection, cent: CoinType, cents: CoinSet
    ) -> None:
        odd = make_coin(collection, type=cent, year_from=1910, variety="clipped")
        assert filled(cents) == {"1910": odd}
        plain = make_coin(collection, type=cent, year_from=1910)
        assert filled(cents) == {"1910": plain}, "a plain one is preferred"

    def test_a_coin_of_a_range_of_years_is_of_none(
        self, collection: Collection, cent: CoinType, cents: CoinSet
    ) -> None:
        make_coin(collection, type=cent, year_from=1909, year_to=1958)
        assert filled(cents) == {}

    def test_one_coin_fills_one_slot(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        twice = CoinSet.objects.create(owner=owner, name="Two alike")
        slot(twice, "any", type=cent)
        slot(twice, "1910", type=cent, year=1910)
        coin = make_coin(collection, type=cent, year_from=1910)
        assert filled(twice) == {"1910": coin}, "the slot that asks for more goes first"
        other = make_coin(collection, type=cent, year_from=1909)
        assert filled(twice) == {"1910": coin, "any": other}

    def test_a_slot_of_a_variety_takes_any_year_and_mint(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        states = CoinSet.objects.create(owner=owner, name="State quarters")
        slot(states, "Delaware", type=cent, variety="Delaware")
        slot(states, "Georgia", type=cent, variety="Georgia")
        coin = make_coin(collection, type=cent, year_from=1999, mint_mark="D", variety="Delaware")
        assert filled(states) == {"Delaware": coin}

    def test_a_slot_of_an_authority_takes_any_coin_of_his(
        self, collection: Collection, owner: User
    ) -> None:
        otho, galba = (Authority.objects.create(name=name) for name in ("Otho", "Galba"))
        caesars = CoinSet.objects.create(owner=owner, name="Caesars")
        slot(caesars, "Galba", authority=galba)
        slot(caesars, "Otho", authority=otho)
        coin = make_coin(collection, authority=otho)
        assert filled(caesars) == {"Otho": coin}

    def test_by_hand_goes_first(
        self, collection: Collection, owner: User, cent: CoinType, cents: CoinSet
    ) -> None:
        make_coin(collection, type=cent, year_from=1910)
        chosen = make_coin(collection, title="A cent I could not place")
        cents.slots.filter(label="1910").update(coin=chosen)
        assert filled(cents) == {"1910": chosen}
        by_hand = [one.by_hand for one in series.completion(cents, owner).slots]
        assert by_hand == [False, False, False, True]

    @pytest.mark.parametrize("status", [Status.SOLD, Status.WANTED, Status.DRAFT, Status.MISSING])
    def test_only_what_is_held_counts(
        self, collection: Collection, cent: CoinType, cents: CoinSet, status: str
    ) -> None:
        coin = make_coin(collection, type=cent, year_from=1910, status=status)
        cents.slots.filter(label="1909").update(coin=coin)
        assert filled(cents) == {}

    def test_what_is_in_the_trash_does_not_count(
        self, collection: Collection, owner: User, cent: CoinType, cents: CoinSet
    ) -> None:
        make_coin(collection, type=cent, year_from=1910).discard(owner)
        assert filled(cents) == {}

    def test_the_coins_of_others_do_not_count(
        self, owner: User, cent: CoinType, cents: CoinSet
    ) -> None:
        shared = make_collection(make_user())
        share_with(shared, owner)
        make_coin(shared, type=cent, year_from=1910)
        assert filled(cents) == {}

    def test_who_may_not_see_a_coin_does_not_see_it_here(
        self, collection: Collection, stranger: User, cent: CoinType, cents: CoinSet
    ) -> None:
        make_coin(collection, type=cent, year_from=1910)
        assert series.completion(cents, stranger).filled == 0

    def test_the_sentence(
        self, collection: Collection, owner: User, cent: CoinType, cents: CoinSet
    ) -> None:
        make_coin(collection, type=cent, year_from=1910)
        assert series.completion(cents, owner).sentence == (
            "1 of 4, missing 1909, 1909-S, 1909-S VDB"
        )
        cents.slots.exclude(label="1910").delete()
        assert series.completion(cents, owner).sentence == "1 of 1: complete"

    def test_the_sentence_names_twelve_and_no_more(self, owner: User, cents: CoinSet) -> None:
        cents.slots.all().delete()
        for number in range(13):
            slot(cents, f"no. {number}")
        sentence = series.completion(cents, owner).sentence
        assert sentence.startswith("0 of 13, missing no. 0, no. 1")
        assert sentence.endswith("no. 11 …")

    def test_it_asks_as_much_for_many_as_for_one(
        self, collection: Collection, owner: User, cent: CoinType, cents: CoinSet
    ) -> None:
        def look() -> None:
            for found in series.completions(owner.sets.all(), owner):
                assert [one.coin and list(one.coin.photos.all()) for one in found.slots]

        make_photo(make_coin(collection, type=cent, year_from=1910))
        with CaptureQueriesContext(connection) as few:
            look()
        for year in range(1911, 1931):
            slot(cents, str(year), type=cent, year=year)
            make_photo(make_coin(collection, type=cent, year_from=year))
        slot(CoinSet.objects.create(owner=owner, name="Another"), "x", type=cent)
        with CaptureQueriesContext(connection) as many:
            look()
        assert len(few) == len(many) == 5


class TestKnownSeries:
    def test_a_set_from_issues(self, owner: User, cent: CoinType) -> None:
        made = CoinSet.from_series(owner, "us.lincoln-cents-1909-1958")
        assert (made.owner, made.name) == (owner, "Lincoln cents 1909 to 1958")
        labels = [one.label for one in made.slots.all()]
        assert len(labels) == 147
        assert labels[:5] == ["1909", "1909 VDB", "1909-S", "1909-S VDB", "1910"]
        last = made.slots.last()
        assert last is not None
        assert (last.type, last.year, last.mint_mark) == (cent, 1958, "D")

    def test_rarities_can_be_left_out(self, owner: User, cent: CoinType) -> None:
        made = CoinSet.from_series(owner, "us.lincoln-cents-1909-1958-regular")
        labels = [one.label for one in made.slots.all()]
        assert len(labels) == 141
        assert "1943" in labels
        assert "1943 bronze" not in labels

    def test_a_set_from_varieties(self, owner: User) -> None:
        make_type("us.washington-quarter-state-quarters")
        made = CoinSet.from_series(owner, "us.state-quarters")
        labels = [one.label for one in made.slots.all()]
        assert len(labels) == 50
        assert (labels[0], labels[-1]) == ("Delaware", "Hawaii")
        assert not made.slots.exclude(year=None).exists(), "from either mint"

    def test_a_set_from_types_is_named_by_what_tells_them_apart(self, owner: User) -> None:
        for key, name in (("1e", "1 euro"), ("2e", "2 euro")):
            value = Denomination.objects.create(name=name)
            make_type(f"euro.de.{key}", title=f"{name}, Germany", denomination=value)
        made = CoinSet.from_series(owner, "euro.de")
        assert [one.label for one in made.slots.all()] == ["1 euro", "2 euro"]

    def test_a_set_from_authorities_in_their_order(self, owner: User) -> None:
        for name in ("Otho", "Galba", "Vitellius", "Vespasian"):
            Authority.objects.create(name=name, nomisma_id=name.lower())
        made = CoinSet.from_series(owner, "rome.year-of-the-four-emperors")
        labels = [one.label for one in made.slots.all()]
        assert labels == ["Galba", "Otho", "Vitellius", "Vespasian"]

    def test_it_is_called_in_the_language_of_the_user(self, owner: User) -> None:
        from django.utils.translation import override

        with override("de"):
            assert CoinSet.from_series(owner, "rome.twelve-caesars").name == "Zwölf Caesaren"

    def test_refused_where_there_is_no_such_series(self, owner: User) -> None:
        with pytest.raises(LookupError):
            CoinSet.from_series(owner, "us.shells")
        assert not CoinSet.objects.exists()

    def test_all_that_are_known_can_be_started(self) -> None:
        types = {one["key"] for one in files.records("types")}
        people = {one.get("id") for one in files.records("authorities")}
        for one in series.known():
            assert one.count, one
            for want in definitions.wanted(one.key):
                assert want.type in types or want.authority in people, (one, want)

    def test_they_are_listed_without_a_question(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            found = {one.key: one for one in series.known()}
        assert (found["euro.de"].name, found["euro.de"].count) == ("Euro coins of Germany", 8)
        assert found["rome.twelve-caesars"].count == 12


class TestRuns:
    def test_the_issues_that_are_known(self, cent: CoinType) -> None:
        assert [str(one) for one in series.run_of(cent)] == ["1909", "1909-S", "1909-S VDB", "1910"]

    def test_every_year_of_a_modern_type_without_issues(self) -> None:
        type_ = make_type(year_from=1950, year_to=1953)
        assert [str(one) for one in series.run_of(type_)] == ["1950", "1951", "1952", "1953"]

    @pytest.mark.parametrize(
        "values", [{}, {"year_from": 98, "year_to": 117}, {"year_from": 1800, "year_to": 1999}]
    )
    def test_no_years_are_made_up(self, values: dict[str, int]) -> None:
        assert series.run_of(make_type(**values)) == []

    def test_what_is_held_already(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        make_coin(collection, type=cent, year_from=1909, mint_mark="s", variety="VDB")
        make_coin(collection, type=cent, year_from=1910, status="sold")
        assert series.owned_issues(cent, owner) == {"1909-S VDB"}

    def test_one_coin_for_each_issue_with_what_the_type_says(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        cent.denomination = Denomination.objects.create(name="Cent")
        cent.obverse_design, cent.weight = "Bust of Lincoln", "3.11"
        cent.save()
        TypeReference.objects.create(type=cent, text="KM# 132")
        mint = Mint.objects.create(name="San Francisco")
        cent.issues.filter(mint_mark="S").update(mint=mint)
        coins = series.add_run(collection, cent, series.run_of(cent), owner)
        assert [(c.year_from, c.year_to, c.mint_mark, c.variety) for c in coins] == [
            (1909, 1909, "", ""), (1909, 1909, "S", ""), (1909, 1909, "S", "VDB"), (1910, 1910, "", ""),
        ]  # fmt: skip
        assert [coin.mint for coin in Coin.objects.order_by("pk")] == [None, mint, mint, None]
        coin = Coin.objects.get(variety="VDB")
        assert (coin.type, coin.denomination) == (cent, cent.denomination)
        assert coin.obverse_design == "Bust of Lincoln"
        assert coin.title == "Lincoln cent, wheat ears, 1909-S VDB"
        assert [row.text for row in coin.references.all()] == ["KM# 132"]
        assert coin.weight is None, "the weight of a type is not that of a coin"

    def test_what_is_common_to_all(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        common = {"grade": "VF", "status": "wanted", "tags": ["Cents › Wheat"], "notes": "a roll"}
        series.add_run(collection, cent, series.run_of(cent), owner, **common)
        coins = Coin.objects.all()
        assert {(c.grade, c.grade_rank, c.status, c.notes) for c in coins} == {
            ("VF", 30, "wanted", "a roll")
        }
        assert {tag.path for coin in coins for tag in coin.tags.all()} == {"Cents › Wheat"}

    def test_they_are_remembered_and_found(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        coins = series.add_run(collection, cent, series.run_of(cent), owner)
        changes = FieldChange.objects.filter(field="created")
        assert {change.coin for change in changes} == set(coins)
        assert {change.by for change in changes} == {owner}
        assert len({change.batch for change in changes}) == 1, "one batch, undone as one"
        assert all(coin.status_changes.count() == 1 for coin in coins)
        assert set(matching(Coin.objects.all(), "lincoln vdb")) == {coins[2]}
        assert len({coin.uid for coin in coins}) == 4

    def test_it_asks_as_much_for_many_as_for_few(
        self, collection: Collection, owner: User, cent: CoinType
    ) -> None:
        def questions(years: range) -> int:
            issues = [Issue(type=cent, year=year) for year in years]
            with CaptureQueriesContext(connection) as asked:
                series.add_run(collection, cent, issues, owner)
            return len(asked)

        assert questions(range(1911, 1914)) == questions(range(1914, 1930))
