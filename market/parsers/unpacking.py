"""A saved file as text and address: HTML in any encoding, MHTML, JSON. Told by what is in it."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

from catalog.refusals import gettext_noop
from market.parsers.base import LARGEST, TOO_LARGE, PageRefusal

EMPTY = gettext_noop("The file is empty.")
NO_PAGE = gettext_noop("There is no page in this archive. Save it again as “Web page, complete”.")
NOT_TEXT = gettext_noop("This is no saved page. Save it as HTML, MHTML or JSON.")
BLOCKED = gettext_noop(
    "The site did not show the page but asked whether you are a robot. Open it in your browser, wait for "
    "the lots, and save it then."
)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_CANONICAL = re.compile(
    r"""<link[^>]+rel=["']canonical["'][^>]+href=["'](https?://[^"']+)|<meta[^>]+property=["']og:url["'][^>]+"""
    r"""content=["'](https?://[^"']+)""",
    re.IGNORECASE,
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b")
# Whole pages of a gatekeeper. A site's own script that has "challenge" in it is not one.
_BLOCK_TITLES = re.compile(
    r"<title>\s*(?:just a moment|attention required|access denied|are you a robot|403 forbidden"
    r"|verify you are human)", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Unpacked:
    text: str
    url: str
    content_type: str


def unpack(data: bytes, url: str = "") -> Unpacked:
    if not data.strip():
        raise PageRefusal("empty", EMPTY)
    if len(data) > 2 * LARGEST:
        raise PageRefusal("too_large", TOO_LARGE, limit=LARGEST // 1_000_000)
    if data.startswith(_PICTURES):
        raise PageRefusal("not_text", NOT_TEXT)
    if _is_mhtml(data):
        return _from_mhtml(data, url)
    text = decoded(data)
    if text.lstrip()[:1] in ("{", "["):
        return Unpacked(text, url, "application/json")
    return _page(text, url)


def _page(text: str, url: str) -> Unpacked:
    if _BLOCK_TITLES.search(text[:5000]):
        raise PageRefusal("blocked", BLOCKED)
    return Unpacked(text, url or address_in(text), "text/html")


def _is_mhtml(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _from_mhtml(data: bytes, url: str) -> Unpacked:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
                text = decoded(body, part.get_content_charset() or "")
                return _page(text, url or _web(str(address or "")))
    raise PageRefusal("no_page", NO_PAGE)


def pictures_in(data: bytes) -> dict[str, bytes]:
    """The pictures that an archive holds, by address; and by the address of what a picture leads to,
    because a listing shows a small one that links to the large."""
    if not _is_mhtml(data):
        return {}
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = list(message.walk())
    found = {
        address: body
        for part in parts
        if part.get_content_maintype() == "image"
        and (address := _web(str(part.get("Content-Location") or "")))
        and isinstance(body := part.get_payload(decode=True), bytes)
    }
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    return _linked(page, found) | found if page and found else found


def _linked(part: Message, found: dict[str, bytes]) -> dict[str, bytes]:
    from bs4 import BeautifulSoup

    body = part.get_payload(decode=True)
    text = decoded(body if isinstance(body, bytes) else b"", part.get_content_charset() or "")
    base = str(part.get("Content-Location") or "")
    linked = {}
    for link in BeautifulSoup(text, "lxml").select("a[href]:has(img[src])"):
        image = link.select_one("img[src]")
        shown = found.get(_joined(base, str(image["src"]))) if image else None
        if shown is not None:
            linked[_joined(base, str(link["href"]))] = shown
    return linked


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # a bracket where a host should be
        return ""


def decoded(data: bytes, charset: str = "") -> str:
    """UTF-8 wherever it can be; else what the page says; else Western European, which takes all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    said = _CHARSET.search(data[:4000])
    names = ["utf-8-sig", charset, said[1].decode("ascii") if said else "", "cp1252"]
    for name in filter(None, names):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def address_in(text: str) -> str:
    """Where a browser says that it saved the page from, or what the page calls itself."""
    if saved := _SAVED_FROM.search(text[:2000]):
        return _web(saved[1])
    if own := _CANONICAL.search(text[:100_000]):
        return own[1] or own[2] or ""
    return ""


def _web(address: str) -> str:
    address = "".join(address.split())  # a long header may be folded
    return address if address.startswith(("https://", "http://")) else ""
