"""Which lots are looked at for one coin: those of its type, then of its ruler and denomination, then
of its denomination, the newest first; not more than can be compared while somebody waits."""

from dataclasses import dataclass

from django.db.models import F, Q

from catalog.access import Visitor
from market.models import Comparable, Lot
from market.models.lots import LotQuerySet
from market.offers import Offer, offers
from market.pieces import Subject, Words
from market.typekeys import written_forms

MOST = 1_000


@dataclass(frozen=True)
class Gathered:
    offers: list[Offer]
    states: dict[int, str]  # by lot: pinned or rejected


def gather(subject: Subject, user: Visitor, most: int = MOST) -> Gathered:
    states = dict(Comparable.objects.filter(coin=subject.coin).values_list("lot_id", "state"))
    lots = Lot.objects.visible_to(user)
    looked_at = lots.filter(excluded_reason="", status__in=[Lot.Status.SOLD, Lot.Status.UNSOLD])
    found: dict[int, None] = dict.fromkeys(lots.filter(pk__in=states).values_list("pk", flat=True))
    for rung in rungs(subject):
        if len(found) >= most:
            break
        newest = looked_at.filter(rung).order_by(F("sale__day").desc(nulls_last=True), "-pk")
        found |= dict.fromkeys(newest.values_list("pk", flat=True)[: most - len(found)])
    return Gathered(offers(lots.filter(pk__in=found).order_by("pk")), states)


def rungs(subject: Subject) -> list[Q]:
    money = said("denomination", subject.denomination)
    ruler = said("authority", subject.ruler, "ruler")
    forms = written_forms(subject.cited, subject.ruler.name)
    found = []
    if forms:
        found.append(Q(pk__in=cites(forms)))
    if money and ruler:
        found.append(money & ruler)
    if money:
        found.append(money)
    return found


def cites(keys: frozenset[str]) -> LotQuerySet:
    return Lot.objects.filter(references__canonical_key__in=keys).values("pk")  # type: ignore[return-value]


def said(name: str, words: Words, text: str = "") -> Q:
    """Either by the vocabulary or in the words that the text was read with."""
    if not words.name:
        return Q()
    by_text = Q(**{f"attributes__{text or name}_text__in": words.written})
    return by_text | Q(**{f"attributes__{name}": words.pk})
