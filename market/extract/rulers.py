"""In whose name it was struck: the usual English name, whichever language the dealer writes in.

The longest name wins, a numeral that does not belong to the name forbids it (Philip V is not
Philip), the naming of the coin comes first, and a title is nobody's name while another stands there."""

import re
from dataclasses import dataclass, replace
from functools import cache

from market.extract.facts import table
from market.extract.folding import spell
from market.extract.lot import Lot
from market.extract.moneyers import moneyer
from market.extract.phrases import Hit, Phrasebook
from market.extract.values import CERTAIN, GUESS, LIKELY, Found

REALMS = ("rome", "byzantium", "greece", "world")
NUMERALS = frozenset(
    [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
    ]
)
_RELATION = re.compile(
    r"(?:(?:wife|widow|son|sons|mother|daughter|father|brother|sister|grandson|grandmother|niece|nephew|husband|mistress|successor|favou?rite|general|satrap|governor|friend"
    r"|femme|epouse|fils|fille|mere|frau|gemahlin|gattin|sohn|tochter|mutter|vater|moglie|figlio|figlia|madre|esposa|mujer|hijo|hija|padre|bruder|schwester)"
    r" (?:and [a-z ]{3,20} )?(?:of|de|des|von|di|d'|del) (?:the )?(?:emperor )?"
    r"|(?:gattin|gemahlin|sohn|tochter|mutter|frau) des |\bunder |\bunter |\bsous |\bsotto |\bbajo |restored by |restitution (?:by|of) |struck by |issued by |time of (?:[a-z ]{3,25}(?:& |and ))?|(?<!in the name )\bfor "
    r"|\bagainst |commemorat\w+ |prototype of |imitation of |imitating |type of |\bstyle of |\bvs\.? |\bpost(?:humous)? |conquest of |caesar of |co-emperor with |usurper under |\bgegen |\bfur )$"
)
_WITH = re.compile(
    r"(?:\bwith |\band |& ?|\bmit |\bund |\bavec |\bet |\bcon |\by |\be |\bby |/ ?)$"
)
# Given to many, or a word of its own: only where no better name stands
_WEAK = {
    "caesar", "marcus", "verus", "maximus", "severus", "romulus", "helena", "elena", "john", "sebastian",
    "cassius", "octavia", "constant", "mario", "caro", "maxime", "severe", "valeria", "paulina", "antonia",
    "drusus", "iulianus", "leo", "aelius", "anna", "stephen", "matthias", "cassander", "gaius", "caius",
    "philistis", "cleopatra", "elizabeth", "mary", "peter", "agrippina", "faustina", "constantinus", "pauline",
    "gordian", "philip", "marius", "tito", "nero", "sabina", "sabine", "albinus", "albin", "theodora", "dion",
    "elio", "irene", "lepidus", "brutus", "sever", "octavian", "domitia", "marciana", "pericles", "anne",
}  # fmt: skip
_TITLE = {"augustus", "caesar", "augusto", "auguste"}
_AS_TITLE = re.compile(r"(?:\bas|\bals|\bcomme|\bcome|\bcomo|sebastos|divus|&|and|,) ?$")
_ADJOINS_AUGUSTUS = re.compile(r"augustus ?[(/] ?$")
_CUES = {
    "Rome": "denarius sestertius aureus antoninianus follis ric rsc cohen rome roman siliqua solidus dupondius as provincial rpc ae3 centenionalis maiorina bmcre calico roma romaine denier denar romisch imperial augustus caesar antioch siscia",
    "Byzantium": "byzantine byzanz byzantin byzantinische sb doc mibe mib constantinople follis solidus hyperpyron nummi half tremissis histamenon bizancio bisanzio byzantines byzantium trachy m k officina",
    "Greece": "macedon macedonia kings kingdom seleukid seleucid seleukiden ptolemaic tetradrachm drachm stater price sc hgc svoronos pella amphipolis syria egypt egypt bactria baktria parthia sasanian sassanian herakles zeus makedonien macedoine tetradrachme obol satrap bc kushan judaea greek tetradracma bce chr sellwood gobl",
    "world": "",
}
_NATIONS = {
    "Spain": "reales real escudos escudo maravedis madrid sevilla seville mexico potosi lima spain spanish espagne spanien cal ac segovia peseta pesetas felipe carlos fernando",
    "England": "penny shilling sovereign crown groat spink england britain british london guinea florin sixpence halfpenny farthing s sterling english",
    "France": "france francs franc ecu louis sol livre dy duplessy gadoury paris teston gros denier dup ciani laf lafaurie liard douzain roi royal",
    "Empire": "thaler taler habsburg haus osterreich austria wien hall tirol kremnitz kreuzer dukat ducat imperial hungary prag kaiser rdr romisch",
    "Germany": "preussen prussia sachsen saxony bayern bavaria hannover hanover taler thaler mark berlin dresden kurfurst kurfurstentum konigreich schon olding wurttemberg jaeger aks",
    "Italy": "lire lira scudo savoia savoy roma papal vatican stato pontificio zecchino ducato napoli naples venezia milano torino grosso soldi pagani mir muntoni sicily sicilia papali piastra",
    "Portugal": "portugal portuguese reis cruzado lisbon lisboa gomes brazil escudo",
    "Russia": "rouble ruble rubel russia russland russian kopeck kopek bitkin petersburg",
    "Sweden": "sweden schweden ore riksdaler stockholm daler krona",
    "Denmark": "denmark danemark danmark danish norway skilling krone copenhagen speciedaler",
    "Poland": "poland polen polish grosz danzig zloty krakow",
    "Belgium": "belgium belgique belgien francs", "Netherlands": "netherlands gulden holland niederlande cents",
    "Brazil": "brazil brasil reis", "Mexico": "mexico peso pesos empire", "Crusader": "crusader antioch tripoli jerusalem denier",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruler:
    name: str
    realm: str
    first: int
    last: int


def _spelling(word: str) -> str:
    return "i" if word in ("ier", "er") else spell(word)


@cache
def book() -> Phrasebook[Ruler]:
    names: Phrasebook[Ruler] = Phrasebook(_spelling)
    for realm in REALMS:
        for row in table(f"rulers_{realm}"):
            ruler = Ruler(row["name"], row["realm"], row["from"], row["to"])
            names.add_all([row["name"], *row["aliases"]], ruler)
    return names


@cache
def _cues(realm: str) -> frozenset[str]:
    return frozenset((_CUES.get(realm) or _NATIONS.get(realm, "")).split())


def ruler(lot: Lot) -> tuple[Found[str] | None, str | None]:
    """The name, and the realm it belongs to."""
    hits = [hit for hit in book().find(lot.words, lot.folded) if _stands(lot, hit)]
    mint_master = moneyer(lot)
    best = min(hits, key=lambda hit: _rank(lot, hit, hits), default=None)
    if mint_master and (best is None or _moneyer_wins(lot, mint_master, best)):
        return mint_master, "Rome"
    if best is None:
        return None, None
    rank = _rank(lot, best, hits)[0]
    chosen = max(best.values, key=lambda one: _fits(lot, one, best))
    if chosen.name == "Octavian" and _ADJOINS_AUGUSTUS.search(lot.before(best.start)):
        chosen = replace(chosen, name="Augustus")
    found = Found(
        chosen.name, best.start, best.end, (CERTAIN, LIKELY, GUESS, GUESS, GUESS, GUESS)[rank]
    )
    return found, chosen.realm


def _moneyer_wins(lot: Lot, found: Found[str], best: Hit[Ruler]) -> bool:
    """Where both begin at one word the longer name wins: Marcus Aurelius is not M. Aurelius Cotta."""
    if found.start == best.start or best.start < found.start < best.end:
        return found.end > best.end
    return found.start < best.start or best.start >= lot.heading


def _stands(lot: Lot, hit: Hit[Ruler]) -> bool:
    if not lot.text[hit.start].isupper() and not lot.text.islower():
        return False
    if hit.words == ("romulus",) and "remus" in lot.after(hit.end, 14):
        return False
    return not _numeral_follows(lot, hit)


def _numeral_follows(lot: Lot, hit: Hit[Ruler]) -> bool:
    if hit.after >= len(lot.words) or hit.words[-1] in NUMERALS:
        return False
    following = lot.words[hit.after]
    written = lot.text[following.start : following.end]
    between = lot.folded[hit.end : following.start]
    return (
        following.word in NUMERALS
        and written.isupper()
        and between in (" ", " (", "-")
        and not (following.word == "i" and len(hit.words) > 1)
    )


def _rank(lot: Lot, hit: Hit[Ruler], hits: list[Hit[Ruler]]) -> tuple[int, int]:
    rank = 0 if hit.start < lot.heading else 2
    before = lot.before(hit.start, 40)
    weak = len(hit.words) == 1 and hit.words[0] in _WEAK
    if _RELATION.search(before) and len(hits) > 1:
        rank = max(rank, 3)
    elif len(hit.words) == 1 and hit.words[0] in _TITLE and _is_title(lot, hit, hits):
        rank = 5
    elif (
        weak
        and any(other is not hit and _strong(other) and other.start < lot.heading for other in hits)
    ) or (_WITH.search(before) and hit.first and len(hits) > 1):
        rank += 1
    return rank, hit.start


def _strong(hit: Hit[Ruler]) -> bool:
    return not (len(hit.words) == 1 and (hit.words[0] in _WEAK or hit.words[0] in _TITLE))


def _is_title(lot: Lot, hit: Hit[Ruler], hits: list[Hit[Ruler]]) -> bool:
    """ "Hadrian Augustus", "Octavian, as Augustus" (who is), "Marcus Aurelius and Augustus"."""
    if hit.words == ("caesar",):
        return len(hits) > 1
    earlier = [other for other in hits if other.end <= hit.start and hit.start - other.end < 40]
    later = [other for other in hits if 0 <= other.start - hit.end < 3]
    if any(other.values[0].name == "Octavian" for other in earlier):
        return False
    return bool(later) or any(_strong(other) for other in earlier)


def _fits(lot: Lot, one: Ruler, hit: Hit[Ruler]) -> float:
    years = {
        int(token.word)
        for token in lot.words[:80]
        if token.word.isdecimal() and len(token.word) <= 4
    }
    score = 3.0 * (abs(one.first) in years) + 3.0 * (abs(one.last) in years)
    if one.first > 1000:
        score += 2.0 * any(one.first <= year <= one.last for year in years)
    words = {token.word for token in lot.words}
    score += min(3, len(words & _cues(one.realm)))
    return score - 0.1 * hit.values.index(one)
