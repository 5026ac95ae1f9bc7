"""Rows of a table: CSV, or a sheet. Which column holds what is said by a mapping, or guessed."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from io import StringIO

from catalog.refusals import gettext_noop
from market.parsers.base import Draft, PageRefusal, Parser, day_of
from market.prices import Kind
from market.records import STATUSES, LotRecord, Page, SaleRecord, Warned

FIELDS = {
    "lot_id": ("lot id", "id", "lotid"),
    "house": ("house", "auction house", "seller", "firm", "auktionshaus", "haus"),
    "sale": ("sale", "auction", "auction id", "auction number", "sale code", "auktion"),
    "sale_title": ("sale title", "auction title"),
    "day": ("date", "sale date", "auction date", "day", "datum", "auktionsdatum"),
    "lot_number": ("lot", "lot number", "lot no", "number", "los", "losnummer"),
    "title": ("title", "titel"),
    "description": ("description", "text", "lot text", "beschreibung"),
    "url": ("url", "link", "address"),
    "image_url": ("image", "image url", "photo"),
    "currency": ("currency", "währung"),
    "status": ("status", "state"),
    "estimate": ("estimate", "schätzung", "schätzpreis", "taxe"),
    "start": ("start", "starting price", "start price", "startpreis", "ausruf"),
    "hammer": (
        "hammer",
        "hammer price",
        "price realized",
        "price realised",
        "realized",
        "result",
        "zuschlag",
    ),
    "premium_included": ("price with premium", "total", "premium included"),
    "ask": ("price", "ask", "asking price", "preis"),
}
NO_TEXT = gettext_noop("No column holds the lot's text. Say which one does.")
NOT_A_TABLE = gettext_noop(
    "This table cannot be taken apart: a quotation mark is probably missing. Save it again as CSV from a spreadsheet."
)
ISO = "%Y-%m-%d"
DAY_FIRST = (ISO, "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")
MONTH_FIRST = (ISO, "%m/%d/%Y", "%m-%d-%Y", "%d.%m.%Y", "%b %d, %Y", "%B %d, %Y")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}")


def parse(text: str, url: str) -> Page:
    """A whole table at once, its columns guessed: what a saved page is to the other parsers."""
    # A lone carriage return ends a line, too, which csv would take for damage
    try:
        rows = list(csv.DictReader(StringIO(text, newline=None)))
    except csv.Error:  # one cell of more than 131,072 letters: a quotation mark that never closes
        raise PageRefusal("not_a_table", NOT_A_TABLE) from None
    headings = [heading for heading in (rows[0] if rows else {}) if heading]
    mapping = guess(headings)
    days = [
        row.get(heading) or ""
        for heading, field in mapping.items()
        if field == "day"
        for row in rows
    ]
    return Page("table", tuple(records(rows, mapping, day_first=is_day_first(days))))


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Heading to field; a field is taken once, by the first heading that names it."""
    mapping: dict[str, str] = {}
    for heading in headings:
        plain = re.sub(r"[\s_]+", " ", heading).strip().casefold()
        for field, names in FIELDS.items():
            if plain in (*names, field) and field not in mapping.values():
                mapping[heading] = field
                break
    return mapping


def is_day_first(days: Iterable[str]) -> bool | None:
    """What the days of a column agree on: 13/02 has its day first. None: they do not say."""
    firsts, seconds = [0], [0]
    for day in days:
        if match := _SLASHED.fullmatch(day.strip()):
            firsts.append(int(match[1]))
            seconds.append(int(match[2]))
    if max(firsts) > 12:
        return True
    return False if max(seconds) > 12 else None


def is_ambiguous(days: Iterable[str]) -> bool:
    """There are days like 4/5/2020, and none that shows which number is the month."""
    days = [day.strip() for day in days]
    return any(map(_SLASHED.fullmatch, days)) and is_day_first(days) is None


def records(
    rows: Iterable[Mapping[str, str | None]], mapping: Mapping[str, str], *, day_first: bool | None
) -> Iterator[LotRecord]:
    require_text(mapping)
    for row in rows:
        cells = {
            field: (row.get(heading) or "").strip() for heading, field in mapping.items() if field
        }
        if any(cells.values()):
            yield record(cells, day_first=day_first)


def require_text(mapping: Mapping[str, str]) -> None:
    if not {"description", "title"} & set(mapping.values()):
        raise PageRefusal("no_text", NO_TEXT)


def record(cells: dict[str, str], *, day_first: bool | None = None) -> LotRecord:
    get = cells.get
    day = day_of(get("day", ""), *(MONTH_FIRST if day_first is False else DAY_FIRST))
    ambiguous = day_first is None and _SLASHED.fullmatch(get("day", "")) is not None
    sale = SaleRecord(
        get("house", ""), get("sale", ""), get("sale_title", ""), None if ambiguous else day,
        get("currency", "").upper(),
    )  # fmt: skip
    draft = Draft(get("lot_id", "") or _own_id(cells), sale, get("lot_number", ""))
    draft.title, draft.description = get("title", ""), get("description", "") or get("title", "")
    draft.url, draft.image_url = _address(get("url", "")), _address(get("image_url", ""))
    if ambiguous:
        draft.warnings.append(Warned("day_or_month", get("day", "")))
    elif get("day") and day is None:
        draft.warnings.append(Warned("no_date", get("day", "")[:40]))
    if get("status", "").casefold() in STATUSES:
        draft.status = get("status", "").casefold()
    if get("estimate"):
        draft.estimate(get("estimate", ""))
    for kind in (Kind.START, Kind.HAMMER, Kind.PREMIUM_INCLUDED, Kind.ASK):
        if get(kind.value):
            draft.price(kind, get(kind.value, ""))
    return draft.done()


def _own_id(cells: dict[str, str]) -> str:
    """Where the table names no lot: house, sale and number do, or else all that it says."""
    if cells.get("sale") and cells.get("lot_number"):
        return " ".join([cells.get("house", ""), cells["sale"], cells["lot_number"]]).strip()
    whole = "\x1f".join(f"{field}={value}" for field, value in sorted(cells.items()))
    return f"row-{sha256(whole.encode()).hexdigest()[:24]}"


def _address(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""


PARSER = Parser("table", "Table", (), parse)
