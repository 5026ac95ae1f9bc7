"""The grade: language first, position second. Where sides differ the lower one wins."""

import re
from dataclasses import dataclass

from market.extract.gradewords import (
    BASES,
    PREFIXES,
    RANKS,
    SHELDON_RANKS,
    base_pattern,
    prefix_pattern,
)
from market.extract.lot import Lot
from market.extract.values import CERTAIN, LIKELY, Found


@dataclass(frozen=True, slots=True)
class Grade:
    """`code` is what the lower side deserves: gVF. A slab says more."""

    code: str
    ordinal: float
    text: str = ""
    obverse: str = ""
    reverse: str = ""
    service: str = ""
    sheldon: int | None = None
    strike: int | None = None
    surface: int | None = None
    details: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    code: str
    ordinal: float
    start: int
    end: int
    weight: int
    sheldon: int | None = None


_ELEMENT = re.compile(
    rf"(?<![\w\x00'])(?P<prefixes>(?:{prefix_pattern()}){{0,3}})(?P<base>{base_pattern()})(?![^\W\d])"
    r"(?:(?P<sign> ?\+{1,2}|-(?!\w|[ ]?\d))|(?: ?(?P<number>[1-7]?\d)(?P<plus>\+)?(?![\d.,]*\d| ?(?:mm|g\b|gr|gm|h\b)|/\d| ?%)))?"
)
_GLUED = re.compile(
    r"(?P<letters>ms|au|xf|ef|vf|vg|pf|pr|ag|fr|po|f|g|sp)[ -]?(?P<number>\d{1,2})(?P<plus>\+?)(?![\d.,/]*\d)"
)
_JOINT = re.compile(
    r"[ ,]{0,2}(?:/|-|\bto\b|\ba\b|\bbis\b|\band\b|&|\bund\b|\bet\b|\by\b|\be\b|\bor\b|\boder\b|\bau revers\b|\bal\b|,|\|)?[ ,]{0,2}"
    r"\(?(?:(?:obv|rev|av|rv|vs|rs|anv|d|r|a)(?:erse|ers|erso)?[.:/] ?)?"
)
_NOT_A_GRADE = re.compile(
    r"[ -](?:style|portrait|por\b|engrav|workman|work\b|metal|silver\b|gold\b|detail(?!s?[ ,.(]*(?:$|ngc|pcgs|\(|net|;))|arts?\b|patina|ton(?:e|ing|ed)|green|brown|cabinet|lustre|luster"
    r"|strike\b|centring|centering|surface|monogram|collection|silver|lead\b|work|relief|color|colour|quality|eye|grained|flan|weight|iridescen|and (?:clear|attractive|very rare|rare)|dark|example of the|die\b|pedigree|stil|antlitz"
    r"|portr|arbeit|expressive|artist|strik|condition for|old\b|condition\b(?=.{0,12}coin)|deep\b|black|olive|golden|chocolate|kreuz|sharp(?:ly)?|glossy|oliv|dunkel|grune?|braun|tonung|erhaltenes? portrat)"
)
_NOT_LETTERS = re.compile(r"[ -](?:style|portrait|monogram|collection|metal|for (?:issue|type))|'s")
_OWN = re.compile(
    r"(?:^|[.;:,/(\n!)*~|\x00-]|otherwise|overall|about|grade|condition|sonst|ansonsten|sinon|por lo demas|generally) ?$"
)
_CLOSES = re.compile(
    r"(?: ?(?:[.;,/)\n(+~*|!\x00-]|$)| (?:details|for|and|with|or|but|to|ngc|pcgs|obv|rev|ex |lot|bis|und|oder|a |coin|rare|\d|r\b))"
)
_LABEL = re.compile(
    r"(?:etat(?: de conservation)?|condition|grade|erhaltung|conservazione|conservacion|estado|qualite|conserv\.?|quality|erh\.) ?[:.=]? ?$"
)
_SLAB = re.compile(r"\b(?P<service>ngc|pcgs|anacs|icg|nnc|pmg)\b")
_SERVICE_BEFORE = re.compile(
    r"(?:ngc|pcgs|anacs|icg)(?: (?:ancients|certified|graded|slab|cert\.?))*[ :,(-]{1,3}(?:graded )?$"
)
_SERVICE_AFTER = re.compile(
    r"[ ,]*(?:details )?(?:\([a-z ,]+\) ?)?(?:prooflike |pl |dpl |dmpl |cameo |ultra |red |brown |rb |bn |rd )*(?:ngc|pcgs|anacs)"
)
_OTHERWISE = re.compile(r"(?:otherwise|sonst|ansonsten|sinon|altrimenti|overall)[ ,]*(?:a |an )?$")
_SCORES = re.compile(
    r"(?:strike:? ?)?(?P<strike>[1-5])/5[ ,;-]{1,4}(?:surfaces?:? ?)?(?P<surface>[1-5])/5"
)
_DETAILS = re.compile(r"\bdetails\b")


def grade(lot: Lot) -> Found[Grade] | None:
    groups = _groups(lot, _elements(lot))
    if not groups:
        return None
    best = max(groups, key=lambda group: (max(one.weight for one in group), group[0].start))
    lowest = min(best, key=lambda one: one.ordinal)
    code = _between(best) or lowest.code
    start, end = best[0].start, best[-1].end
    slab = _SLAB.search(lot.folded)
    scores = _SCORES.search(lot.folded) if slab else None
    value = Grade(
        code,
        lowest.ordinal,
        lot.text[start:end],
        obverse=best[0].code,
        reverse=best[-1].code,
        service=slab["service"].upper() if slab else "",
        sheldon=lowest.sheldon,
        strike=int(scores["strike"]) if scores else None,
        surface=int(scores["surface"]) if scores else None,
        details=bool(slab and _DETAILS.search(lot.folded)),
    )
    return Found(value, start, end, CERTAIN if lowest.weight >= 2 else LIKELY)


def _between(group: list[_Element]) -> str | None:
    """ "vz-st" is a grade of its own: almost uncirculated."""
    codes = [one.code for one in group]
    return "AU" if codes == ["EF", "MS"] and group[0].weight != 9 and len(codes) == 2 else None


def _groups(lot: Lot, elements: list[_Element]) -> list[list[_Element]]:
    groups: list[list[_Element]] = []
    for element in elements:
        joint = groups and _JOINT.fullmatch(lot.folded, groups[-1][-1].end, element.start)
        if joint and groups[-1][-1].end <= element.start:
            groups[-1].append(element)
        else:
            groups.append([element])
    return groups


def _elements(lot: Lot) -> list[_Element]:
    found = []
    for match in _ELEMENT.finditer(lot.folded):
        element = _element(lot, match)
        if element:
            found.append(element)
    return found


def _element(lot: Lot, match: re.Match[str]) -> _Element | None:
    base, start, end = match["base"], match.start(), match.end()
    languages, code, kind = BASES[base]
    number = int(match["number"]) if match["number"] else None
    if number is not None and (kind != "letters" or not 1 <= number <= 70):
        if kind == "letters" or number > 70:
            return None
        number, end = None, match.end("base")
    written = lot.text[match.start("base") : match.end("base")]
    weight = _weight(lot, match, start, end, kind)
    if (
        languages
        and lot.language not in languages
        and not (weight >= 3 and languages != ("es",) and base != "mb")
    ):
        return None
    if not _well_written(lot, written, base, kind, match, weight, number):
        return None
    if (_NOT_A_GRADE if kind in ("words", "word") else _NOT_LETTERS).match(lot.folded, end):
        return None
    if base == "spl":
        code = "AU" if lot.language == "fr" else "EF"
    letter = _prefix(match["prefixes"], match["sign"], match["plus"])
    if (base == "sc" and match["sign"] == "-") or (
        base == "fdc" and letter == "n" and lot.language == "it"
    ):
        letter, code = "", "AU"  # SC- and qFDC stand where others say almost uncirculated
    if number is not None:
        code = SHELDON_RANKS.get(base, code)
    if code.startswith("+"):
        letter, code = "g", code[1:]
    ordinal = RANKS[code] + {"n": -0.3, "g": 0.3, "c": 0.2, "s": 0.25, "": 0.0}[letter]
    return _Element(letter + code, ordinal, start, end, weight, number)


def _prefix(prefixes: str, sign: str | None, plus: str | None) -> str:
    for word in re.split(r"(?<=[. ])|(?<=^[qanfg])", prefixes.strip() + " "):
        letter = PREFIXES.get(word.strip(" .-"))
        if letter:
            return letter
    if sign and sign.strip().startswith("+"):
        return "g"
    return "n" if sign == "-" else "g" if plus else ""


def _weight(lot: Lot, match: re.Match[str], start: int, end: int, kind: str) -> int:
    before = lot.before(start, 40)
    if _SERVICE_BEFORE.search(before) or _SERVICE_AFTER.match(lot.folded, end):
        return 4
    if _LABEL.search(before):
        return 3
    if _OTHERWISE.search(before):
        return 2
    own = _OWN.search(before) or start == 0
    closes = _CLOSES.match(lot.folded, end)
    return 2 if own and closes else 1 if closes or own else 0


def _well_written(
    lot: Lot,
    written: str,
    base: str,
    kind: str,
    match: re.Match[str],
    weight: int,
    number: int | None,
) -> bool:
    prefixed = bool(match["prefixes"] or match["sign"])
    if kind == "words":
        return True
    if kind == "word":  # fine, good, fair: a grade only where it stands alone
        if match["prefixes"] and match["prefixes"].strip() not in ("a", "g", "n"):
            return weight >= 1
        return weight >= 2 and not re.match(
            r" (?:and|with|for|or|but) (?!for)", lot.after(match.end())
        )
    if kind == "letters":
        return _letters(lot, written, base, match, weight, number)
    if kind == "capitals":
        return written.isupper() and _capitals(lot, base, match, weight, prefixed)
    return written.islower() and _small(lot, base, match, weight)


def _letters(
    lot: Lot, written: str, base: str, match: re.Match[str], weight: int, number: int | None
) -> bool:
    if not written.isupper() and not (
        weight >= 2 and written[0].isupper() and base in ("vf", "ef", "xf")
    ):
        return False
    if number is not None and base in ("f", "g", "fr", "p", "po", "ag", "sp"):
        return weight >= 3
    if base in ("ms", "au", "pf", "pr", "sp"):
        return (
            (number is not None and number >= 50)
            or weight >= 3
            or (
                weight == 2
                and not re.match(r"[ .,]{0,3}\d", lot.after(match.end()))
                and match.start() > 25
            )
        )
    if base in ("f", "vg"):
        return (weight >= 2 and match.start() > 20) or (bool(match["prefixes"]) and weight >= 1)
    if base in ("g", "p", "fr", "ag", "po"):
        return weight >= 3 or (base == "ag" and weight >= 2 and bool(match["prefixes"]))
    return True


def _capitals(lot: Lot, base: str, match: re.Match[str], weight: int, prefixed: bool) -> bool:
    before = lot.before(match.start(), 8)
    if base in ("mb", "bb") and weight >= 1 and not lot.after(match.end()).strip(" .\x00"):
        return True
    if base in ("bc", "rc", "sc", "mb", "b", "bb", "d") and not prefixed and weight < 2:
        return False
    if base == "bc" and re.search(r"\d ?$", before):
        return False
    if base == "b":
        return weight >= 3 or (prefixed and weight >= 2 and lot.language == "fr")
    return not (
        base == "sc" and re.match(r"[-. ]?\d", lot.after(match.end())) and not match["sign"]
    )


def _small(lot: Lot, base: str, match: re.Match[str], weight: int) -> bool:
    """German letters: s, ss, vz, st. "st." is standing and "s." is see."""
    after = lot.after(match.end(), 3)
    if base in ("s", "st", "ge", "sge"):
        ranged = bool(
            re.match(r" ?[-/] ?(?:s|ss|vz|st|ge)", lot.after(match.end(), 6))
            or re.search(r"(?:ss|vz|s|ge)[-+]? ?[/-] ?$", lot.before(match.start(), 6))
        )
        stands = weight >= 2 and (
            not after.strip()
            or match.end() >= len(lot.folded.rstrip(" .\x00"))
            or after.startswith(("\x00", ". \x00", "\n"))
        )
        return (
            ranged
            or weight >= 3
            or stands
            or bool(match["sign"] and weight >= 1)
            or bool(match["prefixes"])
        )
    return True
