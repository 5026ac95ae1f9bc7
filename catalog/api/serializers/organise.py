from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.api.serializers.fields import Fixed, OwnRow
from catalog.models import CustomField, Place, SavedView, Tag
from catalog.organising import free_key


class NodeSerializer(serializers.ModelSerializer):
    """`path` is made of the names from the root; moving or renaming a node rewrites what is below."""

    owner = serializers.HiddenField(default=serializers.CurrentUserDefault())

    def validate_name(self, name: str) -> str:
        name = " ".join(name.replace("›", ">").split())
        if not name:
            raise serializers.ValidationError(_("Write a name."))
        return name

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        node = self.instance
        parent = attrs.get("parent", node.parent if node else None)
        if node and parent and node.with_descendants().filter(pk=parent.pk).exists():
            raise serializers.ValidationError({"parent": [_("It cannot stand within itself.")]})
        name = attrs.get("name", node.name if node else "")
        if parent and len(parent.path) + len(name) > 900:
            raise serializers.ValidationError({"parent": [_("This goes too deep.")]})
        return attrs


class PlaceSerializer(NodeSerializer):
    parent: Any = OwnRow(queryset=Place.objects.all(), allow_null=True, default=None)

    class Meta:
        model = Place
        fields = ["id", "owner", "parent", "name", "path", "note"]
        read_only_fields = ["path"]


class TagSerializer(NodeSerializer):
    parent: Any = OwnRow(queryset=Tag.objects.all(), allow_null=True, default=None)

    class Meta:
        model = Tag
        fields = ["id", "owner", "parent", "name", "path"]
        read_only_fields = ["path"]


class CustomFieldSerializer(Fixed):
    """Key and kind stay: the values in your coins depend on them."""

    fixed = ("key", "kind")
    owner = serializers.HiddenField(default=serializers.CurrentUserDefault())
    key = serializers.SlugField(max_length=40, required=False)
    options = serializers.ListField(
        child=serializers.CharField(max_length=120), required=False, max_length=200
    )

    class Meta:
        model = CustomField
        fields = ["id", "owner", "key", "name", "kind", "options", "position"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        kind = attrs.get("kind", getattr(self.instance, "kind", CustomField.Kind.TEXT))
        options = attrs.get("options", getattr(self.instance, "options", []))
        if kind == CustomField.Kind.CHOICE and not options:
            raise serializers.ValidationError({"options": [_("A choice needs options.")]})
        return attrs

    def create(self, validated_data: dict[str, Any]) -> CustomField:
        key = validated_data.get("key") or free_key(validated_data["owner"], validated_data["name"])
        return super().create(validated_data | {"key": key})


class SavedViewSerializer(serializers.ModelSerializer):
    user = serializers.HiddenField(default=serializers.CurrentUserDefault())

    class Meta:
        model = SavedView
        fields = ["id", "user", "name", "query", "position"]
        extra_kwargs = {"query": {"max_length": 4000}}
