"""How dates and changes are told to people, in their language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import dates
from catalog.fields import BUILT_IN, date_of
from catalog.models import Coin, FieldChange

# Rows of history that are no field: they cannot be taken back here.
NOTES = {
    "trash": gettext_lazy("trash"),
    "created": gettext_lazy("added"),
    "photo": gettext_lazy("photo"),
    "trade": gettext_lazy("purchase or sale"),
    "valuation": gettext_lazy("valuation"),
    "provenance": gettext_lazy("provenance"),
    "attachment": gettext_lazy("attachment"),
}


def labels() -> dates.Labels:
    return dates.Labels(
        bc=_("{} BC"), ad=_("AD {}"), circa=_("c. {}"), before=_("before {}"), after=_("after {}")
    )


def written(when: dates.DateRange) -> str:
    return "" if when == dates.UNDATED else dates.format(when, labels())


def struck(coin: Coin) -> str:
    return written(date_of(coin))


def field_name(change: FieldChange) -> str:
    if change.field in NOTES:
        return str(NOTES[change.field])
    field = BUILT_IN.get(change.field)
    return str(field.label) if field else change.field.removeprefix("custom.")


def value_text(change: FieldChange, value: Any) -> str:
    field = BUILT_IN.get(change.field)
    if field is None:
        return "" if value is None else str(value)
    if field.name == "date" and value:
        return written(dates.parse(value))
    return field.write(value)


def told(change: FieldChange) -> str:
    if change.field == "trash":
        return _("Moved to the trash") if change.new else _("Restored from the trash")
    if change.field == "created":
        return _("Added")
    name = field_name(change)
    old, new = value_text(change, change.old), value_text(change, change.new)
    if old and new:
        return _("%(field)s: %(old)s → %(new)s") % {
            "field": name,
            "old": short(old),
            "new": short(new),
        }
    if new:
        return _("%(field)s: %(new)s") % {"field": name, "new": short(new)}
    return _("%(field)s emptied (was %(old)s)") % {"field": name, "old": short(old)}


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
