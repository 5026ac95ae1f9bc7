"""What dealers remark on a coin, in the language of whoever reads it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from catalog.models import User
from market.comparables import Reason
from market.extract.flagwords import NAMES, RULES
from market.flagnames import FLAGS, flag_choices, flag_name
from market.telling import sentence
from market.wording import READ, name_of
from tests.market.makes import make_lot


def test_every_flag_that_is_read_has_a_name() -> None:
    assert set(FLAGS) == {NAMES.get(flag, flag) for flag, _signs, _pattern in RULES}


def test_in_german_by_their_german_names() -> None:
    with translation.override("de"):
        assert flag_name("well_centred") == "gut zentriert"
        assert sentence(Reason("shares_flag", "toned")) == "auch getönt"
        names = [name for _flag, name in flag_choices()]
    assert names == sorted(names, key=str.casefold)


def test_one_that_nobody_named_is_told_as_it_stands() -> None:
    assert flag_name("well_toasted") == "well toasted"


@pytest.mark.parametrize(
    ("field", "name"),
    [("weight_g", "weight"), ("diameter_mm", "diameter"), ("die_axis_h", "die axis"), ("price", "price"),
     ("reference:2", "reference"), ("flag:0", "remark"), ("oddity", "oddity")],
)  # fmt: skip
def test_a_field_is_called_one_thing_everywhere(field: str, name: str) -> None:
    assert name_of(field) == name
    assert len(set(map(str, READ.values()))) == len(READ)


def test_the_filter_speaks_german_and_finds(owner: User, as_user: Any) -> None:
    make_lot(owner, flag="Iridescent. ")
    make_lot(owner)
    owner.language = "de"
    owner.save()
    client = as_user(owner)
    client.cookies["django_language"] = "de"
    answer = client.get(reverse("market:lots") + "?flag=iridescent")
    assert '<option value="iridescent" selected>irisierend</option>' in answer.content.decode()
    assert answer.context["found"].n == 1
