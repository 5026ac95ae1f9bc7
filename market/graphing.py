"""Lots as marks of a chart, and the coin among them."""

from collections.abc import Iterable

from catalog.models import Coin, Trade
from market.appraisal import Appraisal
from market.charts import Mark, Own
from market.pieces import grade_of, in_years
from market.prices import Kind
from market.quoted import Priced
from market.worth import Terms, Worth

MOST_UNSOLD = 300
IN_VAIN = (Kind.START, Kind.ESTIMATE_LOW, Kind.ESTIMATE_HIGH)


def marks(offers: Iterable[Priced], worth: Worth) -> list[Mark]:
    return marked(((offer, worth.of(offer)) for offer in offers), worth)


def marked(priced: Iterable[tuple[Priced, float | None]], worth: Worth) -> list[Mark]:
    found = []
    for offer, paid in priced:
        price = paid if offer.is_sold else asked_in_vain(offer, worth)
        if price:
            found.append(mark(offer, price))
    return found


def mark(offer: Priced, price: float) -> Mark:
    return Mark(
        str(offer.pk),
        price,
        in_years(offer.day) if offer.day else None,
        grade_of(offer),
        " ".join(word for word in (offer.denomination, offer.metal) if word) or "?",
        offer.is_sold,
        offer.where,
        offer.link,
    )


def asked_in_vain(offer: Priced, worth: Worth) -> float | None:
    kind = next((kind for kind in IN_VAIN if kind in offer.prices), None)
    return worth.converted(offer.prices[kind], offer.day) if kind else None


def of_appraisal(appraisal: Appraisal, worth: Worth) -> list[Mark]:
    """What it was compared with, and what is near it; lots further down the ladder only if used."""
    priced = {offer.pk: (offer, price) for offer, price in appraisal.around}
    priced |= {line.offer.pk: (line.offer, line.price) for line in appraisal.lines}
    drawn = [mark(offer, price) for offer, price in priced.values()]
    return [*drawn, *marks(appraisal.unsold[:MOST_UNSOLD], worth)]


def own(coin: Coin, terms: Terms, appraisal: Appraisal | None = None) -> Own:
    """The estimate where there is one, else what its owner last said."""
    said = appraisal.estimate if appraisal else None
    grade = appraisal.subject.piece.grade if appraisal else None
    bought = purchase(coin, terms)
    if said and not said.is_refused:
        return Own(said.point, said.low, said.high, grade, bought)
    return Own(last_value(coin, terms), grade=grade, bought=bought)


def last_value(coin: Coin, terms: Terms) -> float | None:
    for one in coin.valuations.all()[:1]:
        return Worth(terms).converted((one.amount, one.currency), one.date)
    return None


def purchase(coin: Coin, terms: Terms) -> tuple[float, float] | None:
    """The latest with a day: hammer beside hammer, the whole cost beside what buyers paid."""
    for trade in coin.trades.all():
        if trade.kind != Trade.Kind.PURCHASE or trade.date is None:
            continue
        paid = trade.price + (trade.fees if terms.basis == "buyer" else 0)
        price = Worth(terms).converted((paid, trade.currency), trade.date)
        if price:
            return in_years(trade.date), price
    return None
