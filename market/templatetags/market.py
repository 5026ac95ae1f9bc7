from django import template

register = template.Library()


@register.filter
def spaced(name: str) -> str:
    """`well_centred` as dealers write it."""
    return name.replace("_", " ")
