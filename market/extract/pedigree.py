"""Where a coin has been: found first and cut out, because it is full of other coins' numbers."""

import re

from market.extract.values import Span

_LEAD = re.compile(
    r"(?:(?<=^)|(?<=[.;,:!)\]\n*+])|(?<=[a-z0-9]) (?=ex )|(?<= - ))\s*"
    r"(?P<lead>\(?(?:ex\b(?!\s*(?:ms|f)\b)[ :.-]*(?=[a-z\"'0-9(&])"
    r"|from (?:the |an? |a )?(?:[\w.&'-]+ ){0,6}?(?:collections?|cabinet|estate|sale|auction|hoard|holdings|library|inventory)\b"
    r"|from (?:the )?(?:stock|property|group|holdings) (?:of|from)\b"
    r"|(?:the )?property of\b"
    r"|(?:formerly|previously) (?:in|of|from|part)\b|privately (?:purchased|acquired)|purchased|bought (?:from|at|in|by)|acquired|provenance\b|provenienz|pedigree"
    r"|aus (?:der )?(?:sammlung|slg|auktion|alter|dem nachlass|privatbesitz|bestand|einer|munzenhandlung)\b"
    r"|ex(?:emplar)?\.? (?:der )?(?:auktion|slg|sammlung)\b|erworben|expl\.? ex|exemplar der"
    r"|cet exemplaire (?:provient|vient)|cet exemplaire|provient|provenant|acquis|de la collection|collection\b(?= [a-z])|achete"
    r"|procedencia|procede de|adquirid[ao]|de la coleccion|coleccion\b|proveniente|provenienza|acquistat[ao]|dalla collezione|collezione\b|esemplare (?:della|proveniente|ex)"
    r"|published in|this coin (?:published|illustrated|sold)|exported|collector's (?:ticket|tag)|with (?:old )?(?:collector|dealer)))"
)  # fmt: skip
_END = re.compile(
    r"(?<=[.;\n])\s+(?=(?:weight|gewicht|poids|peso|diameter|diametre|estimate|schatz|start(?:ing)? |condition|grade"
    r"|(?:about |nearly |near |almost |good |choice |superb )?(?:very fine|extremely fine|fine|vf|ef|xf|fdc|mint state|mbc|ebc|ttb|sup|bb|spl|vz|ss)\b(?! (?:art|style|arts|sale))"
    r"|ric |rpc |price: |sear |ref(?:erence)?s?[:. ]|obv|rev|very rare|rare[. ]|extremely rare|toned|\d+[.,]\d+ ?g))"
)
_HOARD = re.compile(r"\b(?:hoards?|schatzfund|hortfund|tresor de|tesoro de|ripostiglio)\b")
_DASHED = re.compile(r"(?<=\w) (?=ex (?:[a-z]+ )?[a-z&.' ]{2,30}\d)")


def pedigrees(folded: str) -> list[Span]:
    """The parts of the text that tell of former owners and sales."""
    spans: list[Span] = []
    at = 0
    while lead := _LEAD.search(folded, at):
        start = lead.start("lead")
        if lead["lead"].lstrip("(").startswith("ex") and not _names_someone(folded, lead.end()):
            at = lead.end()
            continue
        end = _END.search(folded, lead.end())
        stop = end.start() if end else len(folded)
        spans.append((start, stop))
        at = max(stop, lead.end())
    return spans


def _names_someone(folded: str, at: int) -> bool:
    """ "Ex Leu 77" and "ex coll. Brandt", not "EX FINE" or the legend "EX SC"."""
    following = folded[at : at + 12]
    return not re.match(
        r"\s*(?:[- ]?mount|[- ]?jewel|[- ]?loop|fine|ttb|s ?c\b|a\b|argento|argent|oro|ora|auctoritate|cons|officina|d ?d\b|ergo|voto|libris)",
        following,
    )


def blank(text: str, spans: list[Span]) -> str:
    """The same text, as long as it was, with those parts empty."""
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def speaks_of_hoard(folded: str) -> Span | None:
    found = _HOARD.search(folded)
    return found.span() if found else None
