import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from catalog.fetch.addresses import is_public
from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

LONGEST = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_KEPT = "/%:@!$&'()*+,;=~-._[]"


class FetchRefused(Refusal):
    pass


@dataclass(frozen=True)
class Policy:
    """Tests widen it to reach their own server; nothing else does."""

    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})


@dataclass(frozen=True)
class Target:
    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the Host header wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str, policy: Policy) -> Target:
    url = url.strip()
    if len(url) > LONGEST or _UNSAFE.search(url):
        raise _unreadable()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _unreadable() from error
    if parts.scheme not in ("http", "https"):
        raise FetchRefused(
            "scheme", _("Only links that begin with http:// or https:// are fetched.")
        )
    if "@" in parts.netloc:
        raise FetchRefused("userinfo", _("Leave the user name and password out of the link."))
    port = port if port is not None else {"http": 80, "https": 443}[parts.scheme]
    if port not in policy.ports:
        raise FetchRefused("port", _("Only the usual ports 80 and 443 are fetched from."))
    return Target(url, parts.scheme, _host(parts), port, _path(parts))


def _host(parts: SplitResult) -> str:
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _unreadable() from error
    if not _HOST.fullmatch(host):
        raise _unreadable()
    return host


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else ""
    return (quote(parts.path, safe=_KEPT) or "/") + query


def _unreadable() -> FetchRefused:
    return FetchRefused(
        "url", _("This is not a complete link. Copy it again from the address bar.")
    )
