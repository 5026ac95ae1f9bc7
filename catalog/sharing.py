"""What other people may see of a collection, by name or by a public link, and nothing beside it."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import (
    Coin,
    CoinReference,
    Collection,
    Membership,
    Photo,
    ShareLink,
    Status,
    User,
)
from catalog.models.coins import HELD, CoinQuerySet
from catalog.models.vocabulary import MOST_WORDS, fold

PUBLIC_SIZES = ("thumb", "card", "large")


def invite(collection: Collection, username: str, role: str) -> Membership:
    """By the exact user name: nothing here tells a stranger who has an account by mail address."""
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if user is None:
        raise ValidationError(_("Nobody here is called “%(name)s”.") % {"name": username})
    if user == collection.owner:
        raise ValidationError(_("This collection is yours already."))
    membership, _made = Membership.objects.update_or_create(
        collection=collection, user=user, defaults={"role": role}
    )
    return membership


def revoke(link: ShareLink) -> None:
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])


def coins_of(link: ShareLink) -> CoinQuerySet:
    """Never a draft, never what is in the trash, never what was sold or lost."""
    statuses = [Status.WANTED] if link.shows == ShareLink.Shows.WANTED else list(HELD)
    return Coin.objects.live().filter(collection=link.collection, status__in=statuses)


def photos_of(link: ShareLink) -> QuerySet[Photo]:
    return Photo.objects.filter(coin__in=coins_of(link))


def public_search(coins: CoinQuerySet, text: str) -> CoinQuerySet:
    """Finds by what the public page shows. The site's own search knows notes and places too, and must
    not be asked by strangers."""
    for word in fold(text).split()[:MOST_WORDS]:
        cited = CoinReference.objects.filter(coin=OuterRef("pk"), text__icontains=word)
        coins = coins.filter(
            Q(title__icontains=word)
            | Q(obverse_legend__icontains=word)
            | Q(reverse_legend__icontains=word)
            | Q(authority__search_text__contains=word)
            | Q(denomination__search_text__contains=word)
            | Q(mint__search_text__contains=word)
            | Q(metal__search_text__contains=word)
            | Q(Exists(cited))
        )
    return coins
