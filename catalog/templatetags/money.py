from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, to_locale

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """`{{ coin.value|money:collection.currency }}` → “€1,234.50”, “1.234,50 €”; a dash for nothing."""
    return written(amount, currency)


@register.filter
def whole_money(amount: Decimal | None, currency: str) -> str:
    """Without cents, for totals: nobody weighs a cabinet to the cent."""
    return written(amount, currency, whole=True)


@register.filter
def signed_whole_money(amount: Decimal | None, currency: str) -> str:
    """A gain with its plus, a loss with a real minus sign."""
    text = written(abs(amount) if amount is not None else None, currency, whole=True)
    return text if not amount else f"{'+' if amount > 0 else '−'}{text}"


def written(amount: Decimal | None, currency: str, whole: bool = False) -> str:
    from babel import Locale
    from babel.numbers import format_currency

    if amount is None:
        return "–"
    locale = Locale.parse(to_locale(get_language() or "en"))
    options: dict[str, Any] = {}
    if whole:
        amount = round(amount, 0)
        pattern = locale.currency_formats["standard"]
        options = {"format": pattern.pattern.replace(".00", ""), "currency_digits": False}
    return format_currency(amount, currency, locale=locale, **options)
