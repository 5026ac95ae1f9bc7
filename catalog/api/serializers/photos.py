from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog import arranging, photos
from catalog.api.serializers.fields import Username, VisibleCoin
from catalog.images import EditError, EditParams, ImageRefused
from catalog.models import Photo
from catalog.sentences import sentence

IMAGE = "/api/v1/photos/{}/image/"
UNIT = {"type": "number"}
EDIT = {
    "type": "object",
    "description": "How the photo is shown; the original stays as it is.",
    "properties": {
        "rotate": {"type": "number", "minimum": -180, "maximum": 180},
        "brightness": {"type": "number", "minimum": 0.2, "maximum": 3},
        "contrast": {"type": "number", "minimum": 0.2, "maximum": 3},
        "sharpness": {
            "type": "number",
            "minimum": 0,
            "maximum": 3,
            "description": "1 is as it is; less is softer.",
        },
        "denoise": {"type": "number", "minimum": 0, "maximum": 1},
        "greyscale": {"type": "boolean"},
        "polar": {
            "type": "boolean",
            "description": "The ring of letters along the circle, unrolled into a strip.",
        },
        "crop": {
            "type": "array",
            "items": UNIT,
            "nullable": True,
            "description": "A circle (cx, cy, r) or a box (left, top, right, bottom), each from 0 to 1.",
        },
    },
}


class PhotoSummary(serializers.Serializer):
    """What a coin tells of its photos. `image` takes `?size=` thumb, card, large, full or original."""

    id = serializers.IntegerField(read_only=True)
    role = serializers.ChoiceField(Photo.Role.choices, read_only=True)
    image = serializers.CharField(read_only=True)

    def to_representation(self, photo: Photo) -> dict[str, Any]:
        return {"id": photo.pk, "role": photo.role, "image": IMAGE.format(photo.pk)}


@extend_schema_field(EDIT)
class Edit(serializers.Field):
    def to_internal_value(self, data: Any) -> Any:
        try:
            return EditParams.from_json(data)
        except EditError as error:
            raise serializers.ValidationError(sentence(error)) from None

    def to_representation(self, edit: Any) -> Any:
        return edit.to_json() if isinstance(edit, EditParams) else edit


class PhotoSerializer(serializers.ModelSerializer):
    coin = VisibleCoin()
    edit = Edit(required=False)
    image = serializers.SerializerMethodField()
    added_by = Username()

    class Meta:
        model = Photo
        fields = [
            "id", "coin", "role", "position", "name", "format", "width", "height", "size", "sha256",
            "taken_at", "source_url", "edit", "state", "failure", "image", "added_at", "added_by",
        ]  # fmt: skip
        read_only_fields = [
            "position", "name", "format", "width", "height", "size", "sha256", "taken_at", "source_url",
            "state", "failure", "added_at",
        ]  # fmt: skip

    def get_image(self, photo: Photo) -> str:
        return IMAGE.format(photo.pk)

    def update(self, photo: Photo, validated_data: dict[str, Any]) -> Photo:
        by = self.context["request"].user
        coin = validated_data.get("coin", photo.coin)
        if coin != photo.coin:
            arranging.transfer([photo], coin, by)
        if "role" in validated_data:
            arranging.set_role(photo, validated_data["role"], by)
        if "edit" in validated_data:
            arranging.set_edit(photo, validated_data["edit"], by)
        return photo


class UploadSerializer(serializers.ModelSerializer):
    """Without a role, the file's name and the coin's other photos decide."""

    coin = VisibleCoin()
    role = serializers.ChoiceField(Photo.Role.choices, required=False)
    file = serializers.FileField(help_text="JPEG, PNG, WebP, TIFF, BMP or HEIC.")

    class Meta:
        model = Photo
        fields = ["coin", "role", "file"]

    def create(self, validated_data: dict[str, Any]) -> Photo:
        file, by = validated_data["file"], self.context["request"].user
        role = validated_data.get("role", "")
        try:
            return photos.store(validated_data["coin"], file, file.name, role, by)
        except ImageRefused as refusal:
            raise serializers.ValidationError({"file": [sentence(refusal)]}) from None

    def to_representation(self, photo: Photo) -> dict[str, Any]:
        return PhotoSerializer(photo, context=self.context).data
