"""Previous and next coin in the list that the visitor came from."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from catalog import filters
from catalog.models import Coin


@dataclass(frozen=True)
class Neighbours:
    previous: str = ""
    next: str = ""
    back: str = ""  # to the list itself


def neighbours(request: HttpRequest, coin: Coin) -> Neighbours:
    """`from` is the address of the list; who came from elsewhere has no neighbours."""
    query = request.GET.get("from", "")
    if not query:
        return Neighbours()
    before, after = filters.neighbours(coin, query, request.user)
    return Neighbours(
        address(before, query),
        address(after, query),
        f"{reverse('coins')}?{QueryDict(query).urlencode()}",
    )


def address(pk: int | None, query: str) -> str:
    return f"{reverse('coin', args=[pk])}?from={quote(query, safe='')}" if pk else ""
