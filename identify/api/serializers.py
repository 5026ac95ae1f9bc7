from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.serializers.fields import Username, VisibleCoin, bounded
from catalog.models import Collection, Photo
from identify import telling
from identify.models import Identification, Suggestion

MOST_FILES = 2  # the two faces of one coin; many coins are many requests, or `batch/`
MOST_COINS = 500
NUMBER = {"type": "number"}
CANDIDATES = {
    "type": "array",
    "items": {"type": "object", "properties": {"label": {"type": "string"}, "confidence": NUMBER}},
}


class SuggestionSerializer(serializers.ModelSerializer):
    """What the model says of one field, and what a person made of it."""

    coin = serializers.IntegerField(source="identification.coin_id", read_only=True)
    candidates = serializers.SerializerMethodField()
    by = Username()

    class Meta:
        model = Suggestion
        fields = [
            "id", "identification", "coin", "field", "label", "confidence", "abstained",
            "candidates", "decision", "decided", "by", "at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(CANDIDATES)
    def get_candidates(self, one: Suggestion) -> list[dict[str, Any]]:
        return [telling.pair(candidate) for candidate in one.offered]


class IdentificationSerializer(serializers.ModelSerializer):
    """One look at a coin. `opinion` is all that the model said, field by field, as
    `manage.py identify` writes it; `suggestions` are what waits for a person's word."""

    photos = serializers.SerializerMethodField()
    opinion = serializers.SerializerMethodField()
    suggestions = SuggestionSerializer(many=True, read_only=True)

    class Meta:
        model = Identification
        fields = [
            "id", "coin", "photos", "state", "reason", "failure", "current", "model", "opinion",
            "suggestions", "created_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_photos(self, job: Identification) -> list[int]:
        return [photo for photo, *_more in job.shown]

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_opinion(self, job: Identification) -> dict[str, Any] | None:
        return (
            telling.told([face.name for face in job.said.faces], job.said) if job.opinion else None
        )


class EditableCollection(serializers.PrimaryKeyRelatedField):
    """A collection that the caller may add to; without one, the first of his own."""

    def get_queryset(self) -> Any:
        return Collection.objects.editable_by(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Collection:
        return super().to_internal_value(bounded(data))


class VisiblePhoto(serializers.PrimaryKeyRelatedField):
    def get_queryset(self) -> Any:
        return Photo.objects.editable_by(self.context["request"].user).filter(coin__deleted_at=None)

    def to_internal_value(self, data: Any) -> Photo:
        return super().to_internal_value(bounded(data))


class FilesSerializer(serializers.Serializer):
    """Photos of one coin nobody has entered yet: it becomes a draft."""

    photos = serializers.ListField(
        child=serializers.FileField(), min_length=1, max_length=MOST_FILES,
        help_text="One face, or both: JPEG, PNG, WebP, TIFF, BMP or HEIC.",
    )  # fmt: skip
    collection = EditableCollection(required=False, queryset=Collection.objects.none())


class AskSerializer(serializers.Serializer):
    """Photos that are here already, of one coin; or a coin, whose best photos are taken."""

    photos = serializers.ListField(
        child=VisiblePhoto(queryset=Photo.objects.none()), required=False, min_length=1,
        max_length=MOST_FILES,
    )  # fmt: skip
    coin = VisibleCoin(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("photos" in attrs) == ("coin" in attrs):
            raise serializers.ValidationError("Name either “photos” or a “coin”.")
        if len({photo.coin_id for photo in attrs.get("photos", [])}) > 1:
            raise serializers.ValidationError({"photos": ["They show different coins."]})
        return attrs


class BatchSerializer(serializers.Serializer):
    coins = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=2**63 - 1), min_length=1,
        max_length=MOST_COINS,
    )  # fmt: skip


class BatchAnswer(serializers.Serializer):
    """Which looks were begun, and which coins have nothing to look at or are not yours to change."""

    identifications = IdentificationSerializer(many=True)
    left_out = serializers.ListField(child=serializers.IntegerField())


class AcceptSerializer(serializers.Serializer):
    label = serializers.CharField(  # type: ignore[assignment]
        required=False, max_length=300, help_text="One of the candidates."
    )
    replace = serializers.BooleanField(
        default=False, help_text="Also where the coin says otherwise."
    )


class CorrectSerializer(serializers.Serializer):
    """The coin's fields that this suggestion is about, by name: `{"authority": "Hadrian"}`."""

    values = serializers.DictField(child=serializers.CharField(max_length=1000), allow_empty=False)
