import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from coinsite.schedules import EVERY, PREFIX, write_schedules


@pytest.mark.django_db
def test_a_migrated_site_has_every_schedule_and_each_calls_something() -> None:
    rows = Schedule.objects.filter(name__startswith=PREFIX)
    assert rows.count() == len(EVERY)
    for row in rows:
        assert callable(import_string(row.func))


@pytest.mark.django_db
def test_one_that_is_no_longer_wanted_goes_and_a_persons_own_stays() -> None:
    Schedule.objects.create(name=PREFIX + "old", func="os.getcwd")
    Schedule.objects.create(name="mine", func="os.getcwd")
    write_schedules()
    assert set(Schedule.objects.values_list("name", flat=True)) >= {"mine"}
    assert not Schedule.objects.filter(name=PREFIX + "old").exists()
