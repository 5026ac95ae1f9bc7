"""Reads settings from the environment without ever stopping the start-up.

A bad value falls back to its default and is remembered as a Problem; `coinsite.checks` then reports
every one of them at once, by number, where Django prints its other checks.
"""

import ipaddress
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import environ

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    name: str
    message: str


class Environment:
    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(os.environ) if values is None else values
        self.problems: list[Problem] = []

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def names(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name).lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        if value:
            self.refuse(name, f"“{value}” is neither true nor false. Write 1 or 0.")
        return default

    def number(self, name: str, default: int, low: int = 0, high: int = 10**9) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.lstrip("-").isdigit() or not low <= int(value) <= high:
            self.refuse(name, f"“{value}” is not a whole number from {low} to {high}.")
            return default
        return int(value)

    def choice(self, name: str, options: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in options:
            self.refuse(name, f"“{value}” is not one of {', '.join(options)}.")
            return default
        return value

    def parsed(self, name: str, default: T, parse: Callable[[str], T], hint: str) -> T:
        value = self.text(name)
        if not value:
            return default
        try:
            return parse(value)
        except Exception as error:  # whatever a third-party parser raises, the check names it
            self.refuse(name, f"{hint} ({error})")
            return default

    def refuse(self, name: str, message: str) -> None:
        self.problems.append(Problem(name, message))


def database(url: str) -> dict[str, Any]:
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ValueError("neither SQLite nor PostgreSQL")
    config = environ.Env.db_url_config(url)
    if config["NAME"] in {"", ":memory:"}:
        raise ValueError("no database is named")
    return config


def mailer(url: str) -> dict[str, Any]:
    config = environ.Env.email_url_config(url)
    if url.startswith("smtp") and not config["EMAIL_HOST"]:
        raise ValueError("no mail server is named")
    return config


def networks(text: str) -> list[str]:
    return [str(ipaddress.ip_network(part.strip())) for part in text.split(",") if part.strip()]


def stored_secret(path: Path) -> str:
    """The key a site without SECRET_KEY signs with: made once, readable by its owner only."""
    if path.exists():
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        # Either another process was first, or nothing can be written here, which a check tells.
        return path.read_text().strip() if path.exists() else key
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
