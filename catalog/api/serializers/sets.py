from typing import Any

from rest_framework import serializers

from catalog.api.serializers.fields import Fixed, OwnRow, VisibleCoin
from catalog.models import Authority, CoinSet, CoinType, SetSlot


class CoinSetSerializer(serializers.ModelSerializer):
    owner = serializers.HiddenField(default=serializers.CurrentUserDefault())

    class Meta:
        model = CoinSet
        fields = ["id", "owner", "name", "description", "created_at"]


class FillingSerializer(serializers.Serializer):
    slot = serializers.IntegerField(source="slot.pk")
    label = serializers.CharField(source="slot.label")  # type: ignore[assignment]
    coin = serializers.IntegerField(source="coin.pk", allow_null=True, default=None)


class CompletionSerializer(serializers.Serializer):
    total = serializers.IntegerField()
    filled = serializers.IntegerField()
    sentence = serializers.CharField(help_text="131 of 147, missing 1909-S VDB, 1914-D …")
    slots = FillingSerializer(many=True)


class KnownType(OwnRow):
    def get_queryset(self) -> Any:
        return CoinType.objects.known_to(self.context["request"].user)


class KnownAuthority(OwnRow):
    def get_queryset(self) -> Any:
        return Authority.objects.known_to(self.context["request"].user)


class SetSlotSerializer(Fixed):
    """Filled by the coin named here, else by any held coin of that type, year and mint mark, or of
    that authority."""

    fixed = ("set",)
    set = OwnRow(queryset=CoinSet.objects.all())
    type = KnownType(queryset=CoinType.objects.all(), allow_null=True, required=False)
    authority = KnownAuthority(queryset=Authority.objects.all(), allow_null=True, required=False)
    coin = VisibleCoin(allow_null=True, required=False)

    class Meta:
        model = SetSlot
        fields = [
            "id", "set", "position", "label", "type", "authority", "year", "mint_mark", "variety", "coin",
        ]  # fmt: skip
        extra_kwargs = {"year": {"min_value": -4000, "max_value": 2200}}
