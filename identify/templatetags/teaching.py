from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def share(value: object) -> str:
    """0.923 as “92 %”; a dash where nothing is known."""
    if not isinstance(value, int | float):
        return "–"
    return _("%(n)s %%") % {"n": number_format(100 * value, 0)}
