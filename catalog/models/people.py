import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=settings.LANGUAGES, default=""
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    list_columns = models.JSONField(_("list columns"), default=list, blank=True)
    list_layout = models.CharField(_("list layout"), max_length=6, default="cards")

    @property
    def base_currency(self) -> str:
        return self.currency or settings.DEFAULT_CURRENCY


class SavedView(models.Model):
    """A named filter: the query string of the list, nothing more."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("query"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint("user", "name", name="view_name_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, user: User, name: str, query: str) -> "SavedView":
        last = cls.objects.filter(user=user).aggregate(last=models.Max("position"))["last"]
        place = {"position": 0 if last is None else last + 1}
        view, _created = cls.objects.update_or_create(
            user=user,
            name=name,
            defaults={"query": query},
            create_defaults={"query": query} | place,
        )
        return view

    def move(self, by: int) -> None:
        """One up or down among the views of its user; past an end it stays."""
        views = list(SavedView.objects.filter(user=self.user_id))
        at = views.index(self)
        views.insert(max(0, at + by), views.pop(at))
        for position, view in enumerate(views):
            view.position = position
        SavedView.objects.bulk_update(views, ["position"])


class ApiToken(models.Model):
    """Only a digest is kept: the token itself is shown once, when it is made."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def issue(
        cls, user: User, name: str, scope: str, expires_at: datetime | None = None
    ) -> tuple["ApiToken", str]:
        secret = "obv_" + secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user, name=name, scope=scope, expires_at=expires_at, digest=cls.digest_of(secret)
        )
        return token, secret

    @property
    def is_live(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()

    def note_use(self) -> None:
        """At most once a minute, so that a busy program does not write on every read."""
        now = timezone.now()
        due = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        if self.last_used_at is None or self.last_used_at < now - timedelta(minutes=1):
            ApiToken.objects.filter(due, pk=self.pk).update(last_used_at=now)
