from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from catalog.models import Collection, User
from tests.factories import make_collection, make_user


@pytest.mark.django_db
def test_who_has_one_gets_it(owner: User) -> None:
    there = make_collection(owner)
    assert Collection.objects.first_of(owner) == there


@pytest.mark.django_db
def test_a_newcomer_adds_a_coin_at_once(as_user: object) -> None:
    newcomer = make_user("newcomer")
    as_user(newcomer).post("/coins/add/", {"title": "Denarius", "status": "owned"})  # type: ignore[operator]
    assert Collection.objects.get(owner=newcomer).coins.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_made_once_however_many_ask() -> None:
    owner = make_user("newcomer")

    def ask(_: int) -> int:
        try:
            return Collection.objects.first_of(owner).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert Collection.objects.filter(owner=owner).count() == 1
