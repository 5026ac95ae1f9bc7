import pytest
from django.urls import reverse
from django_q.models import Failure

from catalog import search
from catalog.models import Authority, Coin, TermChange
from tests.factories import make_coin, make_type

pytestmark = pytest.mark.django_db

LISTS = [
    "authority", "denomination", "metal", "mint", "region", "catalogue", "termchange", "cointype", "user",
    "apitoken", "collection", "importsession", "export",
]  # fmt: skip


@pytest.mark.parametrize("model", LISTS)
def test_every_list_opens(as_user, curator, coin, model):
    assert as_user(curator).get(f"/admin/catalog/{model}/").status_code == 200


@pytest.mark.parametrize("model", ["failure", "success", "schedule", "ormq"])
def test_background_tasks_are_listed(as_user, curator, model):
    assert as_user(curator).get(f"/admin/django_q/{model}/").status_code == 200


@pytest.mark.parametrize("who", ["owner", "stranger", None])
def test_only_staff_gets_in(as_user, owner, stranger, who):
    user = {"owner": owner, "stranger": stranger, None: None}[who]
    assert as_user(user).get("/admin/catalog/authority/").status_code in (302, 403)


def test_words_that_mean_the_same_become_one(as_user, curator, collection):
    stays = Authority.objects.create(name="Trajan", nomisma_id="trajan")
    goes = Authority.objects.create(name="Traianus", names={"de": "Trajan"})
    coin, type_ = make_coin(collection, authority=goes), make_type(authority=goes)
    data = {"action": "merge", "_selected_action": [stays.pk, goes.pk]}
    client = as_user(curator)
    assert b"Which one stays?" in client.post("/admin/catalog/authority/", data).content
    client.post("/admin/catalog/authority/", data | {"stays": stays.pk})
    coin.refresh_from_db()
    type_.refresh_from_db()
    assert coin.authority == type_.authority == stays
    assert list(Authority.objects.named("traianus")) == [stays]
    assert list(search.matching(Coin.objects.all(), "traianus")) == [coin]
    assert "merge" in {row.action for row in TermChange.objects.all()}


def test_one_word_alone_cannot_be_merged(as_user, curator):
    term = Authority.objects.create(name="Trajan")
    as_user(curator).post(
        "/admin/catalog/authority/", {"action": "merge", "_selected_action": [term.pk]}
    )
    assert not TermChange.objects.exists()


def test_an_edit_of_the_vocabulary_is_told(as_user, curator):
    term = Authority.objects.create(name="Traian")
    url = reverse("admin:catalog_authority_change", args=[term.pk])
    as_user(curator).post(url, {
        "name": "Trajan", "kind": "ruler", "names": "de: Trajan\nit: Traiano", "aliases": "Optimus"})  # fmt: skip
    term.refresh_from_db()
    assert (term.names, term.aliases) == ({"de": "Trajan", "it": "Traiano"}, ["Optimus"])
    row = TermChange.objects.get()
    assert (row.before["name"], row.after["name"], row.by) == ("Traian", "Trajan", curator)


def test_a_line_that_is_no_name_is_refused(as_user, curator):
    term = Authority.objects.create(name="Trajan")
    url = reverse("admin:catalog_authority_change", args=[term.pk])
    response = as_user(curator).post(url, {"name": "Trajan", "kind": "ruler", "names": "Traiano"})
    assert b"is not a language and a name" in response.content


def test_a_failed_task_says_why_and_can_be_tried_again(as_user, curator):
    from django.utils import timezone
    from django_q.models import OrmQ

    now = timezone.now()
    task = Failure.objects.create(
        id="a" * 32, name="thumbs", func="math.floor", args=(1.5,), started=now, stopped=now, success=False,
        result="Traceback …\nOSError: disk is full",
    )  # fmt: skip
    client = as_user(curator)
    assert b"OSError: disk is full" in client.get("/admin/django_q/failure/").content
    client.post(
        "/admin/django_q/failure/", {"action": "resubmit_task", "_selected_action": [task.pk]}
    )
    assert not Failure.objects.exists()
    assert OrmQ.objects.count() in (0, 1)


def test_no_inline_script_runs_in_the_admin_either(as_user, curator):
    policy = as_user(curator).get("/admin/")["Content-Security-Policy"]
    script = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe-inline" not in script
