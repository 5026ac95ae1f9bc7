from typing import Any

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import editing
from catalog.api.base import Create, Read, user_of
from catalog.api.filters import CoinFilter
from catalog.api.preconditions import etag_of, refuse_if_stale, unchanged
from catalog.api.serializers.coins import CoinSerializer, StatusSerializer
from catalog.api.views.bulk import BulkActions
from catalog.models import Coin, Collection, FieldChange

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER,
    description="The ETag that you read: if the coin has changed since, nothing is written (412).",
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER,
    description="The ETag that you have: if it still holds, the answer is an empty 304.",
)  # fmt: skip
UNCHANGED = OpenApiResponse(None, "What you have still holds.")


class CoinViewSet(Read, Create, BulkActions):
    """Coins. Every write goes into the history with the source `api`."""

    queryset = Coin.objects.all()
    serializer_class = CoinSerializer
    filterset_class = CoinFilter
    collection_path = "collection"
    orderings = {
        "added": "created_at", "changed": "changed_at", "title": "title", "number": "number",
        "status": "status", "authority": "authority__name", "denomination": "denomination__name",
        "mint": "mint__name", "metal": "metal__name", "place": "place__path", "year": "year_from",
        "grade": "grade_rank", "weight": "weight", "diameter": "diameter", "cost": "cost",
        "value": "value", "acquired": "acquired_on", "id": "id",
    }  # fmt: skip
    default_ordering = "-added"

    def get_queryset(self) -> Any:
        coins = Coin.objects.for_list().select_related("type", "collection__owner")
        if self.is_for_schema:
            return coins.none()
        # the ids, not a subquery: the database then walks an index of each collection
        seen = Collection.objects.visible_to(user_of(self.request)).values_list("pk", flat=True)
        return coins.filter(collection__in=list(seen))

    @extend_schema(parameters=[IF_NONE_MATCH], responses={200: CoinSerializer, 304: UNCHANGED})
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = self.told(self.get_object())
        if unchanged(request, response["ETag"]):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=dict(response.items()))
        return response

    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        coin = serializer.save()
        response = self.told(self.get_queryset().get(pk=coin.pk), status.HTTP_201_CREATED)
        response["Location"] = self.get_success_headers(response.data)["Location"]
        return response

    @extend_schema(parameters=[IF_MATCH])
    @transaction.atomic
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replaces every editable field: what is missing is emptied, except the status."""
        coin = self.held()
        partial = request.method == "PATCH"
        serializer = self.get_serializer(coin, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return self.told(self.get_object())

    @extend_schema(parameters=[IF_MATCH])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Changes the fields that are there and leaves the others."""
        return self.update(request, *args, **kwargs)

    @extend_schema(parameters=[IF_MATCH])
    @transaction.atomic
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Moves the coin to the trash, where it can be restored."""
        coin = self.held()
        if coin.deleted_at is None:
            coin.discard(user_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[IF_MATCH], request=None, responses=CoinSerializer)
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def restore(self, request: Request, pk: int) -> Response:
        """Takes the coin out of the trash."""
        coin = self.held()
        if coin.deleted_at is not None:
            coin.restore(user_of(request))
        return self.told(self.get_object())

    @extend_schema(parameters=[IF_MATCH], request=StatusSerializer, responses=CoinSerializer)
    @action(detail=True, methods=["post"], url_path="status")
    @transaction.atomic
    def set_status(self, request: Request, pk: int) -> Response:
        """A step in the coin's life, with its day and reason."""
        coin = self.held()
        asked = StatusSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        values = {"status": said.pop("status")}
        editing.change(coin, values, user_of(request), FieldChange.Source.API, **said)
        return self.told(self.get_object())

    def held(self) -> Coin:
        """The coin as it stands, and nobody else writes it until this transaction ends. SQLite holds
        the whole file from the first statement on; PostgreSQL this row."""
        list(Coin.objects.select_for_update().filter(pk=self.kwargs["pk"]).values_list("pk"))
        coin: Coin = self.get_object()
        refuse_if_stale(self.request, coin)
        return coin

    def told(self, coin: Coin, status_code: int = 200) -> Response:
        data = self.get_serializer(coin).data
        headers = {"ETag": etag_of(coin, data), "Cache-Control": "private, no-cache"}
        return Response(data, status=status_code, headers=headers)
