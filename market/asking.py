"""What an address asks for: currency, sense and money of the prices. What is no currency is left aside."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest

from catalog import rates
from catalog.access import id_in
from market.models import PriceLevel
from market.worth import Basis, Terms


def terms_of(request: HttpRequest, currency: str) -> Terms:
    asked = request.GET.get("currency", "").upper()
    basis = request.GET.get("basis", "")
    return Terms(
        asked if asked in rates.known_currencies() else currency,
        Basis(basis) if basis in list(Basis) else Basis.HAMMER,
    )


def asked_terms(request: HttpRequest, currency: str) -> tuple[Terms, list[int]]:
    """And the years in whose money prices of the currency may be said: those of which there is an index."""
    terms = terms_of(request, currency)
    years = PriceLevel.objects.series(terms.currency).years
    year = id_in(request.GET.get("money_of", ""))
    return replace(terms, money_of=year) if year in years else terms, years


def query_of(terms: Terms, currency: str) -> str:
    """The shortest address for these terms."""
    said = {}
    if terms.currency != currency:
        said["currency"] = terms.currency
    if terms.basis != Basis.HAMMER:
        said["basis"] = terms.basis.value
    if terms.money_of:
        said["money_of"] = str(terms.money_of)
    return f"?{urlencode(said)}" if said else ""


def usual_currencies(*own: str) -> list[str]:
    return list(dict.fromkeys([*own, "EUR", "USD", "GBP", "CHF"]))
