"""What the model says, in sentences. A code that a stage writes has its words here and nowhere else;
labels of the tree and hints have theirs beside them."""

from collections.abc import Mapping, Set
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from catalog.refusals import gettext_noop
from identify import attribution, hints, labels, vocabulary
from identify.values import Answer, Candidate, Opinion, Remark

ALMOST, LIKELY = 0.95, 0.75
LABELS = {"first", "second", "label", "seen"}  # parameters that are words of the model

FIELDS: dict[str, str | Promise] = {
    "ruler": gettext_lazy("Ruler"),
    "denomination": gettext_lazy("Denomination"),
    "mint": gettext_lazy("Mint"),
    "metal": gettext_lazy("Metal"),
    "country": gettext_lazy("Country"),
    "date": gettext_lazy("Date"),
    "year": gettext_lazy("Year"),
    "mint_mark": gettext_lazy("Mint mark"),
    "obverse_legend": gettext_lazy("Legend, obverse"),
    "reverse_legend": gettext_lazy("Legend, reverse"),
    "world_coin": gettext_lazy("Value and country"),
    "face_value": gettext_lazy("Face value"),
    "us_denomination": gettext_lazy("Denomination"),
    "commemorative": gettext_lazy("Commemorative issue"),
    "type": gettext_lazy("Type"),
    "reference": gettext_lazy("Reference"),
    "side": gettext_lazy("Side"),
}
SCOPES: dict[str, str | Promise] = {
    "roman_imperial": gettext_lazy("Roman imperial"),
    "tetrarchs": gettext_lazy("Tetrarchy"),
    "world": gettext_lazy("Coins of the world"),
    "euro": gettext_lazy("Euro"),
    "us": gettext_lazy("United States"),
    "us_cents": gettext_lazy("Lincoln cent"),
    "euro_commemoratives": gettext_lazy("2-euro commemorative"),
}
SIDES = vocabulary.SIDES
REMARKS: dict[str, str | Promise] = {
    "taught_here": gettext_lazy("So says %(version)s, which people taught on this site."),
    "own_reference": gettext_lazy("It looks most like “%(coin)s”, which is here already."),
    "one_of_two": gettext_lazy("It is one of these two: %(first)s or %(second)s."),
    "weight_outside": gettext_lazy(
        "%(measured)s g is outside %(low)s to %(high)s g, which is usual for this: %(label)s."
    ),
    "diameter_outside": gettext_lazy(
        "%(measured)s mm is outside %(low)s to %(high)s mm, which is usual for this: %(label)s."
    ),
    "scales_say": gettext_lazy(
        "By its looks it is rather this: %(first)s. Its weight or diameter speaks for this: %(label)s."
    ),
    "faces_conflict": gettext_lazy(
        "The faces contradict each other: the %(side)s says %(first)s, the %(other_side)s says %(second)s. Perhaps a photo belongs to another coin."
    ),
    "legend_says": gettext_lazy("It looks like %(seen)s, but its legend names %(read)s."),
    "many_coins": gettext_lazy("%(count)s coins are on the photo. Cut it to one of them."),
    "no_coin": gettext_lazy("No coin was found on the photo. Cut it to the coin and try again."),
    "too_small": gettext_lazy("The coin is too small on the photo for its details to be seen."),
    "blank": gettext_lazy("The photo shows one even tone and no coin."),
    "noise": gettext_lazy("The photo shows noise and no coin."),
    "blurred": gettext_lazy("The photo is blurred."),
    "glare": gettext_lazy("A part of the coin is lost in glare. Tilt the lamp and take it again."),
    "legend_supports": gettext_lazy("The legend supports it: %(read)s."),
    "legend_contradicts": gettext_lazy("The legend speaks against it: %(read)s."),
}
ABSTAINED: dict[str, str | Promise] = {
    "unknown": gettext_lazy("It is like nothing that the model knows. You may well know better."),
    "not_sure": gettext_lazy("Nothing was sure enough to be said."),
}
FAILURES: dict[str, str] = {
    "no_model": gettext_noop(
        "This site has no model yet. Whoever runs it puts one into identify/pretrained, as every release has it; then try again."
    ),
    "broken_model": gettext_noop(
        "The model’s files are damaged, so it was not used. Whoever runs the site puts them back from the release; then try again."
    ),
    "unreadable": gettext_noop("The photo cannot be read. Add it once more."),
    "memory": gettext_noop(
        "There was too little memory for it. Try again later, or with a smaller photo."
    ),
    "disk_full": gettext_noop(
        "The server’s disk is full. Once whoever runs it has made room, try again: nothing was half written."
    ),
    "storage": gettext_noop("The result could not be kept. Try again."),
    "gave_up": gettext_noop(
        "The worker stopped three times over this photo. Try again, or with another photo."
    ),
}
EXPLANATIONS: dict[str, str | Promise] = {
    "photo": gettext_lazy("The photo was changed meanwhile. Identify the coin again, then ask."),
    "model": gettext_lazy(
        "Another model serves now, and only the one that said it can tell. Identify the coin again, then ask."
    ),
    "not_explained": gettext_lazy("This model cannot show where it looked."),
}
UNEXPECTED = gettext_noop("Something went wrong on our side. Try again.")


def field_name(name: str) -> str:
    name = name.removeprefix(attribution.OWN).replace("-", " ")
    return str(FIELDS.get(name, name.replace("_", " ").capitalize()))


def called(field: str, title: str) -> str:
    """What was begun as the name of a field is called so by everybody; what somebody thought up, as he wrote it."""
    name = FIELDS.get(field)
    return str(name) if name and title in names_of(field) else title


@cache
def names_of(field: str) -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(FIELDS[field]))
    return found


def scope_told(opinion: Opinion) -> str:
    """Nothing of a coin that is like nothing known: a network that has never seen its kind is sure of any."""
    return "" if opinion.reason == "unknown" else scope_name(opinion.scope.label)


def scope_name(label: str) -> str:
    return str(SCOPES.get(label, label))


def confidence_words(answer: Answer) -> str:
    """What people make of a number."""
    if any(remark.code == "one_of_two" for remark in answer.remarks):
        return _("one of these two")
    sure = answer.best.confidence if answer.best else 0.0
    if answer.abstained or sure < LIKELY:
        return _("a guess")
    return _("almost certain") if sure >= ALMOST else _("likely")


def percent(confidence: float) -> str:
    """Never 100: no model is."""
    return _("%(n)s %%") % {"n": max(1, min(99, round(100 * confidence)))}


def parent_words(field: str, parent: Candidate) -> str:
    known = labels.WORDS.get(parent.label)
    what = _(known) if known else vocabulary.told("region", attribution.country_name(parent.label))
    return _("%(what)s; which one, the model cannot say") % {"what": what}


def remark_words(remark: Remark, field: str = "") -> str:
    if remark.code not in REMARKS:
        return ""
    labels_in = LABELS | ({"read"} if remark.code == "legend_says" else set())
    sentence = str(REMARKS[remark.code]) % shown_params(remark.params, field, labels_in)
    look = hints.HINTS.get(remark.params.get("look", ""))
    return f"{sentence} {_(look)}" if look else sentence


def shown_params(params: Mapping[str, Any], field: str, labels_in: Set[str]) -> dict[str, str]:
    shown = {}
    for name, value in params.items():
        if name in {"side", "other_side"}:
            shown[name] = str(SIDES.get(value, _("one face")))
        elif name in labels_in and isinstance(value, str):
            shown[name] = attribution.shown(field, value)
        else:
            number = isinstance(value, int | float)
            shown[name] = number_format(value, use_l10n=True) if number else str(value)
    return shown


def abstained_words(reason: str) -> str:
    found = ABSTAINED.get(reason) or REMARKS.get(reason)
    return str(found if found and "%(" not in str(found) else ABSTAINED["not_sure"])


def explanation_failed(reason: str) -> str:
    return str(EXPLANATIONS.get(reason) or failure_words(reason))


def failure_words(reason: str) -> str:
    return _(FAILURES.get(reason, UNEXPECTED))
