"""What a robots.txt allows, by RFC 9309. Pure: what was answered goes in, a rule comes out."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

LARGEST = 512 * 1024  # RFC 9309 asks for 500 KiB at least; what comes after is not read
KEPT = timedelta(hours=24)
NAME = "Obverse"


@dataclass(frozen=True)
class Robots:
    """`rules`: read `text`. `allow`: there are none. `disallow`: we could not learn them."""

    verdict: str
    text: str = ""

    def allows(self, url: str) -> bool:
        if self.verdict != "rules":
            return self.verdict == "allow"
        return bool(_parsed(self.text).can_fetch(url, NAME))

    def delay(self) -> float:
        """Seconds between two requests, as it asks for; 0 where it does not."""
        if self.verdict != "rules":
            return 0.0
        parsed = _parsed(self.text)
        rate = parsed.request_rate(NAME)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(parsed.crawl_delay(NAME) or 0), by_rate)


def robots_from(status: int | None, body: bytes = b"") -> Robots:
    """`None`: nobody answered. Too many requests (429) is no leave to go on."""
    if status is None or status >= 500 or status == 429 or status < 200:
        return Robots("disallow")
    if status >= 400:
        return Robots("allow")
    if status >= 300:
        return Robots("disallow")
    return Robots("rules", body[:LARGEST].decode("utf-8", "replace").replace("\0", ""))


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    from protego import Protego

    return Protego.parse(text)
