from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.api.filters import CoinFilter
from catalog.models import Coin

MOST = 500


class BulkCreateSerializer(serializers.Serializer):
    coins = serializers.ListField(
        child=serializers.DictField(), min_length=1, max_length=MOST,
        help_text="Each like the body of `POST /coins/`.",
    )  # fmt: skip
    all_or_nothing = serializers.BooleanField(default=False)


class Selection(serializers.Serializer):
    """Some coins by their ids, or all that a filter finds."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        min_length=1,
        max_length=MOST,
    )
    filter = serializers.DictField(
        required=False, help_text='The parameters of `GET /coins/`: `{"status": ["draft"]}`.'
    )
    versions = serializers.DictField(
        child=serializers.IntegerField(), required=False,
        help_text="What If-Match is for one coin: `{\"12\": 3}` leaves coin 12 alone if it changed.",
    )  # fmt: skip
    all_or_nothing = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("ids" in attrs) == ("filter" in attrs):
            raise serializers.ValidationError(_("Name either ids or a filter."))
        if "filter" in attrs:
            attrs["filter"] = self.read_filter(attrs["filter"])
        return attrs

    def read_filter(self, raw: dict[str, Any]) -> CoinFilter:
        """A name that is no filter would widen the selection instead of narrowing it."""
        unknown = sorted(set(raw) - set(CoinFilter.base_filters))
        if unknown or not raw:
            names = ", ".join(sorted(CoinFilter.base_filters))
            message = _("Name at least one of these and nothing else: %(names)s.") % {
                "names": names
            }
            raise serializers.ValidationError({"filter": [message]})
        found = CoinFilter(as_query(raw), request=self.context["request"])
        if not found.is_valid():
            raise serializers.ValidationError({"filter": dict(found.errors)})
        return found

    def chosen(self, coins: QuerySet[Coin]) -> QuerySet[Coin]:
        if "ids" in self.validated_data:
            return coins.filter(pk__in=self.validated_data["ids"])
        return self.validated_data["filter"].filter_queryset(coins)


class BulkChangeSerializer(Selection):
    changes = serializers.DictField(
        help_text="Like the body of `PATCH /coins/{id}/`. Tags also take "
        '`{"add": […], "remove": […]}`.'
    )


class VerdictSerializer(serializers.Serializer):
    index = serializers.IntegerField(help_text="Its place in what you sent.")
    id = serializers.IntegerField(allow_null=True)
    verdict = serializers.ChoiceField(
        ["created", "changed", "unchanged", "refused", "not_found", "forbidden", "stale"]
    )
    errors = serializers.DictField(required=False)  # type: ignore[assignment]


class VerdictsSerializer(serializers.Serializer):
    batch = serializers.UUIDField(help_text="Takes a change back: `POST /changes/undo/`.")
    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = VerdictSerializer(many=True)


def as_query(raw: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in raw.items():
        values = value if isinstance(value, list) else [value]
        texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
        query.setlist(name, texts if name == "status" else [",".join(texts)])
    return query
