"""Pictures of lots are looked at in the background, by whoever registered to."""

from io import BytesIO
from typing import Any

import pytest

from catalog import describing as contract
from catalog.describing import Description, Nobody, Seen
from catalog.models import User
from market import pictures
from market.describing import describe_due, keep
from market.models import LotLook, LotPicture
from market.tasks import describe_pictures
from tests.catalog.describers import FakeDescriber, describer, look
from tests.factories import draw_coin
from tests.market.makes import make_lot

__all__ = ["describer"]  # a fixture


def give(owner: User | None, letters: str = "A") -> LotPicture:
    data = BytesIO(draw_coin(letters=letters))
    return pictures.keep(make_lot(owner), data, "lot.jpg", "hand")


def test_what_it_looks_like_is_kept(owner: User, describer: FakeDescriber) -> None:
    picture = give(owner)
    describer.says = lambda data: Description(
        (look(0, "obverse"), look(90, "reverse")), {"authority": Seen(("Trajan",), 0.97)}
    )
    assert describe_pictures() == 1
    picture.refresh_from_db()
    assert (picture.described_by, picture.says) == ("fake-1", {"authority": [["Trajan"], 0.97]})
    assert list(picture.looks.values_list("side", "network")) == [("obverse", "fake"), ("reverse", "fake")]  # fmt: skip


def test_twice_does_nothing(owner: User, describer: FakeDescriber) -> None:
    give(owner)
    assert (describe_due(), describe_due()) == (1, 0)
    assert describer.asked == [1]
    assert LotLook.objects.count() == 1


def test_many_are_looked_at_together(owner: User, describer: FakeDescriber) -> None:
    for number in range(18):
        give(owner, str(number))
    assert describe_due() == 18
    assert describer.asked == [16, 2]


def test_when_its_time_is_up_it_leaves_the_rest(owner: User, describer: FakeDescriber) -> None:
    for number in range(18):
        give(owner, str(number))
    clock = iter([0.0, 1.0, 46.0])
    assert describe_due(lambda: next(clock)) == 16
    assert describe_due() == 2


def test_without_a_picture_nobody_is_asked(describer: FakeDescriber, db: None) -> None:
    def unasked() -> str:
        raise AssertionError

    describer.version = unasked  # type: ignore[method-assign]
    assert describe_due() == 0


def test_without_a_model_they_wait(owner: User, describer: FakeDescriber) -> None:
    give(owner)
    describer.is_version = ""
    assert describe_due() == 0
    assert not LotPicture.objects.exclude(described_by="").exists()
    describer.is_version = "fake-1"
    assert describe_due() == 1


def test_where_nobody_registered_nothing_happens(owner: User) -> None:
    before = contract.register(Nobody())
    try:
        give(owner)
        assert describe_due() == 0
    finally:
        contract.register(before)
    assert Nobody().describe([BytesIO()]) == [Description()]


def test_another_version_looks_again_at_new_ones_first(
    owner: User, describer: FakeDescriber
) -> None:
    old = give(owner)
    describe_due()
    describer.is_version = "fake-2"
    new = give(owner, "B")
    assert list(LotPicture.objects.undescribed("fake-2")) == [new, old]
    describer.says = lambda data: Description((look(45, network="newer"),))
    assert describe_due() == 2
    assert set(LotLook.objects.values_list("network", flat=True)) == {"newer"}


def test_a_picture_without_a_coin_is_asked_once(owner: User, describer: FakeDescriber) -> None:
    give(owner)
    describer.says = lambda data: Description()
    assert (describe_due(), describe_due()) == (1, 0)
    assert not LotLook.objects.exists()


def test_a_lost_file_is_a_picture_of_nothing(owner: User, describer: FakeDescriber) -> None:
    picture = give(owner)
    picture.storage.delete(str(picture.large.name))
    describer.says = lambda data: Description() if not data else Description((look(0),))
    assert describe_due() == 1
    assert not LotLook.objects.exists()


def test_what_went_meanwhile_leaves_nothing(owner: User, describer: FakeDescriber) -> None:
    picture = give(owner)
    there = LotPicture.objects.get()
    picture.lot.delete()
    keep([there], [Description((look(0),))], "fake-1")
    assert not LotLook.objects.exists()


def test_a_failing_describer_leaves_them_waiting(owner: User, describer: FakeDescriber) -> None:
    def broken(data: bytes) -> Description:
        raise RuntimeError("no memory")

    give(owner)
    describer.says = broken
    with pytest.raises(RuntimeError):
        describe_due()
    assert list(LotPicture.objects.undescribed("fake-1")) == list(LotPicture.objects.all())


def test_the_site_has_a_describer() -> None:
    from identify.describing import Describer

    registered: Any = contract.describer()
    assert isinstance(registered, Describer)
