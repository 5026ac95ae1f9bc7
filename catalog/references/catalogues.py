"""The catalogues that coins are cited by, each under one name."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Catalogue:
    name: str
    aliases: str = ""
    mark: str = ""
    has_volumes: bool = True

    @property
    def label(self) -> str:
        return self.mark or self.name


def _numbered(name: str, aliases: str = "", mark: str = "") -> Catalogue:
    """Cited by a bare number, in which letters may stand: KM# Pn7."""
    return Catalogue(name, aliases, mark, has_volumes=False)


# Longer names stand before the shorter ones that they begin with. One letter alone is a catalogue
# only before a number: "S 1625".
CATALOGUES = [
    Catalogue("RIC"),
    Catalogue("RRC", r"crawford|craw\.?|cr\.?"),
    Catalogue("RPC", r"rpc online"),
    Catalogue("RSC"),
    Catalogue("BMCRR", r"bmc rr"),
    Catalogue("BMCRE", r"bmc re|bmc roman empire|bmc empire"),
    Catalogue("BMC"),
    Catalogue("LRBC"),
    Catalogue("MIR"),
    Catalogue("MIBE"),
    Catalogue("MIB"),
    Catalogue("DOC"),
    Catalogue("HGC"),
    Catalogue("SNG"),
    Catalogue("Sear", r"srcv|rcv|s(?=[\s.#-]*\d)"),
    Catalogue("SB"),
    Catalogue("Cohen", r"coh\.?|c(?=[.\s]+\d)"),
    Catalogue("Calicó", r"calico|cal\.?"),
    Catalogue("Sydenham", r"syd\.?"),
    Catalogue("Babelon", r"bab\.?"),
    Catalogue("Price"),
    Catalogue("Svoronos"),
    Catalogue("Hill"),
    Catalogue("Spink", r"scbc"),
    Catalogue("Davenport", r"dav\.?"),
    Catalogue("Friedberg", r"friedb\.?|fr\.?(?=[\s#]*\d)"),
    Catalogue("Schön", r"schoen|schon"),
    Catalogue("Michel", r"mi\.(?=\s*\d)"),
    Catalogue("Jaeger", r"jäger|j(?=[.\s]*\d)"),
    Catalogue("Gadoury", r"gad\.?"),
    _numbered("KM", r"krause[\s-]mishler|krause", "KM#"),
    _numbered("Y", r"yeoman|y(?=[\s.#]*\d)", "Y#"),
    _numbered("Craig", r"c(?=#)", "C#"),
    _numbered("Numista", r"n(?=[\s.]*#)", "N#"),
    _numbered("PCGS", mark="PCGS#"),
    _numbered("NGC"),
]
BY_NAME = {catalogue.name: catalogue for catalogue in CATALOGUES}


def _start(catalogue: Catalogue) -> re.Pattern[str]:
    single = len(catalogue.name) == 1
    names = filter(None, [catalogue.aliases, "" if single else re.escape(catalogue.name)])
    return re.compile(rf"(?:{'|'.join(names)})(?![^\W\d_])", re.IGNORECASE)


# Names that break a citation off even without a comma: "RIC 556 Cohen 579"
UNMISTAKABLE = "|".join(re.escape(c.name) for c in CATALOGUES if len(c.name) > 1) + "|Crawford"

_STARTS = [(_start(catalogue), catalogue) for catalogue in CATALOGUES]


def named_at_start(text: str) -> tuple[Catalogue, str] | None:
    """The catalogue that a citation begins with, and the rest of the text."""
    for start, catalogue in _STARTS:
        if match := start.match(text):
            return catalogue, text[match.end() :]
    return None
