"""What hangs on a coin in rows of its own."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rows
from catalog.api.base import Create, OfCollection, Read, Uploads, Write, opened, user_of
from catalog.api.filters import OfCoinFilter
from catalog.api.serializers import rows as serializers
from catalog.models import Attachment, Provenance, Trade, Valuation
from catalog.row_forms import ATTACHMENT_TYPES


class RowViewSet(Read, Write, OfCollection):
    filterset_class = OfCoinFilter
    kind_of_row = ""

    def perform_destroy(self, row: Any) -> None:
        rows.drop(row, self.kind_of_row, user_of(self.request))


class TradeViewSet(RowViewSet):
    """Purchases and sales, each with its price, fees and shipping."""

    kind_of_row = "trade"
    queryset = Trade.objects.all()
    serializer_class = serializers.TradeSerializer
    orderings = {"date": "date", "price": "price", "id": "id"}
    default_ordering = "-date"


class ValuationViewSet(Read, Create, OfCollection):
    """What a coin was thought to be worth. Append-only: nothing is changed or deleted."""

    queryset = Valuation.objects.select_related("by")
    serializer_class = serializers.ValuationSerializer
    filterset_class = OfCoinFilter
    orderings = {"date": "date", "amount": "amount", "id": "id"}
    default_ordering = "-date"


class ProvenanceViewSet(RowViewSet):
    """The chain of owners and sales, oldest first."""

    kind_of_row = "provenance"
    queryset = Provenance.objects.all()
    serializer_class = serializers.ProvenanceSerializer
    orderings = {"position": "position", "id": "id"}

    @extend_schema(request=serializers.MoveSerializer, responses=serializers.ProvenanceSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: int) -> Response:
        """One place up or down in the chain."""
        link = self.get_object()
        asked = serializers.MoveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rows.move(link, asked.validated_data["step"])
        return Response(self.get_serializer(self.get_object()).data)


class AttachmentViewSet(Uploads, RowViewSet):
    """Invoices, certificates and other papers of a coin. They come in as multipart/form-data."""

    kind_of_row = "attachment"
    queryset = Attachment.objects.select_related("added_by")
    serializer_class = serializers.AttachmentSerializer
    orderings = {"added": "added_at", "name": "name", "id": "id"}

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: int) -> FileResponse:
        """Always a download: what somebody once wrote is never run as a page of this site."""
        row: Attachment = self.get_object()
        ending = str(row.file.name).rpartition(".")[2].lower()
        kind = ATTACHMENT_TYPES.get(ending, "application/octet-stream")
        name = row.name if row.name.lower().endswith(f".{ending}") else f"{row.name}.{ending}"
        return FileResponse(opened(row.file), as_attachment=True, filename=name, content_type=kind)
