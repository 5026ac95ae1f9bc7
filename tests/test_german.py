"""German is whole: every message is there, every main page is in it, and its dates can be typed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from catalog import dates, telling
from catalog.models import User
from tests.access.world import build_world
from tests.servers import surroundings

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w[^>]*>|`[^`]+`")
PAGES = {
    "/": "Deine Sammlung",
    "/coins/": "Form der Liste",
    "/coins/?layout=table": "Spalten wählen",
    "/coins/?q=nothing-like-this": "Keine Münze ist das alles",
    "/coins/add/": "Eine Münze hinzufügen",
    "/coins/{coin.pk}/": "In den Papierkorb",
    "/coins/{coin.pk}/edit/": "Aufbewahrungsort",
    "/coins/{coin.pk}/history/": "Jede Änderung",
    "/photos/add/": "Fotos wählen",
    "/sets/": "Eine bekannte Serie beginnen",
    "/sets/{set.pk}/": "Fach hinzufügen",
    "/types/": "Die Typen durchsuchen",
    "/places/": "Aufbewahrungsorte",
    "/tags/": "Schlagwörter",
    "/fields/": "Ein neues Feld",
    "/imports/": "Bring deine Sammlung mit",
    "/exports/": "Export und Druck",
    "/collections/": "Eine neue Sammlung",
    "/collections/{collection.pk}/": "Öffentliche Links",
    "/settings/": "Mein Konto löschen",
    "/settings/tokens/": "Ein neuer Schlüssel",
    "/trash/": "Papierkorb",
    "/market/add/": "Gespeicherte Seiten",
    "/market/mine/": "Noch keine Lose",
}
ENGLISH = re.compile(
    r"\b(?:Save|Cancel|Search|Settings|Storage places?|Add|Edit|Delete|Remove|Photos|Coins|Sets|Places"
    r"|Collections?|Trash|Sign (?:in|out)|Close|Next|Previous|Choose|Show|Mint|Denomination|Weight"
    r"|Grade|Notes|the|and|with|your)\b"
)


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def read_po(path: Path) -> Catalog:
    with path.open("rb") as file:
        return pofile.read_po(file)


def messages(path: Path = PO) -> list[Message]:
    return [message for message in read_po(path) if message.id]


def ids(path: Path) -> set[tuple[object, ...]]:
    return {(message.context, *forms(message.id)) for message in messages(path)}


def test_every_message_is_translated() -> None:
    empty = [message.id for message in messages() if not all(forms(message.string))]
    guessed = [message.id for message in messages() if message.fuzzy]
    assert (empty, guessed) == ([], [])


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    differing = []
    for message in messages():
        one, *many = forms(message.id)
        for number, text in enumerate(forms(message.string)):
            source = many[0] if number and many else one
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
                differing.append((source, text))
    assert differing == []


def test_quotation_marks_are_german() -> None:
    texts = [text for message in messages() for text in forms(message.string)]
    assert [text for text in texts if text.count("„") != text.count("“") or "”" in text] == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext")
def test_no_message_of_the_source_is_unknown(tmp_path: Path) -> None:
    copy = tmp_path / "site"
    left_out = shutil.ignore_patterns(
        ".*",
        "node_modules",
        "staticfiles",
        "var",
        "tests",
        "docs",
        "__pycache__",
        "fixtures",
        "vendor",
    )
    shutil.copytree(ROOT, copy, ignore=left_out)
    copied = copy / PO.relative_to(ROOT)
    copied.unlink()  # else what it knows already would count as found
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale=de", "--no-location", "--verbosity=0"],
        cwd=copy, env=surroundings(tmp_path), check=True, timeout=120,
    )  # fmt: skip
    assert ids(copied) - ids(PO) == set(), "run makemessages and translate what is new"


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """German from the .po as it is now: the compiled file is made by script/setup, or not yet."""
    compiled = tmp_path / "de" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        mofile.write_mo(file, read_po(PO))
    monkeypatch.setattr("django.conf.settings.LOCALE_PATHS", [tmp_path])
    monkeypatch.setattr(trans_real, "_translations", {})
    with translation.override("de"):
        yield


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    return build_world()


def ui_of(answer: bytes) -> str:
    """What the page says of itself: without scripts, addresses, and the choice of languages."""
    text = re.sub(
        r"<(script|style|svg|option|code|textarea)\b.*?</\1>", " ", answer.decode(), flags=re.S
    )
    said = re.findall(r'(?:aria-label|placeholder|title|alt|data-say[\w-]*)="([^"]*)"', text)
    return " ".join([re.sub(r"<[^>]*>", " ", text), *said])


def german_client(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "de"})
    if user:
        client.force_login(user)
    return client


@pytest.mark.parametrize(("address", "words"), PAGES.items(), ids=list(PAGES))
def test_a_page_speaks_german(
    german: None, world: SimpleNamespace, address: str, words: str
) -> None:
    answer = german_client(world.owner).get(address.format(**vars(world)))
    said = ui_of(answer.content)
    assert (answer.status_code, words in said) == (200, True), said
    assert '<html lang="de"' in answer.content.decode()
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("date", "year of the cat", "lässt sich nicht als Datierung lesen"),
        ("grade", "super", "ist keine Erhaltung"),
    ],
)
def test_a_form_refuses_in_german(
    german: None, world: SimpleNamespace, field: str, text: str, words: str
) -> None:
    wrong = {"collection": world.collection.pk, field: text}
    assert words in german_client(world.owner).post("/coins/add/", wrong).content.decode()


def test_the_door_speaks_german(german: None, db: None) -> None:
    said = ui_of(german_client().get("/account/login/").content)
    assert "Anmelden" in said
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize(
    ("text", "start", "end", "circa"),
    [
        ("27 v. Chr. – 14 n. Chr.", -27, 14, False),
        ("um 80 n. Chr.", 80, 80, True),
        ("vor 27 v. Chr.", None, -27, False),
        ("nach 1800", 1800, None, False),
        ("um 44–27 v. Chr.", -44, -27, True),
    ],
)
def test_a_german_date_reads_back(
    german: None, text: str, start: int | None, end: int | None, circa: bool
) -> None:
    found = dates.parse(text)
    assert (found.start, found.end, found.circa) == (start, end, circa)
    assert telling.written(found) == text
