"""The market for programs: lots to read, texts to bring, pages to read again."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework import serializers as drf
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import Door, Mine, Read, user_of
from catalog.refusals import Refusal
from market import pictures, receiving
from market.api import filters, serializers
from market.forms import sentence
from market.models import Lot, RawPage, Source


class LotViewSet(Read, Door):
    """What was sold, what was not, and what is to be had: your own lots, and those that the site itself
    has fetched. Texts and pictures of your own lots are yours alone."""

    queryset = Lot.objects.select_related("source", "sale", "attributes").prefetch_related(
        "prices", "references", "flags", "pictures"
    )
    serializer_class = serializers.LotSerializer
    filterset_class = filters.LotFilter
    orderings = {"id": "id", "day": "sale__day", "seen": "last_seen"}
    default_ordering = "-id"

    def get_queryset(self) -> "QuerySet[Lot]":
        rows: Any = super().get_queryset()
        if self.is_for_schema:
            return rows.none()
        return rows.visible_to(user_of(self.request))

    @extend_schema(
        request=serializers.PasteSerializer, responses={201: serializers.CountsSerializer}
    )
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def paste(self, request: Request) -> Response:
        """Keep the text of a lot, or of several, with their prices, as you found it."""
        asked = serializers.PasteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        try:
            report = receiving.paste(user_of(request), said["text"], said.get("url", ""))
        except Refusal as refusal:
            raise drf.ValidationError({"text": [sentence(refusal)]}) from None
        return Response(counted(report), status=status.HTTP_201_CREATED)


class SourceViewSet(Read, Door):
    """Where lots can come from. Nothing is fetched from a source that is not enabled."""

    queryset = Source.objects.all()
    serializer_class = serializers.SourceSerializer
    orderings = {"name": "name", "id": "id"}


class PageViewSet(Read, mixins.DestroyModelMixin, Mine):
    """Pages and texts that you brought, as they came. Deleting one leaves its lots."""

    queryset = RawPage.objects.select_related("source", "owner")
    serializer_class = serializers.PageSerializer
    filterset_class = filters.PageFilter
    orderings = {"fetched": "fetched_at", "id": "id"}
    default_ordering = "-fetched"

    @extend_schema(request=None, responses=serializers.CountsSerializer)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: int) -> Response:
        """Read it again, with what the site has learnt since."""
        page = self.get_object()
        try:
            report = receiving.parse_again(page)
        except Refusal as refusal:
            raise drf.ValidationError({"text": [sentence(refusal)]}) from None
        pictures.from_page_soon(page)
        return Response(counted(report))


def counted(report: receiving.Report) -> dict[str, int]:
    return {name: report.lots.get(name, 0) for name in ("new", "changed", "unchanged")}
