"""Grades as one ordered scale. Dealers write VF, collectors gVF, slabs MS-65: all land on a rank from
0 to 100 (the Sheldon number where there is one), so that grades sort and a range can be asked for."""

import re

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

ADJECTIVAL = {
    "P": 1, "FR": 2, "AG": 3, "G": 5, "VG": 9, "F": 15, "VF": 30, "EF": 45, "AU": 54, "UNC": 62,
    "BU": 65, "FDC": 69, "PROOF": 65,
}  # fmt: skip
PREFIX = {"n": -2, "a": -2, "": 0, "g": 3, "c": 4, "s": 5}
WORDS = {
    "poor": "P", "fair": "FR", "about good": "AG", "good": "G", "very good": "VG", "fine": "F",
    "very fine": "VF", "extremely fine": "EF", "extra fine": "EF", "xf": "EF", "almost uncirculated": "AU",
    "about uncirculated": "AU", "uncirculated": "UNC", "brilliant uncirculated": "BU", "proof": "PROOF",
    "pf": "PROOF", "pp": "PROOF", "vz": "EF", "ss": "VF", "s": "F", "st": "UNC", "stgl": "UNC",
    "sup": "EF", "ttb": "VF", "tb": "F", "spl": "EF", "bb": "VF", "mb": "F",
}  # fmt: skip
PREFIX_WORDS = {
    "near": "n", "nearly": "n", "about": "a", "almost": "a", "good": "g", "choice": "c",
    "superb": "s", "fast": "n",
}  # fmt: skip
SHELDON = re.compile(
    r"^(PO|FR|AG|G|VG|F|VF|XF|EF|AU|MS|PF|PR|SP)[\s-]?(\d{1,2})(\+?)$", re.IGNORECASE
)


class GradeError(Refusal):
    pass


def parse(text: str) -> tuple[str, int]:
    """The grade in its usual writing, and its rank. Raises GradeError with what to write instead."""
    plain = " ".join(text.replace(".", "").split())
    if match := SHELDON.match(plain):
        letters, number, plus = match.group(1).upper(), int(match.group(2)), match.group(3)
        letters = {"EF": "XF", "PR": "PF"}.get(letters, letters)
        if 1 <= number <= 70:
            return f"{letters}-{number}{plus}", number
    prefix, rest = split_prefix(plain)
    code = WORDS.get(rest.lower(), rest.upper())
    if code in ADJECTIVAL:
        return prefix + code, max(1, ADJECTIVAL[code] + PREFIX[prefix])
    template = _("“%(text)s” is not a grade. Write one like VF, gVF, EF, MS-65 or Proof.")
    raise GradeError("no_grade", template, text=text)


def split_prefix(text: str) -> tuple[str, str]:
    if text.lower() in WORDS:
        return "", text
    words = text.split(" ", 1)
    if len(words) == 2 and words[0].lower() in PREFIX_WORDS:
        return PREFIX_WORDS[words[0].lower()], words[1]
    if len(text) > 1 and text[0] in "nagcs" and text[1:].upper() in ADJECTIVAL:
        return text[0], text[1:]
    return "", text


CHOICES = ["P", "FR", "AG", "G", "VG", "aF", "F", "gF", "aVF", "VF", "gVF", "aEF", "EF", "gEF",
           "AU", "UNC", "BU", "FDC", "PROOF"]  # fmt: skip
