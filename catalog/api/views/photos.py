from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework.decorators import action
from rest_framework.request import Request

from catalog import arranging, renditions
from catalog.api.base import OfCollection, Read, Uploads, Write, opened, refuse_viewers, user_of
from catalog.api.filters import OfCoinFilter
from catalog.api.problems import Busy, Conflict
from catalog.api.serializers.photos import PhotoSerializer, UploadSerializer
from catalog.images import ImageRefused
from catalog.models import Photo
from catalog.sentences import sentence

SIZES = [*renditions.SIZES, "original"]


class SizeSerializer(drf.Serializer):
    size = drf.ChoiceField(SIZES, default="large")


class PhotoViewSet(Uploads, Read, Write, OfCollection):
    """Photos of coins. They come in as multipart/form-data, one a request."""

    queryset = Photo.objects.select_related("added_by")
    serializer_class = PhotoSerializer
    filterset_class = OfCoinFilter
    orderings = {"id": "id", "added": "added_at", "position": "position"}

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: PhotoSerializer}
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        return super().create(request, *args, **kwargs)

    def get_serializer_class(self) -> Any:
        return UploadSerializer if self.action == "create" else PhotoSerializer

    def perform_create(self, serializer: drf.BaseSerializer) -> None:
        serializer.save()  # `photos.store` writes its file before it opens a transaction

    def perform_destroy(self, photo: Any) -> None:
        arranging.discard(photo, user_of(self.request))

    @extend_schema(
        parameters=[OpenApiParameter("size", enum=SIZES, default="large")],
        responses={(200, "image/webp"): OpenApiTypes.BINARY},
    )
    @action(detail=True)
    def image(self, request: Request, pk: int) -> FileResponse:
        """The picture, upright and edited, without metadata. The original, as it came, is for those
        who may edit: it may tell where it was taken."""
        photo: Photo = self.get_object()
        asked = SizeSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        size = asked.validated_data["size"]
        if size == "original":
            refuse_viewers(user_of(request), photo.coin.collection_id)
            name = photo.name or "photo"
            return FileResponse(opened(photo.original), as_attachment=True, filename=name)
        try:
            file = renditions.opened(photo, size)
        except FileNotFoundError:
            raise Http404 from None
        except renditions.Busy:
            raise Busy(_("This picture is being made. Come back in a moment.")) from None
        except ImageRefused as refusal:
            raise Conflict(sentence(refusal)) from None
        headers = {"Cache-Control": "private, max-age=300"}
        return FileResponse(file, content_type="image/webp", headers=headers)
