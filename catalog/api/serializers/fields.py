"""Small fields that several serializers share, and what the schema says of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from catalog import dates
from catalog.api.base import refuse_viewers
from catalog.fields import cited, date_of
from catalog.models import Coin, Tag

NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
ID_OR_NAME = {
    "oneOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string"},
        {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}},
    ]
}


def named(thing: Model) -> dict[str, Any]:
    return {"id": thing.pk, "name": str(thing)}


class Named(serializers.Field):
    """Out: id and name. In: an id, a name, or both as they came out."""

    def to_representation(self, thing: Model) -> dict[str, Any]:
        return named(thing)


class NamedTags(serializers.Field):
    def get_attribute(self, coin: Coin) -> Iterable[Tag]:
        return sorted(coin.tags.all(), key=lambda tag: tag.path)

    def to_representation(self, tags: Iterable[Tag]) -> list[dict[str, Any]]:
        return [named(tag) for tag in tags]


class References(serializers.ListField):
    child = serializers.CharField(max_length=200)

    def get_attribute(self, coin: Coin) -> list[str]:
        return cited(coin)


class Struck(serializers.CharField):
    def get_attribute(self, coin: Coin) -> str:
        found = date_of(coin)
        return "" if found == dates.UNDATED else dates.format(found)


class Username(serializers.SlugRelatedField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__("username", **{"read_only": True, "allow_null": True} | kwargs)


class VisibleCoin(serializers.PrimaryKeyRelatedField):
    """A coin of a collection that the caller sees; whoever may not edit it is told so (403)."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", Coin.objects.all())
        super().__init__(**kwargs)

    def get_queryset(self) -> "QuerySet[Any]":
        return Coin.objects.visible_to(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Coin:
        coin = super().to_internal_value(bounded(data))
        refuse_viewers(self.context["request"].user, coin.collection_id)
        return coin


class OwnRow(serializers.PrimaryKeyRelatedField):
    """A row of the caller's own, at `owner_path`."""

    def __init__(self, owner_path: str = "owner", **kwargs: Any) -> None:
        self.owner_path = owner_path
        super().__init__(**kwargs)

    def get_queryset(self) -> "QuerySet[Any]":
        rows = super().get_queryset()
        assert rows is not None
        return rows.filter(**{self.owner_path: self.context["request"].user})

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(bounded(data))


class Fixed(serializers.ModelSerializer):
    """What a row is of stays as it was made; to name it again unchanged is no mistake."""

    fixed: tuple[str, ...] = ("coin",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None:
            for name in set(self.fixed) & attrs.keys():
                if attrs[name] != getattr(self.instance, name):
                    raise serializers.ValidationError({name: [_("This stays as it was made.")]})
        return attrs


def bounded(data: Any) -> Any:
    """A number that no column holds is nobody's id."""
    return -1 if isinstance(data, int | float) and not 0 <= data < 2**63 else data


class NamedSchema(OpenApiSerializerFieldExtension):
    target_class = Named

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return dict(NAMED if direction == "response" else ID_OR_NAME)


class NamedTagsSchema(OpenApiSerializerFieldExtension):
    target_class = NamedTags

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {"type": "array", "items": dict(NAMED if direction == "response" else ID_OR_NAME)}
