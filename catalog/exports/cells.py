"""Text that a spreadsheet takes for a formula runs on the reader's machine. An apostrophe in front
makes it text again; one more is put before text that has some already, so that every cell can be read
back as it was. Pure: no Django."""

import re

RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def escape(text: str) -> str:
    return f"'{text}" if RISKY.match(text) and not NUMBER.fullmatch(text) else text


def unescape(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text


def printable(text: str) -> str:
    """Without the control characters that no XML file, and so no workbook, may hold."""
    return CONTROLS.sub("", text)
