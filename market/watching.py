"""Lots that somebody waits for: found when they come, told on the site and once a day by e-mail."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import rates
from catalog.models import Authority, Denomination, User
from market.doubting import doubt
from market.models import Lot, Watch, WatchHit
from market.models.lots import LotQuerySet
from market.searching import cites, spellings

CHUNK = 500
# What it can be had for, best known first
ASKED = ("ask", "premium_included", "hammer", "start", "estimate_low")
MOST_IN_MAIL = 30
WORDS: dict[str, Any] = {"ruler_text": Authority, "denomination_text": Denomination}


def hold_fresh() -> int:
    """Every lot that is new, or open again, against every watch, itself and its like. Twice does no harm."""
    found = 0
    while ids := list(Lot.objects.filter(is_fresh=True).values_list("pk", flat=True)[:CHUNK]):
        for watch in Watch.objects.filter(is_active=True).select_related("user"):
            found += hold(watch, Lot.objects.filter(pk__in=ids))
        doubt(Lot.objects.filter(pk__in=ids))
        Lot.objects.filter(pk__in=ids).update(is_fresh=False)
    return found


def look_back(watch: Watch) -> int:
    """What was here before somebody waited for it, and can still be had."""
    return hold(watch, Lot.objects.filter(status=Lot.Status.OPEN))


def hold(watch: Watch, lots: LotQuerySet) -> int:
    hits = [WatchHit(watch=watch, lot=lot) for lot in matching(watch, lots)]
    before = watch.hits.count()
    WatchHit.objects.bulk_create(hits, ignore_conflicts=True)
    return watch.hits.count() - before


def matching(watch: Watch, lots: LotQuerySet) -> list[Lot]:
    wanted = Q(excluded_reason="")
    if watch.only_open:
        wanted &= Q(status=Lot.Status.OPEN)
    if watch.reference_key:
        wanted &= Q(pk__in=cites(watch.reference_key))
    for name, words in WORDS.items():
        if said := getattr(watch, name):
            as_it_stands = Q(**{f"attributes__{name}__iexact": said})
            wanted &= as_it_stands | Q(**{f"attributes__{name}__in": spellings(words, said)})
    if watch.metal:
        wanted &= Q(attributes__metal__iexact=watch.metal)
    if watch.grade_from is not None:
        wanted &= Q(attributes__grade_ord__gte=watch.grade_from)
    found = lots.visible_to(watch.user).filter(wanted).distinct().prefetch_related("prices")
    return [lot for lot in found if is_cheap_enough(watch, lot)]


def is_cheap_enough(watch: Watch, lot: Lot) -> bool:
    """At the latest rate. Where nothing is said of the price, nobody is woken up."""
    if watch.max_price is None:
        return True
    prices = {price.kind: price for price in lot.prices.all()}
    price = next((prices[kind] for kind in ASKED if kind in prices), None)
    if price is None:
        return False
    if price.currency == watch.currency:
        return price.amount <= watch.max_price
    there = rates.convert(price.amount, price.currency, watch.currency, rates.table().last_day)
    return there is not None and there.amount <= watch.max_price


# --- e-mail ---------------------------------------------------------------------------
def send_digests() -> int:
    """One message a person and day, with what came since the last."""
    waiting = WatchHit.objects.filter(
        mailed_at=None, watch__by_mail=True, watch__is_active=True, watch__user__is_active=True
    ).exclude(watch__user__email="")
    by_user: dict[User, list[WatchHit]] = defaultdict(list)
    for hit in waiting.select_related("watch__user", "lot__sale").order_by("watch__name", "pk"):
        by_user[hit.watch.user].append(hit)
    for user, hits in by_user.items():
        with translation.override(user.language or settings.LANGUAGE_CODE):
            subject, text = digest(hits)
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
        WatchHit.objects.filter(pk__in=[hit.pk for hit in hits]).update(mailed_at=timezone.now())
    return len(by_user)


def digest(hits: list[WatchHit]) -> tuple[str, str]:
    number = len(hits)
    subject = ngettext("%(n)s lot that you wait for", "%(n)s lots that you wait for", number) % {
        "n": number
    }
    lines = []
    for hit in hits[:MOST_IN_MAIL]:
        address = settings.SITE_URL + reverse("market:lot", args=[hit.lot_id])
        lines.append(f"{hit.watch.name}: {str(hit.lot)[:120]}\n{address}")
    if number > MOST_IN_MAIL:
        lines.append("…")
    end = _("You find them all, and turn these messages off, here:")
    lines.append(f"{end}\n{settings.SITE_URL}{reverse('market:watches')}")
    return subject, "\n\n".join(lines)
