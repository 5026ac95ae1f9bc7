from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog import curation
from catalog.facts import carriers
from catalog.models import (
    Authority,
    Catalogue,
    Coin,
    CoinType,
    Fact,
    Metal,
    Mint,
    Region,
    TermChange,
    TypeReference,
    User,
)
from catalog.search import matching
from tests.factories import make_coin, make_type, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Mint:
    return Mint.objects.create(name="Lyon", names={"it": "Lione"}, latitude=45.76, longitude=4.82)


@pytest.fixture
def lugdunum() -> Mint:
    return Mint.objects.create(name="Lugdunum", nomisma_id="lugdunum", aliases=["LVG"])


def test_a_merge_moves_coins_and_types_and_joins_the_names(
    lyon: Mint, lugdunum: Mint, curator: User
) -> None:
    coin, kind = make_coin(mint=lyon), make_type("ric.1", mint=lyon)
    curation.merge(lyon, lugdunum, curator)
    coin.refresh_from_db()
    kind.refresh_from_db()
    assert (coin.mint, kind.mint) == (lugdunum, lugdunum)
    lugdunum.refresh_from_db()
    assert lugdunum.names == {"it": "Lione"}
    assert lugdunum.aliases == ["LVG", "Lyon"]
    assert lugdunum.latitude == 45.76, "what was unknown is taken over"
    assert not Mint.objects.filter(name="Lyon").exists()


def test_a_merge_is_written_down(lyon: Mint, lugdunum: Mint, curator: User) -> None:
    gone = lyon.pk
    curation.merge(lyon, lugdunum, curator)
    change = TermChange.objects.get()
    assert (change.kind, change.term_id, change.action, change.by) == (
        "mint", gone, "merge", curator,
    )  # fmt: skip
    assert change.before["name"] == "Lyon"
    assert change.after == {"into": lugdunum.pk, "name": "Lugdunum"}


def test_a_merged_word_is_found_by_either_name(lyon: Mint, lugdunum: Mint, curator: User) -> None:
    coin = make_coin(mint=lyon, type=make_type("ric.1", mint=lyon))
    other = make_coin(type=coin.type)
    curation.merge(lyon, lugdunum, curator)
    for text in ("lugdunum", "lione"):
        assert set(matching(Coin.objects.all(), text)) == {coin, other}
        assert list(CoinType.objects.matching(text)) == [coin.type]


def test_a_merge_makes_stale_writes_stale(lyon: Mint, lugdunum: Mint, curator: User) -> None:
    coin = make_coin(mint=lyon)
    curation.merge(lyon, lugdunum, curator)
    assert Coin.objects.get(pk=coin.pk).version == coin.version + 1


def test_the_identity_of_the_merged_word_lives_on(lyon: Mint, lugdunum: Mint) -> None:
    curation.merge(lugdunum, lyon, None)
    lyon.refresh_from_db()
    assert lyon.nomisma_id == "lugdunum"


def test_two_identities_leave_the_other_one_as_a_spelling(lugdunum: Mint) -> None:
    other = Mint.objects.create(name="Lyons", nomisma_id="lyons_modern")
    curation.merge(other, lugdunum, None)
    lugdunum.refresh_from_db()
    assert lugdunum.nomisma_id == "lugdunum"
    assert "lyons_modern" in lugdunum.aliases, "so that an import finds it again"


def test_a_type_that_cites_both_catalogues_cites_one_with_both_numbers() -> None:
    right = Catalogue.objects.create(code="RRC", name="Roman Republican Coinage")
    wrong = Catalogue.objects.create(code="Crawford", name="Crawford")
    both, one = make_type("both"), make_type("one")
    TypeReference.objects.create(type=both, catalogue=right, text="RRC 44/5")
    TypeReference.objects.create(type=both, catalogue=wrong, text="Crawford 44/6")
    TypeReference.objects.create(type=one, catalogue=wrong, text="Crawford 1/1")
    curation.merge(wrong, right, None)
    assert [row.text for row in both.references.all()] == ["RRC 44/5; Crawford 44/6"]
    assert [row.catalogue for row in one.references.all()] == [right]


def test_a_region_is_not_its_own_parent() -> None:
    gaul = Region.objects.create(name="Gaul")
    gallia = Region.objects.create(name="Gallia", parent=gaul)
    inner = Region.objects.create(name="Lugdunensis", parent=gaul)
    curation.merge(gaul, gallia, None)
    gallia.refresh_from_db()
    inner.refresh_from_db()
    assert gallia.parent is None
    assert inner.parent == gallia


def test_a_merged_fixture_does_not_come_back(lyon: Mint, lugdunum: Mint) -> None:
    Fact.objects.create(kind="mint", key="lugdunum", object_id=lugdunum.pk, said={})
    curation.merge(lugdunum, lyon, None)
    assert Fact.objects.get(key="lugdunum").object_id == lyon.pk


def test_a_private_word_becomes_everybodys_when_others_use_it(lyon: Mint, lugdunum: Mint) -> None:
    lyon.added_by = make_user()
    lyon.save()
    curation.merge(lugdunum, lyon, None)
    lyon.refresh_from_db()
    assert lyon.added_by is None


def test_refused_into_itself(lyon: Mint) -> None:
    with pytest.raises(ValidationError, match="itself"):
        curation.merge(lyon, lyon, None)


def test_refused_between_kinds(lyon: Mint) -> None:
    with pytest.raises(ValidationError, match="one kind"):
        curation.merge(lyon, Metal.objects.create(name="Silver"), None)


def test_a_rename_keeps_the_old_name_findable(curator: User) -> None:
    trajan = Authority.objects.create(name="Trajanus")
    coin = make_coin(authority=trajan)
    change = curation.rename(trajan, "  Trajan ", curator)
    assert (trajan.name, trajan.aliases) == ("Trajan", ["Trajanus"])
    assert (change.before["name"], change.after["name"]) == ("Trajanus", "Trajan")
    assert list(matching(Coin.objects.all(), "trajan")) == [coin]
    assert list(matching(Coin.objects.all(), "trajanus")) == [coin]


def test_a_rename_in_one_language_leaves_the_others(curator: User) -> None:
    trajan = Authority.objects.create(name="Trajan", names={"de": "Traian"})
    curation.rename(trajan, "Trajan der Große", curator, language="de")
    assert (trajan.name, trajan.names) == ("Trajan", {"de": "Trajan der Große"})
    assert trajan.aliases == ["Traian"]


def test_refused_without_a_name(lyon: Mint) -> None:
    with pytest.raises(ValidationError, match="needs a name"):
        curation.rename(lyon, "  ", None)


def test_what_the_admin_changes_is_written_down_and_found(lyon: Mint, curator: User) -> None:
    coin, before = make_coin(mint=lyon), curation.described(lyon)
    lyon.name = "Lugudunum"
    lyon.save()
    change = curation.told("edit", lyon, before, curator)
    assert (change.action, change.after["name"]) == ("edit", "Lugudunum")
    assert list(matching(Coin.objects.all(), "lugudunum")) == [coin]


def test_what_many_carry_is_written_anew_in_the_background(
    curator: User, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(carriers, "AT_ONCE", 1)
    trajan = Authority.objects.create(name="Trajan")
    coin, _other = make_coin(authority=trajan), make_coin(authority=trajan)
    kind = make_type("ric.1", authority=trajan)
    with django_capture_on_commit_callbacks() as tasks:
        curation.rename(trajan, "Traianus", curator)
    assert not CoinType.objects.matching("traianus")
    assert len(tasks) == 1
    tasks[0]()
    assert list(CoinType.objects.matching("traianus")) == [kind]
    assert coin in matching(Coin.objects.all(), "traianus")
