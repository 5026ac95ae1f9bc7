"""The catalogues a lot cites, each as it was cited: "RIC II.1 (Vespasian) 961", "HGC 4, 1597"."""

import re
from dataclasses import dataclass
from functools import cache

from catalog.references import Citation
from catalog.references import parse as parse_citations
from market.extract.facts import table
from market.extract.folding import fold, tokens
from market.extract.lot import Lot
from market.extract.mints import book as mint_names
from market.extract.values import CERTAIN, LIKELY, Found

MOST = 40  # a text that cites more is a list, and its tail is not read
_VOLUME = (
    r"(?:(?:vol\.? ?)?[IVX]{1,5}(?:[.\-/,] ?(?:\d|i{1,3}|I{1,3})(?![\d]))?(?:i{1,3}(?=\W))?²?(?:\.\d\b)?(?:² ?)?(?: ?\((?:2|second|2nd)[^()]{0,12}\))?"
    r"(?:, ?(?:part|Part|pt\.?) ?\d)?[ ,.:\-]{1,2}(?:Online |online |\(Online\) )?(?:\((?:[^()]{2,40})\),? ?)?)"
)
_SECTION = r"(?:(?!Dies\b|Type\b|Group\b)[A-ZÀ-Ý][\w'’.-]{1,18},? ?){1,3}"
_PAGE = r"(?:pl\. ?(?:\d{1,3}|[IVXLC]{1,6}), ?|#|no\.? ?|n° ?|nº ?|Nr\.? ?|No\.? ?|type |Type |p\. ?|pl\. ?|Group |Class |series |Series |Classe |Gruppe |Typ |type: ?)?"
_NUMBER = (
    r"(?:[A-Z]{1,3}(?=\d)|[A-Z]-?(?=\d)|[IVX]{1,4}[./](?=\d)|(?:Pn|Tn|Pr)(?=\d))?"
    r"\d[\d.,]{0,8}(?<![.,])(?:†?[a-zA-Z]{1,2}\d?(?![a-z]))?†?(?:[/\-–+](?:[a-zA-Z]{0,2}\d[\d.]{0,6}(?<!\.)[a-zA-Z]?|[a-zA-Z](?![a-zA-Z])))*(?:\.[A-Za-z]{1,2}(?![A-Za-z]))?(?:\*+|ff?\b)?"
)
_SUFFIX = r"(?: ?(?:var|corr|Var)\b\.?(?: \((?:[^()]{1,40})\))?| \((?:[A-Z][a-z]{3,14}(?: [A-Z][a-z]+)?|var\.?|corr\.?|[a-z]|R\d)\)(?= ?[.,;:/=-]|$)| ?\([a-z]\))?"
_COMPARE = r"(?:(?:[Cc]f\.?|CF\.?|[Vv]gl\.?|[Vv]\.|[Cc]onf\.) )?"
_UNLISTED = re.compile(r" ?(?:[-–—]|unlisted|unpublished|manca|fehlt|-/-)(?= ?[.;,:=)]|$)")
# Catalogues whose numbers begin again with each collection, ruler or mint
_PARTED = (
    "SNG",
    "RIC",
    "RPC",
    "BMCRE",
    "BMC",
    "CNI",
    "LRBC",
    "MIR",
    "Traité",
    "Hunter",
    "Göbl",
    "Depeyrot",
    "Slg\\.",
    "Babelon",
    "Bab\\.?",
    "HN",
    "Cohen",
    "ACIP",
    "CNH",
    "Müller",
    "Coll\\.",
)
_SHORT = frozenset(["C", "S", "B", "G", "J", "F", "Y", "Cr", "Cal", "Fr"])
_NOT_A_REFERENCE = re.compile(
    r"\.?\s?(?:BC|AD|B\.C|A\.D|v\.? ?Chr|n\.? ?Chr|av\.|d\.C|a\.C|mm|g\b|gr\b|gm\b|h\b|%|°|€|\$|£|EUR|USD|CHF|GBP|th\b|st\b|nd\b|rd\b|century|Jh|[°x×]|,\d\d\s?(?:g|mm)|[.,]\d+ ?(?:g|mm|gr))"
)
# Where a name and a number may stand that nobody cites a catalogue by
_STRANGERS = re.compile(
    r"^(?:lot|los|nr|no|ex|ae|ar|av|ad|bc|ca|circa|year|jahr|an|anno|officina|class|klasse|group|weight|diameter|axis|page|pl|plate|fig|taf|tafel|auction|auktion|sale|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember|"
    r"janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    r"rome|rom|antioch|struck|gepragt|frappe|dated|emission|issue|series|year|ry|ah|se|cy|ms|au|xf|vf|ef|pf|pr|ngc|pcgs|chapter|leg|cos|tr|trp|imp|pp|vot|cert|estimate|"
    r"schatzung|starting|price|rarity|grade|condition|height|about|only|one|two|from|circa|vers|um|and|with|rv|rev|obv|paris|london|bust|head|altar|tetradrachm|denarius|"
    r"stater|drachm|control|monogram|field|ref|refs|der|die|the|r|rr|rrr|rar|raro|rarita|mint|s|c|poids|diametre|peso|gewicht|axe|metal|titre|stempel|st|stempelstellung|triton|"
    r"leu|nac|cng|roma|gorny|kunker|hess|sotheby|christie|nomos|peus|hirsch|heritage|naville|auctions?|numismatica|spink sale|type|av|vs|rs|sammlung|collection|"
    r"lugdunum|siscia|alexandria|au|km/h|circa|phase|period|dies?|d|r/|sydney|mexico|madrid|berlin|wien|munchen)\b"
)
_MEASURED = re.compile(r"\d(?:g|gm|gr|mm|h)$")
_BETWEEN = re.compile(r"\s{0,2}(?:[;,.=/]|\s[-–]\s|\s–\s|und|and|&|\)|\()?\s{0,3}")


@dataclass(frozen=True, slots=True)
class Reference:
    cited: str
    unlisted: bool = False

    @property
    def citations(self) -> list[Citation]:
        return parse_citations(self.cited)


@cache
def _known() -> re.Pattern[str]:
    names = sorted(table("catalogues"), key=len, reverse=True)
    long = "|".join(re.escape(name) for name in names if name not in _SHORT)
    short = "|".join(re.escape(name) for name in names if name in _SHORT)
    return re.compile(
        rf"(?P<cited>(?:(?:{'|'.join(_PARTED)})[ .,:]{{1,2}}(?:{_VOLUME})?{_SECTION}"
        rf"|(?:{long})(?![a-zà-ÿ&'’])(?:[ .:#°,\-–]{{0,3}}|²[ ,.]{{0,2}})"
        rf"|(?:{short})(?:\. |[. #-]|$)[ #]{{0,2}})(?:\((?:Online|online|[A-Z][\w. ]{{2,20}})\),? ?)?"
        rf"(?:{_VOLUME})?(?:\d{{1,2}}, ?(?=\d))?(?:\([^()]{{2,30}}\),? ?)?{_PAGE}{_NUMBER}{_SUFFIX})"
    )


@cache
def _key() -> re.Pattern[str]:
    names = sorted((name for name in table("catalogues") if len(name) > 1), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(re.escape(name) for name in names)})(?![a-zà-ÿ])[.²]?(?: [IVX]{{1,4}}(?:\.\d)?|(?<=SNG)(?: [A-Zv][\w.]*){{1,3}})?"
    )


_START = re.compile(r"(?<![\w/'’-])(?:[A-ZÀ-Ý][a-zà-ÿA-ZÀ-Ý]*|de(?= [A-Z])|von(?= K))")
_CF = re.compile(r"(?:[Cc]f\.?|CF\.?|[Vv]gl\.?|[Cc]onf\.) $")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(
        re.split(r"[\W\d_]", name)[0] for name in [*table("catalogues"), "Coll", "Slg"]
    )


def _starts(text: str) -> list[int]:
    """Where a catalogue's name may begin: looked up as a word, which is far quicker than trying all."""
    first_words = _first_words()
    return [match.start() for match in _START.finditer(text) if match[0] in first_words]


_STRANGE_WORD = r"(?:(?![IVXL]+\b)[A-Z]\.(?=/)|(?![IVXL]+\b)[A-ZÀ-Ý][\w'’&-]{0,4}\.(?= ?\d)|(?![IVXL]+\b)[A-ZÀ-Ý][\w'’&-]{0,20})"
_STRANGE_NAME = rf"(?:von |van |de |De |Slg\.? )?{_STRANGE_WORD}(?:(?:[ /]|, |(?<=/))(?:and |und |et |& )?{_STRANGE_WORD}){{0,3}}"
_STRANGE = re.compile(
    rf"(?P<cited>{_COMPARE}(?P<name>{_STRANGE_NAME})(?:[ .:#,]{{1,2}}|-){_PAGE}(?P<number>{_NUMBER}){_SUFFIX})(?=\s{{0,2}}(?:[;,.=)/]|\s[-–]\s|$|\n))"
)


def references(lot: Lot, text: str) -> list[Found[Reference]]:
    """`text` is the lot's text without its pedigree, letter for letter in the same place."""
    found = [f for f in _cited(text) if not _is_something_else(text, f)]
    found = _with_neighbours(text, [*found, *_unlisted(text, found)])
    return sorted(found, key=lambda one: one.start)[:MOST]


def _cited(text: str) -> list[Found[Reference]]:
    found: list[Found[Reference]] = []
    known, end = _known(), 0
    for start in _starts(text):
        match = known.match(text, start) if start >= end else None
        if match is None:
            continue
        compare = _CF.search(text, max(0, start - 6), start)
        start, end = compare.start() if compare else start, match.end()
        found.append(Found(Reference(_clean(text[start:end])), start, end, CERTAIN))
        if len(found) >= MOST:
            break
    return found


def _clean(cited: str) -> str:
    return " ".join(cited.split()).rstrip(",;: ")


def _is_something_else(text: str, found: Found[Reference]) -> bool:
    if _NOT_A_REFERENCE.match(text, found.end):
        return True
    cited = found.value.cited
    if re.match(r"(?:C|S|B|G|J|F|Y)\b", cited):
        before = text[max(0, found.start - 12) : found.start]
        return bool(re.search(r"(?:[\wÀ-ÿ] |^|Class |Klasse |J\.-)$", before)) and not re.search(
            r"(?:[.;,=:\-–] |\d[a-z]? |\. |\()$", before
        )
    return bool(re.match(r"(?:SC|DO) ?$", cited))


def _with_neighbours(text: str, found: list[Found[Reference]]) -> list[Found[Reference]]:
    """A name with a number that stands right beside a citation is a citation too."""
    spans = {(one.start, one.end) for one in found}
    grown = list(found)
    queue = list(found)
    while queue and len(grown) < MOST:
        one = queue.pop()
        for match in (_next(text, one.end), _previous(text, one.start)):
            if match is None or any(
                s < match.end("cited") and match.start("cited") < e for s, e in spans
            ):
                continue
            fresh = Found(Reference(" ".join(match["cited"].split())), *match.span("cited"), LIKELY)
            if _is_stranger(match) or _NOT_A_REFERENCE.match(text, fresh.end):
                continue
            spans.add(fresh.span)
            grown.append(fresh)
            queue.append(fresh)
    return grown


def _is_stranger(match: re.Match[str]) -> bool:
    """A mint, a month, a legend in capitals or a weight: names with numbers, and no citations."""
    name = match["name"]
    if (name.isupper() and len(name) > 6) or "Æ" in name or _MEASURED.search(match["number"]):
        return True
    words = [word for word in re.split(r"[^\w]+", name.casefold()) if word]
    if any(_STRANGERS.match(word) for word in words if len(word) > 1) or _STRANGERS.match(
        name.casefold()
    ):
        return True
    folded = fold(name)
    return "-" not in name and bool(mint_names().find(tokens(folded), folded))


def _next(text: str, at: int) -> re.Match[str] | None:
    between = _BETWEEN.match(text, at)
    return _STRANGE.match(text, between.end()) if between else None


def _previous(text: str, at: int) -> re.Match[str] | None:
    first = max(0, at - 60)
    window = text[first:at]
    for start in re.finditer(r"(?:^|[.;,(=] |\s[-–]\s|: |\n)", window):
        match = _STRANGE.match(text, first + start.end(), at)
        if match and re.fullmatch(r"\s{0,2}(?:[;,.=/]|\s[-–]\s)?\s{0,3}", text[match.end() : at]):
            return match
    return None


def _unlisted(text: str, found: list[Found[Reference]]) -> list[Found[Reference]]:
    spans = [one.span for one in found]
    missing = []
    for start in _starts(text):
        match = _key().match(text, start)
        dash = _UNLISTED.match(text, match.end()) if match else None
        if match and dash and not any(s <= start < e for s, e in spans):
            reference = Reference(f"{match[0]} -", unlisted=True)
            missing.append(Found(reference, start, dash.end(), LIKELY))
    return missing[:MOST]
