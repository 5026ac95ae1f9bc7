"""Labels in the reader's language, with the words that a coin's page has for them, while they stay what they are."""

import json
from itertools import chain

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalog.models import Authority, Region
from identify import attribution, vocabulary, wording
from identify.labelling.words import label_for, label_named
from identify.labels import fold
from identify.models import Label, Suggestion
from identify.predicting import SHIPPED
from identify.values import Candidate, Remark
from tests.factories import make_term
from tests.identify.fakes import answer, opinion

KRONE = "1 Krone|Norwegian Krone|norway"


def known_countries() -> set[str]:
    """All that the shipped models can name."""
    texts = [path.read_text() for path in SHIPPED.glob("*.json")]
    labels = set(chain.from_iterable(strings(json.loads(text)) for text in texts))
    found = {
        attribution.texts(field, label).get("region", "")
        for label in labels
        for field in ("world_coin", "commemorative")
        if ("|" in label) == (field == "world_coin")
    }
    return found - {""}


def strings(said) -> list[str]:
    if isinstance(said, str):
        return [said]
    parts = said.values() if isinstance(said, dict) else said if isinstance(said, list) else []
    return [*(said if isinstance(said, dict) else []), *chain.from_iterable(map(strings, parts))]


def test_it_is_told_in_the_readers_language():
    with override("de"):
        assert attribution.shown("world_coin", KRONE) == "1 Krone, Norwegen"
        assert attribution.shown("commemorative", "2007_germany") == "2007, Deutschland, 2 Euro"
        assert attribution.shown("country", "czech_republic") == "Tschechien"
        assert attribution.shown("country", "hong_kong") == "Hongkong"
        assert attribution.shown("country", "turkey") == "Türkei"
        assert attribution.shown("us_denomination", "dimes") == "Dime, Vereinigte Staaten"
        assert attribution.shown("ruler", "Marcus Aurelius") == "Mark Aurel"
        assert attribution.shown("denomination", "Denarius") == "Denar"
        assert attribution.shown("face_value", "50c") == "50 Eurocent"
        assert attribution.shown("metal", "silver") == "Silber"
        assert attribution.shown("side", "obverse") == "Vorderseite"
        assert attribution.shown("mint_mark", "none") == "keine"


def test_english_says_what_the_label_says():
    for label in ("czech_republic", "hong_kong", "turkey", "usa"):
        assert attribution.shown("country", label) == attribution.told("country", label)


def test_what_the_vocabulary_does_not_know_for_certain_keeps_its_name():
    with override("de"):
        assert vocabulary.told("region", "Ruritania") == "Ruritania"
        # one of Macedon, one the son of Philip the Arab
        assert attribution.shown("ruler", "Philip II") == "Philip II"
        assert attribution.shown("own:Norway", "Norway") == "Norway"
        assert (
            attribution.shown("world_coin", "1 Cent|Singapore Dollar|singapore")
            == "1 Cent, Singapur"
        )


def test_two_that_cannot_be_told_apart_are_both_named():
    assert attribution.shown("ruler", "Maximian or Galerius") == "Maximian or Galerius"
    with override("de"):
        assert attribution.shown("ruler", "Maximian or Galerius").startswith("Maximian oder Galeri")


def test_every_country_of_the_shipped_models_has_a_german_name():
    found = known_countries()
    assert {"Norway", "United States", "Vatican City"} <= found
    known = vocabulary.words_in("region", "de")
    assert not [one for one in found if not known.get(fold(one))]


def test_only_the_wording_changes():
    with override("de"):
        assert attribution.told("world_coin", KRONE) == "1 Krone, Norway"
        assert attribution.texts("world_coin", KRONE)["region"] == "Norway"
        parent = wording.parent_words("world_coin", Candidate("norway", 0.9))
        assert parent.startswith("Norwegen;")
        remark = Remark("one_of_two", {"first": KRONE, "second": "1 Krone|Danish Krone|denmark"})
        words = wording.remark_words(remark, "world_coin")
        assert "1 Krone, Norwegen" in words
        assert "1 Krone, Dänemark" in words
        remark = Remark("legend_says", {"seen": "Nero", "read": "Marcus Aurelius"})
        assert "Mark Aurel" in wording.remark_words(remark, "ruler")


@pytest.mark.django_db
def test_what_is_typed_in_ones_own_language_is_the_models_word():
    said = {"denomination": "1 Krone", "region": "Norwegen"}
    with override("de"):
        assert label_for("world_coin", said, [KRONE]) == KRONE
        assert label_named("world_coin", "1 krone, norwegen", [KRONE]) == KRONE
        assert label_named("world_coin", "1 Krone, Norway", [KRONE]) == KRONE
    assert label_for("world_coin", said, [KRONE]) == "1 Krone|Norwegen"


@pytest.mark.django_db
def test_a_coin_that_says_the_same_in_german_agrees(fake, arrive, owner, coin):
    coin.authority = make_term(Authority, "Marcus Aurelius", names={"de": "Mark Aurel"})
    coin.save()
    fake.says = opinion(fields={"ruler": answer(("Marcus Aurelius", 0.97))})
    arrive(coin)
    client = Client()
    client.force_login(owner)
    page = client.get(
        reverse("identify:panel", args=[coin.pk]), headers={"accept-language": "de"}
    ).content.decode()
    assert "Mark Aurel" in page
    assert "Die Münze sagt" not in page


@pytest.mark.django_db
def test_the_panel_says_it_in_german_and_the_coin_gets_the_word_of_the_vocabulary(
    fake, arrive, owner, coin
):
    norway = make_term(Region, "Norway", names={"de": "Norwegen"})
    fake.says = opinion(fields={"world_coin": answer((KRONE, 0.97))})
    arrive(coin)
    owner.language = "de"
    owner.save()
    client = Client()
    client.force_login(owner)
    page = client.get(reverse("identify:panel", args=[coin.pk])).content.decode()
    assert "1 Krone, Norwegen" in page
    assert f'value="{KRONE}"' in page
    one = Suggestion.objects.get(field="world_coin")
    client.post(reverse("identify:decide", args=[one.pk, "accept"]), {"label": KRONE})
    coin.refresh_from_db()
    assert coin.region == norway
    assert Label.objects.get(field="world_coin").value == KRONE


def test_what_a_field_is_called_everybody_reads_in_his_own_language():
    with override("de"):
        assert wording.called("ruler", "Ruler") == "Herrscher"
        assert wording.called("ruler", "My rulers") == "My rulers"
        assert wording.called("own:token", "Ruler") == "Ruler"
    assert wording.called("ruler", "Herrscher") == "Ruler"
