import io

import pytest
from django.core.management import call_command

from catalog import search
from catalog.models import Coin, Photo, Trade, User, Valuation

pytestmark = pytest.mark.django_db


def test_a_cabinet_to_measure_with_has_something_of_everything() -> None:
    call_command("seed_benchmark", user="bench", coins=120, photos=360, stdout=io.StringIO())
    coins = Coin.objects.filter(collection__owner__username="bench")
    assert coins.count() == 120
    assert 300 < Photo.objects.count() <= 360
    assert Photo.objects.values("original").distinct().count() <= 24
    assert coins.filter(cost__isnull=False).count() == Trade.objects.count() > 80
    assert coins.filter(value__isnull=False).count() <= Valuation.objects.count()
    assert coins.exclude(tags=None).exists()
    assert coins.exclude(references=None).exists()
    assert len(set(coins.values_list("status", flat=True))) > 3
    assert search.matching(coins, "denarius").exists()
    assert not User.objects.get(username="bench").has_usable_password()
