"""What follows from an answer. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST_TRIES = 3
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=7)
LEAST_DELAY = 5.0  # seconds between two requests, whatever a host allows


@dataclass(frozen=True)
class Intent:
    """`keep`, `same`, `later` (at `at`), `fail` or `stop` (the whole host)."""

    what: str
    why: str = ""
    at: datetime | None = None


def decide(status: int, retry_after: str, attempts: int, now: datetime) -> Intent:
    """`attempts` counts this one, too."""
    if status == 200:
        return Intent("keep")
    if status == 304:
        return Intent("same")
    if status in (401, 403, 407, 451):
        return Intent("stop", f"status_{status}")
    if status == 429 or status >= 500:
        return again(f"status_{status}", attempts, now, seconds_of(retry_after, now))
    return Intent("fail", f"status_{status}")


def again(why: str, attempts: int, now: datetime, asked: timedelta | None = None) -> Intent:
    """Three tries, each after a longer wait, and never earlier than the host asks for."""
    if attempts >= MOST_TRIES:
        return Intent("fail", why)
    wait = max(FIRST_WAIT * 4 ** (attempts - 1), asked or timedelta())
    return Intent("later", why, now + min(wait, LONGEST_WAIT))


def seconds_of(retry_after: str, now: datetime) -> timedelta | None:
    """`120`, or a date as HTTP writes it."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_WAIT.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(timedelta(), (until if until.tzinfo else until.replace(tzinfo=UTC)) - now)


def delay(asked: float, minimum: float, jitter: float) -> timedelta:
    """Between two requests to one host; `jitter` from 0 to 1 adds up to a half."""
    return timedelta(seconds=max(asked, minimum, LEAST_DELAY) * (1 + jitter / 2))
