import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalog.imports import tasks
from catalog.models import Coin, Collection, ImportMapping, ImportSession, User
from tests.catalog.imports.doing import bring, check, upload
from tests.catalog.imports.files import a_collection, csv_file
from tests.factories import draw_coin, make_user

SignIn = Callable[[User | None], Client]
TEXT = "Title,Weight,Shelf mark\nDenarius,3.2,x\nAs,heavy,y\n"


@pytest.fixture
def browser(as_user: SignIn, owner: User) -> Client:
    return as_user(owner)


def send(browser: Client, collection: Collection, file: Any, **more: Any) -> Any:
    return browser.post(reverse("imports"), {"file": file, "collection": collection.pk, **more})


def columns(session: ImportSession, **chosen: str) -> dict[str, str]:
    """What the form of the columns would send, with other choices for some headings."""
    mapping = session.mapping | chosen
    fields = {f"column-{at}": mapping.get(name, "") for at, name in enumerate(session.headings)}
    return fields | {"status": "owned", "currency": "eur", "day_first": "1"}


def test_the_empty_page_invites(browser: Client, collection: Collection) -> None:
    page = browser.get(reverse("imports")).content.decode()
    assert "Bring your collection with you" in page
    for program in ("OpenNumismat", "Numista", "uCoin", "Colnect"):
        assert program in page


def test_without_a_collection_it_says_how_to_make_one(as_user: SignIn, db: None) -> None:
    page = as_user(make_user()).get(reverse("imports")).content.decode()
    assert "Make a collection" in page


def test_all_four_steps(
    browser: Client, collection: Collection, django_capture_on_commit_callbacks: Any
) -> None:
    page = send(browser, collection, csv_file(TEXT))
    session = ImportSession.objects.get()
    assert page["Location"] == reverse("import", args=[session.pk])
    form = browser.get(page["Location"], follow=True).content.decode()
    assert "Shelf mark" in form
    assert "<q>Denarius</q>" in form

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-columns", args=[session.pk]), columns(session))
    page = browser.get(reverse("import", args=[session.pk]))
    assert "1 row can be imported" in page.content.decode()
    assert "“heavy” is not a number." in page.content.decode()
    assert not Coin.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-start", args=[session.pk]))
    page = browser.get(reverse("import", args=[session.pk])).content.decode()
    assert "1 row is in your collection" in page
    assert reverse("coin", args=[Coin.objects.get().pk]) in page

    page = browser.get(reverse("import-undo", args=[session.pk])).content.decode()
    assert "1 coin came of it." in page
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-undo", args=[session.pk]))
    assert not Coin.objects.exists()
    assert "Undone" in browser.get(reverse("import", args=[session.pk])).content.decode()


def test_a_refusal_stands_beside_the_file(browser: Client, collection: Collection) -> None:
    page = send(
        browser, collection, SimpleUploadedFile("coins.csv", b"<html><body>Sign in</body></html>")
    )
    assert page.status_code == 422
    assert "This is a web page" in page.content.decode()
    assert not ImportSession.objects.exists()


def test_a_file_above_the_limit_is_refused(
    browser: Client, collection: Collection, settings: Any
) -> None:
    settings.MAX_IMPORT_BYTES = 10
    page = send(browser, collection, csv_file(TEXT))
    assert page.status_code == 422
    assert "The file is larger than 10" in page.content.decode()


def test_an_archive_of_photos_that_is_none_is_refused(
    browser: Client, collection: Collection
) -> None:
    page = send(
        browser,
        collection,
        csv_file(TEXT),
        photos=SimpleUploadedFile("photos.zip", b"no zip at all"),
    )
    assert page.status_code == 422
    assert "not a ZIP archive" in page.content.decode()


def test_nobody_imports_into_somebody_elses_collection(
    as_user: SignIn, collection: Collection, viewer: User, stranger: User
) -> None:
    for user in (viewer, stranger):
        assert send(as_user(user), collection, csv_file(TEXT)).status_code == 422
    assert not ImportSession.objects.exists()


def test_editors_import_too(as_user: SignIn, collection: Collection, editor: User) -> None:
    assert send(as_user(editor), collection, csv_file(TEXT)).status_code == 302
    assert ImportSession.objects.get().user == editor


@pytest.mark.parametrize("name", ["import", "import-columns", "import-undo", "import-refused"])
def test_strangers_and_viewers_see_nothing(
    as_user: SignIn, collection: Collection, viewer: User, stranger: User, name: str
) -> None:
    session = bring(collection, csv_file(TEXT))
    url = reverse(name, args=[session.pk])
    assert as_user(stranger).get(url).status_code == 404
    assert as_user(viewer).get(url).status_code == 403
    assert (
        reverse("import", args=[session.pk])
        not in as_user(viewer).get(reverse("imports")).content.decode()
    )


def test_two_columns_cannot_both_be_the_weight(browser: Client, collection: Collection) -> None:
    session = upload(collection, csv_file(TEXT))
    chosen = columns(session, **{"Shelf mark": "weight"})
    page = browser.post(reverse("import-columns", args=[session.pk]), chosen)
    assert page.status_code == 422
    assert "Only one column can go there." in page.content.decode()


def test_at_least_one_column_goes_somewhere(browser: Client, collection: Collection) -> None:
    session = upload(collection, csv_file(TEXT))
    chosen = columns(session, Title="", Weight="")
    page = browser.post(reverse("import-columns", args=[session.pk]), chosen)
    assert "Choose where at least one column goes." in page.content.decode()


def test_the_choice_is_remembered(browser: Client, collection: Collection) -> None:
    session = upload(collection, csv_file(TEXT))
    browser.post(
        reverse("import-columns", args=[session.pk]), columns(session, **{"Shelf mark": "place"})
    )
    assert ImportMapping.objects.get().mapping["Shelf mark"] == "place"
    assert upload(collection, csv_file(TEXT)).mapping["Shelf mark"] == "place"


def test_columns_cannot_be_changed_once_coins_are_there(
    browser: Client, collection: Collection
) -> None:
    session = bring(collection, csv_file(TEXT))
    page = browser.post(reverse("import-columns", args=[session.pk]), columns(session), follow=True)
    assert "gone on already" in page.content.decode()
    assert Coin.objects.count() == 1


def test_progress_is_a_fragment_until_the_step_is_over(
    browser: Client, collection: Collection
) -> None:
    session = check(upload(collection, csv_file(TEXT)))
    session.start()
    url, htmx = reverse("import", args=[session.pk]), {"HX-Request": "true"}
    page = browser.get(url, headers=htmx)
    assert b"<html" not in page.content
    assert b"<progress" in page.content
    assert (
        b'http-equiv="refresh"' in browser.get(url).content
    )  # without scripts the page loads itself again
    tasks.run(session.pk)
    assert browser.get(url, headers=htmx)["HX-Refresh"] == "true"


def test_work_that_stopped_can_be_resumed_by_a_button(
    browser: Client, collection: Collection, django_capture_on_commit_callbacks: Any
) -> None:
    session = check(upload(collection, csv_file(TEXT)))
    session.start()
    ImportSession.objects.update(beat_at="2000-01-01T00:00:00Z", lease=session.batch)
    assert "Go on from there" in browser.get(reverse("import", args=[session.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-resume", args=[session.pk]))
    session.refresh_from_db()
    assert (session.state, Coin.objects.count()) == ("done", 1)


def test_rows_are_filtered_and_paged_with_few_queries(
    browser: Client, collection: Collection, django_assert_max_num_queries: Any
) -> None:
    text = "Title,Weight\n" + "a,3\n" * 70 + "b,heavy\n" * 60
    session = bring(collection, csv_file(text))
    url = reverse("import", args=[session.pk])
    with django_assert_max_num_queries(14):
        page = browser.get(url, {"show": "refused", "page": 2}).content.decode()
    assert page.count("import-row is-refused") == 10
    assert "Page 2 of 2" in page
    with django_assert_max_num_queries(14):
        browser.get(url)


def test_refused_rows_come_as_a_file_that_can_be_mended(
    browser: Client, collection: Collection
) -> None:
    text = 'Title,Weight,Note\n=HYPERLINK("x"),heavy,-27\n+1,heavy,@home\nAs,3,\n'
    session = bring(collection, csv_file(text))
    response = browser.get(reverse("import-refused", args=[session.pk]))
    body = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0] == ["Title", "Weight", "Note", "Reason"]
    assert rows[1] == ['\'=HYPERLINK("x")', "heavy", "-27", "weight: “heavy” is not a number."]
    assert rows[2][0] == "+1"
    assert rows[2][2] == "'@home"
    mended = body.replace("heavy", "3.5")
    again = bring(collection, csv_file(mended), {"Reason": ""})
    assert again.done == 2
    assert Coin.objects.filter(title='=HYPERLINK("x")', weight="3.5").exists()


def test_an_import_is_removed_with_its_file_and_the_coins_stay(
    browser: Client, collection: Collection, django_capture_on_commit_callbacks: Any
) -> None:
    session = bring(collection, csv_file(TEXT))
    file = session.file
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-forget", args=[session.pk]))
    assert not ImportSession.objects.exists()
    assert not file.storage.exists(file.name)
    assert Coin.objects.get().import_session is None


def test_coins_changed_since_are_listed_before_undoing(
    browser: Client, collection: Collection
) -> None:
    session = bring(collection, csv_file(TEXT))
    coin = Coin.objects.get()
    coin.touch()
    page = browser.get(reverse("import-undo", args=[session.pk])).content.decode()
    assert "1 of them has been changed since" in page
    assert coin.get_absolute_url() in page


def test_opennumismat_through_the_pages(
    browser: Client, collection: Collection, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = a_collection(tmp_path / "cabinet.db").read_bytes()
    send(browser, collection, SimpleUploadedFile("cabinet.db", data))
    session = ImportSession.objects.get()
    page = browser.get(reverse("import-columns", args=[session.pk])).content.decode()
    assert "This looks like an export of OpenNumismat" in page
    with django_capture_on_commit_callbacks(execute=True):
        chosen = columns(session) | {"careful": "on"}
        browser.post(reverse("import-columns", args=[session.pk]), chosen)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import-start", args=[session.pk]))
    assert Coin.objects.count() == 3
    assert Coin.objects.get(title="Denarius of Trajan").photos.count() == 2


def test_what_a_file_says_is_never_markup(browser: Client, collection: Collection) -> None:
    text = "Title,<script>x</script>\n<img src=x onerror=y>,b\n"
    session = check(upload(collection, csv_file(text, "<b>.csv")))
    for name in ("import", "import-columns"):
        page = browser.get(reverse(name, args=[session.pk])).content.decode()
        assert "<script>x" not in page
        assert "<img src=x" not in page
        assert "<b>.csv" not in page


def test_a_photo_is_no_table(browser: Client, collection: Collection) -> None:
    page = send(browser, collection, SimpleUploadedFile("coins.csv", draw_coin()))
    assert "This is not a table" in page.content.decode()


def test_letters_that_were_taken_for_others_can_be_read_again(
    browser: Client, collection: Collection
) -> None:
    text = "Tytuł,Mennica\nDenar Bolesława,Gniezno\nSzeląg,Łobżenica\n"
    session = upload(collection, csv_file(text, encoding="cp1250"))
    page = browser.get(reverse("import-columns", args=[session.pk])).content.decode()
    assert "Denar Boles³awa" in page
    check(session)
    browser.post(reverse("import-letters", args=[session.pk]), {"encoding": "cp1250"})
    session.refresh_from_db()
    assert (session.state, session.rows.count()) == ("uploaded", 0)  # the check no longer holds
    page = browser.get(reverse("import-columns", args=[session.pk])).content.decode()
    assert "Denar Bolesława" in page
    session.refresh_from_db()
    session = check(session, {"Tytuł": "title", "Mennica": "mint"})
    assert session.rows.first().raw == ["Denar Bolesława", "Gniezno"]


def test_a_text_in_unicode_asks_nothing_about_letters(
    browser: Client, collection: Collection
) -> None:
    session = upload(collection, csv_file("Title,Mint\nDenar Bolesława,Gniezno\n"))
    page = browser.get(reverse("import-columns", args=[session.pk])).content.decode()
    assert "Read again" not in page
