"""Classes: renamed, merged, split with their history; what is covered; which photos show one specimen."""

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from catalog.refusals import Refusal
from identify.labelling import classes, proposing, words
from identify.labelling.coverage import coverage
from identify.labelling.shipped import Known
from identify.models import (
    ClassChange,
    Embedding,
    Label,
    Lesson,
    ModelVersion,
    SpecimenGroup,
    TrainingRun,
)
from tests.factories import make_coin, make_photo
from tests.identify.test_desk import curate

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(viewer):
    return curate(viewer)


@pytest.fixture
def photos(collection, owner):
    found = [make_photo(make_coin(collection)) for _n in range(4)]
    for photo, value in zip(found, ("Severus", "Severus", "Severus", "Severus II"), strict=True):
        Label.say(photo, "ruler", value, owner, "corrected", shown="Galba")
    return found


def standing():
    return list(Label.objects.standing().order_by("photo").values_list("value", flat=True))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_renamed_class_keeps_whose_word_it_was_and_when(photos, anna, owner):
    before = Label.objects.get(photo=photos[0])
    change = classes.rename("ruler", "Severus", "Septimius Severus", anna)
    label = Label.objects.standing().get(photo=photos[0])
    assert (label.value, label.by, label.how, label.at) == (
        "Septimius Severus", owner, "corrected", before.at,
    )  # fmt: skip
    assert (label.change, label.contradicts, change.count) == (change, "Galba", 3)
    before.refresh_from_db()
    assert (before.value, before.withdrawn_by) == ("Severus", anna)


def test_two_classes_become_one(photos, anna):
    classes.merge("ruler", ["Severus"], "Severus II", anna)
    assert standing() == ["Severus II"] * 4
    assert str(ClassChange.objects.get()) == "ruler: Severus → Severus II"


def test_a_class_is_split_photo_by_photo(photos, anna):
    classes.split("ruler", "Severus", {photos[0].pk: "Severus II", photos[1].pk: " "}, anna)
    assert standing() == ["Severus II", "Severus", "Severus", "Severus II"]


@pytest.mark.parametrize(
    ("verb", "words", "code"),
    [
        ("rename", ("Severus", "Severus"), "same_name"),
        ("rename", ("Severus", "Severus II"), "taken"),
        ("rename", ("Severus", "  "), "no_name"),
        ("rename", ("Nobody", "Somebody"), "no_labels"),
        ("merge", (["Severus"], "Severus"), "nothing_to_merge"),
        ("split", ("Severus", {}), "nothing_to_split"),
    ],
)
def test_refusals(photos, anna, verb, words, code):
    with pytest.raises(Refusal) as refusal:
        getattr(classes, verb)("ruler", *words, anna)
    assert refusal.value.code == code
    assert standing() == ["Severus"] * 3 + ["Severus II"]
    assert not ClassChange.objects.exists()


def test_the_pages(photos, anna):
    client = client_of(anna)
    page = client.get(reverse("identify:classes"), {"field": "ruler"}).content.decode()
    assert "Severus" in page
    assert "pending" in page
    page = client.get(
        reverse("identify:class"), {"field": "ruler", "value": "Severus"}
    ).content.decode()
    assert page.count('name="photo-') == 3
    address = reverse("identify:class-deed", args=["split"])
    client.post(address, {"field": "ruler", "value": "Severus", f"photo-{photos[1].pk}": "Geta"})
    assert standing() == ["Severus", "Geta", "Severus", "Severus II"]


def test_a_stranger_splits_no_photo_that_he_may_not_see(photos, stranger):
    client = client_of(curate(stranger))
    page = client.get(
        reverse("identify:class"), {"field": "ruler", "value": "Severus"}
    ).content.decode()
    assert "You may see no photo of this class" in page
    address = reverse("identify:class-deed", args=["split"])
    client.post(address, {"field": "ruler", "value": "Severus", f"photo-{photos[1].pk}": "Geta"})
    assert "Geta" not in standing()


def test_coverage_says_what_is_missing(photos):
    found = {one.value: one for one in coverage("ruler")}
    assert (found["Severus"].known, found["Severus"].labelled) == (None, 3)
    assert found["Severus"].advice == "photos"
    assert found["Trajan"].known.taught > 100
    assert 0 < found["Trajan"].recall < 1
    assert coverage("ruler")[0].known is None


@pytest.fixture
def version(photos, owner):
    """Was taught Severus and Otho here; of the two that judged Severus it knew one."""
    run = TrainingRun.objects.create(field="ruler", title="Ruler")
    version = ModelVersion.objects.create(
        field="ruler", title="Ruler", number=3, run=run, user=owner, sha256="0" * 64, path="runs/1",
        card={"labels": ["Severus", "Otho", "rest"]},
    )  # fmt: skip
    for photo, judged, said in zip(
        photos, (False, True, True, False), ("", "Severus", "Otho", ""), strict=True
    ):
        label = "Severus" if photo != photos[3] else "rest"
        Lesson.objects.create(version=version, photo=photo, label=label, judged=judged, said=said)
    return version


def test_coverage_counts_what_an_active_version_was_taught(photos, version, anna):
    assert {one.value: one for one in coverage("ruler")}["Severus"].known is None
    version.move("active", None)
    found = {one.value: one for one in coverage("ruler")}
    assert found["Severus"].known == Known(1, 2, 1, "v3")
    assert found["Severus"].recall == 0.5
    assert found["Otho"].known == Known(0, 0, 0, "v3")
    assert found["Trajan"].known.by == "", "what it was not taught is the shipped model's"
    assert "rest" not in found
    page = client_of(anna).get(reverse("identify:classes"), {"field": "ruler"}).content.decode()
    assert "v3" in page
    assert "Otho" in words.known("ruler")


def test_what_is_somebodys_own_is_covered_for_him_alone(version, owner, stranger):
    ModelVersion.objects.update(field="own:token", state="active")
    assert {one.value for one in coverage("own:token", owner)} == {"Severus", "Otho"}
    assert coverage("own:token", stranger) == []
    assert coverage("own:token") == []
    assert "Otho" not in words.known("own:token")


def test_coverage_asks_as_often_for_many_classes(photos, version, django_assert_max_num_queries):
    version.move("active", None)
    with django_assert_max_num_queries(7):
        coverage("ruler")


# --- one specimen ----------------------------------------------------------------------
@pytest.fixture
def twins(collection):
    mark = bytes([0b01010101] * 32)
    return [
        make_photo(make_coin(collection), sha256=sha * 64, fingerprint=mark)
        for sha in ("a", "a", "b")
    ]


def test_photos_that_look_the_same_are_proposed_once(twins, anna):
    assert proposing.propose(anna) == 1
    group = SpecimenGroup.objects.get()
    assert (group.why, group.state, group.photos.count()) == ("near", "proposed", 3)
    client = client_of(anna)
    client.post(reverse("identify:decide-specimen", args=[group.pk]), {})
    assert SpecimenGroup.objects.get().state == "refused"
    assert proposing.propose(anna) == 0


def test_what_is_confirmed_is_one_group_for_training(twins, anna, owner):
    proposing.propose(anna)
    for photo in twins:
        Label.say(photo, "ruler", "Trajan", owner)
    assert len({row.group for row in Label.objects.for_training("ruler")}) == 3
    group = SpecimenGroup.objects.get()
    client_of(anna).post(reverse("identify:decide-specimen", args=[group.pk]), {"same": "1"})
    assert len({row.group for row in Label.objects.for_training("ruler")}) == 1


def test_a_stranger_sees_no_groups(twins, anna, stranger):
    proposing.propose(anna)
    curate(stranger)
    assert proposing.propose(stranger) == 0
    group = SpecimenGroup.objects.get()
    address = reverse("identify:decide-specimen", args=[group.pk])
    assert client_of(stranger).post(address, {"same": "1"}).status_code == 404


# --- by what the network sees ------------------------------------------------------------
@pytest.fixture
def seen(collection):
    """`seen(0.99)`: a photo of another coin that is so much like the first."""

    def made(likeness, side="obverse", model="modern-1", **values):
        photo = make_photo(values.pop("coin", None) or make_coin(collection))
        vector = np.zeros(8, np.float32)
        vector[:2] = likeness, (1 - likeness**2) ** 0.5
        Embedding.objects.create(photo=photo, model=model, side=side, vector=vector.tobytes())
        return photo

    return made


def test_what_looks_like_one_piece_is_proposed_and_asked_once(seen, owner):
    first, near, _far = seen(1.0), seen(0.99), seen(0.2)
    assert proposing.propose(owner) == 1
    group = SpecimenGroup.objects.get()
    assert (group.why, group.state, set(group.photos.all())) == (
        "alike", "proposed", {first, near},
    )  # fmt: skip
    proposing.decide(group, False, owner)
    assert proposing.propose(owner) == 0


def test_faces_networks_and_coins_are_kept_apart(seen, owner):
    first = seen(1.0)
    seen(0.99, side="reverse")
    seen(0.99, model="ancient-1")
    seen(0.99, coin=first.coin)
    assert proposing.propose(owner) == 0


def test_a_stranger_proposes_nothing_of_what_he_may_not_see(seen, stranger):
    seen(1.0)
    seen(0.99)
    assert proposing.propose(stranger) == 0
