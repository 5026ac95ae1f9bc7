"""What the panel of a coin is drawn from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from catalog.access import Visitor
from catalog.models import Coin
from market import graphing, telling
from market.appraisal import Appraisal, Line, appraise
from market.asking import query_of, usual_currencies
from market.charts import chart_data
from market.lotpages import search_for
from market.marking import Piece, marked
from market.models import Lot, LotPicture
from market.offers import Offer
from market.soldbefore import sightings
from market.wording import name_of
from market.worth import Basis, Terms, Worth, rounded

SHOWN = 6  # beside the coin; its own page has them all
AT_ONCE = 50


@dataclass(frozen=True)
class Shown:
    line: Line
    why: list[str]
    text: list[Piece]
    as_sold: Any = None
    picture: LotPicture | None = None

    @property
    def per_cent(self) -> int:
        return round(100 * self.line.share)


def page(coin: Coin, user: Visitor, terms: Terms, number: str) -> dict[str, Any]:
    """The panel with all its lines, some at a time, and what the charts are drawn from."""
    appraisal = appraise(coin, user, terms)
    lines = Paginator(appraisal.lines, AT_ONCE).get_page(number)
    marks = graphing.of_appraisal(appraisal, Worth(terms))
    own = graphing.own(coin, terms, appraisal)
    search = search_for(coin)
    return described(appraisal, list(lines), user) | {
        "page": lines,
        "is_whole": True,
        "chart": chart_data(marks, own) if marks else None,
        "all_lots": f"{reverse('market:lots')}?{search.to_query(coin=str(coin.pk))}"
        if search
        else "",
    }


def panel(coin: Coin, user: Visitor, terms: Terms) -> dict[str, Any]:
    appraisal = appraise(coin, user, terms)
    more = max(0, len(appraisal.lines) - SHOWN)
    return described(appraisal, appraisal.lines[:SHOWN], user) | {"more": more}


def described(appraisal: Appraisal, lines: list[Line], user: Visitor) -> dict[str, Any]:
    coin, terms, estimate = appraisal.coin, appraisal.terms, appraisal.estimate
    seen = sightings(appraisal, user)
    drawn = [line.offer for line in (*lines, *appraisal.rejected)]
    texts, pictures = (
        texts_of(lines, user),
        pictures_of([*drawn, *(one.offer for one in seen)], user),
    )
    return {
        "coin": coin,
        "appraisal": appraisal,
        "terms": terms,
        "query": query_of(terms, coin.collection.currency),
        "home_currency": coin.collection.currency,
        "currencies": usual_currencies(coin.collection.currency, terms.currency),
        "estimate": None if estimate.is_refused else figures(appraisal),
        "said": estimate,
        "verdict": telling.verdict_of(appraisal),
        "helps": telling.helps(appraisal) if estimate.is_refused else [],
        "lines": [shown(line, terms, texts, pictures) for line in lines],
        "rejected": [shown(line, terms, texts, pictures) for line in appraisal.rejected],
        "has_opinions": bool(appraisal.rejected) or any(line.is_pinned for line in appraisal.lines),
        "sightings": [(one, pictures.get(one.offer.pk)) for one in seen],
        "years": years(appraisal),
        "unsold_per_cent": round(100 * (estimate.unsold_share or 0)),
        "can_watch": bool(coin.authority or coin.denomination or appraisal.subject.cited),
    }


def figures(appraisal: Appraisal) -> dict[str, Any]:
    said = appraisal.estimate
    return {"point": rounded(said.point), "low": rounded(said.low), "high": rounded(said.high)}


def years(appraisal: Appraisal) -> tuple[int, int] | None:
    days = [line.offer.day.year for line in appraisal.lines if line.offer.day]
    return (min(days), max(days)) if days else None


def shown(
    line: Line, terms: Terms, texts: dict[int, list[Piece]], pictures: dict[int, LotPicture]
) -> Shown:
    paid, pk = as_sold(line, terms), line.offer.pk
    return Shown(line, telling.why(line), texts.get(pk, []), paid, pictures.get(pk))


def pictures_of(offers: Iterable[Offer], user: Visitor) -> dict[int, LotPicture]:
    """The first of each lot."""
    rows = LotPicture.objects.visible_to(user).filter(lot__in=[one.pk for one in offers])
    found: dict[int, LotPicture] = {}
    for one in rows.order_by("pk").defer("says", "fingerprint"):
        found.setdefault(one.lot_id, one)
    return found


def as_sold(line: Line, terms: Terms) -> Any:
    """In its own currency, sense and money, where that is another than the page's."""
    own = ("hammer", "premium_included") if terms.basis == Basis.HAMMER else ("premium_included", "hammer")  # fmt: skip
    kind = next((kind for kind in own if kind in line.offer.prices), "")
    if not kind:
        return None
    amount, currency = line.offer.prices[kind]
    if currency == terms.currency and kind == own[0] and not terms.money_of:
        return None
    return {"amount": amount, "currency": currency, "kind": kind}


def texts_of(lines: Iterable[Line], user: Visitor) -> dict[int, list[Piece]]:
    """Only of lots that one brought oneself: others get the facts and the link."""
    own = Lot.objects.filter(pk__in=[line.offer.pk for line in lines], owner=user.pk)
    rows = own.exclude(description="").values_list(
        "pk", "title", "description", "attributes__spans"
    )
    return {
        pk: marked(f"{title}\n{text}" if title else text, named(spans or {}))
        for pk, title, text, spans in rows
    }


def named(spans: dict[str, list[int]]) -> dict[str, list[int]]:
    return {name_of(name): span for name, span in spans.items()}
