"""Where a listing goes on, and how many lots it says there are in all: of any site, from its page."""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from market.parsers.base import soup_of

# How the next page is asked for, where no link says that it is the next
PARAMETERS = {"biddr": "p", "numisbids": "pg", "vico": "page", "aureo": "page", "cng": "page"}
_TOTAL_JSON = re.compile(r'"total_num_results"\s*:\s*"?(\d{1,7})')
_TOTAL_WORDS = re.compile(
    r"\b(?:of|von|de|sur|di)\s+(\d{1,3}(?:[.,'’]\d{3})+|\d{1,7})\s+(?:lots?|lotes|lose|lotti|results)\b",
    re.IGNORECASE,
)


def next_page(text: str, url: str, source: str = "") -> str:
    """Its address, on the same host; empty on the last."""
    soup = soup_of(text)
    said = soup.select_one("link[rel~=next][href], a[rel~=next][href]")
    if said is not None:
        return _same_site(urljoin(url, str(said["href"])), url)
    name = PARAMETERS.get(source, "")
    if not name:
        return ""
    wanted = _number(url, name) + 1
    for link in soup.select("a[href]"):
        address = urljoin(url, str(link["href"]))
        if urlsplit(address).path == urlsplit(url).path and _number(address, name) == wanted:
            return _same_site(address, url)
    return ""


def _number(url: str, name: str) -> int:
    """The first page seldom says that it is the first."""
    said = (parse_qs(urlsplit(url).query).get(name) or ["1"])[0]
    return int(said) if said.isdecimal() and len(said) < 7 else 1


def _same_site(address: str, url: str) -> str:
    there, here = urlsplit(address), urlsplit(url)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        return ""
    plain = there._replace(fragment="").geturl()
    return "" if plain == here._replace(fragment="").geturl() or len(plain) > 1000 else plain


def stated_total(text: str, shown: int) -> int | None:
    """Over all pages of a listing; a sentence that speaks of fewer than are shown means something else."""
    found = _TOTAL_JSON.search(text) or _TOTAL_WORDS.search(soup_of(text).get_text(" "))
    total = int(re.sub(r"\D", "", found[1])) if found else None
    return total if total is not None and total >= shown else None
