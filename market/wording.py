"""What was read of a lot's text and what could not be, told to people in their language."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from market.prices import MESSAGES

WARNINGS: dict[str, str | Promise] = {
    "strange_font": gettext_lazy("Part of the legend is in a font that we cannot read."),
    "broken_letters": gettext_lazy("Some letters arrived broken: “%(raw)s”"),
    "broken_json": gettext_lazy("A part of the page that describes it could not be read."),
    "day_or_month": gettext_lazy("“%(raw)s” may be two different days, so it was left out."),
    "no_date": gettext_lazy("“%(raw)s” is not a date that we can read."),
    "weight_g": gettext_lazy("“%(raw)s” cannot be the weight of such a coin, so it was left out."),
    "diameter_mm": gettext_lazy(
        "“%(raw)s” cannot be the diameter of such a coin, so it was left out."
    ),
    "die_axis_h": gettext_lazy("“%(raw)s” is no die axis, so it was left out."),
}
ROWS: dict[str, str | Promise] = {
    "too_many_cells": gettext_lazy("It has more cells than there are headings."),
    "no_text": gettext_lazy("It has no text."),
}
UNIT = re.compile(r"_(?:g|mm|h)\Z")
READ: dict[str, str | Promise] = {
    "ruler": gettext_lazy("ruler"),
    "mint": gettext_lazy("mint"),
    "metal": gettext_lazy("metal"),
    "denomination": gettext_lazy("denomination"),
    "weight": gettext_lazy("weight"),
    "diameter": gettext_lazy("diameter"),
    "die_axis": gettext_lazy("die axis"),
    "grade": gettext_lazy("grade"),
    "price": gettext_lazy("price"),
    "reference": gettext_lazy("reference"),
    "flag": gettext_lazy("remark"),
}


def warning(code: str, raw: str) -> str:
    if code.startswith("price_"):
        template = MESSAGES.get(code.removeprefix("price_"), "%(text)s")
        return _(template) % {"text": raw, "word": raw}
    known = WARNINGS.get(code)
    return str(known) % {"raw": raw} if known else raw or code


def refused_row(code: str) -> str:
    return str(ROWS.get(code, code))


def name_of(field: str) -> str:
    """`reference:2` is a reference, `weight_g` a weight."""
    name = field.split(":")[0]
    return str(READ.get(UNIT.sub("", name), name))
