"""The real way from photos to opinions, with tiny networks and drawn coins."""

import logging
import sys
from dataclasses import replace

import numpy as np
import pytest

from identify.ml import predict
from identify.ml.recogniser import Recogniser
from identify.ml.runtime import OpenVino, Torch, run_all
from identify.values import SCOPES, Measured, Photographed
from tests.identify.small import BRIGHT, DARK, coin, picture, write_models


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return predict.load(write_models(tmp_path_factory.mktemp("model")))


def one(model, *tones, roles=(), **how):
    [opinion] = model.predict([coin(*tones, roles=roles)], **how)
    return opinion


def best(opinion, field):
    return opinion.fields[field].best.label


def test_a_coin_is_told_with_its_scope_and_side(model):
    opinion = one(model, BRIGHT)
    assert (opinion.state, opinion.scope.label) == ("suggested", "roman_imperial")
    assert set(opinion.fields) == {"side", "ruler", "denomination"}
    assert (best(opinion, "ruler"), best(opinion, "side")) == ("Trajan", "obverse")
    assert best(one(model, DARK), "ruler") == "Hadrian"
    assert opinion.model == model.version
    assert opinion.seconds > 0


def test_a_face_names_the_network_that_looked(model):
    [roman], [world] = (one(model, BRIGHT, scope=scope).faces for scope in ("tetrarchs", "world"))
    assert roman.network == model.networks["ancient"].version
    assert world.network == model.networks["modern"].version


def test_scales_have_a_say_and_say_so(model):
    plain = coin(BRIGHT)
    light, heavy, right = (
        replace(plain, measured=Measured(weight=weight, year=100)) for weight in (2.1, 10.0, 3.2)
    )
    answers = [one.fields["denomination"] for one in model.predict([plain, light, heavy, right])]
    alone, too_light, too_heavy, fitting = answers
    assert alone.best.label == fitting.best.label == "Denarius"
    assert not fitting.remarks
    [remark] = too_light.remarks
    told = {"label": "Denarius", "measured": 2.1, "low": 2.6, "high": 3.8}
    assert (remark.code, remark.params) == ("weight_outside", told)
    assert [one.code for one in too_heavy.remarks] == ["weight_outside"]
    assert {one.label for one in too_heavy.candidates} == {"Denarius", "As"}


def test_scales_change_nothing_of_the_ruler(model):
    plain, weighed = coin(BRIGHT), replace(coin(BRIGHT), measured=Measured(weight=30.0))
    alone, heavy = model.predict([plain, weighed])
    assert alone.fields["ruler"] == heavy.fields["ruler"]


@pytest.mark.parametrize(
    ("scope", "field", "label"),
    [
        ("roman_imperial", "ruler", "Trajan"),
        ("tetrarchs", "ruler", "Diocletian"),
        ("world", "world_coin", "1 Yen|Japanese Yen|japan"),
        ("euro", "face_value", "2e"),
        ("us", "us_denomination", "nickels"),
        ("us_cents", "us_denomination", "nickels"),
        ("euro_commemoratives", "face_value", "2e"),
    ],
)
def test_each_scope_asks_its_own_questions(model, scope, field, label):
    opinion = one(model, BRIGHT, scope=scope)
    assert best(opinion, field) == label
    assert (opinion.scope.label, opinion.scope.confidence) == (scope, 1.0)


def test_no_scope_is_forgotten():
    from identify.ml.scopes import QUESTIONS

    assert set(QUESTIONS) == set(SCOPES)


def test_what_the_scope_head_says_decides_who_is_asked(tmp_path):
    opinion = one(predict.load(write_models(tmp_path, scope="euro")), DARK)
    assert (opinion.scope.label, best(opinion, "face_value")) == ("euro", "1c")


def test_of_two_photos_the_likelier_one_is_the_obverse(model):
    opinion = one(model, DARK, BRIGHT)
    assert [face.side for face in opinion.faces] == ["reverse", "obverse"]
    assert "side" not in opinion.fields  # that is asked of a photo alone


def test_people_know_better_which_side_it_is(model):
    opinion = one(model, DARK, DARK, roles=("obverse", "reverse"))
    assert [face.side for face in opinion.faces] == ["obverse", "reverse"]
    assert best(opinion, "ruler") == "Hadrian"


def test_faces_that_contradict_each_other_are_a_conflict(model):
    opinion = one(model, BRIGHT, DARK, roles=("obverse", "reverse"))
    assert opinion.fields["ruler"].abstained
    assert "faces_conflict" in [remark.code for remark in opinion.fields["ruler"].remarks]


def test_what_is_like_nothing_known_is_not_named(tmp_path):
    opinion = one(predict.load(write_models(tmp_path, strange=5.0)), BRIGHT)
    assert (opinion.state, opinion.reason) == ("abstained", "unknown")
    assert opinion.unknown > 0.9
    assert all(answer.abstained for answer in opinion.fields.values())


def test_how_strange_a_coin_looks_is_measured_from_the_nearest_known_place(tmp_path):
    from identify.decide import nearest_distance

    network = Recogniser.load(write_models(tmp_path), "ancient")
    vector = np.random.default_rng(0).normal(0, 1, 8).astype(np.float32)
    [wanted] = nearest_distance(vector[None], network.weights["known.ruler"])
    _energy, found = network.strangeness("ruler", np.zeros(3, np.float32), vector)
    assert found == pytest.approx(wanted, abs=1e-6)


def test_many_coins_at_once_are_answered_in_order(model):
    tones = [BRIGHT, DARK, DARK, BRIGHT] * 10  # more than one batch
    opinions = model.predict([coin(tone) for tone in tones])
    assert [best(opinion, "ruler") for opinion in opinions] == [
        "Trajan" if tone == BRIGHT else "Hadrian" for tone in tones
    ]


def test_two_coins_of_one_size_on_a_photo_are_its_two_faces(model):
    both = np.concatenate([picture(BRIGHT), picture(BRIGHT)], axis=1)
    [opinion] = model.predict([Photographed(("both.jpg",), (both,), ("both",))])
    assert [face.side for face in opinion.faces] == ["obverse", "reverse"]


def test_twelve_coins_are_remarked_and_one_is_told(model):
    row = np.concatenate([picture(BRIGHT, 120)] * 4, axis=1)
    tray = np.concatenate([row] * 3, axis=0)
    [opinion] = model.predict([Photographed(("tray.jpg",), (tray,))])
    assert [(one.code, one.params["count"]) for one in opinion.remarks] == [("many_coins", 12)]
    assert len(opinion.faces) == 1


BAD = {
    "1x1": np.zeros((1, 1, 3), np.uint8),
    "all black": np.zeros((200, 200, 3), np.uint8),
    "blank sheet": np.full((300, 200, 3), 250, np.uint8),
    "noise": np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8),
}


@pytest.mark.parametrize("name", BAD)
def test_what_shows_no_coin_is_an_abstention_with_a_reason(model, name):
    good, bad, again = model.predict(
        [coin(BRIGHT), Photographed((name,), (BAD[name],)), coin(DARK)]
    )
    assert bad.state == "abstained"
    assert bad.reason in ("too_small", "blank", "noise", "no_coin")
    assert not bad.fields
    assert (best(good, "ruler"), best(again, "ruler")) == ("Trajan", "Hadrian")


def test_a_bad_photo_leaves_the_coins_other_one(model):
    both = Photographed(("a", "b"), (BAD["all black"], picture(DARK)), ("obverse", "reverse"))
    [opinion] = model.predict([both])
    assert best(opinion, "ruler") == "Hadrian"
    assert [face.name for face in opinion.faces] == ["b", "a"]  # with the good one first


def test_nobody_to_look_at_is_no_trouble(model):
    assert model.predict([]) == []


def test_so_many_candidates_as_are_asked_for(model):
    assert len(one(model, BRIGHT, top=2).fields["ruler"].candidates) == 2


# --- runtimes ----------------------------------------------------------------------------
def test_torch_says_the_same_as_the_served_graph(tmp_path):
    network = Recogniser.load(write_models(tmp_path), "ancient")
    made = network.package.card["steps"], network.weights, list(network.heads), network.side
    dice = np.random.default_rng(1)
    pictures = list(dice.integers(0, 256, (18, network.side, network.side, 3), dtype=np.uint8))
    served, true = (run_all(kind(*made, exact=True), pictures) for kind in (OpenVino, Torch))
    assert set(served) == {"embedding", *network.heads}
    for name, values in served.items():
        np.testing.assert_allclose(values, true[name], atol=1e-3)


def test_without_openvino_torch_serves(tmp_path, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "openvino", None)  # as if it were not installed
    opinion = one(predict.load(write_models(tmp_path)), DARK)
    assert best(opinion, "ruler") == "Hadrian"
    assert "OpenVINO is not installed" in caplog.text


# --- readers -----------------------------------------------------------------------------
@pytest.mark.parametrize("scope", ["roman_imperial", "us_cents", "euro_commemoratives"])
def test_a_reader_without_a_model_is_missed_once_and_the_rest_goes_on(tmp_path, caplog, scope):
    model = predict.load(write_models(tmp_path))
    with caplog.at_level(logging.WARNING):
        opinions = [one(model, BRIGHT, scope=scope) for _time in range(3)]
    assert all(opinion.state == "suggested" for opinion in opinions)
    assert not {"obverse_legend", "year", "commemorative"} & set(opinions[0].fields)
    assert caplog.text.count("reads nothing") == 1


def test_a_reader_that_is_not_installed_is_missed_as_well(tmp_path, caplog):
    from identify.ml.readers import loaded

    assert loaded("identify.ml.nobody_at_all", "Reader", tmp_path) is None
    assert "not installed" in caplog.text


def test_a_broken_reader_is_refused_before_anything_is_served(tmp_path):
    from identify.ml.package import write_package

    package = write_package(write_models(tmp_path), "cents", {"a": np.zeros(3, np.float32)}, {})
    package.weights.write_bytes(b"half of it")
    with pytest.raises(predict.BrokenModel, match=r"cents\.safetensors"):
        predict.load(tmp_path)
