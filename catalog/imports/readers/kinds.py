"""Told by its first bytes, never by its name: programs call anything .csv or .xls."""

import re
import zipfile
from pathlib import Path

from catalog.imports.readers.tables import TableError
from catalog.refusals import gettext_noop as _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")
WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|table)",
                      re.IGNORECASE | re.DOTALL)  # fmt: skip
NOT_A_TABLE = _(
    "This is not a table. Choose a file in CSV or XLSX format, or a collection of OpenNumismat (.db)."
)


def kind_of(path: Path) -> str:
    """`text`, `workbook` or `opennumismat`; anything else is refused with what to do about it."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise TableError("empty", _("The file is empty."))
    if head.startswith(b"SQLite format 3\0"):
        return "opennumismat"
    if head.startswith(b"PK\x03\x04"):
        return kind_of_archive(path)
    if head.startswith(OLE):
        raise refuse_ole(path)
    if head.startswith((b"%PDF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", *PICTURES)):
        raise TableError("not-a-table", NOT_A_TABLE)
    if WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        text = _(
            "This is a web page, whatever its name says: perhaps the site asked you to sign in. "
            "Download the file again."
        )
        raise TableError("html", text)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        raise TableError("json", _("This is JSON, not a table. Save it as CSV or XLSX."))
    return "text"


def kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise TableError("corrupt", _("The file is damaged. Download or save it again.")) from None
    if "xl/workbook.xml" in names:
        return "workbook"
    if "content.xml" in names:
        text = _("This is an OpenDocument file. Save it as XLSX or CSV and choose that.")
        raise TableError("opendocument", text)
    text = _("This is an archive. Take the table out of it; photos may stay in a ZIP beside it.")
    raise TableError("archive", text)


def refuse_ole(path: Path) -> TableError:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        text = _("The workbook has a password. Save a copy without one and choose that.")
        return TableError("encrypted", text)
    text = _("This is the old Excel format (.xls). Save it as XLSX or CSV and choose that.")
    return TableError("old-excel", text)
