"""What a person says of a suggestion, and what the coin and its history get of it."""

import pytest

from catalog.models import Authority, Coin, FieldChange
from catalog.refusals import Refusal
from identify.models import Identification, Suggestion
from identify.models.suggestions import accept_all, know_none, refuse_all, take_back_all
from tests.factories import make_coin, make_term
from tests.identify.conftest import job_of
from tests.identify.fakes import answer, opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def blank(collection):
    return make_coin(collection)


def of(coin, field="ruler"):
    return Suggestion.objects.for_deciding().get(identification=job_of(coin), field=field)


def fresh(coin):
    return Coin.objects.for_page().get(pk=coin.pk)


def test_accepting_fills_the_field_and_the_history_says_how(fake, arrive, blank, owner):
    trajan = make_term(Authority, "Trajan")
    arrive(blank)
    one = of(blank)
    one.accept(owner)
    assert fresh(blank).authority == trajan
    row = FieldChange.objects.get(coin=blank, field="authority")
    assert (row.source, row.by, row.new) == ("suggestion", owner, [trajan.pk, "Trajan"])
    one.refresh_from_db()
    assert (one.decision, one.decided, one.by, one.wrote) == ("accepted", "Trajan", owner, [row.pk])


def test_another_candidate_may_be_the_right_one(fake, arrive, blank, owner):
    arrive(blank)
    of(blank).accept(owner, "Hadrian")
    assert str(fresh(blank).authority) == "Hadrian"
    assert of(blank).decided == "Hadrian"


def test_what_was_not_suggested_is_not_accepted(fake, arrive, blank, owner):
    arrive(blank)
    with pytest.raises(Refusal) as refusal:
        of(blank).accept(owner, "Napoleon")
    assert refusal.value.code == "no_candidate"
    assert not Authority.objects.filter(name="Napoleon").exists()


def test_correcting_is_the_persons_own_word(fake, arrive, blank, owner):
    arrive(blank)
    of(blank, "denomination").correct(owner, {"denomination": "Didrachm", "weight": "3"})
    row = FieldChange.objects.get(coin=blank, field="denomination")
    assert (row.source, str(fresh(blank).denomination)) == ("hand", "Didrachm")
    assert fresh(blank).weight is None
    assert (of(blank, "denomination").decision, of(blank, "denomination").decided) == (
        "corrected", "Didrachm",
    )  # fmt: skip


def test_correcting_with_nothing_is_refused(fake, arrive, blank, owner):
    arrive(blank)
    with pytest.raises(Refusal) as refusal:
        of(blank).correct(owner, {"authority": "  "})
    assert refusal.value.code == "empty"


def test_what_the_coin_says_is_replaced_only_by_somebodys_will(fake, arrive, collection, owner):
    coin = make_coin(collection, authority="Nerva")
    arrive(coin)
    with pytest.raises(Refusal) as refusal:
        of(coin).accept(owner)
    assert (refusal.value.code, refusal.value.params) == ("taken", {"text": "Nerva"})
    assert of(coin).is_open
    of(coin).accept(owner, replace=True)
    assert str(fresh(coin).authority) == "Trajan"


def test_refusing_and_not_knowing_write_nothing(fake, arrive, blank, owner):
    arrive(blank)
    of(blank).refuse(owner)
    of(blank, "denomination").dont_know(owner)
    assert [one.decision for one in job_of(blank).suggestions.all()] == ["refused", "unknown"]
    assert not FieldChange.objects.filter(coin=blank).exists()


def test_of_two_words_the_first_counts(fake, arrive, blank, owner):
    arrive(blank)
    late = of(blank)
    of(blank).refuse(owner)
    with pytest.raises(Refusal) as refusal:
        late.accept(owner)
    assert refusal.value.code == "decided"


def test_undo_takes_the_coin_back_and_the_history_keeps_both(fake, arrive, collection, owner):
    coin = make_coin(collection, authority="Nerva")
    arrive(coin)
    of(coin).accept(owner, replace=True)
    of(coin).take_back(owner)
    assert str(fresh(coin).authority) == "Nerva"
    assert of(coin).is_open
    sources = FieldChange.objects.filter(coin=coin).order_by("pk").values_list("source", flat=True)
    assert list(sources) == ["suggestion", "undo"]


def test_undo_leaves_what_was_changed_since(fake, arrive, blank, owner):
    from catalog.editing import change

    arrive(blank)
    of(blank).accept(owner)
    coin = fresh(blank)
    galba = make_term(Authority, "Galba")
    change(coin, {"authority": [galba.pk, "Galba"]}, owner)
    of(blank).take_back(owner)
    assert fresh(blank).authority == galba


def test_all_at_one_stroke_is_marked_so_and_is_one_batch(fake, arrive, blank, owner):
    arrive(blank)
    assert accept_all(job_of(blank), owner) == 2
    assert {one.decision for one in job_of(blank).suggestions.all()} == {"unread"}
    assert FieldChange.objects.filter(coin=blank).values("batch").distinct().count() == 1
    assert take_back_all(job_of(blank), owner) == 2
    assert (fresh(blank).authority, fresh(blank).denomination) == (None, None)


def test_all_leaves_open_what_needs_a_choice_or_would_replace(fake, arrive, collection, owner):
    coin = make_coin(collection, denomination="As")
    fake.says = opinion(
        fields={
            "ruler": answer(("Maximian or Galerius", 0.9)),
            "denomination": answer(("Nummus", 0.9)),
            "mint": answer(("Rome", 0.9)),
            "date": answer(("AD 300", 0.3), abstained=True),
        }
    )
    arrive(coin)
    assert accept_all(job_of(coin), owner) == 1
    open_ones = {one.field for one in job_of(coin).suggestions.all() if one.is_open}
    assert open_ones == {"ruler", "denomination", "date"}


def test_one_label_for_two_rulers_offers_the_two(fake, arrive, blank, owner):
    fake.says = opinion(
        fields={"ruler": answer(("Maximian or Galerius", 0.9), ("Diocletian", 0.1))}
    )
    arrive(blank)
    with pytest.raises(Refusal) as refusal:
        of(blank).accept(owner)
    assert refusal.value.code == "ambiguous"
    assert [one.label for one in of(blank).offered] == ["Maximian", "Galerius", "Diocletian"]
    of(blank).accept(owner, "Galerius")
    assert str(fresh(blank).authority) == "Galerius"


def test_none_of_these_and_not_knowing_any(fake, arrive, collection, owner):
    one, other = make_coin(collection), make_coin(collection)
    arrive(one)
    arrive(other)
    assert refuse_all(job_of(one), owner) == 2
    assert know_none(job_of(other), owner) == 2


def test_a_stale_suggestion_is_refused_by_name(fake, arrive, blank, owner):
    photo = arrive(blank)
    photo.edit = {"rotate": 90}
    photo.save()
    with pytest.raises(Refusal) as refusal:
        of(blank).accept(owner)
    assert refusal.value.code == "stale_photo"
    photo.edit = {}
    photo.save()
    Identification.objects.update(state="stale", reason="model")
    with pytest.raises(Refusal) as refusal:
        of(blank).accept(owner)
    assert refusal.value.code == "stale_model"
    with pytest.raises(Refusal):
        accept_all(job_of(blank), owner)
    assert fresh(blank).authority is None


def test_one_that_was_superseded_is_refused_by_name(fake, arrive, blank, owner):
    arrive(blank)
    old = of(blank)
    arrive(blank, "reverse")
    old = Suggestion.objects.for_deciding().get(pk=old.pk)
    with pytest.raises(Refusal) as refusal:
        old.accept(owner)
    assert refusal.value.code == "superseded"
