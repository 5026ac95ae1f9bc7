"""The word indexes hang on their tables by triggers, which a migration that rebuilds a table on SQLite
drops without a word. Whoever writes such a migration meets this test."""

import pytest
from django.db import connection

from catalog import search
from catalog.models import Coin, CoinType
from tests.factories import make_coin, make_type

pytestmark = pytest.mark.django_db


def test_an_index_follows_what_is_written_and_deleted(collection):
    coin = make_coin(collection, title="Quadriga")
    assert list(search.matching(Coin.objects.all(), "quadri")) == [coin]
    coin.title = "Biga"
    coin.save()
    search.index([coin])
    assert not search.matching(Coin.objects.all(), "quadri").exists()
    assert list(search.matching(Coin.objects.all(), "biga")) == [coin]
    coin.delete()
    make_coin(collection, title="Another")
    assert not search.matching(Coin.objects.all(), "biga").exists()


def test_the_index_of_types_follows_too():
    type_ = make_type(title="RIC II Trajan 128")
    assert list(CoinType.objects.matching("trajan 128")) == [type_]
    type_.delete()
    assert not CoinType.objects.matching("trajan 128").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers are how SQLite does it")
@pytest.mark.parametrize("table", ["catalog_searchdocument", "catalog_cointype"])
def test_the_triggers_are_there(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        assert {name for (name,) in cursor.fetchall()} == {
            f"{table}_{when}" for when in ("ai", "ad", "au")
        }
