"""Numbered system checks for every setting that comes from the environment.

E001 to E019 are values that `coinsite.env` could not read, E020 and on are values that can be read
and still cannot work. The README lists every number; a test holds the two together.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from babel.numbers import list_currencies
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.core.management.base import SystemCheckError
from django.http.request import validate_host
from rest_framework.settings import api_settings

UNREADABLE = {
    "DEBUG": 1,
    "REGISTRATION_OPEN": 2,
    "SECURE_SSL_REDIRECT": 3,
    "BEHIND_PROXY": 4,
    "WORKERS": 5,
    "MAX_PHOTO_MB": 6,
    "MAX_PHOTO_MEGAPIXELS": 7,
    "MAX_IMPORT_MB": 8,
    "SECURE_HSTS_SECONDS": 9,
    "LANGUAGE_CODE": 10,
    "LOG_LEVEL": 11,
    "DATABASE_URL": 12,
    "EMAIL_URL": 13,
    "TIME_ZONE": 14,
    "WEB_WORKERS": 15,
    "WEBHOOK_NETWORKS": 16,
    "RETRAIN_AFTER": 17,
    "RETRAIN_BY_ITSELF": 18,
    "KEEP_RUNS": 19,
}
OLDEST_SQLITE = (3, 38, 0)  # JSON and generated columns without surprises
SHORTEST_SECRET = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
BINDING = re.compile(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}|unix:/.+")
RATE = re.compile(r"[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)")

Check = Callable[[], Iterator[CheckMessage]]


def error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"obverse.E{number:03}")


def warning(number: int, message: str, hint: str) -> Warning:
    return Warning(message, hint=hint, id=f"obverse.W{number:03}")


def unreadable_values() -> Iterator[CheckMessage]:
    for problem in settings.SETTINGS_PROBLEMS:
        yield error(
            UNREADABLE[problem.name],
            f"{problem.name}: {problem.message}",
            f"Correct or remove {problem.name}; its default has been used.",
        )


def site_url() -> Iterator[CheckMessage]:
    try:
        parts = urlsplit(settings.SITE_URL)
        host = parts.hostname if parts.port is None or parts.port else None
    except ValueError:  # a port that is no number, a bracket that is not closed
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.path or parts.query:
        hint = "Write scheme and host only, like https://coins.example.org."
        yield error(20, f"SITE_URL: “{settings.SITE_URL}” is not a site's address.", hint)
        return
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        hint = f"Add it: ALLOWED_HOSTS={','.join([*settings.ALLOWED_HOSTS, host])}"
        yield error(21, f"ALLOWED_HOSTS: SITE_URL's host, “{host}”, is not among them.", hint)
    if parts.scheme == "http" and host not in LOOPBACK:
        hint = "Put a TLS proxy in front (compose.yaml has one) and write https:// in SITE_URL."
        yield warning(1, "SITE_URL: passwords travel unencrypted over http://.", hint)
    if settings.SECURE_SSL_REDIRECT and not getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        hint = "Set BEHIND_PROXY=1 if your proxy sends X-Forwarded-Proto, as it should."
        yield warning(2, "BEHIND_PROXY: without it every page redirects to itself.", hint)


def bind() -> Iterator[CheckMessage]:
    if not BINDING.fullmatch(settings.BIND):
        hint = "Write it like 127.0.0.1:8000, 0.0.0.0:8000 or unix:/run/obverse.sock."
        yield error(37, f"BIND: cannot listen on “{settings.BIND}”.", hint)


def secret_key() -> Iterator[CheckMessage]:
    key = str(settings.SECRET_KEY)
    if len(key) < SHORTEST_SECRET or len(set(key)) < 8 or key.startswith("django-insecure-"):
        hint = "Leave it out and one is made and kept in DATA_DIR, or write 50 random characters."
        yield error(22, "SECRET_KEY: too short or too easy to guess.", hint)


def folders() -> Iterator[CheckMessage]:
    hint = "Choose another folder, or give it to the user that the site runs as."
    if not can_write(settings.DATA_DIR):
        yield error(23, f"DATA_DIR: cannot write to {settings.DATA_DIR}.", hint)
    if not settings.S3_BUCKET and not can_write(settings.MEDIA_ROOT):
        yield error(24, f"MEDIA_ROOT: cannot write to {settings.MEDIA_ROOT}.", hint)


def can_write(folder: str | Path) -> bool:
    """A folder that is not there yet will be made, so its nearest existing parent counts."""
    path = Path(folder).absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def s3() -> Iterator[CheckMessage]:
    given = settings.S3_SETTINGS
    named = ", ".join(name for name, value in given.items() if value)
    if named and not settings.S3_BUCKET:
        hint = "Set S3_BUCKET too, or remove these: files would be kept in MEDIA_ROOT."
        yield error(25, f"S3_BUCKET: missing, although {named} is set.", hint)
    if bool(given["S3_ACCESS_KEY"]) != bool(given["S3_SECRET_KEY"]):
        hint = "Set both, or neither where the machine's own role gives access."
        yield error(26, "S3_ACCESS_KEY, S3_SECRET_KEY: one without the other.", hint)
    endpoint = given["S3_ENDPOINT_URL"]
    if endpoint and not is_url(endpoint, "http", "https"):
        hint = "Write it like https://s3.example.org."
        yield error(27, f"S3_ENDPOINT_URL: “{endpoint}” is not an address.", hint)


def is_url(value: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def redis() -> Iterator[CheckMessage]:
    url = settings.REDIS_URL
    by_socket = url.startswith("unix:///")
    if url and not by_socket and not is_url(url, "redis", "rediss"):
        hint = "Write it like redis://127.0.0.1:6379/0, rediss:// for TLS, or unix:///path."
        yield error(28, f"REDIS_URL: “{url}” is not a Redis address.", hint)


def sqlite() -> Iterator[CheckMessage]:
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        return
    hint = "Use a newer Python, or PostgreSQL through DATABASE_URL."
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        message = f"DATABASE_URL: this Python has SQLite {sqlite3.sqlite_version}"
        yield error(29, f"{message}, older than {oldest}.", hint)
    if not has_full_text_search():
        yield error(30, "DATABASE_URL: this Python's SQLite is without full-text search.", hint)


def has_full_text_search() -> bool:
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return False
    finally:
        memory.close()
    return True


def currency() -> Iterator[CheckMessage]:
    if settings.DEFAULT_CURRENCY not in list_currencies():
        hint = "Write the three letters of ISO 4217, like EUR, USD or CHF."
        message = f"DEFAULT_CURRENCY: “{settings.DEFAULT_CURRENCY}” is not a currency."
        yield error(31, message, hint)


def rates() -> Iterator[CheckMessage]:
    given = api_settings.DEFAULT_THROTTLE_RATES
    yield from rate(32, "API_RATE", given["user"])
    yield from rate(33, "API_RATE_ANONYMOUS", given["anon"])


def rate(number: int, name: str, given: object) -> Iterator[CheckMessage]:
    if not RATE.fullmatch(str(given)):
        hint = "Write a number, a slash and sec, min, hour or day, like 600/min."
        yield error(number, f"{name}: “{given}” is not a rate.", hint)


def sender() -> Iterator[CheckMessage]:
    name, _at, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    if not name or not domain:
        hint = "Write it like coins@example.org or Obverse <coins@example.org>."
        message = f"DEFAULT_FROM_EMAIL: “{settings.DEFAULT_FROM_EMAIL}” is not an e-mail address."
        yield error(34, message, hint)


def libraries() -> Iterator[CheckMessage]:
    if not (settings.BASE_DIR / "static" / "vendor" / "htmx.min.js").exists():
        hint = "Start the site with script/server, or run npm ci and script/vendor."
        yield error(35, "static/vendor: the front-end libraries are missing.", hint)


def static_files() -> Iterator[CheckMessage]:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        hint = "Start the site with script/server, or run manage.py collectstatic."
        message = f"STATIC_ROOT: no static files have been collected in {settings.STATIC_ROOT}."
        yield error(36, message, hint)


ALWAYS: Sequence[Check] = (
    unreadable_values, site_url, bind, secret_key, folders, s3, redis, sqlite, currency, rates, sender,
    libraries,
)  # fmt: skip


@register()
def settings_work(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    return [message for check in ALWAYS for message in check()]


# Collecting them needs the other checks to pass, so their absence matters only to what serves.
@register(deploy=True)
def static_files_are_there(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    return list(static_files())


def refuse_bad_settings() -> None:
    """For a server about to start, which no management command has checked."""
    messages = [*run_checks(), *static_files()]
    errors = [message for message in messages if message.is_serious()]
    if errors:
        raise SystemCheckError(
            "Obverse does not start with these settings:\n\n" + "\n\n".join(map(str, errors))
        )
