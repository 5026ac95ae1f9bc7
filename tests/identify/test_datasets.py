"""Labelled sets out and in again, and frozen with a hash."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from catalog.refusals import Refusal
from identify.labelling import datasets
from identify.models import DatasetVersion, Label
from tests.factories import draw_coin, make_coin, make_collection, make_photo
from tests.identify.test_desk import curate

pytestmark = pytest.mark.django_db


@pytest.fixture
def labelled(collection, owner):
    for n, value in enumerate(("Trajan", "Trajan", "Otho")):
        coin = make_coin(collection)
        for role in ("obverse", "reverse"):
            photo = make_photo(coin, role, draw_coin(letters=f"{n}{role[0]}"))
            Label.say(photo, "ruler", value, owner)


@pytest.fixture
def out(tmp_path):
    """Beside the media of the test, not above them."""
    return tmp_path / "out"


def export(to, form):
    call_command("export_labels", "--to", str(to), "--form", form, stdout=io.StringIO())


# --- out -------------------------------------------------------------------------------
def test_folders_of_classes(labelled, out):
    export(out, "folders")
    found = {path.parent.name for path in out.rglob("*.jpg")}
    assert found == {"Trajan", "Otho"}
    assert len(list((out / "ruler" / "Trajan").iterdir())) == 4


def test_a_table(labelled, out):
    export(out, "csv")
    with (out / "labels.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert all((out / row["file"]).exists() for row in rows)
    assert {row["may_judge"] for row in rows} == {"1"}
    assert len({row["group"] for row in rows}) == 3


def test_coco(labelled, out):
    export(out, "coco")
    said = json.loads((out / "coco.json").read_text())
    assert [len(said[part]) for part in ("images", "categories", "annotations")] == [6, 2, 6]
    assert said["categories"][0] == {"id": 1, "name": "Otho", "supercategory": "ruler"}
    assert said["annotations"][0]["bbox"] == [0, 0, 300, 300]


def test_a_class_whose_name_is_no_folder(collection, owner, tmp_path):
    Label.say(make_photo(make_coin(collection)), "own:odd", "../../1/2 Krone|x", owner)
    export(tmp_path / "out", "folders")
    [file] = (tmp_path / "out").rglob("*.jpg")
    assert file.parent.parent.parent == tmp_path / "out"
    assert {part.name for part in tmp_path.iterdir()} == {"out", "media"}


def test_without_labels_there_is_nothing_to_export(tmp_path):
    with pytest.raises(CommandError, match="no labels"):
        export(tmp_path, "csv")


# --- frozen ----------------------------------------------------------------------------
def test_a_frozen_set_has_a_hash_that_says_what_is_in_it(labelled, owner, collection):
    one = datasets.freeze("one", ["ruler"], owner)
    same = datasets.freeze("two", ["ruler"], None)
    assert one.sha256 == same.sha256
    assert one.card["fields"]["ruler"]["classes"] == {"Otho": 2, "Trajan": 4}
    assert one.card["fields"]["ruler"]["specimens"] == 3
    Label.say(make_photo(make_coin(collection)), "ruler", "Nerva", owner)
    assert datasets.freeze("three", ["ruler"], owner).sha256 != one.sha256
    with one.listing.open("r") as file:
        assert len(file.read().splitlines()) == 7


def test_a_set_of_nothing_and_a_name_twice_are_refused(labelled, owner):
    datasets.freeze("one", ["ruler"], owner)
    for name, fields, code in (("one", ["ruler"], "taken"), ("two", ["mint"], "no_labels")):
        with pytest.raises(Refusal) as refusal:
            datasets.freeze(name, fields, owner)
        assert refusal.value.code == code
    assert DatasetVersion.objects.count() == 1


def test_a_curator_freezes_and_fetches_the_list(labelled, viewer):
    client = Client()
    client.force_login(curate(viewer))
    client.post(reverse("identify:freeze"), {"name": "Spring", "fields": ["ruler"]})
    version = DatasetVersion.objects.get()
    assert version.created_by == viewer
    assert "Spring" in client.get(reverse("identify:datasets")).content.decode()
    listing = b"".join(client.get(reverse("identify:listing", args=[version.pk])))
    assert listing.startswith(b"sha256\tfield\tvalue\tgroup\n")


# --- and in again ----------------------------------------------------------------------
def bring(path, collection, capsys, **options):
    call_command("import_labels", str(path), collection=collection.pk, unchecked=True, **options)
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["folders", "csv", "coco"])
def test_what_went_out_comes_in_again(labelled, out, queue, capsys, form):
    export(out, form)
    path = {"folders": "ruler", "csv": "labels.csv", "coco": "coco.json"}[form]
    other = make_collection()
    bring(out / path, other, capsys, field="ruler")
    labels = Label.objects.filter(photo__coin__collection=other)
    assert sorted(labels.values_list("value", flat=True)) == ["Otho"] * 2 + ["Trajan"] * 4
    assert set(labels.values_list("how", "by")) == {("imported", other.owner_id)}
    assert other.coins.count() == 3
    said = bring(out / path, other, capsys, field="ruler")
    assert "0 photos of 0 coins, 6 were there already" in said
    assert labels.standing().count() == 6


def test_a_dry_run_writes_nothing_and_says_what_is_wrong(tmp_path, collection, capsys):
    (tmp_path / "Trajan").mkdir()
    for name in ("a", "b"):
        (tmp_path / "Trajan" / f"{name}.jpg").write_bytes(draw_coin())
    call_command(
        "import_labels", str(tmp_path), collection=collection.pk, field="ruler", dry_run=True
    )
    said = capsys.readouterr().out
    assert "2 times the same file" in said
    assert "2 labels would come in" in said
    assert not Label.objects.exists()


def test_a_table_that_leads_out_of_its_folder_is_refused(tmp_path, collection):
    (tmp_path / "set").mkdir()
    table = tmp_path / "set" / "labels.csv"
    table.write_text("file,value\n../secret.jpg,Trajan\n")
    with pytest.raises(CommandError, match="lies outside"):
        call_command("import_labels", str(table), collection=collection.pk, field="ruler")
