"""What the pages about teaching say, in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from identify import wording
from identify.teaching.classes import REST
from identify.values import Remark

MOST_NAMED = 5
CONDITION: dict[str, str | Promise] = {
    "teach_one_class": gettext_lazy(
        "There is only one kind of coin here. To learn a difference takes photos of two."
    ),
    "teach_no_judge": gettext_lazy(
        "No kind has photos of two coins: one to learn from, and one to judge by."
    ),
    "teach_single": gettext_lazy("Only one coin each, so nobody can judge it: %(classes)s."),
    "teach_few": gettext_lazy(
        "Fewer than %(good)s coins each, so the figures will be rough: %(classes)s."
    ),
    "teach_uneven": gettext_lazy(
        "Very uneven: %(many)s photos of %(most)s, %(few)s of %(least)s. More of the rare ones help most."
    ),
}
HEALTH: dict[str, str | Promise] = {
    "mixed_labels": gettext_lazy("One and the same photo is called %(label)s and %(other_label)s."),
    "unreadable": gettext_lazy("This photo cannot be read."),
}
PRESETS: dict[str, tuple[str | Promise, str | Promise]] = {
    "quick": (
        gettext_lazy("Quick"),
        gettext_lazy("A new last layer on a network that knows coins. Minutes."),
    ),
    "fine": (
        gettext_lazy("Careful"),
        gettext_lazy("The upper third of the network learns, too. An hour or more."),
    ),
    "full": (
        gettext_lazy("Thorough"),
        gettext_lazy("The whole network learns. Hours, or a graphics card."),
    ),
}


def sentence_of(remark: Remark) -> str:
    told = {name: words_of(value) for name, value in remark.params.items()}
    return str(CONDITION[remark.code]) % told


def words_of(value: Any) -> str:
    if isinstance(value, list):
        shown = ", ".join(label_words(label) for label in value[:MOST_NAMED])
        rest = len(value) - MOST_NAMED
        return _("%(shown)s and %(n)s more") % {"shown": shown, "n": rest} if rest > 0 else shown
    return label_words(str(value))


def label_words(label: str) -> str:
    return _("all other coins") if label == REST else label


def told_label(field: str, label: str) -> str:
    from identify import attribution

    return label_words(label) if label == REST else attribution.shown(field, label) or label


def health_words(field: str, code: str, names: dict[str, str]) -> str:
    return str(HEALTH[code]) % {name: told_label(field, one) for name, one in names.items()}


def field_title(field: str) -> str:
    return wording.field_name(field)


def time_left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        n = max(1, round(seconds))
        return ngettext("%(n)s second left", "%(n)s seconds left", n) % {"n": n}
    n = round(seconds / 60)
    return ngettext("%(n)s minute left", "%(n)s minutes left", n) % {"n": n}
