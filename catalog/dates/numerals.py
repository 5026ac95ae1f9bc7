"""Digits and numerals as they stand on coins."""

import re
import unicodedata

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(cm|cd|d?c{0,4})(xc|xl|l?x{0,4})(ix|iv|v?i{0,4})", re.IGNORECASE)
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"元": 1}
_KANJI_RUN = re.compile("[〇一二三四五六七八九元十百]+")


def roman(text: str) -> int | None:
    """The value of a well-formed numeral (additive IIII too, as coins write it), else None."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    values = [ROMAN[letter] for letter in text.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def plain_digits(text: str) -> str:
    """Arabic, Thai, Devanagari … digits and kanji numbers as 0 to 9."""
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text
    )
    return _KANJI_RUN.sub(lambda run: str(_kanji(run.group())), digits)


def _kanji(run: str) -> int:
    if not re.search("[十百]", run):
        return int("".join(str(_KANJI[sign]) for sign in run))
    total, pending = 0, 0
    for sign in run:
        if sign in "十百":
            total += (pending or 1) * (10 if sign == "十" else 100)
            pending = 0
        else:
            pending = _KANJI[sign]
    return total + pending
