"""Programs that want to be told instead of asking again and again."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.base import Mine, Read, Write, user_of
from catalog.fetch import FetchRefused
from catalog.fetch.links import target_of
from catalog.sentences import sentence
from identify.delivering import policy
from identify.models import Delivery, Webhook

MOST = 10
DELIVERY = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"}, "state": {"type": "string"}, "attempts": {"type": "integer"},
        "status": {"type": "integer", "nullable": True}, "failure": {"type": "string"},
    },
}  # fmt: skip


class WebhookSerializer(serializers.ModelSerializer):
    """`secret` signs each message: keep it with your program. `latest` are the last messages."""

    secret = serializers.CharField(read_only=True)
    latest = serializers.SerializerMethodField()

    class Meta:
        model = Webhook
        fields = ["id", "url", "secret", "is_active", "created_at", "latest"]
        read_only_fields = ["created_at"]

    @extend_schema_field({"type": "array", "items": DELIVERY})
    def get_latest(self, hook: Webhook) -> list[dict[str, Any]]:
        names = ("id", "state", "attempts", "status", "failure")
        return [
            {name: getattr(one, name) for name in names}
            for one in Delivery.objects.filter(webhook=hook)[:5]
        ]

    def validate_url(self, url: str) -> str:
        """What can be known without asking the network; the address itself is checked at each message."""
        try:
            target_of(url, policy())
        except FetchRefused as refusal:
            raise serializers.ValidationError(sentence(refusal)) from None
        return url

    def create(self, validated_data: dict[str, Any]) -> Webhook:
        owner = user_of(self.context["request"])
        if Webhook.objects.filter(owner=owner).count() >= MOST:
            raise serializers.ValidationError(
                {"url": [_("You have %(most)s already: remove one first.") % {"most": MOST}]}
            )
        return Webhook.objects.create(owner=owner, **validated_data)


class WebhookViewSet(Read, Write, Mine):
    """Addresses that get a signed message when an identification of a coin of yours is done.
    What was found is not in it: read it with your token."""

    queryset = Webhook.objects.all()
    serializer_class = WebhookSerializer
    orderings = {"id": "id"}
