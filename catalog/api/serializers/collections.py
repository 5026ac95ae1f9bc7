from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog import money
from catalog.api.serializers.fields import Fixed, OwnRow, Username
from catalog.api.serializers.rows import currency
from catalog.models import Collection, Membership, ShareLink, User


class CollectionSerializer(serializers.ModelSerializer):
    """`role` is what the caller may do: owner, editor or viewer."""

    owner = Username(allow_null=False)
    currency = currency(required=False)
    role = serializers.ChoiceField(
        ["owner", *Membership.Role.values], read_only=True, default="owner"
    )
    coins = serializers.IntegerField(
        source="coins_here", read_only=True, default=0, help_text="Without those in the trash."
    )

    class Meta:
        model = Collection
        fields = [
            "id", "uid", "name", "description", "currency", "owner", "role", "coins", "created_at",
        ]  # fmt: skip

    def create(self, validated_data: dict[str, Any]) -> Collection:
        owner = self.context["request"].user
        return Collection.objects.create(
            owner=owner, **{"currency": owner.base_currency} | validated_data
        )

    def update(self, collection: Collection, validated_data: dict[str, Any]) -> Collection:
        wanted = validated_data.pop("currency", collection.currency)
        super().update(collection, validated_data)
        if wanted != collection.currency:
            money.set_currency(collection, wanted)
        return collection


class OwnCollection(OwnRow):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Collection.objects.all(), **kwargs)


class MemberSerializer(Fixed):
    fixed = ("collection", "user")
    collection = OwnCollection()
    user = Username(read_only=False, allow_null=False, queryset=User.objects.filter(is_active=True))

    class Meta:
        model = Membership
        fields = ["id", "collection", "user", "role", "added_at"]

    def validate_user(self, user: User) -> User:
        if user == self.context["request"].user:
            raise serializers.ValidationError(_("This collection is yours already."))
        return user


class ShareLinkSerializer(Fixed):
    """A public address. Prices and places stay hidden unless you say so."""

    fixed = ("collection",)
    collection = OwnCollection()
    address = serializers.SerializerMethodField()

    class Meta:
        model = ShareLink
        fields = [
            "id", "collection", "address", "shows", "with_prices", "with_places", "expires_at",
            "revoked_at", "created_at",
        ]  # fmt: skip
        read_only_fields = ["revoked_at"]

    def get_address(self, link: ShareLink) -> str:
        return self.context["request"].build_absolute_uri(reverse("shared", args=[link.token]))
