"""The way to a run and back from it, as somebody clicks it; and who is kept out."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Coin, Collection, Tag, User
from identify.models import Label, Lesson, ModelVersion, TrainingRun
from identify.teaching.learning import learn
from tests.factories import draw_coin, make_coin, make_photo
from tests.identify.school import LESSON


@pytest.fixture(autouse=True)
def school(settings: Any, tmp_path: Path) -> None:
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    settings.DATA_DIR = tmp_path / "data"
    LESSON.epochs.clear()
    LESSON.after, LESSON.wrong = lambda epoch: None, 0


@pytest.fixture
def trainer(owner: User) -> User:
    owner.user_permissions.add(Permission.objects.get(codename="train"))
    return User.objects.get(pk=owner.pk)


@pytest.fixture
def tag(owner: User, collection: Collection) -> Tag:
    made = Tag.at(owner, "Tokens")
    for tone in (60, 62, 64, 200, 202, 204):
        coin = make_coin(collection, title=f"Tone {tone}")
        make_photo(coin, data=draw_coin(tone=tone), state="ready")
        if tone < 100:
            coin.tags.add(made)
    return made  # type: ignore[return-value]


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_from_a_tag_to_a_model_that_serves(
    trainer: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    browser = as_user(trainer)
    assert "Something of your own" in words(browser.get(reverse("identify:teach")))
    assert "Tone 204" in words(browser.get(reverse("identify:teach-own")))
    chosen = {"label": "Token", "tag": tag.pk}
    page = words(browser.get(reverse("identify:teach-plan"), chosen))
    assert "all other coins" in page
    assert "Fewer than 10 coins each" in page
    said = f"tag:{tag.pk}|set:|coins:|Token"
    assert said in page
    answer = browser.post(
        reverse("identify:teach-plan"),
        {"c": said, "title": "Token", "preset": "quick", "epochs": "2"},
    )
    run = TrainingRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.field, run.user, run.plan["epochs"]) == ("own:token", trainer, 2)
    learn(run.pk)
    page = words(browser.get(run.get_absolute_url()))
    for text in ("v1: Candidate", "Round 2 of 2", "100 %", "right at once"):
        assert text in page
    deed = reverse("identify:model-deed", args=[run.version.pk, "promote"])
    assert browser.post(deed).url == reverse("identify:models")
    assert "Token v1 serves now" in words(browser.get(reverse("identify:models")))
    assert "own" not in words(browser.get(run.version.get_absolute_url()))[:60]
    taken = reverse("identify:model-deed", args=[run.version.pk, "roll-back"])
    browser.post(taken)
    assert ModelVersion.objects.get().state == "retired"


def test_a_second_kind_joins_the_first(
    trainer: User, tag: Tag, collection: Collection, as_user: Any, queue: list[Any]
) -> None:
    coins = list(collection.coins.order_by("pk").values_list("pk", flat=True)[3:5])
    chosen = {
        "c": f"tag:{tag.pk}|set:|coins:|Token",
        "title": "Mine",
        "label": "Medal",
        "coin": coins,
    }
    page = words(as_user(trainer).get(reverse("identify:teach-plan"), chosen))
    assert f"coins:{coins[0]},{coins[1]}|Medal" in page
    for label in ("Token", "Medal", "all other coins"):
        assert f'<th scope="row">{label}</th>' in page


def test_what_people_labelled_can_be_taught(
    trainer: User, tag: Tag, collection: Collection, as_user: Any, queue: list[Any]
) -> None:
    for coin in collection.coins.all():
        photo = coin.photos.get()
        Label.say(photo, "ruler", "Nero" if coin.tags.exists() else "Otho", trainer)
    browser = as_user(trainer)
    assert "6 photos, kinds: 2" in words(browser.get(reverse("identify:teach")))
    assert "Nero" in words(browser.get(reverse("identify:teach-plan"), {"field": "ruler"}))
    browser.post(reverse("identify:teach-plan"), {"field": "ruler", "preset": "fine"})
    run = TrainingRun.objects.get()
    assert (run.field, run.title, run.plan["preset"]) == ("ruler", "Ruler", "fine")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Say first what it is to recognise."),
        ({"c": "nonsense"}, "Say first what it is to recognise."),
        ({"label": "Token"}, "Choose the coins that show it"),
        ({"label": "rest", "tag": "TAG"}, "means all other coins"),
        ({"field": "weight"}, "Nobody has labelled anything of this yet."),
    ],
)
def test_what_cannot_be_taught_is_said(
    trainer: User, tag: Tag, as_user: Any, said: dict[str, Any], told: str
) -> None:
    said = {key: tag.pk if value == "TAG" else value for key, value in said.items()}
    answer = as_user(trainer).get(reverse("identify:teach-plan"), said, follow=True)
    assert told in words(answer)
    assert not TrainingRun.objects.exists()


def test_too_little_is_not_begun(trainer: User, collection: Collection, as_user: Any) -> None:
    coin = make_coin(collection)
    make_photo(coin)
    url = reverse("identify:teach-plan")
    said = f"tag:|set:|coins:{coin.pk}|Token"
    assert "There is only one kind of coin here." in words(as_user(trainer).get(url, {"c": said}))
    as_user(trainer).post(url, {"c": said, "title": "Token"})
    assert not TrainingRun.objects.exists()


def test_another_network_is_taken_by_its_name_and_nothing_else(
    trainer: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    url = reverse("identify:teach-plan")
    said = {"c": f"tag:{tag.pk}|set:|coins:|Token"}
    as_user(trainer).post(url, said | {"backbone": "../../etc; rm"})
    assert not TrainingRun.objects.exists()
    as_user(trainer).post(url, said | {"backbone": "vit_small_patch14_dinov2.lvd142m"})
    assert TrainingRun.objects.get().plan["backbone"] == "vit_small_patch14_dinov2.lvd142m"


def test_a_run_is_watched_and_asked_only_for_what_is_new(
    trainer: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    run = TrainingRun.begin(trainer, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
    LESSON.after = lambda epoch: epoch == 2 and pause(run)
    learn(run.pk)
    browser = as_user(trainer)
    page = words(browser.get(run.get_absolute_url()))
    for text in (
        "Paused",
        "Round 2 of 3",
        "12 photos a second",
        "Says all other coins, is T",
        "data-chart",
    ):
        assert text in page
    htmx = {"HX-Request": "true"}
    url = run.get_absolute_url()
    assert browser.get(url, {"seen": "paused--2-6-0"}, headers=htmx).status_code == 204
    assert browser.get(url, {"seen": "running--1-6-0"}, headers=htmx).status_code == 200
    answer = browser.post(reverse("identify:run-wish", args=[run.pk, "resume"]), headers=htmx)
    assert "Waiting" in words(answer)
    browser.post(reverse("identify:run-wish", args=[run.pk, "stop"]))
    learn(run.pk)
    run.refresh_from_db()
    assert (run.state, ModelVersion.objects.count()) == ("stopped", 1)
    answer = browser.post(reverse("identify:run-wish", args=[run.pk, "pause"]), follow=True)
    assert "This run has gone on meanwhile." in words(answer)


def pause(run: TrainingRun) -> None:
    TrainingRun.objects.get(pk=run.pk).require_wish("pause")


def test_one_photo_under_two_names_is_shown(
    trainer: User, tag: Tag, collection: Collection, as_user: Any, queue: list[Any]
) -> None:
    make_photo(make_coin(collection), data=draw_coin(tone=62), state="ready")
    make_photo(make_coin(collection), data=draw_coin(tone=200), state="ready")
    run = TrainingRun.begin(trainer, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
    learn(run.pk)
    page = words(as_user(trainer).get(run.get_absolute_url()))
    assert "One and the same photo is called all other coins and T." in page
    assert "1 photo is there twice." in page


def test_a_worse_one_asks_an_administrator_why(
    curator: User, owner: User, collection: Collection, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    versions = []
    for wrong in (0, 2):
        LESSON.wrong = wrong
        run = TrainingRun.begin(owner, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
        learn(run.pk)
        versions.append(ModelVersion.objects.get(run=run))
    versions[0].promote(owner)
    browser, url = (
        as_user(curator),
        reverse("identify:model-deed", args=[versions[1].pk, "promote"]),
    )
    page = words(browser.post(url, follow=True))
    assert "v2 is right about 0 % of the coins kept aside, v1 about 100 %." in page
    assert "Let the worse one serve" in page
    browser.post(url, {"forced": "1", "reason": "A trial"})
    page = words(browser.get(versions[1].get_absolute_url()))
    assert "A trial" in page
    runs = [version.run_id for version in versions]
    page = words(browser.get(reverse("identify:compare-versions"), {"a": runs[0], "b": runs[1]}))
    assert "v1 is right" in page
    assert "2 / 2" in page


def test_a_coin_tells_what_its_label_taught_first(
    trainer: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    for _again in range(2):
        run = TrainingRun.begin(trainer, "own:t", "Token", {}, [{"label": "Token", "tag": tag.pk}])
        learn(run.pk)
    coin = Coin.objects.filter(tags=tag).first()
    assert coin
    ModelVersion.objects.get(number=1).promote(trainer)
    page = words(as_user(trainer).get(reverse("identify:panel", args=[coin.pk])))
    assert "What was said of this coin taught Token v1." in page
    Lesson.objects.all().delete()
    page = words(as_user(trainer).get(reverse("identify:panel", args=[coin.pk])))
    assert "taught Token" not in page


def test_ticked_coins_of_the_list_are_ticked_here(
    trainer: User, tag: Tag, collection: Collection, as_user: Any
) -> None:
    oldest = collection.coins.order_by("pk").first()
    assert oldest
    page = words(as_user(trainer).get(reverse("coins-bulk"), {"coin": oldest.pk}))
    assert "Teach the site what they are" in page
    page = words(as_user(trainer).get(reverse("identify:teach-own"), {"coin": oldest.pk}))
    assert page.index(f'value="{oldest.pk}" checked') < page.index("Tone 204")


def test_a_page_costs_as_many_queries_for_many_versions_as_for_one(
    curator: User, owner: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    browser = as_user(curator)
    counts = {}
    for many in (1, 3):
        while ModelVersion.objects.count() < many:
            run = TrainingRun.begin(owner, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
            learn(run.pk)
            ModelVersion.objects.latest("pk").promote(curator)
        for name in ("models", "teach"):
            with CaptureQueriesContext(connection) as caught:
                browser.get(reverse(f"identify:{name}"))
            counts[name, many] = len(caught)
    assert counts["models", 1] == counts["models", 3]
    assert counts["teach", 1] == counts["teach", 3]


# --- who is kept out -----------------------------------------------------------------
def test_a_stranger_gets_nowhere(
    stranger: User, trainer: User, tag: Tag, as_user: Any, queue: Any
) -> None:
    run = TrainingRun.begin(trainer, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
    learn(run.pk)
    version = ModelVersion.objects.get()
    for name, args in (
        ("teach", []), ("teach-own", []), ("teach-plan", []), ("models", []),
        ("run", [run.pk]), ("model", [version.pk]),
    ):  # fmt: skip
        assert as_user(stranger).get(reverse(f"identify:{name}", args=args)).status_code == 403
    post = reverse("identify:model-deed", args=[version.pk, "promote"])
    assert as_user(stranger).post(post).status_code == 403


def test_what_is_somebodys_own_is_not_another_trainers(
    stranger: User, trainer: User, tag: Tag, as_user: Any, queue: list[Any]
) -> None:
    stranger.user_permissions.add(Permission.objects.get(codename="train"))
    run = TrainingRun.begin(trainer, "own:t", "T", {}, [{"label": "T", "tag": tag.pk}])
    learn(run.pk)
    version = ModelVersion.objects.get()
    browser = as_user(stranger)
    for url in (
        run.get_absolute_url(), version.get_absolute_url(),
        f"{reverse('identify:compare-versions')}?a={run.pk}&b={run.pk}",
    ):  # fmt: skip
        assert browser.get(url).status_code == 404
    assert browser.post(reverse("identify:run-wish", args=[run.pk, "stop"])).status_code == 404
    assert (
        browser.post(reverse("identify:model-deed", args=[version.pk, "retire"])).status_code == 404
    )
    page = words(
        browser.get(reverse("identify:teach-plan"), {"label": "Mine", "tag": tag.pk}, follow=True)
    )
    assert "Choose the coins that show it" in page
