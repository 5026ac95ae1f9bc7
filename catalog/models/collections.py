import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models.people import User


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: "Visitor") -> "CollectionQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user) | Q(pk__in=Membership.objects.of(user)))

    def editable_by(self, user: "Visitor") -> "CollectionQuerySet":
        if not user.is_authenticated:
            return self.none()
        editors = Membership.objects.of(user).filter(role=Membership.Role.EDITOR)
        return self.filter(Q(owner=user) | Q(pk__in=editors))

    def owned_by(self, user: "Visitor") -> "CollectionQuerySet":
        return self.filter(owner=user) if user.is_authenticated else self.none()

    @transaction.atomic
    def first_of(self, user: "User") -> "Collection":
        """Made where there is none: once, also when a newcomer's photos arrive two at a time."""
        get_user_model().objects.select_for_update().get(pk=user.pk)
        return self.owned_by(user).first() or self.create(
            owner=user, name=gettext("My collection"), currency=user.base_currency
        )


class Collection(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: "Visitor") -> "models.QuerySet[Membership, int]":
        return self.filter(user=user).values_list("collection_id", flat=True)


class Membership(models.Model):
    class Role(models.TextChoices):
        VIEWER = "viewer", _("Viewer")
        EDITOR = "editor", _("Editor")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.VIEWER)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("collection", "user", name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


def new_share_token() -> str:
    return secrets.token_urlsafe(18)


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def live(self) -> "ShareLinkQuerySet":
        in_time = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(in_time, revoked_at=None, collection__owner__is_active=True)


class ShareLink(models.Model):
    """A public address of one collection. Prices and places stay hidden unless the owner says so."""

    class Shows(models.TextChoices):
        OWNED = "owned", _("What I own")
        WANTED = "wanted", _("What I am looking for")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="share_links")
    token = models.CharField(max_length=40, unique=True, default=new_share_token, editable=False)
    shows = models.CharField(_("shows"), max_length=6, choices=Shows, default=Shows.OWNED)
    with_prices = models.BooleanField(_("show prices"), default=False)
    with_places = models.BooleanField(_("show storage places"), default=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.collection} · {self.get_shows_display()}"
