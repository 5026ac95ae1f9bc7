"""What supports a type and what contradicts it, in sentences."""

from collections.abc import Iterable, Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from identify.values import Remark

SENTENCES: dict[str, str | Promise] = {
    "ruler_agrees": _("%(value)s, as was seen"),
    "ruler_possible": _("%(value)s, which is possible"),
    "ruler_differs": _("struck for %(value)s"),
    "denomination_agrees": _("%(value)s, as was seen"),
    "denomination_possible": _("%(value)s, which is possible"),
    "denomination_differs": _("another denomination: %(value)s"),
    "mint_agrees": _("mint: %(value)s, as was seen"),
    "mint_possible": _("mint: %(value)s, which is possible"),
    "mint_differs": _("another mint: %(value)s"),
    "metal_agrees": _("%(value)s, as was seen"),
    "metal_possible": _("%(value)s, which is possible"),
    "metal_differs": _("another metal: %(value)s"),
    "obverse_legend_same": _("obverse legend, letter for letter: %(legend)s"),
    "obverse_legend_close": _("obverse legend but for a few letters (%(letters)s): %(legend)s"),
    "obverse_legend_differs": _("another obverse legend: %(legend)s"),
    "reverse_legend_same": _("reverse legend, letter for letter: %(legend)s"),
    "reverse_legend_close": _("reverse legend but for a few letters (%(letters)s): %(legend)s"),
    "reverse_legend_differs": _("another reverse legend: %(legend)s"),
    "weight_inside": _("%(measured)s g, where %(low)s to %(high)s g is usual"),
    "weight_outside": _("%(measured)s g is outside %(low)s to %(high)s g"),
    "diameter_inside": _("%(measured)s mm, where %(low)s to %(high)s mm is usual"),
    "diameter_outside": _("%(measured)s mm is outside %(low)s to %(high)s mm"),
    "date_agrees": _("struck at that time"),
    "date_differs": _("struck at another time"),
}


def sentences(remarks: Iterable[Remark], terms: Mapping[str, str]) -> list[str]:
    """`terms` are the type's own words in the reader's language, by field."""
    return [sentence(remark, terms) for remark in remarks]


def sentence(remark: Remark, terms: Mapping[str, str]) -> str:
    shown = {name: text_of(value) for name, value in remark.params.items()}
    field = str(remark.params.get("field", ""))
    return str(SENTENCES[remark.code]) % (shown | {"value": terms.get(field) or shown.get("value")})


def text_of(value: object) -> str:
    return number_format(value, use_l10n=True) if isinstance(value, int | float) else str(value)
