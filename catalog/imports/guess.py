"""Which column is which, guessed from the headings."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from catalog.imports.aliases import names_of
from catalog.imports.targets import Target

CLOSE = 83
UNIT = re.compile(r"[(\[][^)\]]*[)\]]|,\s*\w{1,3}\s*$")


def plain(text: str) -> str:
    """`Diamètre, mm` and `DIAMETRE (mm)` are one heading."""
    text = unicodedata.normalize("NFKD", UNIT.sub(" ", text))
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def guess(headings: Iterable[str], targets: Mapping[str, Target]) -> dict[str, str]:
    """Heading -> target; an unsure heading is left out. A target that takes one column gets the one
    that fits best."""
    names = known_names(targets)
    found = {}
    for heading in headings:
        wanted = plain(heading) or plain(UNIT.sub("", heading) + heading)
        if wanted in names:
            found[heading] = (101.0, names[wanted])
        elif len(wanted) > 3 and (best := nearest(wanted, names)):
            found[heading] = best
    return without_rivals(found, targets)


def known_names(targets: Mapping[str, Target]) -> dict[str, str]:
    names: dict[str, str] = {}
    for key, target in targets.items():
        ours = [key, key.replace("_", " ").replace(".", " ")]
        ours += [str(target.label)]
        for name in [*ours, *names_of(key)]:
            names.setdefault(plain(name), key)
    return names


def nearest(wanted: str, names: Mapping[str, str]) -> tuple[float, str] | None:
    best = process.extractOne(
        wanted, names.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE
    )
    return (best[1], names[best[0]]) if best else None


def without_rivals(
    found: Mapping[str, tuple[float, str]], targets: Mapping[str, Target]
) -> dict[str, str]:
    best: dict[str, float] = {}
    for score, key in found.values():
        best[key] = max(score, best.get(key, 0))
    mapping: dict[str, str] = {}
    for heading, (score, key) in found.items():
        alone = targets[key].joiner is None or targets[key].group == "attribution"
        if not alone or (score == best[key] and key not in mapping.values()):
            mapping[heading] = key
    return mapping


def digest(headings: Iterable[str]) -> str:
    """Of the set of headings: the order of columns and their units do not matter."""
    return hashlib.sha256(
        "\x1f".join(sorted(plain(one) or one for one in headings)).encode()
    ).hexdigest()
