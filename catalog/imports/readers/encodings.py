import codecs
import re
from pathlib import Path

from catalog.imports.readers.kinds import NOT_A_TABLE
from catalog.imports.readers.tables import TableError
from catalog.refusals import gettext_noop as _

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# One byte a letter: which of them a file is in, only somebody who reads it can tell
CODE_PAGES = {
    "cp1252": _("Western European"),
    "cp1250": _("Central European"),
    "cp1251": _("Cyrillic"),
    "cp1253": _("Greek"),
    "cp1254": _("Turkish"),
    "cp1257": _("Baltic"),
    "mac_roman": _("Western European, old Mac"),
}
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# UTF-8 read as Western European once already: Ã¼ for ü, â€“ for –
BROKEN = re.compile(r"(?:Ã[\x80-\xbf¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”¦˜\x9d])")
BLOCK = 1 << 20


def find_encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(8192)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return checked(path, encoding)
    if b"\0" in head:
        return checked(path, utf16_of(head))
    if len(CONTROL.findall(head)) * 50 > len(head):
        raise TableError("not-a-table", NOT_A_TABLE)
    return "utf-8" if decodes(path, "utf-8") else checked(path, "cp1252")


def utf16_of(head: bytes) -> str:
    """Without a mark: Western text has its zeros in every second place."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 < len(head) // 2 or min(even, odd) * 10 > max(even, odd):
        raise TableError("not-a-table", NOT_A_TABLE)
    return "utf-16-le" if odd > even else "utf-16-be"


def checked(path: Path, encoding: str) -> str:
    if not decodes(path, encoding):
        text = _("The letters of this file cannot be read. Save it as “CSV UTF-8” and choose that.")
        raise TableError("encoding", text)
    return encoding


def decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def refuse_broken_letters(text: str) -> None:
    found = list(BROKEN.finditer(text))
    if len({match.start() for match in found}) >= 2:
        at = found[0].start()
        example = " ".join(text[max(0, at - 3) : at + 9].split())
        message = _(
            "The accents in this file are already broken (“%(example)s”). "
            "Export it again as UTF-8 where it comes from."
        )
        raise TableError("mojibake", message, example=example)
