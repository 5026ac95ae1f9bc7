"""Each address of the API by every method: what `rules/api.py` says of one holds for the others."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import FORBIDDEN, GONE, OK, OWN_READ, OWN_WRITE, OWNER_ONLY
from tests.access.rules.api import RULES
from tests.access.world import PEOPLE, person

NOT_HERE = frozenset({405})
METHODS = ("get", "put", "patch", "delete", "post")
DETAILS = sorted(name for name in RULES if name.endswith("-detail"))


def expected(name, method, role):
    rule = RULES[name]
    if role == "anonymous":
        return frozenset({401})
    if method == "get" and rule.expected in (OWN_WRITE, OWNER_ONLY):
        return OWN_READ[role]
    if method != "get" and rule.expected == OWN_READ:
        # what nobody writes: a stranger is not told more than a viewer
        return NOT_HERE | GONE | FORBIDDEN
    return rule.expected[role] | NOT_HERE


def ask(client, method, url):
    as_json = {} if method == "get" else {"content_type": "application/json"}
    return getattr(client, method)(url, **as_json)


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", DETAILS)
def test_a_row(name, method, role, world):
    client = Client()
    if user := person(world, role):
        client.force_login(user)
    url = reverse(name, kwargs=RULES[name].kwargs(world))
    response = ask(client, method, url)
    assert response.status_code in expected(name, method, role), (
        f"{role} got {response.status_code}"
    )
    if response.status_code not in OK:
        assert response["Content-Type"] == "application/problem+json"


WORDS = ("type", "authority", "denomination", "mint", "metal", "region", "catalogue")
EVERYBODYS = {f"v1:{word}-list" for word in WORDS}
LISTS = sorted(name for name in RULES if name.endswith("-list"))


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LISTS)
def test_nobody_asks_a_list_without_saying_who_he_is(name, method):
    response = ask(Client(), method, reverse(name))
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_lists_nothing_of_the_owners(name, world):
    client = Client()
    client.force_login(world.stranger)
    results = client.get(reverse(name)).json()["results"]
    assert results == [] or name in EVERYBODYS
