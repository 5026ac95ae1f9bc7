"""Many coins one after another, the badge, the line of the morning page, and how far a batch is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from identify.models import Identification
from identify.progress import progress_of
from tests.factories import make_coin, make_collection
from tests.identify.conftest import job_of
from tests.identify.fakes import opinion

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def coins(fake, arrive, collection):
    found = [make_coin(collection, title=f"Coin {n}") for n in range(3)]
    for one in found:
        arrive(one)
    return found


def get(user, name="review", query="", **headers) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"identify:{name}") + query, headers=headers).content.decode()


def post(user, job, what, htmx=True):
    client = Client()
    client.force_login(user)
    address = reverse("identify:decide-all", args=[job.pk, what])
    return client.post(address, {"view": "review"}, headers=HTMX if htmx else {})


def test_a_word_for_one_brings_the_next(owner, coins):
    assert "Coin 0" in get(owner)
    page = post(owner, job_of(coins[0]), "accept").content.decode()
    assert "Coin 1" in page
    assert "2 coins to look at" in page
    assert "<html" not in page
    assert "Coin 2" in post(owner, job_of(coins[1]), "refuse").content.decode()
    assert "Nothing waits for you" in post(owner, job_of(coins[2]), "unknown").content.decode()


def test_undo_goes_back_to_the_coin(owner, coins):
    job = job_of(coins[0])
    page = post(owner, job, "accept").content.decode()
    assert reverse("identify:decide-all", args=[job.pk, "undo"]) in page
    page = post(owner, job, "undo").content.decode()
    assert "Coin 0" in page
    assert "Accept all" in page


def test_one_field_after_another_stays_until_all_have_their_word(owner, coins):
    client = Client()
    client.force_login(owner)
    first, second = job_of(coins[0]).suggestions.all()
    seen = []
    for one in (first, second):
        address = reverse("identify:decide", args=[one.pk, "refuse"])
        page = client.post(address, {"view": "review"}, headers=HTMX).content.decode()
        seen.append("Coin 0" in page)
    assert seen == [True, False]


def test_one_may_look_ahead_and_back(owner, coins):
    jobs = [job_of(coin) for coin in coins]
    page = get(owner, query=f"?at={jobs[1].pk}")
    assert "Coin 1" in page
    assert f'href="?at={jobs[0].pk}"' in page
    assert f'href="?at={jobs[2].pk}"' in page


def test_the_next_coins_photos_are_on_their_way(owner, coins):
    photo = coins[1].photos.get()
    assert f'<link rel="preload" as="image" href="/photos/{photo.pk}/large.webp' in get(owner)


def test_without_scripts_it_is_an_address(owner, coins):
    job = job_of(coins[0])
    answer = post(owner, job, "accept", htmx=False)
    assert answer["Location"] == f"{reverse('identify:review')}?at={job.pk + 1}&last={job.pk}"


def test_others_coins_wait_for_others(stranger, viewer, editor, coins):
    for user, n in ((stranger, 0), (viewer, 0), (editor, 3)):
        assert (f"{n} coins to look at" in get(user)) == bool(n)
        badge = get(user, "pending")
        assert (f"{n}<span" in badge) == bool(n)


def test_the_morning_page_has_a_line_only_where_something_waits(owner, stranger, coins):
    assert "Coins with suggestions to look at" in get(owner, "attention")
    assert get(stranger, "attention").strip() == ""


def test_thrown_away_coins_do_not_wait(owner, coins):
    coins[0].discard(owner)
    assert "2 coins to look at" in get(owner)


def test_not_confident_is_nothing_to_review(fake, arrive, owner, collection):
    fake.says = opinion("abstained", reason="unknown")
    arrive(make_coin(collection))
    assert "Nothing waits for you" in get(owner)


def test_questions_asked_of_the_database(owner, coins, django_assert_max_num_queries):
    client = Client()
    client.force_login(owner)
    with django_assert_max_num_queries(17):
        client.get(reverse("identify:review"))
    with django_assert_max_num_queries(4):
        client.get(reverse("identify:pending"))


# --- how far a batch is ----------------------------------------------------------------
@pytest.fixture
def batch(queue, arrive, collection):
    for _n in range(6):
        arrive(make_coin(collection))
    pks = list(Identification.objects.order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    Identification.objects.filter(pk__in=pks[:2]).update(state="suggested", finished_at=now)
    Identification.objects.filter(pk=pks[2]).update(state="failed", finished_at=now)
    Identification.objects.filter(pk=pks[3]).update(state="running")
    Identification.objects.update(created_at=now - timedelta(seconds=30))
    return pks


def test_a_batch_tells_how_far_it_is(owner, batch):
    found = progress_of(owner)
    assert (found.waiting, found.running, found.done, found.failed) == (2, 1, 2, 1)
    assert found.rate == pytest.approx(0.1, rel=0.05)
    page = get(owner, "progress", **HTMX)
    assert "3 of 6 looked at" in page
    assert "30 seconds left" in page
    assert 'hx-trigger="load delay:1s' in page


def test_a_batch_is_paused_and_goes_on_with_few_tasks(owner, stranger, batch, queue):
    client = Client()
    client.force_login(owner)
    client.post(reverse("identify:progress-hold", args=["pause"]))
    assert progress_of(owner).paused == 2
    queue.clear()
    client.post(reverse("identify:progress-hold", args=["resume"]))
    assert progress_of(owner).waiting == 2


def test_cancelling_leaves_what_was_begun(owner, batch):
    client = Client()
    client.force_login(owner)
    client.post(reverse("identify:progress-hold", args=["cancel"]))
    assert sorted(Identification.objects.values_list("state", flat=True)) == (
        ["failed", "running", "suggested", "suggested"]
    )


def test_a_stranger_stops_nobodys_batch(stranger, owner, batch):
    client = Client()
    client.force_login(stranger)
    for what in ("pause", "cancel"):
        client.post(reverse("identify:progress-hold", args=[what]))
    assert progress_of(owner).waiting == 2
    assert progress_of(stranger).total == 0


def test_where_nothing_works_there_is_nothing_to_show(owner, collection):
    make_collection(owner)
    assert "looked at" not in get(owner, "progress", **HTMX)
    assert "Nothing is being identified" in get(owner, "progress")
