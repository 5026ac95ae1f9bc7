"""Lots whose price says nothing of one real coin, told by their text."""

import re

_GROUP = re.compile(
    r"\b(?:group lot|lot of (?P<n>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten)|do not divide"
    r"|mixed lot|multiple lot|sammlung von|lote de (?P<lote>\d{1,4}) monedas|lot de (?P<lotde>\d{1,4}) monnaies"
    r"|konvolut|(?P<pieces>\d{1,4}) (?:coins|pieces|st[uü]ck|monnaies)\b)",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_APART = {
    "replica": r"\b(?:replica|modern copy|cast copy|electrotype|galvano|modern forgery|f[aä]lschung|becker)\b",
    "fourree": r"\b(?:fourr[eé]e?|subaerat\w*|plated ancient)\b",
    "mounted": r"\b(?:mounted|in a pendant|set in (?:a )?ring|en montura|gefasst)\b",
}
_WHY = {why: re.compile(words, re.IGNORECASE) for why, words in _APART.items()}


def set_apart(text: str) -> tuple[str, int]:
    """Why a lot does not count (nothing, mostly), and how many coins are in it."""
    if group := _GROUP.search(text):
        number = next((value for value in group.groups() if value), "")
        n_coins = (
            int(number) if number.isdigit() else _WORDS.index(number.lower()) + 2 if number else 2
        )
        if n_coins > 1:
            return "group", n_coins
    return next((why for why, words in _WHY.items() if words.search(text)), ""), 1
