"""Who is told when an identification is done, and each message until it has arrived."""

import hashlib
import hmac
import json
import secrets
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Collection
from catalog.sentences import ShortSentenceField, at_most

if TYPE_CHECKING:
    from identify.models.identifications import Identification

# After a failure: soon, and then ever later; a server that was down for a night still hears of it
PAUSES = tuple(timedelta(seconds=wait) for wait in (10, 60, 600, 3600, 6 * 3600, 12 * 3600))
TAKING = timedelta(minutes=2)  # longer than a message can take; whoever took it died after that


class Webhook(models.Model):
    """An address of somebody's program."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=1000)
    secret = models.CharField(max_length=64, default=partial(secrets.token_hex, 32))
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url

    def signature(self, body: bytes, at: int) -> str:
        """Over the time as well, so that an old message cannot be sent again as a new one."""
        told = f"{at}.".encode() + body
        return f"t={at},v1={hmac.new(self.secret.encode(), told, hashlib.sha256).hexdigest()}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.WAITING, not_before__lte=timezone.now())

    def announce(self, job: "Identification") -> None:
        """To every program of whoever owns the coin; queued with the result, or not at all."""
        owners = Collection.objects.filter(coins=job.coin_id).values("owner")
        hooks = Webhook.objects.filter(owner__in=owners, is_active=True)
        for hook in hooks:
            self.create(webhook=hook, body=body_of(job)).enqueue()


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    body: Any = models.JSONField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    failure = ShortSentenceField(max_length=300, blank=True)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.get_state_display()}"

    def enqueue(self) -> None:
        from django_q.tasks import async_task

        key = self.pk
        transaction.on_commit(lambda: async_task("identify.tasks.deliver", key), robust=True)

    def take(self) -> bool:
        """Of two deliveries of one task, one sends. If it dies, the message is due again later."""
        mine = Delivery.objects.due().filter(pk=self.pk)
        taken = mine.update(attempts=models.F("attempts") + 1, not_before=timezone.now() + TAKING)
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def message(self) -> tuple[bytes, dict[str, str]]:
        body = json.dumps(self.body | {"delivery": self.pk}).encode()
        signature = self.webhook.signature(body, int(time.time()))
        return body, {"Content-Type": "application/json", "X-Obverse-Signature": signature}

    def arrived(self, status: int) -> None:
        self.settle(state=self.State.SENT, status=status, failure="")

    def missed(self, why: str, status: int | None = None) -> None:
        """Later, or never, when it was tried often enough."""
        again = self.attempts <= len(PAUSES)
        pause = PAUSES[self.attempts - 1] if again else timedelta(0)
        state = self.State.WAITING if again else self.State.FAILED
        self.settle(
            state=state, status=status, failure=at_most(why, 300), not_before=timezone.now() + pause
        )

    def settle(self, **values: Any) -> None:
        Delivery.objects.filter(pk=self.pk).update(**values)


def body_of(job: "Identification") -> dict[str, Any]:
    """Where to look; what was found is read with a token, so that nothing private is sent around."""
    return {
        "event": "identification.finished",
        "identification": f"{settings.SITE_URL}/api/v1/identifications/{job.pk}/",
        "id": job.pk,
        "coin": job.coin_id,
        "state": job.state,
    }
