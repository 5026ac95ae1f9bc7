"""A version on trial and what serves, side by side at the desk; and whom people sided with."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from catalog.models import Coin, Collection, Photo, User
from identify.curation.orders import ORDERS, Item, Pair
from identify.labelling import desk, queue, trials
from identify.models import (
    Identification,
    Label,
    Lesson,
    ModelVersion,
    ShadowOpinion,
    TrainingRun,
)
from tests.factories import make_coin, make_photo, make_user, share_with
from tests.identify.fakes import answer, opinion
from tests.identify.test_desk import curate

Trial = Any


@pytest.fixture
def anna(viewer: User) -> User:
    return curate(viewer)


@pytest.fixture
def version(owner: User) -> ModelVersion:
    run = TrainingRun.objects.create(field="ruler", title="Ruler", user=owner)
    return ModelVersion.objects.create(
        field="ruler", title="Ruler", number=2, sha256="0" * 64, path="runs/1/lesson", run=run,
        user=owner, state="shadow",
    )  # fmt: skip


@pytest.fixture
def tried(collection: Collection, fake: Any, arrive: Any, version: ModelVersion) -> Trial:
    """`tried("Trajan", "Hadrian", 0.7)`: the site says the first of a new photo, the trial the second."""

    def at(beside: str, said: str, sure: float = 0.7, **more: Any) -> Photo:
        fake.says = opinion(fields={"ruler": answer((beside or "Nerva", 0.6), ("Titus", 0.3))})
        photo: Photo = arrive(make_coin(collection))
        job = Identification.objects.get(face=photo)
        ShadowOpinion.objects.create(
            version=more.get("version", version), identification=job, said=said, beside=beside,
            confidence=sure, differs=said != beside,
        )  # fmt: skip
        return photo

    return at


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, query: str = "?field=ruler&order=trial") -> str:
    return " ".join(signed_in(user).get(reverse("identify:desk") + query).content.decode().split())


def say(user: User, photo: Photo, value: str) -> Label:
    return desk.answer(photo, "ruler", "trial", value, user)


# --- the queue ---------------------------------------------------------------------------
def test_contradictions_come_before_silence_and_the_surest_first() -> None:
    pairs = [
        Pair(1, "Titus", "Nero", 0.6), Pair(2, "", "Nero", 0.9), Pair(3, "Titus", "Nero", 0.8),
        Pair(4, "Titus", "", 0.7),
    ]  # fmt: skip
    items = [Item(pair.opinion, pair=pair) for pair in pairs]
    assert [one.photo for one in ORDERS["trial"]([*items, Item(5)])] == [3, 1, 2, 4]


def test_only_what_differs_waits(anna: User, tried: Trial) -> None:
    first, second = tried("Trajan", "Hadrian", 0.6), tried("Trajan", "Hadrian", 0.8)
    tried("Trajan", "Trajan")
    assert queue.queue(anna, "ruler", "trial") == [second.pk, first.pk]


def test_a_curator_who_may_not_see_the_coin_is_not_asked(stranger: User, tried: Trial) -> None:
    tried("Trajan", "Hadrian")
    assert queue.queue(curate(stranger), "ruler", "trial") == []
    assert "nothing to label yet" in page(stranger, "?order=trial")


def test_what_it_was_taught_is_no_disagreement(
    anna: User, tried: Trial, version: ModelVersion
) -> None:
    photo = tried("Trajan", "Hadrian")
    lesson = Lesson.objects.create(version=version, photo=photo, label="Hadrian")
    assert queue.queue(anna, "ruler", "trial") == []
    lesson.judged = True
    lesson.save()
    assert queue.queue(anna, "ruler", "trial") == [photo.pk]


def test_the_queue_ends_with_the_trial(anna: User, tried: Trial, version: ModelVersion) -> None:
    photo = tried("Trajan", "Hadrian")
    version.retire(version.user)  # type: ignore[arg-type]
    assert queue.queue(anna, "ruler", "trial") == []
    assert "Whose answer is which" not in page(anna, f"?field=ruler&order=trial&at={photo.pk}")


def test_anothers_own_class_is_not_asked_about(
    anna: User, tried: Trial, version: ModelVersion
) -> None:
    ModelVersion.objects.update(field="own:token")
    tried("", "Token", version=ModelVersion.objects.get())
    assert queue.queue(anna, "own:token", "trial") == []
    ModelVersion.objects.update(user=anna)
    assert len(queue.queue(anna, "own:token", "trial")) == 1
    assert "own:token" in queue.fields_of(anna)


def test_skipped_flagged_and_what_he_wrote_himself_are_settled(anna: User, tried: Trial) -> None:
    skipped, flagged, typed, viewed = (tried("Trajan", "Hadrian") for _n in range(4))
    desk.skip(skipped, "ruler", anna)
    desk.flag(flagged, "bad", anna)
    Label.say(typed, "ruler", "Hadrian", anna)
    Label.say(viewed, "ruler", "Trajan", anna, "viewed", shown="Trajan")
    assert queue.queue(anna, "ruler", "trial") == [viewed.pk]


# --- the desk ----------------------------------------------------------------------------
def test_both_answers_stand_side_by_side_and_nobody_is_told_whose(anna: User, tried: Trial) -> None:
    tried("Trajan", "Hadrian")
    found = page(anna)
    two = found.split('class="desk-two"')[1].split("</div>")[0]
    assert two.index("Hadrian") < two.index("Trajan")
    assert "v2" not in found
    assert "desk-accept" not in found
    assert "Titus" in found.split('class="desk-choices"')[1]


def test_one_who_is_silent_offers_nothing(anna: User, tried: Trial) -> None:
    photo = tried("Trajan", "")
    assert "The other one is not sure enough" in page(anna)
    label = say(anna, photo, "Trajan")
    assert (label.how, label.shown, label.contradicts) == ("viewed", "Trajan", "")


def test_siding_denies_the_other_and_is_told_afterwards(
    anna: User, tried: Trial, version: ModelVersion
) -> None:
    photo = tried("Trajan", "Hadrian")
    address = reverse("identify:desk-deed", args=[photo.pk, "say"])
    said = {"field": "ruler", "order": "trial", "label": "Hadrian"}
    answered = signed_in(anna).post(address, said)
    label = Label.objects.get()
    assert (label.how, label.contradicts, label.judges) == ("viewed", "Trajan", False)
    assert label.trial
    assert label.trial.version == version
    found = " ".join(signed_in(anna).get(answered["Location"]).content.decode().split())
    assert "So does v2, which is on trial." in found
    assert queue.queue(anna, "ruler", "trial") == []


def test_something_else_is_a_correction(anna: User, tried: Trial) -> None:
    label = say(anna, tried("Trajan", "Hadrian"), "Nerva")
    assert (label.how, label.shown) == ("corrected", "Trajan")


# --- the registry ------------------------------------------------------------------------
def test_whom_people_sided_with(anna: User, tried: Trial, version: ModelVersion) -> None:
    for word in ("Hadrian", "Hadrian", "Trajan", "Nerva"):
        say(anna, tried("Trajan", "Hadrian"), word)
    written, accepted = tried("Trajan", "Hadrian"), tried("Trajan", "Hadrian")
    Label.say(written, "ruler", "hadrian", anna)
    Label.say(accepted, "ruler", "Trajan", anna, "viewed", shown="Trajan")
    assert trials.sided([version]) == {version.pk: trials.Sided(3, 1, 1)}


def test_both_faces_are_one_word_and_a_withdrawn_one_none(
    anna: User, tried: Trial, version: ModelVersion
) -> None:
    photo = tried("Trajan", "Hadrian")
    make_photo(Coin.objects.get(photos=photo), "reverse")
    label = say(anna, photo, "Hadrian")
    assert trials.sided([version])[version.pk].asked == 1
    desk.take_back(label, anna)
    assert trials.sided([version]) == {}


def test_the_registry_says_so(
    anna: User, curator: User, collection: Collection, tried: Trial, version: ModelVersion
) -> None:
    share_with(collection, curator)
    photo = tried("Trajan", "Hadrian")
    found = page_of(curator, version)
    assert "Nobody has judged between the two yet." in found
    assert "?field=ruler&order=trial" in found
    say(anna, photo, "Hadrian")
    assert "times people say what v2 says" in page_of(curator, version)
    listed = signed_in(curator).get(reverse("identify:models")).content.decode()
    assert "1 word: 1 for it, 0 for what served" in listed


def test_who_teaches_and_does_not_curate_is_not_sent_to_the_desk(
    tried: Trial, version: ModelVersion
) -> None:
    tried("Trajan", "Hadrian")
    trainer = make_user("trainer")
    trainer.user_permissions.add(Permission.objects.get(codename="train"))
    found = page_of(User.objects.get(pk=trainer.pk), version)
    assert "it would have said something else of 1." in found
    assert "order=trial" not in found
    assert "Hadrian instead of Trajan" not in found, "it is no coin of his"


def page_of(user: User, version: ModelVersion) -> str:
    return " ".join(signed_in(user).get(version.get_absolute_url()).content.decode().split())
