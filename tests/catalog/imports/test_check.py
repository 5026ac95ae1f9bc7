import pytest
from django.test import override_settings

from catalog.models import Authority, Coin, Collection, CustomField, ImportRow, Place, Tag
from tests.catalog.imports.doing import check, told, upload
from tests.catalog.imports.files import csv_file
from tests.factories import make_coin, make_term, make_type

State = ImportRow.State


def states(session: object) -> list[str]:
    return list(session.rows.values_list("state", flat=True))  # type: ignore[attr-defined]


def test_a_check_writes_nothing_but_verdicts(collection: Collection) -> None:
    make_term(Authority, "Trajan")
    text = (
        "Title,Ruler,Mint,Location,Tags\nDenarius,Trajan,Rome,Safe / Tray 1,Roman\nAs,Nero,Rome,,\n"
    )
    session = check(upload(collection, csv_file(text)))
    assert (session.state, session.total, session.refused) == ("checked", 2, 0)
    assert not Coin.objects.exists()
    assert list(Authority.objects.values_list("name", flat=True)) == ["Trajan"]
    assert not Place.objects.exists()
    assert not Tag.objects.exists()


def test_a_new_word_is_told_with_what_it_resembles(collection: Collection) -> None:
    make_term(Authority, "Trajan", aliases=["Traianus"])
    text = "Title,Ruler\nDenarius,TRAIANUS\nDenarius,Trajjan\nAs,Trajjan\n"
    session = check(upload(collection, csv_file(text)))
    assert states(session) == [State.GOOD, State.WARNED, State.WARNED]
    assert told(session, 3) == ["“Trajjan” is new and will be added. Did you mean “Trajan”?"]
    assert session.options["new_words"] == [
        {"kind": "authority", "name": "Trajjan", "near": "Trajan", "rows": 2}
    ]


def test_new_places_and_tags_are_told_for_the_file_but_not_on_each_row(
    collection: Collection,
) -> None:
    session = check(upload(collection, csv_file("Title,Location,Tags\nDenarius,Safe,Roman\n")))
    assert states(session) == [State.GOOD]
    assert {word["name"] for word in session.options["new_words"]} == {"Safe", "Roman"}


REFUSED = [
    ("Weight", "heavy", "“heavy” is not a number."),
    ("Weight", "-3", "Write a number above 0 and at most 100000."),
    ("Grade", "wonderful", "“wonderful” is not a grade. Write one like VF, gVF, EF, MS-65 or Proof."),
    ("Date", "0", "There is no year 0: 1 BC is followed by AD 1."),
    ("Die axis", "13", "“13” is not one of"),
    ("Status", "gone", "“gone” is not one of"),
    ("Inventory number", "9" * 61, "At most 60 characters."),
    ("Ruler", "x" * 201, "At most 200 characters."),
    ("Type", "no such type", "No type is called “no such type”."),
    ("Quantity", "0", "“0” is not a quantity from 1 to 200."),
    ("Quantity", "1000", "“1000” is not a quantity from 1 to 200."),
    ("Purchase price", "a lot", "“a lot” is not an amount. Write one like 125.00."),
    ("Purchase price", "12 cowries", "“cowries” is not a currency."),
    ("Tags", "x" * 121, "At most 120 characters."),
    ("Location", "x" * 121, "At most 120 characters."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "value", "reason"), REFUSED, ids=[f"{h} {v[:12]}" for h, v, _ in REFUSED]
)
def test_a_row_is_refused_with_the_field_and_what_to_write(
    collection: Collection, heading: str, value: str, reason: str
) -> None:
    session = check(upload(collection, csv_file(f"Title,{heading}\nDenarius,{value}\nAs,\n")))
    assert states(session) == [State.REFUSED, State.GOOD]
    assert session.refused == 1
    [message] = session.rows.get(number=2).messages
    assert message["text"].startswith(reason)
    assert message["field"]


def test_a_day_that_is_none_is_refused(collection: Collection) -> None:
    text = "Title,Purchase price,Purchase date\nDenarius,12,soon\n"
    session = check(upload(collection, csv_file(text)))
    assert told(session, 2) == ["“soon” is not a day. Write it like 2024-05-31."]


def test_careful_files_keep_what_cannot_be_read(collection: Collection) -> None:
    text = "Title,Grade,Weight\nDenarius,wonderful,3.2\n"
    session = check(upload(collection, csv_file(text)), careful=True)
    assert states(session) == [State.WARNED]
    assert told(session, 2)[0].endswith("It is kept in the notes.")


def test_more_cells_than_headings_are_refused(collection: Collection) -> None:
    session = check(upload(collection, csv_file("Title,Mint\nDenarius,Rome, worn, holed\n")))
    assert states(session) == [State.REFUSED]
    assert "more cells than the headings" in told(session, 2)[0]


def test_a_row_that_says_nothing_we_keep_is_refused(collection: Collection) -> None:
    session = check(upload(collection, csv_file("Title,Shelf mark\n,A\n")), {"Shelf mark": ""})
    assert told(session, 2) == ["Nothing in this row goes into a field."]


def test_what_people_write_for_our_words(collection: Collection) -> None:
    make_type("ric.2.trajan.1", title="RIC II Trajan 1")
    CustomField.objects.create(owner=collection.owner, key="holed", name="Holed", kind="yes_no")
    text = (
        "Title,Status,Die axis,Grade,Weight,Type,Holed\n"
        "a,wishlist,6h,VF+,3.2 g,RIC II TRAJAN 1,yes\n"
        "b,Sold,180°,XF-,~3 gr,ric.2.trajan.1,no\n"
    )
    session = check(upload(collection, csv_file(text)))
    assert states(session) == [State.GOOD, State.GOOD], [r.messages for r in session.rows.all()]


def test_the_same_certificate_or_number_warns_and_never_blocks(collection: Collection) -> None:
    make_coin(collection, certificate="12345-001", number="A1")
    text = "Title,Certificate,Number\na,12345-001,A1\nb,77,B1\nc,77,b1\n"
    session = check(upload(collection, csv_file(text)))
    assert states(session) == [State.WARNED, State.GOOD, State.WARNED]
    assert told(session, 2) == [
        "A coin with A1 is already in this collection.",
        "A coin with 12345-001 is already in this collection.",
    ]
    assert told(session, 4) == ["Row 3 has b1 too.", "Row 3 has 77 too."]


def test_a_photo_that_is_not_there_warns(collection: Collection) -> None:
    session = check(upload(collection, csv_file("Title,photo_obverse\na,front.jpg\n")))
    assert told(session, 2) == ["The photo “front.jpg” is not in the ZIP beside this file."]


def test_of_a_whole_day_the_year_is_kept(collection: Collection) -> None:
    session = check(
        upload(collection, csv_file("Title,Date of issue\na,1931-05-04\n")),
        {"Date of issue": "date"},
    )
    assert told(session, 2) == ["Only the year of “1931-05-04” is kept."]


def test_verdicts_speak_the_language_of_the_user(collection: Collection) -> None:
    collection.owner.language = "de"
    collection.owner.save()
    with override_settings(LANGUAGE_CODE="en"):
        session = check(upload(collection, csv_file("Title,Weight\na,3\n")))
    assert session.state == "checked"


def test_columns_can_be_changed_and_checked_again(collection: Collection) -> None:
    session = check(upload(collection, csv_file("Title,Weight\na,heavy\n")))
    assert states(session) == [State.REFUSED]
    session = check(session, {"Weight": "notes"})
    assert states(session) == [State.GOOD]
    assert (session.total, session.refused) == (1, 0)


def test_a_file_that_breaks_half_way_fails_with_the_reason(collection: Collection) -> None:
    session = upload(
        collection, csv_file("Title,Mint\n" + "a,b\n" * 400 + '"open,\n' + "x" * 200_000)
    )
    session = check(session)
    assert session.state == "failed"
    assert "never ends" in session.failure
    assert session.may_map


def test_a_field_that_is_gone_by_now_is_asked_for_again(collection: Collection) -> None:
    custom = CustomField.objects.create(owner=collection.owner, key="rarity", name="Rarity")
    session = upload(collection, csv_file("Title,Rarity\na,R2\n"))
    custom.delete()
    session = check(session)
    assert (session.state, session.may_map) == ("failed", True)
    assert session.failure == "The field for “Rarity” is gone. Choose another for that column."
