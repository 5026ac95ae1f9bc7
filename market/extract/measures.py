"""Weight in grams, diameter in millimetres, die axis in hours: any order, in or out of brackets."""

import re
from dataclasses import dataclass, field

from market.extract.values import CERTAIN, LIKELY, Found, Warning

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_GRAM = r"(?:gramm(?:es?|i|s)?|grams?|gramos?|grs?|gms?|gm|g)\b"
_WEIGHT = re.compile(rf"(?<![\d.,/-])(?<![\d]-)(?P<n>{_NUMBER}) ?(?P<unit>{_GRAM})(?!/)")
_WEIGHT_BEFORE = re.compile(
    rf"(?:(?<![a-z])(?:gr|g)\.? ?|\b(?:weight|wt|gewicht|gew|poids|peso|w|weights)\b\.? ?[:=]? ?)(?P<n>{_NUMBER})(?![\d/])(?! ?(?:mm|h\b|-\d))(?: ?{_GRAM})?"
)
_ITALIAN = (
    re.compile(
        rf"(?<![a-z\d])gr?\.? ?(?P<w>{_NUMBER})[ ;,.-]{{1,3}}(?:ø ?)?mm\.? ?(?P<d>{_NUMBER})(?!\d| ?h\b)"
    ),  # not "3,30 g. 19 mm. 6 h."
    re.compile(rf"(?<![a-z\d])mm\.? ?(?P<d>{_NUMBER})[ ;,.-]{{1,3}}gr?\.? ?(?P<w>{_NUMBER})(?!\d)"),
)
_LOOSE = re.compile(rf"(?<![\d.,/-])(?P<n>{_NUMBER}) (?P<unit>{_GRAM})")
_NOT_THIS = re.compile(
    r"(?:theorique|theoretical|feingewicht|fine weight|agw|asw|normal|soll|titre|standard|ideal|average|legal)[^.;\d]{0,15}$"
)
_FINE = re.compile(r"\.? ?(?:fein|fine\b(?! )|fin\b|of fine|pure|feingold|feinsilber)")
_SIZE = re.compile(
    rf"(?<![\d.,/])(?P<a>{_NUMBER})(?: ?mm)?(?: ?(?:x|×|\*|-|/|by) ?(?P<b>{_NUMBER}))? ?(?P<unit>mm\b|millimet(?:er|re)s?\b|milimetros\b)"
)
_SIZE_BEFORE = re.compile(
    rf"(?:(?<![a-z\d])mm\.? ?|(?:ø|⌀|\bdiam(?:etr[oe]|eter|etre|\.)?|\bdm\.?|\bdurchmesser|\bmodulo|\bsize|\bmax d) ?[:.=]? ?)(?P<a>{_NUMBER})(?: ?(?:x|-) ?(?P<b>{_NUMBER}))?(?! ?(?:g\b|gr|%|h\b))(?: ?mm\b)?"
)
_CENTIMETRES = re.compile(r"(?<![\d.,/])(?P<a>\d[.,]\d{1,2}) ?cm\b")
_THICK = re.compile(r"(?:thick(?:ness)?|dicke|epaisseur|spessore|grosor|hole|loch)[^.;]{0,14}$")
_AXIS = re.compile(
    r"(?<![\d.,/:])(?<!\bat )(?<!\ba )(?<!bei )(?<!auf )(?<!\bum )(?<!alle )(?<!las )(?P<n>\d{1,2}) ?(?:h\b(?!\d)|o'? ?clock|uhr\b)(?! ?\d\d\b)"
)
_AXIS_BEFORE = re.compile(
    r"\b(?:stempelstellung|die ?axis|axis|axe(?: des coins)?|achse|asse(?: di conio)?|eje(?: de cunos)?|sts?\.) ?[:.=]? ?(?P<n>\d{1,2})(?:h\b)?(?![\d.,]\d|\d)(?! ?°)"
)
_DEGREES = re.compile(
    r"\b(?:axis|axe(?: des coins)?|achse|stempelstellung) ?[:.=]? ?(?P<n>\d{1,3}) ?°"
)
_ARROWS = re.compile("↑ ?(?P<turn>[↑↗→↘↓↙←↖])")
_TURNS = dict(zip("↑↗→↘↓↙←↖", (12, 1, 3, 5, 6, 7, 9, 11), strict=True))
_BAD_AXIS = re.compile(r"(?<![\d.,])\d{1,2}[a-z]h\b")


@dataclass(slots=True)
class Measures:
    weight: Found[float] | None = None
    diameter: Found[float] | None = None
    axis: Found[int] | None = None
    warnings: list[Warning] = field(default_factory=list)


def measures(folded: str) -> Measures:
    found = Measures()
    pair = _ITALIAN[0].search(folded) or _ITALIAN[1].search(folded)
    if pair:  # the unit goes before: "g 7,15 mm 20"
        found.weight = Found(number(pair["w"]), *pair.span("w"))
        found.diameter = Found(number(pair["d"]), *pair.span("d"))
    else:
        found.weight = _weight(folded)
        found.diameter = _diameter(folded)
    _axis(folded, found)
    return found


def number(text: str) -> float:
    return float(text.replace(",", "."))


def _weight(folded: str) -> Found[float] | None:
    for rule, confidence in ((_WEIGHT, CERTAIN), (_WEIGHT_BEFORE, CERTAIN), (_LOOSE, LIKELY)):
        for match in rule.finditer(folded):
            before = folded[max(0, match.start() - 40) : match.start("n")]
            if _NOT_THIS.search(before) or _FINE.match(folded, match.end()):
                continue
            return Found(number(match["n"]), match.start("n"), match.end(), confidence)
    return None


def _diameter(folded: str) -> Found[float] | None:
    for rule in (_SIZE, _SIZE_BEFORE):
        for match in rule.finditer(folded):
            if _THICK.search(folded[max(0, match.start() - 30) : match.start()]):
                continue
            widest = max(number(match["a"]), number(match["b"] or "0"))
            return Found(widest, match.start("a"), match.end())
    long = _CENTIMETRES.search(folded)
    return Found(number(long["a"]) * 10, *long.span(), LIKELY) if long else None


def _axis(folded: str, found: Measures) -> None:
    for rule in (_AXIS, _AXIS_BEFORE):
        for match in rule.finditer(folded):
            hours = int(match["n"])
            if 1 <= hours <= 12:
                found.axis = Found(hours, match.start("n"), match.end())
                return
            found.warnings.append(Warning("die_axis_h", match[0], *match.span()))
    if degrees := _DEGREES.search(folded):
        found.axis = Found(round(int(degrees["n"]) / 30) % 12 or 12, *degrees.span())
    elif arrows := _ARROWS.search(folded):
        found.axis = Found(_TURNS[arrows["turn"]], *arrows.span())
    elif bad := _BAD_AXIS.search(folded):
        found.warnings.append(Warning("die_axis_h", bad[0], *bad.span()))
