from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog import editing
from catalog.api.base import refuse_viewers
from catalog.api.reading import CoinReader
from catalog.api.serializers.fields import (
    Named,
    NamedTags,
    OwnRow,
    References,
    Struck,
    Username,
    bounded,
)
from catalog.api.serializers.photos import PhotoSummary
from catalog.fields import BUILT_IN
from catalog.models import Coin, Collection, FieldChange, Status, StatusChange, User

EDITABLE = [*BUILT_IN, "custom"]


class EditableCollection(OwnRow):
    def get_queryset(self) -> Any:
        return Collection.objects.visible_to(self.context["request"].user).select_related("owner")

    def to_internal_value(self, data: Any) -> Collection:
        collection: Collection = super().to_internal_value(data)
        refuse_viewers(self.context["request"].user, collection.pk)
        return collection


class CoinSerializer(serializers.ModelSerializer):
    """A coin as it is told. What is written is read by `catalog.fields`, through CoinReader."""

    name = serializers.CharField(source="__str__", read_only=True)
    page = serializers.CharField(
        source="get_absolute_url", read_only=True, help_text="Where people see it."
    )
    collection = EditableCollection(queryset=Collection.objects.all())
    currency = serializers.CharField(source="collection.currency", read_only=True)
    type = Named(required=False, allow_null=True)
    authority = Named(required=False, allow_null=True)
    denomination = Named(required=False, allow_null=True)
    mint = Named(required=False, allow_null=True)
    metal = Named(required=False, allow_null=True)
    region = Named(required=False, allow_null=True)
    place = Named(required=False, allow_null=True)
    tags = NamedTags(required=False)
    references = References(required=False)
    date = Struck(required=False, allow_blank=True, help_text="27 BC to AD 14, c. AD 80, 1943 …")
    custom = serializers.DictField(required=False, help_text="Your own fields by their keys.")
    photos = PhotoSummary(many=True, read_only=True)

    class Meta:
        model = Coin
        fields = [
            "id", "uid", "name", "page", "collection", *EDITABLE, "year_from", "year_to", "is_circa",
            "native_date", "grade_rank", "cost", "value", "currency", "acquired_on", "photos",
            "version", "created_at", "changed_at", "deleted_at",
        ]  # fmt: skip
        read_only_fields = ["year_from", "year_to", "is_circa", "native_date", "grade_rank"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forget()

    def forget(self) -> None:
        """What was looked up for the coins before may have gone with them."""
        self.collections: dict[int, Collection] = {}
        self.readers: dict[int, CoinReader] = {}

    def reader_for(self, owner: User) -> CoinReader:
        if owner.pk not in self.readers:
            self.readers[owner.pk] = CoinReader(owner, self.context["request"].user)
        return self.readers[owner.pk]

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            self.fail_as_body()
        collection = self.read_collection(data)
        reader = self.reader_for(collection.owner)
        ignored = {"collection"} | {n for n, field in self.fields.items() if field.read_only}
        values = reader.read(data, ignored, self.instance)
        if self.instance is not None and not self.partial:
            values = reader.emptied(set(values)) | values
        return {"collection": collection, "values": values}

    def fail_as_body(self) -> None:
        message = _("Write an object: a coin's fields and their values.")
        raise serializers.ValidationError({"non_field_errors": [message]})

    def read_collection(self, data: Mapping[str, Any]) -> Collection:
        if self.instance is None:
            return self.chosen_collection(data.get("collection", serializers.empty))
        now: Collection = self.instance.collection
        if bounded(data.get("collection", now.pk)) != now.pk:
            message = _("A coin does not change its collection here.")
            raise serializers.ValidationError({"collection": [message]})
        return now

    def chosen_collection(self, raw: Any) -> Collection:
        if isinstance(raw, int) and raw in self.collections:
            return self.collections[raw]
        try:
            found: Collection = self.fields["collection"].run_validation(raw)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"collection": error.detail}) from None
        self.collections[found.pk] = found
        return found

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Coin:
        coin = Coin(collection=validated_data["collection"])
        return self.write(coin, validated_data["values"])

    @transaction.atomic
    def update(self, coin: Coin, validated_data: dict[str, Any]) -> Coin:
        return self.write(coin, validated_data["values"])

    def write(self, coin: Coin, values: dict[str, Any]) -> Coin:
        editing.change(coin, values, self.context["request"].user, FieldChange.Source.API)
        return coin


class FieldChangeSerializer(serializers.ModelSerializer):
    by = Username()
    old = serializers.JSONField(read_only=True)
    new = serializers.JSONField(read_only=True)

    class Meta:
        model = FieldChange
        fields = ["id", "coin", "field", "old", "new", "by", "at", "source", "batch", "undoes"]
        read_only_fields = fields


class StatusChangeSerializer(serializers.ModelSerializer):
    old = serializers.CharField(read_only=True, help_text="Empty for the first step.")
    by = Username()

    class Meta:
        model = StatusChange
        fields = ["id", "coin", "old", "new", "on", "reason", "by", "at"]
        read_only_fields = fields


class StatusSerializer(serializers.Serializer):
    """A step in the life of a coin, with the day it happened and why."""

    status = serializers.ChoiceField(Status.choices)
    on = serializers.DateField(required=False)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class UndoSerializer(serializers.Serializer):
    """Which changes to take back: some by their ids, or all that were made together."""

    changes = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False,
        max_length=500,
    )  # fmt: skip
    batch = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("changes" in attrs) == ("batch" in attrs):
            raise serializers.ValidationError(_("Name either the changes or their batch."))
        return attrs
