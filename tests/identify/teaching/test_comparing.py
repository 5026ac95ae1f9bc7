"""Networks beside each other on a grid of tiny ones."""

import csv
import json
from dataclasses import replace

import pytest

pytest.importorskip("torch")

from identify.ml.teaching import Example, TeachingRefused, comparing, serving
from identify.ml.teaching.comparing import Grid, ModelName, summary
from identify.ml.teaching.comparing.grid import Amount, portion
from tests.identify.teaching.drawn import examples_in

SMALL = ModelName("test_efficientnet@random")
GRID = Grid(
    [SMALL, ModelName("test_resnet@random")], each=(2, 4), seeds=2, side=32, epochs=2, batch=8,
    views=1, device="cpu",
)  # fmt: skip


@pytest.fixture
def torch_serves(monkeypatch):
    def missing(served, side):
        raise ImportError("openvino")

    monkeypatch.setattr(serving, "converted", missing)


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> list[Example]:
    return examples_in(tmp_path_factory.mktemp("coins"), 8)


# --- the grid ------------------------------------------------------------------------------
def test_a_grid_has_every_cell_once():
    files = [cell.file for cell in GRID]
    assert len(files) == len(set(files)) == 8
    assert files[0] == "test_efficientnet-random_linear_2-each_1.json"


def test_what_is_nothing_to_compare_is_refused():
    with pytest.raises(TeachingRefused) as refusal:
        replace(GRID, modes=("sideways",))
    assert refusal.value.code == "mode_unknown"
    with pytest.raises(TeachingRefused) as refusal:
        replace(GRID, each=())
    assert refusal.value.code == "amount_missing"


def test_a_portion_has_so_many_of_each_class(examples):
    few = portion(examples, 16, Amount(each=3), seed=1)
    assert sorted(one.label for one in few) == ["bright"] * 3 + ["dark"] * 3
    assert len(portion(examples, 16, Amount(share=0.25), seed=1)) == 4
    assert set(few) <= set(portion(examples, 16, Amount(each=5), seed=1))


def test_a_portion_takes_other_coins_first(examples):
    paired = [replace(one, group=f"{one.label}{at // 2}") for at, one in enumerate(examples)]
    chosen = portion(paired, 16, Amount(each=4), seed=1)
    assert len({one.group for one in chosen}) == 8


# --- running -------------------------------------------------------------------------------
def test_cells_are_measured_and_known_the_next_time(examples, tmp_path, torch_serves):
    first = list(comparing.run(GRID, examples, tmp_path))
    assert [(one.done, one.total, one.was_there) for one in first][-1] == (8, 8, False)
    again = list(comparing.run(GRID, examples, tmp_path))
    assert all(one.was_there for one in again)
    assert [one.told["top1"] for one in again] == [one.told["top1"] for one in first]
    assert {one.told["taught"] for one in first} == {4, 8}
    assert first[0].told["parameters"] > 50_000


def test_a_cell_of_other_photos_is_measured_anew(examples, tmp_path, torch_serves):
    grid = replace(GRID, models=[SMALL], each=(2,), seeds=1)
    list(comparing.run(grid, examples, tmp_path))
    (other,) = comparing.run(grid, examples[1:], tmp_path)
    assert not other.was_there


def test_all_modes_run_and_are_examined_on_what_was_kept_aside(examples, tmp_path, torch_serves):
    kept = [one for one in examples if one.path.name > "05"]
    rest = [one for one in examples if one not in kept]
    grid = replace(
        GRID, models=[SMALL], modes=("linear", "partial", "full"), each=(3,), seeds=1, epochs=1
    )
    found = list(comparing.run(grid, rest, tmp_path, kept))
    assert [one.told["mode"] for one in found] == ["linear", "partial", "full"]
    asked = {answer["path"] for one in found for answer in one.told["answers"]}
    assert asked == {str(one.path) for one in kept}


# --- what is shown -------------------------------------------------------------------------
def test_table_curves_and_page(examples, tmp_path, torch_serves):
    told = [one.told for one in comparing.run(GRID, examples, tmp_path)]
    comparing.write(told, tmp_path, "Coins & co.")
    with (tmp_path / "table.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["amount"] for row in rows] == ["2 per class", "4 per class"] * 2
    assert {row["origin"] for row in rows} == {"random"}
    drawn = json.loads((tmp_path / "curves.json").read_text())
    assert [len(one["points"]) for one in drawn["curves"]] == [2, 2]
    assert [one["common"] for one in drawn["versus"]] == [4, 4]
    page = (tmp_path / "index.html").read_text()
    assert "Coins &amp; co." in page
    assert "<svg" in page
    assert "random start" in page
    assert "http" not in page  # nothing is fetched from anywhere
    assert len(summary.markdown(comparing.lines(told))) == 6
