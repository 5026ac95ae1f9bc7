"""Which lots are looked at for one coin: those of its type, then of its ruler and denomination, then
of its denomination, the newest first; not more than can be compared while somebody waits.

A lot is of a word if its text was read as that word of the vocabulary, or says it as the coin's own word is
written. Texts are what the narrow rows know, so first it is asked in which texts the word stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q

from catalog.access import Visitor
from market.models import Comparable, Lot, LotAttributes, LotReference, Quote
from market.offers import Offer, among, offers
from market.pieces import Subject, Words
from market.quoted import offers_of
from market.spellings import asked, present, read_as
from market.typekeys import written_forms

MOST = 1_000


@dataclass(frozen=True)
class Gathered:
    offers: list[Offer]
    states: dict[int, str]  # by lot: pinned or rejected


def gather(subject: Subject, user: Visitor, most: int = MOST) -> Gathered:
    states = dict(Comparable.objects.filter(coin=subject.coin).values_list("lot_id", "state"))
    lots, quotes = Lot.objects.visible_to(user), Quote.objects.visible_to(user)
    spoken_of = lots.filter(pk__in=states)
    found: dict[int, None] = dict.fromkeys(spoken_of.values_list("pk", flat=True) if states else ())
    for rung in rungs(subject):
        newest = quotes.filter(rung).order_by(F("day").desc(nulls_last=True), "-pk")
        found |= dict.fromkeys(newest.values_list("pk", flat=True)[: most - len(found)])
        if len(found) >= most:
            break
    # What is set apart has no quote, and comes in by a pin all the same
    apart = offers(spoken_of) if states else []
    others = offers_of(among(quotes, found.keys() - states.keys()))
    return Gathered(sorted([*apart, *others], key=lambda offer: offer.pk), states)


def rungs(subject: Subject) -> Iterator[Q]:
    forms = written_forms(subject.cited, subject.ruler.name)
    if forms:
        cited = LotReference.objects.filter(canonical_key__in=forms)
        yield Q(pk__in=cited.values("lot"))
    money = said("denomination", "denomination", subject.denomination)
    if money is None:
        return
    ruler = said("ruler", "authority", subject.ruler)
    if ruler is not None:
        yield money & ruler
    yield money


def said(name: str, term: str, words: Words) -> Q | None:
    """Either by the vocabulary or in the words that the text was read with. Of one text alone a database
    finds the newest lots without sorting, so none is asked for that no lot has."""
    if not words.name:
        return None
    questions = present(Quote, name, words.written)
    if words.pk:
        questions.append(read_as(LotAttributes, f"{term}_id", f"{name}_text", words.pk))
    texts = asked(*questions)
    found = Q(**{f"{name}__in": sorted(texts)})
    if texts <= words.written:
        return found
    by_text = Q(**{f"{name}__in": words.written})
    return found & (by_text | Q(**{f"lot__attributes__{term}": words.pk}))
