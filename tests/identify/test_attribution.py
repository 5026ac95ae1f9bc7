"""From labels to fields of a coin."""

import pytest

from catalog.fields import ATTRIBUTION, BUILT_IN
from catalog.models import Denomination, Region
from identify import attribution
from tests.factories import make_coin, make_term, make_type

LABELS = {
    ("ruler", "Augustus"): {"authority": "Augustus"},
    ("denomination", "Denarius"): {"denomination": "Denarius"},
    ("year", "1988"): {"date": "1988"},
    ("mint_mark", "S"): {"mint_mark": "S"},
    ("mint_mark", "none"): {"mint_mark": ""},
    ("country", "czech_republic"): {"region": "Czech Republic"},
    ("world_coin", "1 2 Dollar|US Dollar|usa"): {
        "denomination": "1/2 Dollar", "region": "United States",
    },
    ("world_coin", "1 Real|Brazilian Real|brazil"): {"denomination": "1 Real", "region": "Brazil"},
    ("face_value", "50c"): {"denomination": "50 euro cent"},
    ("face_value", "2e"): {"denomination": "2 euro"},
    ("us_denomination", "quarters"): {"denomination": "Quarter dollar", "region": "United States"},
    ("commemorative", "2007_germany"): {
        "region": "Germany", "date": "2007", "denomination": "2 euro",
    },
    ("commemorative", "2009_sanmarino_all"): {
        "region": "San Marino", "date": "2009", "denomination": "2 euro",
    },
    ("side", "obverse"): {},
}  # fmt: skip


@pytest.mark.parametrize(("answer", "texts"), LABELS.items(), ids=[" ".join(one) for one in LABELS])
def test_a_label_becomes_what_would_be_typed(answer, texts):
    assert attribution.texts(*answer) == texts
    assert set(texts) <= set(attribution.targets(answer[0]))


def test_a_label_is_told_as_people_say_it():
    assert attribution.told("world_coin", "1 Real|Brazilian Real|brazil") == "1 Real, Brazil"
    assert attribution.told("commemorative", "2007_germany") == "2007, Germany, 2 euro"
    assert attribution.told("face_value", "1e") == "1 euro"
    assert attribution.told("mint_mark", "none") == ""


def test_every_target_belongs_to_the_attribution():
    fields = [*attribution.PLAIN, *attribution.SEVERAL]
    groups = {BUILT_IN[name].group for field in fields for name in attribution.targets(field)}
    assert groups == {ATTRIBUTION}


def test_what_is_true_of_one_piece_only_is_never_written():
    with pytest.raises(ValueError, match="weight"):
        attribution.only_attribution({"weight": "3.4"})


@pytest.mark.django_db
def test_a_cent_of_one_country_is_not_anothers(collection):
    make_term(Denomination, "1 euro cent", aliases=["1 Cent"], currency="EUR")
    us = make_term(Denomination, "Cent", aliases=["1 Cent"], currency="USD")
    coin = make_coin(collection)
    label = "1 Cent|US Dollar|usa"
    assert attribution.values_of(coin, "world_coin", label)["denomination"] == [us.pk, "Cent"]
    made = attribution.values_of(coin, "world_coin", "1 Cent|Singapore Dollar|singapore")
    own = Denomination.objects.get(currency="SGD")
    assert made["denomination"] == [own.pk, "1 Cent"]
    assert own.added_by == collection.owner
    assert Region.objects.get(name="Singapore").added_by == collection.owner


@pytest.mark.django_db
def test_a_type_is_linked_where_it_is_known_and_cited_where_not(collection):
    known = make_type("ric.2.tr.118", title="RIC II Trajan 118")
    coin = make_coin(collection)
    linked = attribution.values_of(coin, "type", "RIC II Trajan 118")
    assert linked == {"type": [known.pk, str(known)]}
    assert attribution.values_of(coin, "type", "RIC II 9999") == {"references": ["RIC II 9999"]}


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_in_words(collection):
    from catalog.refusals import Refusal

    with pytest.raises(Refusal, match="date") as refusal:
        attribution.values_of(make_coin(collection), "date", "the day of 100 % rain")
    assert refusal.value.code == "unreadable"
