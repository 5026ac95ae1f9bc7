"""Attributed commemoratives are references for the next coin: whose, which, and that they are looked at once."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from catalog.models import Coin, Collection, Photo
from identify import attribution, wording
from identify.evaluation.retrieval import taken_again
from identify.ml.commemoratives import Commemoratives
from identify.ml.commemoratives.finding import best_of_each
from identify.models import ReferenceMap
from identify.pipeline import identify_again
from identify.references import plain
from identify.values import Candidate, Face, Opinion, Photographed, Pixels
from tests.factories import make_coin, make_collection, make_type, make_user
from tests.identify.conftest import job_of
from tests.identify.fakes import Fake, answer
from tests.identify.test_commemoratives import drawn

pytestmark = pytest.mark.django_db
SHIPPED = Path(settings.BASE_DIR) / "identify" / "pretrained"
GGANTIJA = {"region": "Malta", "denomination": "2 euro", "year_from": 2016, "year_to": 2016}


class Counted:
    """The shipped reader, and how many maps it was asked for."""

    def __init__(self, reader: Commemoratives) -> None:
        self.reader, self.version, self.mapped = reader, reader.version, 0

    def maps(self, images: Any) -> Any:
        self.mapped += len(images)
        return self.reader.maps(images)

    def find_many(self, *asked: Any) -> Any:
        return self.reader.find_many(*asked)


def of_euro(coin: Photographed) -> Opinion:
    faces = tuple(
        Face(name, "obverse", (0.5, 0.5, 0.48), np.ones(8, np.float32)) for name in coin.names
    )
    unsure = answer(("2008_belgium", 0.1), abstained=True)
    scope = Candidate("euro", 0.9)
    return Opinion("abstained", "not_sure", scope, {"commemorative": unsure}, 0.6, faces=faces)


@pytest.fixture(scope="module")
def reader() -> Commemoratives:
    return Commemoratives.load(SHIPPED)


@pytest.fixture
def counted(fake: Fake, reader: Commemoratives) -> Counted:
    fake.says = of_euro
    fake.commemoratives = found = Counted(reader)  # type: ignore[attr-defined]
    return found


def saved(picture: Pixels) -> bytes:
    out = BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def bring(arrive: Any, counted: Counted) -> Any:
    """`bring(coin, 20)`: design 20 comes as its photo; `again` is another photo of it."""

    def brought(coin: Coin, design: int, again: bool = False) -> Photo:
        picture = drawn(design)
        if again:
            picture = taken_again(picture, np.random.default_rng(design))
        return arrive(coin, data=saved(picture))

    return brought


@pytest.fixture
def known(bring: Any, collection: Collection) -> Coin:
    coin = make_coin(collection, title="", variety="Ġgantija temples", **GGANTIJA)
    bring(coin, 20)
    return coin


def said(coin: Coin) -> Any:
    return job_of(coin).said.fields["commemorative"]


def test_the_next_one_is_found_by_the_first(known, bring, collection):
    other = make_coin(collection)
    bring(other, 20, again=True)
    job, found = job_of(other), said(other)
    assert (found.best.label, found.abstained) == (f"2016_malta_{known.pk}", False)
    assert job.state == "suggested"
    assert attribution.told("commemorative", found.best.label) == "2016, Malta, 2 euro"
    assert str(known) in wording.remark_words(found.remarks[0])
    assert job.said.unknown == pytest.approx(1 - found.best.confidence)


def test_another_design_is_not(known, bring, collection):
    other = make_coin(collection)
    bring(other, 1002)  # drawn, they have more in common than struck ones: not this pair
    assert said(other).abstained
    assert said(other).remarks == ()


def test_a_coin_is_no_reference_of_its_own(known, counted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        identify_again(known, known.collection.owner)
    assert said(known).abstained


@pytest.mark.parametrize(
    "values",
    [
        GGANTIJA | {"variety": ""},  # any coin of that year
        GGANTIJA | {"variety": "Ġgantija", "year_to": 2018},
        GGANTIJA | {"variety": "Ġgantija", "denomination": "1 euro"},
        {"variety": "Ġgantija", "denomination": "2 euro"},
    ],
)
def test_what_is_not_said_to_be_one_is_no_reference(values, bring, collection):
    bring(make_coin(collection, title="", **values), 20)
    other = make_coin(collection)
    bring(other, 20, again=True)
    assert said(other).abstained
    assert not ReferenceMap.objects.exists()


def test_a_type_of_ours_says_it_too(bring, collection):
    joint = make_type("euro.mt.2e.2016-ggantija", title="2 euro, Malta")
    first = make_coin(collection, title="", type=joint, **GGANTIJA)
    bring(first, 20)
    other = make_coin(collection)
    bring(other, 20, again=True)
    assert said(other).best.label == f"2016_malta_{first.pk}"


def test_coins_of_strangers_are_none(known, bring):
    theirs = make_coin(make_collection(make_user("stranger")))
    bring(theirs, 20, again=True)
    assert said(theirs).abstained


def test_a_trashed_coin_is_none(known, bring, collection, owner):
    known.discard(owner)
    other = make_coin(collection)
    bring(other, 20, again=True)
    assert said(other).abstained


def test_two_coins_of_one_issue_are_one_answer(known, bring, collection):
    bring(make_coin(collection, title="", variety="ġgantija temples", **GGANTIJA), 20, again=True)
    other = make_coin(collection)
    bring(other, 20, again=True)
    assert said(other).best.label == f"2016_malta_{known.pk}"


def test_a_map_is_made_once_and_anew_for_another_edit(known, bring, counted, collection):
    for _at in range(2):
        bring(make_coin(collection), 20, again=True)
    assert (ReferenceMap.objects.count(), counted.mapped) == (1, 1)
    Photo.objects.filter(coin=known).update(edit={"rotate": 90})
    bring(make_coin(collection), 20, again=True)
    assert (ReferenceMap.objects.count(), counted.mapped) == (1, 2)


def test_a_photo_that_is_gone_is_asked_for_once(known, bring, counted, collection):
    known.photos.get().original.storage.delete(known.photos.get().original.name)
    for _at in range(2):
        other = make_coin(collection)
        bring(other, 20, again=True)
        assert said(other).abstained
    assert ReferenceMap.objects.get().is_empty


def test_of_several_references_the_likest_speaks() -> None:
    likeness = np.array([[0.2, 0.9, 0.4], [0.5, 0.1, 0.7]], np.float32)
    names, found = best_of_each(("a", "b", "a"), likeness)
    assert names == ("a", "b")
    assert found == pytest.approx(np.array([[0.4, 0.9], [0.7, 0.1]]))


@pytest.mark.parametrize(
    ("name", "label"),
    [("Malta", "malta"), ("Czech Republic", "czech_republic"), ("Åland", "aland"), ("", "")],
)
def test_a_country_as_the_labels_have_it(name: str, label: str) -> None:
    assert plain(name) == label
