"""Pictures of lots for programs: to see, to add, to take away."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from catalog.api.base import Door, Read, Uploads, opened, user_of
from catalog.api.filters import IdFilter
from catalog.refusals import Refusal
from market import pictures
from market.forms import sentence
from market.models import Lot, LotPicture

SIZES = ("thumb", "large")


class LotPictureSerializer(serializers.ModelSerializer):
    """`was_seen`: a model has looked at it, so that it can be held beside coins' photos. Width and height are
    those of the large size."""

    was_seen = serializers.SerializerMethodField()

    class Meta:
        model = LotPicture
        fields = ["id", "lot", "origin", "source_url", "width", "height", "added_at", "was_seen"]
        read_only_fields = fields

    def get_was_seen(self, picture: LotPicture) -> bool:
        return bool(picture.described_by)


class NewLotPictureSerializer(serializers.Serializer):
    lot = serializers.PrimaryKeyRelatedField(
        queryset=Lot.objects.none(), help_text="One of your own."
    )
    file = serializers.FileField(help_text="JPEG, PNG, WebP, TIFF, BMP or HEIC.")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            fields["lot"].queryset = Lot.objects.filter(owner=request.user.pk)  # type: ignore[attr-defined]
        return fields

    def create(self, validated_data: dict[str, Any]) -> LotPicture:
        file = validated_data["file"]
        try:
            return pictures.keep(validated_data["lot"], file, file.name, LotPicture.Origin.HAND)
        except Refusal as refusal:
            raise serializers.ValidationError({"file": [sentence(refusal)]}) from None

    def to_representation(self, picture: LotPicture) -> dict[str, Any]:
        return LotPictureSerializer(picture, context=self.context).data


class SizeSerializer(serializers.Serializer):
    size = serializers.ChoiceField(SIZES, default="large")


class LotPictureFilter(filters.FilterSet):
    lot = IdFilter("lot")


class LotPictureViewSet(Uploads, Read, mixins.CreateModelMixin, mixins.DestroyModelMixin, Door):
    """Pictures of lots that you may see: of your own, and of what the site itself has fetched. They come in as
    multipart/form-data, one a request; what is kept is what they show, without metadata."""

    queryset = LotPicture.objects.all()
    serializer_class = LotPictureSerializer
    filterset_class = LotPictureFilter
    orderings = {"id": "id", "added": "added_at"}

    def get_queryset(self) -> "QuerySet[LotPicture]":
        rows: Any = super().get_queryset()
        if self.is_for_schema:
            return rows.none()
        user = user_of(self.request)
        return rows.editable_by(user) if self.action == "destroy" else rows.visible_to(user)

    def get_serializer_class(self) -> Any:
        return NewLotPictureSerializer if self.action == "create" else LotPictureSerializer

    @extend_schema(
        request={"multipart/form-data": NewLotPictureSerializer},
        responses={201: LotPictureSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        return super().create(request, *args, **kwargs)

    @transaction.atomic
    def perform_destroy(self, picture: Any) -> None:
        picture.delete()

    @extend_schema(
        parameters=[OpenApiParameter("size", enum=SIZES, default="large")],
        responses={(200, "image/webp"): OpenApiTypes.BINARY},
    )
    @action(detail=True)
    def image(self, request: Request, pk: int) -> FileResponse:
        """The picture itself."""
        picture: LotPicture = self.get_object()
        asked = SizeSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        file = picture.thumb if asked.validated_data["size"] == "thumb" else picture.large
        headers = {"Cache-Control": "private, max-age=300"}
        return FileResponse(opened(file), content_type="image/webp", headers=headers)
