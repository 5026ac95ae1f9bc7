"""A labelled set in a ZIP: what is refused at the door, what is said of it, and what is taken."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalog.models import Coin, Collection, Membership, User
from identify import tasks
from identify.labelling import unpacking
from identify.labelling.training import rows
from identify.labelling.unpacking import Limits, SetRefused, contents, unpack
from identify.models import Label, LabelledSet, SpecimenGroup
from tests.factories import draw_coin
from tests.identify.test_desk import curate

LIMITS = Limits(photo=2_000_000, all=10_000_000)
A, B, C = (draw_coin(letters=one) for one in ("AVG", "TRAI", "NERO"))


def packed(*files: tuple[str | ZipInfo, bytes], method: int = ZIP_STORED) -> io.BytesIO:
    out = io.BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    out.seek(0)
    return out


def link(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


# --- the door ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([("../Trajan/1.jpg", A)], "path"),
        ([("/Trajan/1.jpg", A)], "path"),
        ([("C:/Trajan/1.jpg", A)], "path"),
        ([("Trajan/..\\1.jpg", A)], "path"),
        ([("Trajan/1\n.jpg", A)], "path"),
        ([(link("Trajan/1.jpg"), b"/etc/passwd")], "link"),
        ([("/".join("abcdefghi") + "/1.jpg", A)], "deep"),
        ([("a" * 230 + ".jpg", A)], "deep"),
        ([("Trajan/1.jpg", A), ("trajan/1.JPG", A)], "twice"),
        ([("Trajan/1.jpg", b"0" * 3_000_000)], "bomb"),
        ([("Trajan/readme.txt", b"hello")], "no_photos"),
        ([(f"Trajan/{n}.jpg", bytes(1_900_000)) for n in range(6)], "too_large"),
    ],
)
def test_refused_by_name(files: list[Any], code: str) -> None:
    with pytest.raises(SetRefused) as refused:
        contents(packed(*files), LIMITS)
    assert refused.value.code == code


def test_what_shrinks_too_well_is_a_bomb() -> None:
    bomb = packed(("Trajan/1.jpg", bytes(1_900_000)), method=ZIP_DEFLATED)
    with pytest.raises(SetRefused) as refused:
        contents(bomb, LIMITS)
    assert refused.value.code == "bomb"
    assert "Trajan/1.jpg" in refused.value.message


@pytest.mark.parametrize("data", [b"", b"no zip at all", packed(("a/1.jpg", A)).getvalue()[:-30]])
def test_what_is_no_zip(data: bytes) -> None:
    with pytest.raises(SetRefused) as refused:
        contents(io.BytesIO(data), LIMITS)
    assert refused.value.code == "no_zip"


def test_another_packing_is_refused() -> None:
    with pytest.raises(SetRefused) as refused:
        contents(packed(("a/1.jpg", A), method=ZIP_BZIP2), LIMITS)
    assert refused.value.code == "packed"


def test_a_locked_one_is_refused() -> None:
    data = bytearray(packed(("a/1.jpg", A)).getvalue())
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(SetRefused) as refused:
        contents(io.BytesIO(bytes(data)), LIMITS)
    assert refused.value.code == "locked"


def test_too_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_PHOTOS", 1)
    with pytest.raises(SetRefused) as refused:
        contents(packed(("a/1.jpg", A), ("a/2.jpg", A)), LIMITS)
    assert refused.value.code == "too_many_photos"
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 1)
    with pytest.raises(SetRefused) as refused:
        contents(packed(("a/1.jpg", A), ("a/2.txt", A)), LIMITS)
    assert refused.value.code == "too_many"


def test_a_size_that_lies_is_found_out_while_unpacking(tmp_path: Path) -> None:
    data = bytearray(packed(("a/1.jpg", bytes(5000)), method=ZIP_DEFLATED).getvalue())
    at = data.index(b"PK\1\2") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(SetRefused) as refused:
        unpack(io.BytesIO(bytes(data)), tmp_path, LIMITS)
    assert refused.value.code in ("bomb", "damaged")
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.jpg")) <= 10


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    file = packed(
        ("set/Trajan/1.jpg", A), ("__MACOSX/set/Trajan/._1.jpg", b"x"), ("set/.DS_Store", b"x"),
        ("set/inner.zip", b"x"),
    )  # fmt: skip
    found = unpack(file, tmp_path, LIMITS)
    assert found.left_in == ["set/inner.zip"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["1.jpg"]


# --- what is found -----------------------------------------------------------------------
@pytest.fixture
def anna(editor: User) -> User:
    return curate(editor)


Send = Callable[..., LabelledSet]


@pytest.fixture
def send(anna: User, collection: Collection, queue: list[Any]) -> Send:
    """`send(("Trajan/1.jpg", data), …)`: sent by the form, and looked at by the worker."""

    def sent(*files: tuple[str, bytes], field: str = "ruler", own: str = "") -> LabelledSet:
        answer = post(anna, collection, packed(*files).getvalue(), field, own)
        assert answer.status_code == 302, answer.context["form"].errors
        one = LabelledSet.objects.latest("pk")
        tasks.labelled_set(one.pk)
        one.refresh_from_db()
        return one

    return sent


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(
    user: User, collection: Collection, data: bytes, field: str = "ruler", own: str = ""
) -> Any:
    file = SimpleUploadedFile("set.zip", data, "application/zip")
    said = {"file": file, "field": field, "own": own, "collection": collection.pk}
    return signed_in(user).post(reverse("identify:labelled-sets"), said)


def page(user: User, one: LabelledSet) -> str:
    return " ".join(signed_in(user).get(one.get_absolute_url()).content.decode().split())


def deed(user: User, one: LabelledSet, what: str, **said: Any) -> int:
    address = reverse("identify:labelled-set-deed", args=[one.pk, what])
    status = signed_in(user).post(address, said).status_code
    tasks.labelled_set(one.pk)
    return status


def test_nothing_is_taken_before_somebody_has_seen_what_is_in_it(anna: User, send: Send) -> None:
    one = send(
        ("set/Trajan/1.jpg", A), ("set/Trajan/2.jpg", A), ("set/Nero/3.jpg", C),
        ("set/Nero/grey.jpg", blank()), ("set/Nero/notes.txt", b"hi"),
    )  # fmt: skip
    assert one.is_looked_at, one.failure
    assert not Coin.objects.exists()
    found = page(anna, one)
    assert "One even tone (1): Nero/grey.jpg" in found
    assert "the same file: Trajan/1.jpg, Trajan/2.jpg" in found
    assert "Neither photo nor list, left outside (1): set/Nero/notes.txt" in found
    assert "Take it in" in found


def test_why_a_photo_cannot_be_read_is_told_in_the_readers_language(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Nero/3.jpg", C), ("Nero/empty.jpg", b""))
    assert "Cannot be read (1): Nero/empty.jpg: The file is empty." in page(anna, one)
    User.objects.filter(pk=anna.pk).update(language="de")
    assert "Nero/empty.jpg: Die Datei ist leer." in page(anna, one)
    assert deed(anna, one, "take", copies="one") == 302
    assert "empty.jpg: Die Datei ist leer." in page(anna, one)


def blank() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 300), (128, 128, 128)).save(out, "JPEG")
    return out.getvalue()


def test_one_of_each_copy_and_nothing_blank_is_taken(anna: User, send: Send) -> None:
    one = send(
        ("Trajan/1.jpg", A), ("Trajan/2.jpg", A), ("Nero/3.jpg", C), ("Nero/grey.jpg", blank())
    )
    assert deed(anna, one, "take", copies="one") == 302
    one.refresh_from_db()
    assert one.is_taken, one.failure
    assert (one.report["photos"], one.report["coins"], one.report["left_out"]) == (2, 2, 2)
    assert sorted(Label.objects.values_list("value", "how", "by")) == [
        ("Nero", "imported", anna.pk), ("Trajan", "imported", anna.pk),
    ]  # fmt: skip
    assert one.file.name == ""
    assert "2 photos of 2 coins came in" in page(anna, one)


def test_copies_that_may_stay_are_one_specimen(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Trajan/2.jpg", A + b"\0"), ("Nero/3.jpg", C))
    deed(anna, one, "take", copies="together")
    assert Coin.objects.count() == 3
    group = SpecimenGroup.objects.get()
    assert (group.state, group.by) == ("confirmed", anna)
    assert len({row.group for row in rows(Label.objects.all(), "ruler")}) == 2


def test_taking_twice_takes_once(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Nero/3.jpg", C))
    deed(anna, one, "take", copies="one")
    deed(anna, one, "take", copies="one")
    assert Coin.objects.count() == 2


def test_a_worker_that_died_half_way_makes_nothing_twice(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Nero/3.jpg", C))
    assert one.take("one", False)
    stored = one.file.name
    tasks.labelled_set(one.pk)
    again = LabelledSet.objects.get(pk=one.pk)
    assert not again.file.storage.exists(stored)
    again.file.save("set.zip", SimpleUploadedFile("set.zip", packed(("Trajan/1.jpg", A), ("Nero/3.jpg", C)).getvalue()))  # fmt: skip
    LabelledSet.objects.update(state="waiting")
    tasks.labelled_set(one.pk)
    assert Coin.objects.count() == 2
    assert LabelledSet.objects.get().report["there_already"] == 2


def test_a_table_with_its_photos(anna: User, send: Send) -> None:
    table = io.StringIO()
    csv.writer(table).writerows(
        [["file", "value", "group"], ["p/1.jpg", "Trajan", "a"], ["p/2.jpg", "Trajan", "a"],
         ["p/9.jpg", "Nero", "b"]]
    )  # fmt: skip
    one = send(("labels.csv", table.getvalue().encode()), ("p/1.jpg", A), ("p/2.jpg", B))
    assert one.is_looked_at, one.failure
    assert "In the list, not in the archive (1): 9.jpg" in page(anna, one)
    deed(anna, one, "take", copies="one")
    assert Coin.objects.count() == 1
    assert Label.objects.count() == 2


def test_coco_and_something_of_ones_own(anna: User, send: Send) -> None:
    coco = {
        "images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "2.jpg"}],
        "categories": [{"id": 1, "name": "Nuremberg"}],
        "annotations": [{"image_id": 1, "category_id": 1}, {"image_id": 2, "category_id": 1}],
    }
    files = (("1.jpg", A), ("2.jpg", C))
    one = send(("coco.json", json.dumps(coco).encode()), *files, field="own:", own="My Tokens")
    assert (one.state, one.field) == ("done", "own:my tokens")
    deed(anna, one, "take", copies="one")
    assert set(Label.objects.values_list("field", "value")) == {("own:my tokens", "Nuremberg")}


def test_a_single_class_and_our_own_export_keep_their_names(anna: User, send: Send) -> None:
    assert send(("Trajan/1.jpg", A), ("Trajan/2.jpg", B)).findings["classes"] == [["Trajan", 2]]
    both = send(("out/ruler/Nero/1.jpg", A), ("out/denomination/As/1.jpg", A))
    assert sorted(both.findings["classes"]) == [["As", 1], ["Nero", 1]]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("1.jpg", A)], "No photo in it has a class"),
        ([("coco.json", b"{"), ("1.jpg", A)], "“coco.json” cannot be read"),
        ([("coco.json", b"[" * 100_000), ("1.jpg", A)], "“coco.json” cannot be read"),
        ([("coco.json", b'{"images": 5}'), ("1.jpg", A)], "“coco.json” cannot be read"),
        ([("a.csv", b"file,value\n../1.jpg,Nero\n"), ("1.jpg", A)], "“a.csv” cannot be read"),
        ([("a.csv", b"\xff\xfe\x00"), ("1.jpg", A)], "“a.csv” cannot be read"),
        ([("a.csv", b"x"), ("b.csv", b"x"), ("1.jpg", A)], "There are several lists"),
        ([("a.csv", b"file,value,field\n1.jpg,Nero,shoe size\n"), ("1.jpg", A)], "nothing that can"),
        ([("a.csv", b"file,value\n1.jpg," + b"N" * 400 + b"\n"), ("1.jpg", A)], "no name for a"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_fails_in_words(
    anna: User, send: Send, files: list[Any], said: str
) -> None:
    one = send(*files)
    assert one.state == "failed"
    assert said in page(anna, one)


def test_one_picture_in_two_classes_is_said(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Nero/1.jpg", A))
    assert "1 group of copies stands in several classes" in page(anna, one)


def test_a_photo_that_cannot_be_read_is_no_coin(anna: User, send: Send) -> None:
    one = send(("Trajan/1.jpg", A), ("Nero/2.jpg", C), ("Nero/broken.jpg", b"no photo"))
    assert (one.findings["photos"], one.findings["coins"]) == (2, 2)


def shown(user: User, one: LabelledSet, at: int) -> Any:
    return signed_in(user).get(reverse("identify:labelled-set-photo", args=[one.pk, at]))


def test_what_was_found_is_shown_side_by_side(anna: User, send: Send) -> None:
    one = send(
        ("set/Trajan/1.jpg", A), ("set/Trajan/2.jpg", A), ("set/Trajan/Trajan/1.jpg", C),
        ("set/Nero/grey.jpg", blank()), ("__MACOSX/Trajan/1.jpg", B),
    )  # fmt: skip
    found = page(anna, one)
    for at, name in enumerate(("Trajan/1.jpg", "Trajan/2.jpg", "Nero/grey.jpg")):
        assert reverse("identify:labelled-set-photo", args=[one.pk, at]) in found
        assert f'<figcaption class="muted">{name}</figcaption>' in found
        answer = shown(anna, one, at)
        assert (answer["Content-Type"], answer["Cache-Control"][:7]) == ("image/webp", "private")
        assert max(Image.open(io.BytesIO(answer.content)).size) <= 240
    assert shown(anna, one, 0).content == shown(anna, one, 1).content
    assert shown(anna, one, 3).status_code == 404, "only what the page names"
    deed(anna, one, "take", copies="one")
    assert shown(anna, one, 0).status_code == 404, "the archive is gone"
    assert "/photos/0.webp" not in page(anna, one)


def test_pictures_are_his_alone(
    stranger: User, owner: User, anna: User, collection: Collection, send: Send
) -> None:
    one = send(("Trajan/1.jpg", A), ("Trajan/2.jpg", A))
    assert shown(anna, one, 0).status_code == 200
    for user in (curate(stranger), curate(owner)):
        assert shown(user, one, 0).status_code == 404
    Membership.objects.filter(user=anna).update(role="viewer")
    assert shown(anna, one, 0).status_code in (403, 404)


# --- who ---------------------------------------------------------------------------------
def test_a_bad_archive_is_refused_at_the_form(anna: User, collection: Collection) -> None:
    answer = post(anna, collection, packed(("../x.jpg", A)).getvalue())
    assert answer.status_code == 422
    assert "leads out of the archive" in answer.content.decode()
    assert not LabelledSet.objects.exists()


def test_what_is_ones_own_needs_a_name(anna: User, collection: Collection) -> None:
    assert post(anna, collection, packed(("a/1.jpg", A)).getvalue(), "own:").status_code == 422


def test_another_curator_is_a_stranger_to_it(
    stranger: User, owner: User, anna: User, collection: Collection, send: Send
) -> None:
    one = send(("Trajan/1.jpg", A))
    for user in (curate(stranger), curate(owner)):
        assert signed_in(user).get(one.get_absolute_url()).status_code == 404
        assert deed(user, one, "take", copies="one") == 404
    assert post(stranger, collection, packed(("a/1.jpg", A)).getvalue()).status_code == 422


def test_who_may_no_longer_write_to_the_collection_takes_nothing(
    anna: User, collection: Collection, send: Send
) -> None:
    one = send(("Trajan/1.jpg", A))
    Membership.objects.filter(user=anna).update(role="viewer")
    assert deed(anna, one, "take", copies="one") in (403, 404)
    assert not Coin.objects.exists()


def test_who_is_no_curator_is_kept_out(editor: User, collection: Collection) -> None:
    assert post(editor, collection, packed(("a/1.jpg", A)).getvalue()).status_code == 403


def test_leaving_it_deletes_the_file(
    anna: User, send: Send, django_capture_on_commit_callbacks: Any
) -> None:
    one = send(("Trajan/1.jpg", A))
    storage, name = one.file.storage, one.file.name
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(anna).post(reverse("identify:labelled-set-deed", args=[one.pk, "drop"]))
    assert not LabelledSet.objects.exists()
    assert not storage.exists(name)
