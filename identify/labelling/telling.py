"""What was found in a labelled set, in words."""

from itertools import count
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.sentences import worded

MOST_GROUPS, MOST_NAMES, SIDE_BY_SIDE = 20, 6, 2
TROUBLES: dict[str, str | Promise] = {
    "blank": gettext_lazy("one even tone"),
    "noise": gettext_lazy("nothing but noise"),
    "too_small": gettext_lazy("too small"),
    "no_coin": gettext_lazy("no coin that could be found, taken all the same"),
}
WHY: dict[str, str | Promise] = {
    "same_file": gettext_lazy("the same file"),
    "near": gettext_lazy("nearly the same picture"),
    "augmented": gettext_lazy("copies of one photo"),
}


def remarks(found: dict[str, Any]) -> list[str]:
    """The gravest first."""
    told = []
    multiplied = [one for one in found.get("groups", []) if one["why"] == "augmented"]
    if multiplied:
        words = {
            "copies": sum(len(one["photos"]) for one in multiplied),
            "sources": len(multiplied), "usual": found["usual_copies"],
        }  # fmt: skip
        told.append(
            _(
                "%(copies)s photos are copies of only %(sources)s, mostly %(usual)s of each: turned, lit otherwise "
                "or with noise. A test that has copies on both of its sides measures nothing."
            )
            % words
        )
    if n := found.get("mixed", 0):
        told.append(
            ngettext(
                "%(n)s group of copies stands in several classes: one of them must be wrong.",
                "%(n)s groups of copies stand in several classes: one of them must be wrong.",
                n,
            )
            % {"n": n}
        )
    for code, names in sorted(found.get("troubles", {}).items()):
        told.append(f"{capfirst(str(TROUBLES.get(code, code)))} ({len(names)}): {named(names)}")
    for name, sentence in LEFT.items():
        if n := found.get(f"{name}_count", 0):
            told.append(
                f"{capfirst(str(sentence))} ({n}): {named([worded(one) for one in found[name]])}"
            )
    return told


LEFT: dict[str, str | Promise] = {
    "unreadable": gettext_lazy("cannot be read"),
    "missing": gettext_lazy("in the list, not in the archive"),
    "left_in": gettext_lazy("neither photo nor list, left outside"),
}


class Finding(NamedTuple):
    why: str
    many: int
    names: str
    pictures: list[tuple[int, str]]  # two copies side by side, or some of the worthless


def findings(found: dict[str, Any]) -> list[Finding]:
    """Copies first. Pictures are counted through, so that each has an address."""
    told = [
        (WHY.get(one["why"], one["why"]), one["photos"], SIDE_BY_SIDE)
        for one in found.get("groups", [])[:MOST_GROUPS]
    ]
    told += [
        (TROUBLES.get(code, code), names, MOST_NAMES)
        for code, names in sorted(found.get("troubles", {}).items())
    ]
    number = count()
    return [
        Finding(str(why), len(names), named(names), [(next(number), name) for name in names[:most]])
        for why, names, most in told
    ]


def picture(found: dict[str, Any], at: int) -> str | None:
    pictures = dict(shown for one in findings(found) for shown in one.pictures)
    return pictures.get(at)


def named(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    return _("%(names)s and %(n)s more") % {"names": shown, "n": more}
