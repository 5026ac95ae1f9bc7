"""What serves: promoted, on trial, taken back; what a worker does with it, and what a person then reads."""

from pathlib import Path
from typing import Any

import pytest

from catalog.models import Coin, Collection, Tag, User
from catalog.refusals import Refusal
from catalog.sentences import worded
from identify import pipeline
from identify.models import Identification, Label, ModelVersion, ShadowOpinion, TrainingRun
from identify.models.runs import State
from identify.taught import CLASSROOM
from identify.teaching.judging import compared
from identify.teaching.learning import learn
from identify.teaching.offers import offers, teach_again
from identify.teaching.reconsidering import reconsider
from tests.factories import draw_coin, make_coin, make_photo
from tests.identify.conftest import job_of
from tests.identify.fakes import Fake, answer, opinion
from tests.identify.school import LESSON

DARK, BRIGHT = 60, 200


@pytest.fixture(autouse=True)
def school(settings: Any, tmp_path: Path, fake: Fake) -> None:
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    settings.DATA_DIR = tmp_path / "data"
    LESSON.epochs.clear()
    LESSON.after, LESSON.wrong = lambda epoch: None, 0
    CLASSROOM.loaded.clear()
    CLASSROOM.refused.clear()


@pytest.fixture
def tokens(collection: Collection, owner: User, queue: list[Any]) -> list[dict[str, Any]]:
    tag = Tag.at(owner, "Tokens")
    for tone in (DARK, 62, 64, BRIGHT, 202, 204):
        coin = make_coin(collection)
        make_photo(coin, data=draw_coin(tone=tone))
        if tone < 100:
            coin.tags.add(tag)
    return [{"label": "Token", "tag": tag.pk}]


def taught(by: User, classes: list[dict[str, Any]], wrong: int = 0, **plan: Any) -> ModelVersion:
    LESSON.wrong = wrong
    run = TrainingRun.begin(by, "own:token", "Token", {"preset": "quick"} | plan, classes)
    learn(run.pk)
    return ModelVersion.objects.get(run=run)


def looked_at(collection: Collection, tone: int = DARK, **values: Any) -> Coin:
    coin = make_coin(collection, **values)
    photo = make_photo(coin, data=draw_coin(tone=tone))
    pipeline.run(Identification.begin([photo]).pk)
    return coin


def labels_of(coin: Coin) -> dict[str, str]:
    return {one.field: one.label for one in job_of(coin).suggestions.all()}


# --- what serves ---------------------------------------------------------------------
def test_a_promoted_version_recognises_the_next_coin_without_a_restart(
    owner: User, collection: Collection, tokens: list[Any]
) -> None:
    version = taught(owner, tokens)
    assert "own:token" not in labels_of(looked_at(collection))
    version.promote(owner)
    coin = looked_at(collection)
    assert labels_of(coin)["own:token"] == "Token"
    assert labels_of(coin)["ruler"] == "Trajan", "what the site said stays"
    assert "own:token" not in labels_of(looked_at(collection, BRIGHT)), "the rest is never told"


def test_what_it_said_is_said_by_whom(owner: User, collection: Collection, tokens: Any) -> None:
    taught(owner, tokens).promote(owner)
    [remark] = job_of(looked_at(collection)).said.fields["own:token"].remarks
    assert (remark.code, remark.params) == ("taught_here", {"version": "v1"})


def test_accepting_it_writes_a_tag_and_a_title_where_there_is_none(
    owner: User, collection: Collection, tokens: Any
) -> None:
    taught(owner, tokens).promote(owner)
    nameless, named = looked_at(collection), looked_at(collection, title="My find")
    for coin in (nameless, named):
        coin.tags.add(Tag.at(owner, "Bronze"))
        job_of(coin).suggestions.get(field="own:token").accept(owner)
        coin.refresh_from_db()
        assert sorted(tag.path for tag in coin.tags.all()) == ["Bronze", "Token"]
    assert (nameless.title, named.title) == ("Token", "My find")
    one = job_of(nameless).suggestions.get(field="own:token")
    one.take_back(owner)
    nameless.refresh_from_db()
    assert ([tag.path for tag in nameless.tags.all()], nameless.title) == (["Bronze"], "")


def test_a_correction_adds_a_tag_too(owner: User, collection: Collection, tokens: Any) -> None:
    taught(owner, tokens).promote(owner)
    coin = looked_at(collection)
    coin.tags.add(Tag.at(owner, "Bronze"))
    job_of(coin).suggestions.get(field="own:token").correct(owner, {"tags": "Medal"})
    assert sorted(tag.path for tag in coin.tags.all()) == ["Bronze", "Medal"]


def test_anothers_own_class_is_not_said_of_my_coins(
    owner: User, stranger: User, tokens: list[Any]
) -> None:
    from tests.factories import make_collection

    taught(owner, tokens).promote(owner)
    assert "own:token" not in labels_of(looked_at(make_collection(stranger)))


def test_two_photos_of_one_name_are_two_faces(
    owner: User, collection: Collection, tokens: Any
) -> None:
    taught(owner, tokens).promote(owner)
    coin = make_coin(collection)
    dark, bright = (
        make_photo(coin, role, data=draw_coin(tone=tone))
        for role, tone in (("obverse", DARK), ("reverse", BRIGHT))
    )
    assert dark.name == bright.name
    pipeline.run(Identification.begin([dark, bright]).pk)
    assert "own:token" not in labels_of(coin), "one face says it, the other denies it"


def test_a_field_of_the_site_is_answered_by_what_was_taught(
    owner: User, collection: Collection, queue: list[Any], fake: Fake
) -> None:
    for tone, ruler in ((DARK, "Nero"), (62, "Nero"), (BRIGHT, "Otho"), (202, "Otho")):
        photo = make_photo(make_coin(collection), data=draw_coin(tone=tone))
        Label.say(photo, "ruler", ruler, owner)
    run = TrainingRun.begin(owner, "ruler", "Ruler", {"preset": "quick"})
    learn(run.pk)
    run.refresh_from_db()
    run.version.promote(owner)
    assert labels_of(looked_at(collection))["ruler"] == "Nero"
    fake.says = opinion("abstained", reason="unknown")
    coin = looked_at(collection, BRIGHT)
    assert (job_of(coin).state, labels_of(coin)) == ("suggested", {"ruler": "Otho"})


def test_a_damaged_version_is_refused_and_the_site_goes_on(
    owner: User, collection: Collection, tokens: Any
) -> None:
    version = taught(owner, tokens)
    version.promote(owner)
    (version.folder / "model.safetensors").write_bytes(b"broken")
    coin = looked_at(collection)
    assert labels_of(coin)["ruler"] == "Trajan"
    assert "own:token" not in labels_of(coin)
    second = taught(owner, tokens)
    (second.folder / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(Refusal) as refused:
        second.promote(owner)
    assert refused.value.code == "broken"


def test_a_version_whose_file_is_anothers_is_refused(owner: User, tokens: Any) -> None:
    version = taught(owner, tokens)
    ModelVersion.objects.update(sha256="0" * 64)
    version.refresh_from_db()
    with pytest.raises(Refusal):
        version.promote(owner)


# --- promoting and taking back -------------------------------------------------------
def test_a_worse_version_is_not_promoted_unless_an_administrator_says_why(
    owner: User, curator: User, tokens: Any
) -> None:
    good, bad = taught(owner, tokens), taught(owner, tokens, wrong=2)
    good.promote(owner)
    for by, forced, reason, code in (
        (owner, False, "", "worse"), (owner, True, "I like it", "administrators"),
        (curator, True, " ", "no_reason"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            bad.promote(by, reason, forced)
        assert refused.value.code == code
    good.refresh_from_db()
    assert good.state == "active"
    bad.promote(curator, "The other knows no medals", forced=True)
    change = bad.changes.get(new="active")
    assert (change.by, change.reason) == (curator, "The other knows no medals")
    good.refresh_from_db()
    assert good.state == "retired"


def test_it_promotes_itself_only_if_it_is_as_good(owner: User, tokens: Any) -> None:
    first = taught(owner, tokens, promote=True)
    assert first.state == "active"
    worse = taught(owner, tokens, wrong=2, promote=True)
    assert worse.state == "candidate"
    assert "v2" in worded(worse.run.report["not_promoted"])
    assert taught(owner, tokens, promote=True).state == "active"


def test_taking_back_returns_to_what_served_before(owner: User, tokens: Any) -> None:
    first, second = taught(owner, tokens), taught(owner, tokens)
    first.promote(owner)
    second.promote(owner)
    assert second.roll_back(owner) == first
    first.refresh_from_db()
    assert first.state == "active"
    assert first.roll_back(owner) is None, "twice goes back two, and not forth again"
    with pytest.raises(Refusal):
        ModelVersion.objects.get(pk=first.pk).roll_back(owner)


def test_two_versions_are_compared_on_coins_that_taught_neither(owner: User, tokens: Any) -> None:
    first, second = taught(owner, tokens), taught(owner, tokens, wrong=1)
    found = compared(first, second)
    assert (found.count, found.first_right, found.second_right) == (2, 2, 1)
    assert [one.second for one in found.only_first] == ["rest"]
    first.lessons.update(judged=False)
    assert compared(first, second).count == 0


def test_one_on_trial_changes_nothing_and_what_it_would_say_is_kept(
    owner: User, collection: Collection, tokens: Any
) -> None:
    taught(owner, tokens).try_beside(owner)
    coin = looked_at(collection)
    assert "own:token" not in labels_of(coin)
    said = ShadowOpinion.objects.get(identification=job_of(coin))
    assert (said.said, said.beside, said.differs) == ("Token", "", True)


def test_what_is_open_is_looked_at_again_and_what_is_decided_is_not(
    owner: User, collection: Collection, tokens: Any, fake: Fake
) -> None:
    fake.says = opinion(fields={"ruler": answer(("Nero", 0.9))})
    open_one, tagged = looked_at(collection), looked_at(collection)
    tagged.tags.add(Tag.at(owner, "Token"))
    version = taught(owner, tokens)
    before = {coin: job_of(coin) for coin in (open_one, tagged)}
    assert reconsider(version.pk) == 1
    assert job_of(open_one) != before[open_one]
    assert job_of(tagged) == before[tagged]


# --- what is due ---------------------------------------------------------------------
def test_so_many_new_labels_suggest_another_lesson(
    owner: User, collection: Collection, queue: list[Any], settings: Any
) -> None:
    for tone, ruler in ((DARK, "Nero"), (62, "Nero"), (BRIGHT, "Otho"), (202, "Otho")):
        photo = make_photo(make_coin(collection), data=draw_coin(tone=tone))
        Label.say(photo, "ruler", ruler, owner)
    settings.RETRAIN_AFTER = 2
    [offer] = offers()
    assert (offer.field, offer.photos, offer.is_due) == ("ruler", 4, False)
    learn(TrainingRun.begin(owner, "ruler", "Ruler", {"preset": "quick"}).pk)
    for tone in (61, 201):
        photo = make_photo(make_coin(collection), data=draw_coin(tone=tone))
        Label.say(photo, "ruler", "Nero", owner)
    [offer] = offers()
    assert (offer.fresh, offer.is_due) == (2, True)
    assert teach_again() == 0, "nobody asked for it"
    settings.RETRAIN_BY_ITSELF = True
    assert teach_again() == 1
    assert teach_again() == 0, "one is under way"
    assert TrainingRun.objects.filter(state=State.WAITING).count() == 1
