import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from identify.lexicon import Legend, Lexicon
from identify.ml.legends import decoding, engine, polar, recogniser
from identify.ml.legends.ranking import SHORTLIST, Shelf, weight_of
from identify.ml.legends.reading import LEXICON, LegendReader, Trust
from identify.ml.legends.scoring import Coded, log_probabilities
from identify.ml.package import BrokenModel, NoModel, sha256_of, write_package
from tests.identify.struck import Saying, coin, ring, shares

LEGENDS = [
    Legend("IMP C MAXIMIANVS P F AVG", "obverse", 9, {"maximian": 9}, {"tetrarchs": 40}, {"Maximian or Galerius": 40}),
    Legend("IMP MAXIMIANVS P F AVG", "obverse", 9, {"maximian": 9}, {"tetrarchs": 40}, {"Maximian or Galerius": 40}),
    Legend("IMP CONSTANTINVS P F AVG", "obverse", 9, {"maximian": 9}, {"tetrarchs": 40}, {"Constantine I": 40}),
    Legend("GENIO   POP ROM", "reverse", 9, {"maximian": 9}, {"tetrarchs": 40}),
    Legend("GENIO POPV LI ROMANI", "reverse", 9, {"maximian": 9}, {"tetrarchs": 40}),
    Legend("GENIO POP VLI ROMANI", "reverse", 9, {"maximian": 9}, {"tetrarchs": 40}),
    Legend("HADRIANVS AVGVSTVS", "obverse", 30, {"hadrian": 30}, {"roman_imperial": 69}),
]  # fmt: skip
BLANK = np.full((64, 64, 3), 128, np.uint8)


def reader(*says: str, sure: float = 0.98) -> LegendReader:
    return LegendReader(Saying(*says, sure=sure), Lexicon(LEGENDS))


# --- the forward pass ------------------------------------------------------------------------
def by_hand(table: np.ndarray, signs: list[int]) -> float:
    """All ways, one by one: for very short strips only."""
    total = 0.0
    for way in np.ndindex(*[table.shape[1]] * table.shape[0]):
        merged = [s for s, before in zip(way, (0, *way[:-1]), strict=True) if s != before and s]
        if merged == signs:
            total += math.exp(sum(table[place, sign] for place, sign in enumerate(way)))
    return math.log(total)


@pytest.mark.parametrize("text", ["A", "AA", "AB", ""])
def test_all_ways_to_lay_a_legend_are_summed(text: str) -> None:
    dice = np.random.default_rng(3)
    signs = [recogniser.SIGNS.index(sign) for sign in text]
    few = [0, recogniser.SIGNS.index("A"), recogniser.SIGNS.index("B")]
    small = np.log(dice.dirichlet(np.ones(3), 5))
    table = np.full((5, len(recogniser.SIGNS)), -60.0, dtype=np.float32)
    table[:, few] = small
    found = log_probabilities(table, Coded.of([text]))[0]
    assert found == pytest.approx(by_hand(small, [few.index(sign) for sign in signs]), abs=1e-4)


def test_agrees_with_the_loss_that_the_network_was_trained_by() -> None:
    import torch
    import torch.nn.functional as F

    table = torch.log_softmax(torch.randn(280, 25, generator=torch.manual_seed(0)), dim=1)
    texts = ["IMP C MAXIMIANVS P F AVG", "AVGG"]
    found = log_probabilities(table.numpy(), Coded.of(texts))
    for text, mine in zip(texts, found, strict=True):
        target = torch.tensor([[recogniser.SIGNS.index(sign) for sign in text]])
        places, signs = torch.tensor([280]), torch.tensor([len(text)])
        theirs = F.ctc_loss(table[:, None], target, places, signs, reduction="sum")
        assert mine == pytest.approx(-float(theirs), rel=1e-4)


# --- letters ---------------------------------------------------------------------------------
def test_double_letters_stay_two() -> None:
    assert decoding.greedy(shares("CAESS NN AVGG")) == "CAESS NN AVGG"


def test_without_grams_the_eye_decides() -> None:
    assert decoding.read(shares("GENIQ")) == "GENIQ"


def test_a_worn_letter_is_read_as_latin() -> None:
    table = shares("GENIQ POP ROM")
    place = 30 + 4 * 8
    table[place] = np.log(0.01)
    table[place, recogniser.SIGNS.index("Q")] = np.log(0.5)
    table[place, recogniser.SIGNS.index("O")] = np.log(0.4)
    grams = decoding.Grams({"GENIO POP ROM": 5.0, "GENIO POPVLI ROMANI": 5.0})
    assert decoding.greedy(table) == "GENIQ POP ROM"
    assert decoding.read(table, grams) == "GENIO POP ROM"


def test_a_clear_letter_is_not_talked_away() -> None:
    grams = decoding.Grams({"GENIO POP ROM": 5.0})
    assert decoding.read(shares("GENIX POP ROM", sure=0.9999), grams) == "GENIX POP ROM"


def test_letters_have_a_place_and_a_confidence() -> None:
    found = decoding.located(shares("ROMA S C"), "ROMA S C")
    assert "".join(letter.sign for letter in found) == "ROMASC"
    angles = [letter.angle for letter in found]
    assert angles == sorted(angles)
    assert angles[0] == pytest.approx(150 + 420 * 30.5 / 280, abs=3)
    assert all(letter.confidence == pytest.approx(0.98, abs=0.01) for letter in found)


def test_nothing_read_has_no_letters() -> None:
    assert decoding.located(shares(""), "") == []


# --- ranking ---------------------------------------------------------------------------------
def test_the_legend_is_found_as_the_reference_writes_it() -> None:
    answer = reader("GENIO POP ROM").read(BLANK, "reverse", "tetrarchs")
    assert answer.best is not None
    assert answer.best.label == "GENIO   POP ROM"
    assert answer.read == "GENIO POP ROM"
    assert not answer.abstained


def test_one_missing_letter_does_not_hide_it() -> None:
    answer = reader("IMP C MAXIMIAVS P F AVG").read(BLANK, "obverse", "tetrarchs")
    assert answer.best is not None
    assert answer.best.label == "IMP C MAXIMIANVS P F AVG"


def test_where_the_legend_is_cut_tells_two_dies_apart() -> None:
    for cut in ("GENIO POPV LI ROMANI", "GENIO POP VLI ROMANI"):
        answer = reader(cut).read(BLANK, "reverse", "tetrarchs")
        assert answer.candidates[0].label == cut


def test_an_obverse_has_no_reverse_legend() -> None:
    answer = reader("GENIO POP ROM").read(BLANK, "obverse", "tetrarchs")
    assert not any("GENIO" in one.label for one in answer.candidates)


def test_a_side_that_nobody_knows_has_any() -> None:
    answer = reader("GENIO POP ROM").read(BLANK, "", "tetrarchs")
    assert answer.best is not None
    assert answer.best.label == "GENIO   POP ROM"


def test_the_scope_keeps_strangers_out() -> None:
    answer = reader("HADRIANVS AVGVSTVS").read(BLANK, "obverse", "tetrarchs")
    assert "HADRIANVS AVGVSTVS" not in [one.label for one in answer.candidates]
    assert answer.abstained


def test_confidences_are_shares_best_first() -> None:
    answer = reader("IMP MAXIMIANVS P F AVG", sure=0.6).read(BLANK, "obverse", "tetrarchs", top=3)
    found = [one.confidence for one in answer.candidates]
    assert found == sorted(found, reverse=True)
    assert sum(found) <= 1.001
    assert len(found) <= 3


def test_a_blank_coin_is_not_named() -> None:
    answer = reader("").read(BLANK, "obverse", "tetrarchs")
    assert answer.abstained
    assert answer.read == ""
    assert answer.letters == ()


def test_many_are_read_at_once_in_order() -> None:
    one, other = reader("GENIO POP ROM", "IMP MAXIMIANVS P F AVG").read_many(
        [BLANK, coin("IMP MAXIMIANVS P F AVG", 200)], ["reverse", "obverse"], "tetrarchs"
    )
    assert (one.read, other.read) == ("GENIO POP ROM", "IMP MAXIMIANVS P F AVG")


def test_a_scope_that_nothing_was_fitted_for_is_the_most_careful() -> None:
    bold, careful = Trust(threshold=0.3), Trust(threshold=0.8)
    asked = LegendReader(Saying(), Lexicon([]), {"tetrarchs": bold, "roman_imperial": careful})
    assert asked.trust("tetrarchs") is bold
    assert asked.trust("") is careful


def test_no_photos_no_answers() -> None:
    assert reader().read_many([], [], "tetrarchs") == []


def test_a_scope_without_legends_answers_with_what_was_read() -> None:
    found = LegendReader(Saying("ROMA"), Lexicon([])).read(BLANK, "reverse", "tetrarchs")
    assert found.read == "ROMA"
    assert found.candidates == ()
    assert found.abstained


def test_candidates_that_disagree_on_spelling_agree_on_the_ruler() -> None:
    asked = reader("IMP C MAXIMIANVS P F AVG", sure=0.5)
    rulers = asked.rulers(asked.read(BLANK, "obverse", "tetrarchs"))
    assert next(iter(rulers)) == "Maximian or Galerius"


def test_a_long_shelf_is_shortened_to_the_nearest() -> None:
    many = [Legend(f"IMP {'V' * (at % 40)} A{'X' * (at // 40)}", "obverse", 1) for at in range(400)]
    heard = Shelf([*many, LEGENDS[0]], "").heard(ring("IMP C MAXIMIANVS P F AVC"))
    rows = heard.rows[heard.ways == 0]
    assert len(rows) == SHORTLIST
    assert 400 in rows


def test_a_legend_is_read_where_it_begins_and_whichever_way_it_runs() -> None:
    asked = reader()
    for way, turn in ((2, 120), (9, 180)):
        asked.running = Saying("IMP MAXIMIANVS P F AVG", way=way)
        answer = asked.read(BLANK, "obverse", "tetrarchs")
        assert answer.read == "IMP MAXIMIANVS P F AVG"
        assert answer.candidates[0].label == "IMP MAXIMIANVS P F AVG"
        angles = [angle for _sign, _sure, angle in answer.letters]
        start = polar.WAYS[way].degrees(30.5 / 280)
        assert polar.WAYS[way].turn == turn
        assert angles[0] == pytest.approx(start % 360, abs=3)
        onward = (angles[1] - angles[0]) % 360
        assert onward == pytest.approx(12 if way == 2 else 348, abs=2)


def test_specimens_weigh_more_than_types() -> None:
    assert weight_of(LEGENDS[0], "tetrarchs") > weight_of(LEGENDS[6], "tetrarchs")
    assert weight_of(LEGENDS[6], "") > weight_of(LEGENDS[6], "tetrarchs")


# --- the network and its files ---------------------------------------------------------------
@pytest.fixture(scope="module")
def weights() -> Any:
    import torch

    torch.manual_seed(1)
    return engine.folded(recogniser.build().eval())


def test_openvino_says_what_torch_says(weights: Any) -> None:
    pytest.importorskip("openvino")
    strips = np.random.default_rng(1).normal(0, 1, (3, 48, 560)).astype(np.float32)
    assert engine.apart(engine.OpenVino(weights), engine.Torch(weights), strips) < engine.SAME


def test_what_is_served_is_what_was_trained() -> None:
    import torch

    torch.manual_seed(2)
    network = recogniser.build()
    strips = torch.randn(4, 1, 48, 560)
    network.train()(strips)  # moves the norms from where they begin
    network.eval()
    with torch.no_grad():
        wanted = torch.softmax(network(strips), dim=2).numpy()
    served = np.exp(engine.Torch(engine.folded(network)).run(strips[:, 0].numpy()))
    assert np.abs(served - wanted).max() < 5e-3  # the weights are kept in half precision


def test_every_strip_is_answered_in_order(weights: Any) -> None:
    strips = np.random.default_rng(1).normal(0, 1, (engine.BATCH + 2, 48, 560)).astype(np.float32)
    running = engine.Torch(weights)
    whole = engine.run_all(running, strips)
    assert whole.shape == (len(strips), recogniser.PLACES, len(recogniser.SIGNS))
    assert np.allclose(whole[-1], running.run(strips[-1:])[0], atol=1e-4)


def kept(folder: Path, weights: Any) -> dict[str, Any]:
    Lexicon(LEGENDS).save(folder / LEXICON)
    card = {
        "lexicon_sha256": sha256_of(folder / LEXICON),
        "scopes": {
            "tetrarchs": {
                "belief": {"network": 0.3, "prior": 0.7},
                "taste": {"grams": 0.5},
                "power": 1.2,
                "threshold": 0.4,
            }
        },
    }
    write_package(folder, "legends", weights, {"legends": card})
    return card


def test_a_package_is_loaded_with_what_was_fitted(tmp_path: Path, weights: Any) -> None:
    kept(tmp_path, weights)
    found = LegendReader.load(tmp_path)
    assert found.trust("tetrarchs").belief.network == 0.3
    assert found.trust("tetrarchs").threshold == 0.4
    assert len(found.read(coin("ROMA", 128), "reverse").candidates) <= 5


def test_no_model_is_said() -> None:
    with pytest.raises(NoModel):
        LegendReader.load(Path("/nowhere"))


def test_a_damaged_network_is_refused(tmp_path: Path, weights: Any) -> None:
    kept(tmp_path, weights)
    file = tmp_path / "legends.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(BrokenModel, match="damaged"):
        LegendReader.load(tmp_path)


def test_a_lexicon_of_another_version_is_refused(tmp_path: Path, weights: Any) -> None:
    kept(tmp_path, weights)
    Lexicon(LEGENDS[:1]).save(tmp_path / LEXICON)
    with pytest.raises(BrokenModel, match="another version"):
        LegendReader.load(tmp_path)


def test_a_missing_lexicon_is_refused(tmp_path: Path, weights: Any) -> None:
    kept(tmp_path, weights)
    (tmp_path / LEXICON).unlink()
    with pytest.raises(BrokenModel, match="missing"):
        LegendReader.load(tmp_path)


# --- what ships ------------------------------------------------------------------------------
SHIPPED = Path(__file__).parents[2] / "identify" / "pretrained"


@pytest.fixture(scope="module")
def shipped() -> LegendReader:
    return LegendReader.load(SHIPPED)


@pytest.mark.parametrize(
    ("text", "side", "name"),
    [
        ("IMP C DIOCLETIANVS P F AVG", "obverse", "DIOCLETIANVS"),
        ("CONSTANTIVS NOB CAES", "obverse", "CONSTANTIVS"),
        ("SACRA MONET AVGG ET CAESS NOSTR", "reverse", "SACRA MON"),
    ],
)
def test_reads_a_drawn_coin(shipped: LegendReader, text: str, side: str, name: str) -> None:
    answer = shipped.read(coin(text), side, "tetrarchs")
    assert name in " ".join(answer.candidates[0].label.split())
    assert len(answer.letters) >= len(text.replace(" ", "")) / 2  # the drawn coins are worn, too


def test_says_nothing_sure_of_a_coin_without_letters(shipped: LegendReader) -> None:
    assert shipped.read(np.full((300, 300, 3), 120, np.uint8), "obverse", "tetrarchs").abstained


def test_the_card_says_what_it_is() -> None:
    card = json.loads((SHIPPED / "legends.json").read_text(encoding="utf-8"))
    assert {"made", "trained", "figures", "sha256"} <= set(card)
    assert (SHIPPED / "legends.safetensors").stat().st_size < 3_500_000
    assert (SHIPPED / LEXICON).stat().st_size < 700_000
