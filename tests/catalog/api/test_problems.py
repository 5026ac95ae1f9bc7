import pytest
from django.test import Client
from rest_framework import exceptions

from catalog.api import problems
from catalog.api.views import people
from catalog.models import Export

pytestmark = pytest.mark.django_db


def test_a_problem_says_what_where_and_why(api, owner, settings):
    response = api(owner).get("/api/v1/coins/99999/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": f"{settings.SITE_URL}/api/v1/docs/#problem-not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing here, or it is not yours to see.",
    }


@pytest.mark.parametrize(
    "address", ["coin/", "coins/abc/", "coins", "coins/-1/", "coins/1/x/", "9" * 400]
)
def test_an_address_that_is_none_is_a_problem_too(api, owner, address):
    response = api(owner).get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("pk", [2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_column_holds_is_nobodys(api, owner, pk):
    for name in ("coins", "photos", "types", "places"):
        assert api(owner).get(f"/api/v1/{name}/{pk}/").status_code == 404


def test_every_code_stands_in_the_reference():
    ours = [problems.Stale, problems.Conflict, problems.Refused, problems.Busy]
    theirs = [
        exceptions.NotAuthenticated, exceptions.PermissionDenied, exceptions.NotFound,
        exceptions.MethodNotAllowed, exceptions.UnsupportedMediaType, exceptions.ParseError,
        exceptions.ValidationError, exceptions.Throttled, exceptions.APIException,
    ]  # fmt: skip
    codes = {one.default_code.replace("_", "-") for one in ours + theirs}
    assert codes <= set(problems.MEANINGS)


def test_a_mistake_of_ours_is_told_without_its_entrails(owner, monkeypatch, caplog):
    def fail(self, request):
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(people.MeViewSet, "retrieve", fail)
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    response = client.get("/api/v1/me/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"swordfish" not in response.content
    assert "swordfish" in caplog.text


def test_a_mistake_of_ours_is_noticed_by_tests(as_user, owner, monkeypatch):
    monkeypatch.setattr(people.MeViewSet, "retrieve", lambda self, request: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        as_user(owner).get("/api/v1/me/")


def test_the_root_lists_what_there_is(api, owner):
    told = api(owner).get("/api/v1/").json()
    assert told["coins"] == "http://testserver/api/v1/coins/"


def test_jobs_are_told_as_they_stand(api, owner, stranger):
    export = Export.objects.create(user=owner, kind="csv", state="running", total=10, done=3)
    told = api(owner).get(f"/api/v1/exports/{export.pk}/").json()
    assert (told["state"], told["done"], told["total"], told["has_file"]) == (
        "running",
        3,
        10,
        False,
    )
    assert api(owner).get(f"/api/v1/exports/{export.pk}/file/").status_code == 404
    assert api(stranger).get(f"/api/v1/exports/{export.pk}/").status_code == 404
