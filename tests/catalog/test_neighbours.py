from typing import Any

import pytest

from catalog.models import Collection, User
from tests.factories import make_coin

pytestmark = pytest.mark.django_db


def test_the_coin_page_leads_on_through_the_list_one_came_from(
    as_user: Any, owner: User, collection: Collection
) -> None:
    a, b, c = (make_coin(collection, title=title) for title in "abc")
    page = as_user(owner).get(f"/coins/{b.pk}/?from=sort%3Dtitle").content.decode()
    assert f'href="/coins/{a.pk}/?from=sort%3Dtitle" data-shortcut="["' in page
    assert f'href="/coins/{c.pk}/?from=sort%3Dtitle" data-shortcut="]"' in page


def test_who_came_from_elsewhere_has_no_neighbours(
    as_user: Any, owner: User, collection: Collection
) -> None:
    _a, b, _c = (make_coin(collection, title=title) for title in "abc")
    assert 'data-shortcut="["' not in as_user(owner).get(f"/coins/{b.pk}/").content.decode()


def test_neighbours_of_others_are_not_told(
    as_user: Any, viewer: User, stranger: User, collection: Collection
) -> None:
    a, b, _c = (make_coin(collection, title=title) for title in "abc")
    seen = as_user(viewer).get(f"/coins/{b.pk}/?from=sort%3Dtitle")
    assert f"/coins/{a.pk}/" in seen.content.decode()
    assert as_user(stranger).get(f"/coins/{b.pk}/?from=sort%3Dtitle").status_code == 404


def test_an_address_that_makes_no_sense_is_no_error(
    as_user: Any, owner: User, collection: Collection
) -> None:
    coin = make_coin(collection)
    for nonsense in ("%25%25", "https%3A%2F%2Fexample.org", "page%3Dx", "authority%3Dx"):
        assert as_user(owner).get(f"/coins/{coin.pk}/?from={nonsense}").status_code == 200
