"""What a coin's panel says in each state, to whom, as a part of a page and as a page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models.jobs import LEASE
from identify import panel as telling
from identify import wording
from identify.models import Identification
from identify.values import Candidate, Remark
from tests.factories import make_coin, make_link, make_photo
from tests.identify.conftest import job_of
from tests.identify.fakes import answer, opinion

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def shown(user, coin, **headers) -> str:
    client = Client()
    client.force_login(user)
    found = client.get(reverse("identify:panel", args=[coin.pk]), headers=headers or HTMX)
    assert found.status_code == 200
    return " ".join(found.content.decode().split())


def post(user, name, *args, htmx=True, **data):
    client = Client()
    client.force_login(user)
    return client.post(reverse(name, args=args), data, headers=HTMX if htmx else {})


def test_without_a_photo_it_asks_for_one(owner, coin):
    assert "Add a photo of a face" in shown(owner, coin)


def test_a_photo_from_before_may_be_looked_at(
    fake, owner, coin, django_capture_on_commit_callbacks
):
    make_photo(coin)
    assert "Identify this coin" in shown(owner, coin)
    with django_capture_on_commit_callbacks(execute=True):
        assert "begins in a moment" in post(owner, "identify:again", coin.pk).content.decode()
    assert "Trajan" in shown(owner, coin)


def test_a_page_of_its_own_is_the_same_part_in_a_frame(fake, arrive, owner, coin):
    arrive(coin)
    page = shown(owner, coin, accept="text/html")
    assert "<html" in page
    assert 'id="identification"' in page
    assert "<html" not in shown(owner, coin)


def test_queued_it_says_how_many_are_before_it_and_asks_again_soon(
    queue, arrive, owner, collection
):
    first, second = make_coin(collection), make_coin(collection)
    arrive(first)
    arrive(second)
    page = shown(owner, second)
    assert "1 coin is before it" in page
    assert 'hx-trigger="load delay:700ms' in page
    assert f'hx-get="{reverse("identify:panel", args=[second.pk])}?n=1"' in page


def test_the_looks_become_rarer_and_end():
    assert {telling.delay_of(n, 0) for n in range(40)} == {0.7}
    assert telling.delay_of(0, 500) == 0.7
    assert telling.delay_of(60, 0) == telling.SLOWEST
    assert telling.waited(400) > telling.PATIENCE


def test_a_worker_that_is_gone_is_told_and_not_waited_for(queue, arrive, owner, coin):
    arrive(coin)
    Identification.objects.update(beat_at=timezone.now() - 2 * LEASE)
    page = shown(owner, coin)
    assert "the worker may be stopped" in page
    assert "load delay" not in page


def test_running_it_says_what_it_looks_at(queue, arrive, owner, coin):
    arrive(coin)
    job_of(coin).claim()
    assert "Looking at the photo." in shown(owner, coin)


def test_suggested_it_says_how_sure_and_why(fake, arrive, owner, coin):
    fake.says = opinion(
        fields={
            "ruler": answer(
                ("Vespasian", 0.55), ("Titus", 0.4),
                remarks=(Remark("one_of_two", {
                    "first": "Vespasian", "second": "Titus", "look": "titus/vespasian",
                }),),
            ),
            "denomination": answer(("Denarius", 0.97), remarks=(Remark("weight_outside", {
                "label": "Denarius", "measured": 2.1, "low": 3.0, "high": 4.1,
            }),)),
            "obverse_legend": answer(
                ("IMP CAESAR VESPASIANVS AVG", 0.8), read="IMPCAES",
                letters=(("I", 0.95, 200.0), ("M", 0.7, 210.0), ("P", 0.2, 220.0)),
            ),
            "mint": answer(("Rome", 0.4), abstained=True),
        },
        remarks=(Remark("many_coins", {"count": 2}),),
    )  # fmt: skip
    arrive(coin)
    page = shown(owner, coin)
    assert "one of these two" in page
    assert "It is one of these two: Vespasian or Titus." in page
    assert "a lone T stands in his legend" in page
    assert "almost certain" in page
    assert "97 %" in page
    assert "2.1 g is outside 3.0 to 4.1 g" in page
    assert '<span class="letter-faint" title="20 %">P</span>' in page
    assert "2 coins are on the photo" in page
    assert "Model fake-1, 0.04 s" in page


def test_a_family_is_told_where_the_member_is_not_known(fake, arrive, owner, coin):
    from identify.values import Candidate

    unsure = answer(("Titus", 0.4), abstained=True, parent=Candidate("flavian", 0.97))
    fake.says = opinion(fields={"ruler": unsure, "mint": answer(("Rome", 0.9))})
    arrive(coin)
    assert "a Flavian; which one, the model cannot say" in shown(owner, coin)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("unknown", "It is like nothing that the model knows."),
        ("not_sure", "Nothing was sure enough to be said."),
        ("no_coin", "No coin was found on the photo."),
        ("many_coins", "Nothing was sure enough to be said."),
    ],
)
def test_abstaining_is_friendly(fake, arrive, owner, coin, reason, words):
    fake.says = opinion("abstained", reason=reason)
    arrive(coin)
    assert words in shown(owner, coin)


def test_without_a_model_it_says_what_to_do(arrive, owner, coin, fake):
    from tests.identify.fakes import Standing

    Standing.predictor = None
    arrive(coin)
    page = shown(owner, coin)
    assert "This site has no model yet." in page
    assert "Try again" in page


def test_the_technical_reason_is_for_those_who_run_the_site(fake, arrive, owner, curator, coin):
    def broken(seen):
        raise RuntimeError("tensor on fire")

    fake.says = broken
    arrive(coin)
    assert "tensor on fire" not in shown(owner, coin)
    owner.is_staff = True
    owner.save()
    assert "tensor on fire" in shown(owner, coin)


def test_stale_it_offers_another_look(fake, arrive, owner, coin):
    photo = arrive(coin)
    photo.edit = {"rotate": 90}
    photo.save()
    page = shown(owner, coin)
    assert "The photo was changed after this was suggested" in page
    assert "Identify again" in page
    assert "Trajan" not in page


def test_a_viewer_sees_it_and_decides_nothing(fake, arrive, viewer, coin):
    arrive(coin)
    page = shown(viewer, coin)
    assert "Trajan" in page
    assert "<form" not in page


def test_a_public_link_shows_nothing_of_it(fake, arrive, collection, coin):
    arrive(coin)
    link = make_link(collection)
    page = Client().get(f"/s/{link.token}/coins/{coin.pk}/").content.decode()
    assert "dentification" not in page
    assert "Trajan," not in page


def test_deciding_answers_with_the_panel(fake, arrive, owner, collection):
    coin = make_coin(collection)
    arrive(coin)
    one = job_of(coin).suggestions.get(field="ruler")
    page = post(owner, "identify:decide", one.pk, "accept", label="Trajan").content.decode()
    assert "Accepted" in page
    coin.refresh_from_db()
    assert str(coin.authority) == "Trajan"
    assert "chip-accent" not in post(owner, "identify:decide", one.pk, "undo").content.decode()


def test_a_refusal_stands_at_its_field(fake, arrive, owner, collection):
    coin = make_coin(collection, authority="Nerva")
    arrive(coin)
    one = job_of(coin).suggestions.get(field="ruler")
    page = post(owner, "identify:decide", one.pk, "accept").content.decode()
    assert "The coin says “Nerva” already. Replace it, or leave it." in page


def test_without_scripts_a_decision_leads_back_to_the_page(fake, arrive, owner, coin):
    arrive(coin)
    one = job_of(coin).suggestions.get(field="ruler")
    answer = post(owner, "identify:decide", one.pk, "refuse", htmx=False)
    assert (answer.status_code, answer["Location"]) == (
        302, reverse("identify:panel", args=[coin.pk]),
    )  # fmt: skip


def test_an_unknown_word_is_no_decision(fake, arrive, owner, coin):
    arrive(coin)
    one = job_of(coin).suggestions.get(field="ruler")
    assert post(owner, "identify:decide", one.pk, "eat").status_code == 404
    assert post(owner, "identify:decide-all", job_of(coin).pk, "eat").status_code == 404


def test_one_may_pause_go_on_and_cancel(queue, arrive, owner, coin):
    arrive(coin)
    job = job_of(coin)
    assert "Paused" in post(owner, "identify:hold", job.pk, "pause").content.decode()
    assert job.claim() is False
    assert "begins in a moment" in post(owner, "identify:hold", job.pk, "resume").content.decode()
    assert "Identify this coin" in post(owner, "identify:hold", job.pk, "cancel").content.decode()


def test_questions_asked_of_the_database(
    fake, arrive, owner, collection, django_assert_max_num_queries
):
    few, many = make_coin(collection), make_coin(collection)
    fake.says = opinion(fields={"ruler": answer(("Trajan", 0.9))})
    arrive(few)
    names = ("ruler", "denomination", "mint", "metal", "date", "country", "mint_mark")
    fake.says = opinion(fields={name: answer(("X", 0.9), ("Y", 0.1)) for name in names})
    arrive(many)
    client = Client()
    client.force_login(owner)
    for coin in (few, many):
        with django_assert_max_num_queries(12):
            client.get(reverse("identify:panel", args=[coin.pk]), headers=HTMX)


def test_what_is_like_nothing_known_is_of_no_kind() -> None:
    sure = Candidate("world", 1.0)
    assert wording.scope_told(opinion(scope=sure)) == "Coins of the world"
    assert (
        wording.scope_told(opinion("abstained", reason="not_sure", scope=sure))
        == "Coins of the world"
    )
    assert wording.scope_told(opinion("abstained", reason="unknown", scope=sure)) == ""
