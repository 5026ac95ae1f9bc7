"""Ways in: bytes -> RawPage (kept, hashed) -> parser -> Lot.objects.record. Each may be done twice."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from market import pictures
from market.models import Lot, RawPage, Source, Upload
from market.parsers import PARSERS, PageRefusal, Parser, parser_for, unpack
from market.parsers.unpacking import decoded
from market.records import Page

if TYPE_CHECKING:
    from django.core.files import File

    from catalog.models import User

KINDS = {"pasted": Source.Kind.USER, "table": Source.Kind.TABLE}


@dataclass
class Report:
    """`lots` counts new, changed and unchanged ones; `refused` are lines of a table, each with why;
    `pictures` those that were kept and those that were refused."""

    lots: Counter[str] = field(default_factory=Counter)
    partial: int = 0
    warnings: int = 0
    refused: list[list[Any]] = field(default_factory=list)
    pictures: tuple[int, int] = (0, 0)
    page: Page | None = None
    kept: list[Lot] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {
            "lots": dict(self.lots), "partial": self.partial, "warnings": self.warnings,
            "refused": self.refused, "pictures": list(self.pictures),
        }  # fmt: skip


def source_of(parser: Parser) -> Source:
    kind = KINDS.get(parser.name, Source.Kind.SAVED_PAGE)
    values = {"name": parser.title, "host": next(iter(parser.hosts), ""), "kind": kind}
    return Source.objects.get_or_create(slug=parser.name, defaults=values)[0]


def paste(user: "User", text: str, url: str = "") -> Report:
    """Refused before anything is kept, if it cannot be read."""
    parser = PARSERS["pasted"]
    parser.parse(text, url)
    return parse_again(keep(user, parser, text.encode(), url, "text/plain"))


def receive_page(user: "User", data: bytes, url: str = "") -> Report:
    page = unpack(data, url)
    parser = parser_for(page.url, page.text)
    parser.parse(page.text, page.url)
    raw = keep(user, parser, data, page.url, page.content_type)
    report = parse_again(raw)
    report.pictures = pictures.from_page(raw)
    return report


def receive_upload(user: "User", name: str, data: bytes, *, kind: str, **values: Any) -> Upload:
    """For the background: many lots, or a large page."""
    upload = Upload(user=user, name=name[:200], kind=kind, **values)
    upload.file.save("upload", ContentFile(data), save=False)
    with transaction.atomic():
        upload.save()
        upload.enqueue()
    return upload


def receive_table(
    user: "User", file: "File", found: dict[str, Any], mapping: dict[str, str]
) -> Upload:
    """Waits for its columns to be confirmed: nothing is read before."""
    upload = Upload(
        user=user, name=PurePath(file.name or "table").name[:200], kind=Upload.Kind.TABLE,
        state=Upload.State.COLUMNS, columns=found, mapping=mapping,
    )  # fmt: skip
    upload.file.save("upload", file, save=False)
    upload.save()
    return upload


def keep(user: "User | None", parser: Parser, data: bytes, url: str, content_type: str) -> RawPage:
    source, digest = source_of(parser), sha256(data).hexdigest()
    known = RawPage.objects.filter(owner=user, source=source, sha256=digest, url=url[:1000]).first()
    if known:
        return known
    page = RawPage(
        owner=user, source=source, sha256=digest, url=url[:1000], content_type=content_type,
        size=len(data),
    )  # fmt: skip
    page.body.save("page", ContentFile(data), save=False)
    page.save()
    return page


def parse_again(raw: RawPage) -> Report:
    """From what was kept: no network. A parser that now refuses a page says so and leaves its lots."""
    parser, report = PARSERS[raw.source.slug], Report()
    raw.parser_version, raw.parsed_at = parser.version, timezone.now()
    try:
        page = report.page = parser.parse(*_text_of(raw, parser))
    except PageRefusal as refusal:
        raw.refusal = refusal.code
        raw.save()
        raise
    with transaction.atomic():
        for record in page.lots:
            lot, what = Lot.objects.record(record, raw.source, raw.owner, raw)
            report.lots[what] += 1
            report.kept.append(lot)
        _note(raw, page, report)
    return report


def _text_of(raw: RawPage, parser: Parser) -> tuple[str, str]:
    if parser.name == "pasted":
        return decoded(raw.data()), raw.url
    page = unpack(raw.data(), raw.url)
    return page.text, page.url


def _note(raw: RawPage, page: Page, report: Report) -> None:
    refused = [one for lot in page.lots for one in lot.warnings]
    report.partial, report.warnings = int(page.is_partial), len(refused) + len(page.warnings)
    raw.refusal, raw.n_lots, raw.n_stated = "", len(page.lots), page.stated
    raw.is_partial, raw.n_refused = page.is_partial, len(refused)
    raw.warnings = [[one.code, one.raw] for one in page.warnings]
    raw.save()
