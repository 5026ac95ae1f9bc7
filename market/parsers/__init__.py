"""Pages in, lots out: one module for each source, each a pure function from a text and its address.

    bytes -> unpack -> parser_for(address, text) -> parser.parse -> Page of LotRecords

Whoever adds a parser adds its pages and what they give to tests/market/pages; the suite asks for them."""

from urllib.parse import urlsplit

from catalog.refusals import gettext_noop
from market.parsers import (
    acsearch,
    aureo,
    biddr,
    cng,
    cng_old,
    coinarchives,
    heritage,
    numisbids,
    pasted,
    schema_org,
    sixbid,
    table,
    vico,
)
from market.parsers.base import PageRefusal, Parser
from market.parsers.unpacking import Unpacked, unpack

PARSERS = {
    module.PARSER.name: module.PARSER
    for module in (
        biddr, numisbids, sixbid, aureo, vico, cng, cng_old, acsearch, coinarchives, heritage,
        schema_org, table, pasted,
    )
}  # fmt: skip
UNKNOWN = gettext_noop(
    "We do not know this site, and the page does not describe its goods as schema.org does. Paste the "
    "lot's text instead."
)
NO_ADDRESS = gettext_noop("The page does not say where it is from. Give its address.")


def parser_for(url: str, text: str) -> Parser:
    """By the host; of CNG's two by the page. A page whose host nobody knows may still describe itself."""
    host = urlsplit(url).hostname or ""
    known = [parser for parser in PARSERS.values() if _is_host(host, parser.hosts)]
    if known:
        return cng.PARSER if known[0].name == "cng_old" and "viewVars" in text else known[0]
    if "application/ld+json" in text:
        return schema_org.PARSER
    if not url and text.lstrip()[:1] == "{" and '"total_pages"' in text:
        return sixbid.PARSER
    if not url:
        raise PageRefusal("no_address", NO_ADDRESS)
    raise PageRefusal("unknown_site", UNKNOWN)


def _is_host(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


__all__ = ["PARSERS", "PageRefusal", "Parser", "Unpacked", "parser_for", "unpack"]
