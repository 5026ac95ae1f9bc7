import pytest

from catalog.models import Authority, Catalogue, Denomination, Issue, Metal, Mint, Region
from tests.factories import make_term, make_type

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
WORDS = {
    "authorities": Authority, "denominations": Denomination, "mints": Mint, "metals": Metal,
    "regions": Region, "catalogues": Catalogue,
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_words_are_found_in_any_language(api, stranger, name):
    make_term(WORDS[name], "Rome", names={"de": "Rom", "it": "Roma antica"}, aliases=["Urbs"])
    make_term(WORDS[name], "Antioch", **({"code": "A"} if name == "catalogues" else {}))
    client = api(stranger)
    for text, found in (("rom", 1), ("antica", 1), ("urb", 1), ("xyz", 0), ("", 2)):
        assert len(client.get(f"{ROOT}{name}/", {"q": text}).json()["results"]) == found


@pytest.mark.parametrize("name", WORDS)
def test_a_word_is_told_with_its_names(api, stranger, name):
    word = make_term(WORDS[name], "Rome", names={"de": "Rom"}, nomisma_id="rome")
    told = api(stranger).get(f"{ROOT}{name}/{word.pk}/").json()
    assert (told["names"], told["uri"]) == ({"de": "Rom"}, "http://nomisma.org/id/rome")


@pytest.mark.parametrize("name", [*WORDS, "types"])
def test_nobody_writes_words_here(api, curator, name):
    client = api(curator)
    assert client.post(f"{ROOT}{name}/", {"name": "x"}).status_code == 405
    word = make_type() if name == "types" else make_term(WORDS[name], "Rome")
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{ROOT}{name}/{word.pk}/", {}).status_code == 405


def test_a_word_that_somebody_added_is_his(api, owner, stranger):
    word = make_term(Authority, "Somebody", added_by=owner)
    assert api(owner).get(f"{ROOT}authorities/{word.pk}/").status_code == 200
    assert api(stranger).get(f"{ROOT}authorities/{word.pk}/").status_code == 404
    assert api(stranger).get(f"{ROOT}authorities/").json()["results"] == []


def test_types_are_found_and_filtered(api, stranger):
    trajan = make_term(Authority, "Trajan")
    type_ = make_type("ric.2.trajan.1", title="RIC II Trajan 1", authority=trajan)
    make_type("other")
    client = api(stranger)
    for query in ({"q": "trajan"}, {"authority": trajan.pk}, {"key": "ric.2.trajan.1"}):
        [told] = client.get(f"{ROOT}types/", query).json()["results"]
        assert (told["id"], told["authority"]["name"]) == (type_.pk, "Trajan")


def test_a_types_years(api, stranger):
    cent = make_type("cent")
    Issue.objects.create(type=cent, year=1909, mint_mark="S", mintage=484_000)
    [issue] = api(stranger).get(f"{ROOT}types/{cent.pk}/issues/").json()
    assert (issue["year"], issue["mint_mark"], issue["mintage"]) == (1909, "S", 484_000)


def test_a_type_that_somebody_added_is_his(api, owner, stranger):
    type_ = make_type(added_by=owner)
    assert api(stranger).get(f"{ROOT}types/{type_.pk}/issues/").status_code == 404
