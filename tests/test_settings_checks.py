"""Every number of coinsite/checks.py: the value that brings it, and the README that explains it."""

import re
import runpy
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management.base import SystemCheckError

from coinsite import checks

ROOT = Path(configured.BASE_DIR)

# The bad value of an environment variable, read by the settings file itself.
UNREADABLE = {
    "E001": ("DEBUG", "perhaps"),
    "E002": ("REGISTRATION_OPEN", "2"),
    "E003": ("SECURE_SSL_REDIRECT", "always"),
    "E004": ("BEHIND_PROXY", "caddy"),
    "E005": ("WORKERS", "0"),
    "E006": ("MAX_PHOTO_MB", "40 MB"),
    "E007": ("MAX_PHOTO_MEGAPIXELS", "-1"),
    "E008": ("MAX_IMPORT_MB", "much"),
    "E009": ("SECURE_HSTS_SECONDS", "a year"),
    "E010": ("LANGUAGE_CODE", "la"),
    "E011": ("LOG_LEVEL", "LOUD"),
    "E012": ("DATABASE_URL", "mysql://root@localhost/coins"),
    "E013": ("EMAIL_URL", "pigeon://loft"),
    "E014": ("TIME_ZONE", "Europe/Rom"),
    "E015": ("WEB_WORKERS", "1000"),
    "E016": ("WEBHOOK_NETWORKS", "my house"),
    "E017": ("RETRAIN_AFTER", "soon"),
    "E018": ("RETRAIN_BY_ITSELF", "nightly"),
    "E019": ("KEEP_RUNS", "all"),
}
THIS_FILE = str(Path(__file__) / "inside")  # below a file nothing can be written, not even by root
S3 = dict.fromkeys(("S3_ENDPOINT_URL", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY"), "")
HTTPS = {"SITE_URL": "https://coins.example.org", "ALLOWED_HOSTS": ["coins.example.org"]}
UNWORKABLE: list[tuple[str, dict[str, Any]]] = [
    ("E020", {"SITE_URL": "coins.example.org"}),
    ("E020", {"SITE_URL": "ftp://coins.example.org"}),
    ("E020", {"SITE_URL": "https://coins.example.org/catalogue"}),
    ("E020", {"SITE_URL": "https://coins.example.org:port"}),
    ("E021", {**HTTPS, "ALLOWED_HOSTS": ["example.org"]}),
    ("E022", {"SECRET_KEY": "short"}),
    ("E022", {"SECRET_KEY": "a" * 50}),
    ("E022", {"SECRET_KEY": "django-insecure-4f8vz!q0w9e8r7t6y5u4i3o2p1"}),
    ("E023", {"DATA_DIR": THIS_FILE}),
    ("E024", {"MEDIA_ROOT": THIS_FILE}),
    ("E025", {"S3_SETTINGS": S3 | {"S3_REGION": "eu-central-1"}}),
    ("E026", {"S3_BUCKET": "coins", "S3_SETTINGS": S3 | {"S3_ACCESS_KEY": "key"}}),
    ("E027", {"S3_BUCKET": "coins", "S3_SETTINGS": S3 | {"S3_ENDPOINT_URL": "s3.example.org"}}),
    ("E028", {"REDIS_URL": "http://127.0.0.1:6379"}),
    ("E028", {"REDIS_URL": "redis://"}),
    ("E031", {"DEFAULT_CURRENCY": "DENARIUS"}),
    ("E034", {"DEFAULT_FROM_EMAIL": "Obverse"}),
    ("E035", {"BASE_DIR": Path(THIS_FILE)}),
    ("E037", {"BIND": "8000"}),
    ("W001", {"SITE_URL": "http://192.168.1.20:8000", "ALLOWED_HOSTS": ["192.168.1.20"]}),
    ("W002", {**HTTPS, "SECURE_SSL_REDIRECT": True}),
]


@pytest.fixture(autouse=True)
def good_settings(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever database the tests run on, none is asked here.
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    settings.SECRET_KEY = "A drawer of forty coins, a cabinet of twenty thousand"
    settings.DATA_DIR = tmp_path
    settings.SETTINGS_PROBLEMS = []
    settings.ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name in names_read():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENV_FILE", "/dev/null")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return monkeypatch


def found() -> list[str]:
    return [str(m.id).removeprefix("obverse.") for m in checks.settings_work(None)]


def test_good_settings_pass() -> None:
    assert found() == []


@pytest.mark.parametrize(("number", "name", "value"), [(n, *v) for n, v in UNREADABLE.items()])
def test_value_that_cannot_be_read(
    number: str, name: str, value: str, settings: Any, clean_environment: pytest.MonkeyPatch
) -> None:
    clean_environment.setenv(name, value)
    read = runpy.run_path(str(ROOT / "coinsite" / "settings.py"))
    settings.SETTINGS_PROBLEMS = read["SETTINGS_PROBLEMS"]
    assert found() == [number]
    assert name in checks.settings_work(None)[0].msg


@pytest.mark.parametrize(("number", "values"), UNWORKABLE)
def test_value_that_cannot_work(number: str, values: dict[str, Any], settings: Any) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    messages = checks.settings_work(None)
    assert [str(m.id) for m in messages] == [f"obverse.{number}"]
    assert messages[0].hint


@pytest.mark.parametrize(("number", "key"), [("E032", "user"), ("E033", "anon")])
@pytest.mark.parametrize("value", ["600", "600/fortnight", "0/min", "many/min"])
def test_rate_that_cannot_be_counted(number: str, key: str, value: str, settings: Any) -> None:
    framework = settings.REST_FRAMEWORK
    rates = framework["DEFAULT_THROTTLE_RATES"] | {key: value}
    settings.REST_FRAMEWORK = framework | {"DEFAULT_THROTTLE_RATES": rates}
    assert found() == [number]


def test_old_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    assert found() == ["E029"]


def test_sqlite_without_full_text_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "has_full_text_search", lambda: False)
    assert found() == ["E030"]


def test_old_sqlite_does_not_matter_to_postgresql(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    engine = "django.db.backends.postgresql"
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    assert found() == []


def test_server_refuses_to_start_without_static_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    with pytest.raises(SystemCheckError, match=r"obverse\.E036"):
        checks.refuse_bad_settings()
    (tmp_path / "staticfiles.json").write_text("{}")
    checks.refuse_bad_settings()


def test_all_problems_are_told_at_once(settings: Any) -> None:
    settings.BIND, settings.REDIS_URL, settings.DEFAULT_CURRENCY = "x", "y", "z"
    assert found() == ["E037", "E028", "E031"]


def names_read() -> set[str]:
    """The environment variables that the project's own files ask for."""
    files = ["coinsite/settings.py", "coinsite/management/commands/first_admin.py"]
    asked = re.compile(r"""(?:env\.\w+|environ\.get)\(\s*"([A-Z0-9_]+)\"""")
    return {name for file in files for name in asked.findall((ROOT / file).read_text())}


def settings_section() -> str:
    readme = (ROOT / "README.md").read_text()
    return readme.split("\n## Settings\n")[1].split("\n## ")[0]


def test_readme_lists_exactly_the_settings_there_are() -> None:
    listed = re.findall(r"^\| `([A-Z0-9_]+)` \|", settings_section(), re.MULTILINE)
    assert sorted(listed) == sorted(names_read())


def test_readme_and_tests_know_every_number() -> None:
    source = (ROOT / "coinsite" / "checks.py").read_text()
    called = re.findall(r"\b(error|rate|warning)\((\d+),", source)
    in_source = {f"{'W' if kind == 'warning' else 'E'}{int(number):03}" for kind, number in called}
    in_source |= {f"E{number:03}" for number in checks.UNREADABLE.values()}
    tested = {*UNREADABLE, *(n for n, _ in UNWORKABLE), "E029", "E030", "E032", "E033", "E036"}
    assert set(re.findall(r"(?<!\.)\b[EW]\d{3}\b", settings_section())) == in_source == tested


def test_compose_passes_on_only_settings_that_exist() -> None:
    compose = (ROOT / "compose.yaml").read_text()
    passed = set(re.findall(r"^ +([A-Z][A-Z0-9_]+): ", compose, re.MULTILINE))
    assert passed - {"SITE_HOST", "POSTGRES_USER", "POSTGRES_PASSWORD"} <= names_read()
