"""Labelled photos: read, divided by coin, and looked over."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from identify.ml.teaching import Example, TeachingRefused, health, read_examples, split
from tests.identify.teaching.drawn import draw, examples_in, folder_of


def codes(examples: list[Example]) -> list[str]:
    return [one.code for one in health(examples).remarks]


def saved_again(path: Path, to: Path) -> Path:
    image = Image.open(path)
    image.resize((90, 90)).save(to, "JPEG", quality=60)
    return to


# --- reading -------------------------------------------------------------------------------
def test_a_folder_is_a_class(tmp_path):
    found = read_examples(folder_of(tmp_path, 3))
    assert [(one.label, one.path.name) for one in found][:2] == [
        ("bright", "00.jpg"), ("bright", "01.jpg"),
    ]  # fmt: skip
    assert len({one.group for one in found}) == 6


def test_both_faces_are_one_coin(tmp_path):
    for name in ("a_obverse.jpg", "a_reverse.jpg", "b/one.jpg", "b/two.jpg"):
        (tmp_path / "as" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "as" / name).write_bytes(draw("bright", 1))
    assert sorted({one.group for one in read_examples(tmp_path)}) == ["as/a", "as/b"]


def test_a_table_names_files_beside_it(tmp_path):
    folder_of(tmp_path, 2)
    (tmp_path / "labels.csv").write_text(
        "file,label,group\nbright/00.jpg,As,1\nbright/01.jpg,As,1\n,As,3\n", encoding="utf-8"
    )
    found = read_examples(tmp_path / "labels.csv")
    assert found == [
        Example(tmp_path / "bright" / "00.jpg", "As", "1"),
        Example(tmp_path / "bright" / "01.jpg", "As", "1"),
    ]


def test_what_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(TeachingRefused, match="nowhere") as refusal:
        read_examples(tmp_path / "nowhere")
    assert refusal.value.code == "data_missing"
    with pytest.raises(TeachingRefused) as refusal:
        read_examples(tmp_path)
    assert refusal.value.code == "no_examples"
    (tmp_path / "table.csv").write_text("photo,coin\n")
    with pytest.raises(TeachingRefused) as refusal:
        read_examples(tmp_path / "table.csv")
    assert refusal.value.code == "columns_missing"


# --- dividing ------------------------------------------------------------------------------
def test_every_class_is_on_both_sides(tmp_path):
    taught, held_out = split(examples_in(tmp_path, 5), 0.2)
    assert {one.label for one in taught} == {one.label for one in held_out} == {"bright", "dark"}
    assert len(held_out) == 2


def test_one_seed_is_one_split_and_another_is_another(tmp_path):
    examples = examples_in(tmp_path, 9)
    first, again, other = (split(examples, 0.3, seed).held_out for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_coin_is_never_on_both_sides(tmp_path):
    examples = [
        replace(one, group=f"{one.label}-{at % 3}")
        for at, one in enumerate(examples_in(tmp_path, 9))
    ]
    taught, held_out = split(examples, 0.3)
    assert held_out
    assert not {one.group for one in taught} & {one.group for one in held_out}


def test_a_photo_saved_again_stays_with_its_twin(tmp_path):
    examples = examples_in(tmp_path, 4)
    twins = [
        Example(saved_again(one.path, tmp_path / f"twin{at}.jpg"), one.label, f"twin{at}")
        for at, one in enumerate(examples)
    ]
    taught, held_out = split([*examples, *twins], 0.25)
    assert len(held_out) == 4
    sides = {one.path: "held out" for one in held_out} | {one.path: "taught" for one in taught}
    assert all(sides[a.path] == sides[b.path] for a, b in zip(examples, twins, strict=True))


def test_a_single_coin_is_learnt_from(tmp_path):
    examples = examples_in(tmp_path, 4)
    alone = [one for one in examples if one.label == "bright" or one.path.name == "00.jpg"]
    assert {one.label for one in split(alone).held_out} == {"bright"}


def test_what_may_not_judge_never_does(tmp_path):
    examples = [replace(one, judges=one.path.name < "03") for one in examples_in(tmp_path, 6)]
    taught, held_out = split(examples, 0.4)
    assert held_out
    assert all(one.judges for one in held_out)
    assert any(not one.judges for one in taught)


# --- looking over --------------------------------------------------------------------------
def test_a_good_collection_is_counted(tmp_path):
    found = health(examples_in(tmp_path, 11))
    assert found.can_teach
    assert found.counts == found.coins == {"bright": 11, "dark": 11}
    assert found.remarks == ()


def test_too_few_are_told(tmp_path):
    examples = examples_in(tmp_path, 4)
    assert codes(examples) == ["few_coins", "few_coins"]
    assert codes([one for one in examples if one.label == "dark"])[0] == "too_few_classes"
    lone = [one for one in examples if one.path.name == "00.jpg"]
    assert codes(lone) == ["nothing_to_judge", "single_coin", "single_coin"]
    assert not health(lone).can_teach


def test_an_uneven_collection_is_told(tmp_path):
    examples = examples_in(tmp_path, 30)
    few = [one for one in examples if one.label == "bright" or one.path.name < "02"]
    (told,) = [one for one in health(few).remarks if one.code == "uneven"]
    assert told.params == {"most": "bright", "many": 30, "least": "dark", "few": 2}


def test_what_cannot_be_read_is_named(tmp_path):
    examples = examples_in(tmp_path, 11)
    (tmp_path / "bright" / "03.jpg").write_text("no photo")
    (told,) = health(examples).remarks
    assert (told.code, told.params["path"]) == ("unreadable", str(tmp_path / "bright" / "03.jpg"))
    assert len(split(examples).taught) + len(split(examples).held_out) == 21


def test_twins_are_told_and_two_labels_of_one_photo(tmp_path):
    examples = examples_in(tmp_path, 11)
    first = examples[0].path
    twin = Example(saved_again(first, tmp_path / "twin.jpg"), "bright", "twin")
    liar = Example(saved_again(first, tmp_path / "liar.jpg"), "dark", "liar")
    assert codes([*examples, twin]) == ["duplicate"]
    told = [one for one in health([*examples, liar]).remarks if one.code == "mixed_labels"]
    assert [one.params["other_label"] for one in told] == ["dark"]


def test_blank_photos_are_not_called_the_same(tmp_path):
    examples = examples_in(tmp_path, 11)
    out = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(out, "PNG")
    for at in range(2):
        (tmp_path / f"blank{at}.png").write_bytes(out.getvalue())
        examples.append(Example(tmp_path / f"blank{at}.png", "bright", f"blank{at}"))
    assert codes(examples) == []
