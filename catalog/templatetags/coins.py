from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog import dates, icons, sentences, telling
from catalog.models import Coin, FieldChange

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline drawing in the colour of the text. With a label it speaks; without, it is silent."""
    return icons.draw(name, label)


@register.filter
def struck(coin: Coin) -> str:
    return telling.struck(coin)


@register.filter
def years(start: int | None, end: int | None) -> str:
    return telling.written(dates.DateRange(start, end))


@register.filter
def plain_number(value: Decimal | None) -> str:
    """3.400 g is a precision that nobody measured: the zeros go."""
    return "" if value is None else number_format(value.normalize(), use_l10n=True)


@register.filter
def worded(kept: str) -> str:
    """A sentence out of a list that was kept."""
    return sentences.worded(kept)


@register.filter
def told(change: FieldChange) -> str:
    return telling.told(change)


@register.filter
def field_name(change: FieldChange) -> str:
    return telling.field_name(change)


@register.filter
def old_text(change: FieldChange) -> str:
    return telling.value_text(change, change.old)


@register.filter
def new_text(change: FieldChange) -> str:
    return telling.value_text(change, change.new)


@register.filter
def undoable(change: FieldChange) -> bool:
    return change.field not in telling.NOTES


@register.simple_tag
def percent(part: Any, whole: Any) -> str:
    return f"{100 * part / whole:.0f} %" if whole else _("none")
