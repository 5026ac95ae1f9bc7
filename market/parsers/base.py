"""What all parsers share. A parser gets the text of a page and its address, and returns a Page; it never
touches the network, the clock or the database."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

from catalog.refusals import Refusal, gettext_noop
from market.prices import Kind, PriceRefusal, currency_of, parse, parse_estimate
from market.records import LotRecord, Page, PriceRecord, SaleRecord, Warned

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

LARGEST = 20_000_000  # letters; the largest listing seen has 3 million
LONGEST_TEXT = 20_000


class PageRefusal(Refusal):
    pass


NOT_THIS_SITE = gettext_noop(
    "This says that it is a page of %(site)s, but it is not built like one: perhaps the site asked to "
    "sign in or to prove that you are no robot. Open it again, and save it once the lots are there."
)
TOO_LARGE = gettext_noop(
    "A page may have at most %(limit)s million letters; save fewer lots a page."
)
NOT_JSON = gettext_noop(
    "This is not the JSON that %(site)s sends: it ends in the middle, or is not JSON."
)


@dataclass(frozen=True)
class Parser:
    """`version` grows whenever the same page would be read differently: it says what to parse again."""

    name: str
    title: str
    hosts: tuple[str, ...]
    parse: Callable[[str, str], Page]
    version: int = 1


@dataclass
class Draft:
    """A lot while it is read. Whatever is refused stays beside it, by name."""

    source_lot_id: str
    sale: SaleRecord = field(default_factory=SaleRecord)
    lot_number: str = ""
    title: str = ""
    description: str = ""
    is_cut: bool = False
    url: str = ""
    image_url: str = ""
    status: str = "unknown"
    prices: list[PriceRecord] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def price(self, kind: Kind, text: str, currency: str = "") -> None:
        try:
            money = parse(text, currency or self.sale.currency)
        except PriceRefusal as refusal:
            self.refused(refusal.code, text)
            return
        self.prices.append(PriceRecord(kind, money, text.strip()))
        if kind in (Kind.HAMMER, Kind.PREMIUM_INCLUDED):
            self.status = "sold"

    def estimate(self, text: str, currency: str = "") -> None:
        try:
            low, high = parse_estimate(text, currency or self.sale.currency)
        except PriceRefusal as refusal:
            self.refused(refusal.code, text)
            return
        self.prices.append(PriceRecord(Kind.ESTIMATE_LOW, low, text.strip()))
        self.prices.append(PriceRecord(Kind.ESTIMATE_HIGH, high, text.strip()))

    def stated(self, label: str, text: str, currency: str = "") -> None:
        """By the label that the page prints beside it; a bid that may still rise is no price."""
        what = meaning_of(label)
        if what == "estimate":
            self.estimate(text, currency)
        elif what == "bid":
            self.status = "open"
        elif what:
            self.price(Kind(what), text, currency)

    def refused(self, code: str, text: str) -> None:
        """A lot that did not sell has said so; all else is a warning."""
        if code in ("unsold", "withdrawn"):
            self.status = code
        elif code == "not_yet":
            self.status = "open"
        elif code not in ("dash", "empty"):
            self.warnings.append(Warned(f"price_{code}", text.strip()[:80]))

    def done(self) -> LotRecord:
        if broken_letters(self.description):
            self.warnings.append(Warned("broken_letters", self.description[:60]))
        return LotRecord(
            self.source_lot_id, self.sale, self.lot_number.strip(), self.title.strip()[:300],
            self.description.strip()[:LONGEST_TEXT], self.is_cut, self.url, self.image_url, self.status,
            tuple(self.prices), tuple(self.warnings),
        )  # fmt: skip


LABELS = {
    "premium_included": r"(?:price )?(?:incl\w*\.? (?:buyer'?s )?premium|with premium)|total price",
    "hammer": (
        r"price reali[sz]ed|reali[sz]ed(?: price)?|hammer(?: price)?|sold (?:for|by)|sold|zuschlag"
        r"|prix r[eé]alis[eé]|adjudicad[oa](?: por)?|remate|aggiudicat[oa]|result"
    ),
    "start": (
        r"start(?:ing)?(?: price)?|opening(?: bid)?|startpreis|ausruf|mise [aà] prix|(?:precio de )?salida"
        r"|base d'asta"
    ),
    "estimate": r"(?:pre-sale )?estimate[sd]?|est\.?|sch[aä]tz(?:ung|preis)|taxe|estimation|estimaci[oó]n|stima",
    "bid": r"current(?: price| bid)?|bid|aktuelles gebot|offre actuelle|puja actual",
    "ask": r"price|fixed price|buy now|festpreis|preis|prix|precio|prezzo",
}
_LABELS = {what: re.compile(words, re.IGNORECASE) for what, words in LABELS.items()}
LABELLED = re.compile(rf"\s*({'|'.join(LABELS.values())})\s*[:=]\s*(.+)", re.IGNORECASE)


def meaning_of(label: str) -> str:
    plain = " ".join(label.split()).rstrip(": ")
    return next((what for what, words in _LABELS.items() if words.fullmatch(plain)), "")


def labelled(text: str) -> tuple[str, str]:
    """`Hammer price: 110€` apart."""
    match = LABELLED.match(text)
    return (match[1], match[2]) if match else ("", text)


def soup_of(text: str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup

    if len(text) > LARGEST:
        raise PageRefusal("too_large", TOO_LARGE, limit=LARGEST // 1_000_000)
    return BeautifulSoup(text, "lxml")


BLOCKS = {
    "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "section", "article", "h1", "h2", "h3", "h4", "h5",
}  # fmt: skip


def words_of(tag: Any) -> str:
    """Its text, a new line for each <br> and each block: else the last word of one line and the first of
    the next become one."""
    if tag is None:
        return ""
    lines = (" ".join(line.split()) for line in "".join(_pieces(tag)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(tag: Any) -> Iterator[str]:
    from bs4 import Comment, NavigableString, Tag

    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in ("script", "style"):
                continue
            edge = "\n" if child.name in BLOCKS or child.name == "br" else ""
            yield edge
            yield from _pieces(child)
            yield edge
        elif isinstance(child, NavigableString) and not isinstance(child, Comment):
            yield re.sub(r"\s+", " ", child)


def text_of(tag: Any) -> str:
    """On one line; what <br> and <p> divide is still apart."""
    return " ".join(words_of(tag).split())


def attribute(tag: Any, name: str) -> str:
    return str(tag.get(name) or "") if tag is not None else ""


def link_of(tag: Any, url: str) -> str:
    """Only addresses that a browser may open."""
    found = urljoin(url, attribute(tag, "href"))
    return found if attribute(tag, "href") and found.startswith(("https://", "http://")) else ""


def image_of(tag: Any, url: str, name: str = "src") -> str:
    found = urljoin(url, attribute(tag, name))
    return found if attribute(tag, name) and found.startswith(("https://", "http://")) else ""


def asked(url: str, name: str) -> str:
    """A value of the address's query."""
    return (parse_qs(urlsplit(url).query).get(name) or [""])[0]


def day_of(text: str, *formats: str) -> date | None:
    """By the site's own way of writing; 02/07/2026 is July in Barcelona and February in Dallas."""
    plain = " ".join(text.split())
    for form in formats:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def currency_or_none(text: str) -> str:
    try:
        return currency_of(text)
    except PriceRefusal:
        return ""


def not_this_site(site: str) -> PageRefusal:
    return PageRefusal("not_this_site", NOT_THIS_SITE, site=site)


# UTF-8 that was read as Western European: Ã¼ for ü, â€“ for a dash
_BROKEN = re.compile("Ã[\x80-\xbf¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”¦˜\x9d]|\ufffd")


def broken_letters(text: str) -> bool:
    return bool(_BROKEN.search(text))
