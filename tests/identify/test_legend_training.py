from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from identify.lexicon import Legend, Lexicon
from identify.ml.legends import decoding, polar, recogniser, synthetic
from identify.ml.legends.ranking import Belief, Shelf, aloud
from identify.ml.legends.reading import Taste
from identify.ml.training import legend_fitting as fitting
from identify.ml.training import legend_lexicon, legend_run, legend_strips, legends
from identify.ml.training.legend_samples import Sample, Unreadable, gather
from identify.ml.training.legend_ways import ways_of
from identify.ml.training.samples import Sample as Looked
from tests.identify.struck import around, coin, ring

RING = polar.Ring(100, 100, 96, 96)
TEXTS = ["IMP MAXIMIANVS P F AVG", "IMP C MAXIMIANVS P F AVG", "CONSTANTIVS NOB CAES"]
SHELF = Shelf([Legend(text, "obverse", 4, {}, {"tetrarchs": 9}) for text in TEXTS], "tetrarchs")


def sample(legend: str, name: str = "1", scope: str = "tetrarchs") -> Sample:
    return Sample(
        name, "obverse", "Diocletian", legend, coin(legend.upper(), 200)[..., 0], RING, scope
    )


def case(truth: str, read: str, name: str = "1", way: int = 0) -> fitting.Case:
    grams = decoding.Grams(dict.fromkeys(TEXTS, 1.0))
    return fitting.Case.of(name, "obverse", truth, "", list(ring(read, way)), SHELF, grams)


# --- samples -----------------------------------------------------------------------------------
def test_what_reads_keeps_the_same_coins_aside_as_what_looks() -> None:
    path = Path("a.jpg")
    for number in range(40):
        looked_at = Looked(path, "tetrarchs", str(number))
        assert sample("AVG", str(number)).is_held_out == looked_at.is_held_out


@pytest.mark.parametrize(
    ("labelled", "visible"),
    [
        ("GENIO POP [uli ro]MANI", "GENIO POP  MANI"),
        ("CONSTAN[", "CONSTAN"),
        ("[fecundit]AS AVG", "AS AVG"),
        ("VOT / IS / XX", "VOT IS XX"),
        ("FIDES   M I LITVM", "FIDES  M I LITVM"),
        ("", ""),
    ],
)
def test_what_a_person_supplied_is_not_to_be_read(labelled: str, visible: str) -> None:
    one = Sample("1", "reverse", "", labelled, np.zeros((9, 9), np.uint8), RING)
    assert one.visible == visible


def folder_of(tmp_path: Path, photo: bytes | None = None) -> Path:
    import cv2

    rows = "file,coin,side,ruler,legend\na.jpg,7,obverse,Diocletian,IMP DIOCLETIANVS AVG\n"
    (tmp_path / "labels.csv").write_text(rows, encoding="utf-8")
    drawn = cv2.imencode(".jpg", coin("IMP DIOCLETIANVS AVG"))[1].tobytes()
    (tmp_path / "a.jpg").write_bytes(drawn if photo is None else photo)
    return tmp_path


def test_faces_are_cut_out_as_in_serving(tmp_path: Path) -> None:
    (found,) = gather(folder_of(tmp_path))
    assert (found.coin, found.side, found.scope) == ("7", "obverse", tmp_path.name)
    assert found.ring.a == pytest.approx(found.grey.shape[0] / 2 / polar.MARGIN, rel=0.05)


def test_a_photo_that_cannot_be_read_stops_it_by_name(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"a\.jpg is no photo"):
        gather(folder_of(tmp_path, b"not a photo"))


def test_early_legends_teach_however_small_the_photo_and_descriptions_do_not() -> None:
    kept = next(str(number) for number in range(100) if held(str(number)))
    taught = next(str(number) for number in range(100) if not held(str(number)))
    words = ["HADRIANVS AVGVSTVS", "S C", "Head of Octavian", "IMP " * 16]
    early = [sample(text, name, "roman_imperial") for text in words for name in (kept, taught)]
    faces = legend_run.Faces.of([], early)
    assert [(one.legend, one.coin) for one in faces.early] == [(words[0], taught)]
    assert [(one.legend, one.coin) for one in faces.early_held] == [(words[0], kept)]


def held(name: str) -> bool:
    return sample("AVG", name, "roman_imperial").is_held_out


# --- strips ------------------------------------------------------------------------------------
def test_synthetic_letters_stand_where_they_are_said_to_stand() -> None:
    strip, places = synthetic.strip("S P Q R", np.random.default_rng(5))
    assert strip.shape == (polar.HEIGHT, polar.WIDTH)
    assert "".join(sign for sign, _x, _width in places) == "S P Q R"
    edges = [x for _sign, x, _width in places]
    assert edges == sorted(edges)
    assert 0 <= edges[0] <= edges[-1] < polar.WIDTH


def test_every_letter_has_a_form() -> None:
    assert set(synthetic.GLYPHS) == set(recogniser.SIGNS) - {"\0", " "}


def test_the_longest_legend_stays_on_the_strip() -> None:
    for seed in range(20):
        _strip, places = synthetic.strip("IMP " * 14, np.random.default_rng(seed))
        assert places[-1][1] + places[-1][2] <= polar.WIDTH


@pytest.fixture(scope="module")
def deck() -> legend_strips.Deck:
    plan = legend_strips.Plan(rounds=((1, 2e-3), (1, 1e-3)), batch=4, pointed=1, drawn=6)
    return legend_strips.Deck([sample("GENIO POP ROM")], TEXTS, plan, [])


def test_a_batch_has_a_text_for_each_strip(deck: legend_strips.Deck) -> None:
    strips, texts = deck.deal()
    assert strips.shape == (4, polar.HEIGHT, polar.WIDTH)
    assert set(texts) <= {"GENIO POP ROM", *TEXTS}
    assert np.isfinite(strips).all()


def test_places_are_told_for_synthetic_strips(deck: legend_strips.Deck) -> None:
    _strips, signs = deck.deal_drawn()
    assert signs.shape == (4, recogniser.PLACES)
    assert ((signs > 0).sum(axis=1) > 10).all()


def test_a_sharp_photo_is_made_small_and_its_rim_with_it() -> None:
    dice = np.random.default_rng(2)
    seen = [legend_strips.smaller(sample("AVG"), dice) for _try in range(20)]
    sizes = {grey.shape[0] for grey, _ring in seen}
    assert 200 in sizes
    assert min(sizes) < 170
    assert all(ring.a / grey.shape[0] == pytest.approx(96 / 200, abs=0.01) for grey, ring in seen)


LONG = "IMP CAES NERVA TRAIAN AVG GERM"  # fits into one way alone


class Backwards:
    """A network that reads letters only where they run anticlockwise from the right."""

    def eval(self) -> None:
        pass

    def __call__(self, strips: Any) -> Any:
        import torch

        wanted = polar.WAYS.index(polar.Way(60, outward=True))
        return torch.from_numpy(np.concatenate([around(LONG, wanted)] * (len(strips) // 2)))


def test_the_network_finds_out_which_way_a_legend_runs() -> None:
    found = ways_of(Backwards(), [sample(LONG, str(at)) for at in range(9)])
    assert found == [polar.Way(60, outward=True)] * 9


def test_nothing_read_is_taken_as_upright() -> None:
    assert ways_of(Backwards(), [sample("VENVS")]) == [polar.UPRIGHT]


def test_learning_moves_the_network_and_tells(deck: legend_strips.Deck) -> None:
    network = recogniser.build()
    before = network[-2].weight.detach().clone()
    told = [(one.step, one.loss) for one, _kept in legends.learn(network, deck, deck.plan)]
    assert [step for step, _loss in told] == [2]
    assert np.isfinite(told[0][1])
    assert not np.allclose(before, network[-2].weight.detach())


def test_each_round_begins_with_a_small_rate() -> None:
    plan = legend_strips.Plan(rounds=((70, 2e-3), (70, 1e-3)))
    told = list(legends.pace(plan))
    assert [step for step, _rate, begins in told if begins] == [0, 70]
    assert len(told) == plan.steps == 140
    rates = [rate for _step, rate, _begins in told]
    assert rates[70] < rates[69] < max(rates[70:]) < max(rates[:70])


def test_the_rate_rises_stays_and_falls() -> None:
    rates = [legends.rate_at(step, 1000) for step in (0, 60, 700, 900, 1000)]
    assert rates[0] < rates[1] == rates[2] == 1.0 > rates[3] > rates[4] > 0


# --- fitting and figures -----------------------------------------------------------------------
def test_an_unsure_network_is_trusted_less_than_a_sure_one() -> None:
    right = [case(text, text) for text in TEXTS]
    wrong = [case(TEXTS[0], TEXTS[1]), case(TEXTS[1], TEXTS[0])]
    assert fitting.fit_belief(right).network > fitting.fit_belief([*right, *wrong]).network


def test_settings_are_measured_on_coins_that_they_were_not_set_on() -> None:
    cases = [case(text, text, str(number)) for number, text in enumerate(TEXTS * 2)]
    outcomes = fitting.cross_fitted(cases)
    assert sorted(one.case.coin for one in outcomes) == sorted(one.coin for one in cases)
    figures = fitting.figures(outcomes, lambda text: {})
    assert figures["both"]["character_error"]["value"] == 0
    assert figures["both"]["first"]["value"] == 1
    assert figures["both"]["first"]["low"] < 0.7  # six faces prove little
    assert "reverse" not in figures


def test_errors_are_counted_with_and_without_spaces() -> None:
    one = fitting.outcome(
        case("CONSTANTIVS NOB CAES", "CONSTANTIVS NOBCAES"), Belief(), Taste(0.0), 1.0
    )
    assert (one.errors, one.letter_errors) == (1, 0)
    assert one.right


def test_a_legend_that_runs_the_other_way_is_found_for_a_price() -> None:
    asked = case(TEXTS[0], TEXTS[0], way=8)
    text, sure, way = asked.ranked(Belief())[0]
    assert (text, way) == (TEXTS[0], 8)
    assert asked.read(Taste(0.0), way) == TEXTS[0]
    assert sure < case(TEXTS[0], TEXTS[0]).ranked(Belief())[0][1]


def test_a_legend_that_nobody_knows_counts_as_missed() -> None:
    one = fitting.outcome(case("ROMA", "ROMA"), Belief(), Taste(0.0), 1.0)
    assert not one.right
    assert fitting.fit_belief([case("ROMA", "ROMA")]) in [
        Belief(a, b, c) for a in fitting.NETWORK for b in fitting.PRIOR for c in fitting.WAY
    ]


def test_who_proves_right_more_often_than_sure_speaks_up() -> None:
    doubtful = Belief(network=0.05, prior=0.5)
    cases = [case(text, text) for text in TEXTS]
    before = [one.ranked(doubtful)[0][1] for one in cases]
    power = fitting.fit_power(cases, doubtful)
    after = [fitting.outcome(one, doubtful, Taste(0.0), power).confidence for one in cases]
    assert power > 1
    assert all(one < two for one, two in zip(before, after, strict=True))


def test_a_power_changes_no_order() -> None:
    shares = aloud([0.5, 0.3, 0.2], 2.0)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert aloud([0.5, 0.3, 0.2], 1.0) == pytest.approx([0.5, 0.3, 0.2])


def test_the_floor_is_the_commonest_legend() -> None:
    assert fitting.floor(["A", "A", "B"], ["A", "B", "B", "B"])["value"] == 0.25


# --- lexicon and command -----------------------------------------------------------------------
def test_the_lexicon_knows_types_and_specimens(tmp_path: Path) -> None:
    file = tmp_path / "types.csv"
    file.write_text(
        "authority,obverse_legend,reverse_legend\n"
        "maximian,IMP C MAXIMIANVS P F AVG,GENIO POPV-LI ROMANI or GENIO - POP ROM\n"
        "maximian,Unclear legend,GENIO - POP ROM\n",
        encoding="utf-8",
    )
    met = [legend_lexicon.Specimen("reverse", "GENIO   POP ROM", "Diocletian", "tetrarchs")]
    known = {one.text: one for one in legend_lexicon.build(file, met).legends}
    assert set(known) == {"IMP C MAXIMIANVS P F AVG", "GENIO POPV LI ROMANI", "GENIO   POP ROM"}
    assert known["GENIO   POP ROM"].types == 2
    assert known["GENIO   POP ROM"].rulers == {"Diocletian": 1}


def test_synthetic_strips_say_what_the_lexicon_holds() -> None:
    held = Lexicon([Legend("GENIO   POP ROM", "reverse"), Legend("SC", "reverse")])
    assert legend_strips.texts_of(held) == ["GENIO  POP ROM"]


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tetrarchs/labels\.csv"):
        call_command("train_legends", data=tmp_path)


def test_a_network_that_serves_otherwise_is_not_shipped(monkeypatch: Any) -> None:
    monkeypatch.setattr(legend_run.engine, "apart", lambda *_: 0.5)
    weights = legend_run.engine.folded(recogniser.build().eval())
    with pytest.raises(legend_run.NotTheSame, match=r"0\.5000"):
        legend_run.checked(weights, [sample("AVG")])
