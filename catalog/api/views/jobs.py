"""What runs in the background, told as it stands."""

from typing import Any

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from catalog.api.base import Door, Mine, Read, opened, user_of
from catalog.api.filters import OfCollectionFilter
from catalog.api.serializers.jobs import ExportSerializer, ImportSessionSerializer
from catalog.models import Export, ImportSession


class ImportSessionViewSet(Read, Door):
    """Imports into the collections that you edit, and how far they are."""

    queryset = ImportSession.objects.all()
    serializer_class = ImportSessionSerializer
    filterset_class = OfCollectionFilter
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.none() if self.is_for_schema else rows.editable_by(user_of(self.request))


class ExportViewSet(Read, Mine):
    """Your exports, and how far they are."""

    queryset = Export.objects.all()
    serializer_class = ExportSerializer
    owner_path = "user"
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: int) -> Any:
        """The finished file."""
        export: Export = self.get_object()
        if not export.file:
            raise Http404
        headers = {"Cache-Control": "private, no-store"}
        file = opened(export.file)
        return FileResponse(file, as_attachment=True, filename=export.name, headers=headers)
