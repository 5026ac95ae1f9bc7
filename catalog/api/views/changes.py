from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import editing
from catalog.api.base import OfCollection, Read, refuse_viewers, user_of
from catalog.api.filters import ChangeFilter, OfCoinFilter
from catalog.api.serializers.coins import (
    FieldChangeSerializer,
    StatusChangeSerializer,
    UndoSerializer,
)
from catalog.models import Coin, FieldChange, StatusChange


class FieldChangeViewSet(Read, OfCollection):
    """The history of every field: who, when, from, to. Append-only; undoing adds to it."""

    queryset = FieldChange.objects.select_related("by")
    serializer_class = FieldChangeSerializer
    filterset_class = ChangeFilter
    orderings = {"at": "at"}
    default_ordering = "-at"

    @extend_schema(
        request=UndoSerializer, responses=FieldChangeSerializer(many=True), filters=False
    )
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    @transaction.atomic
    def undo(self, request: Request) -> Response:
        """Take changes back: some, or a whole batch. Answers with the changes that this made."""
        asked = UndoSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        lookup = {"batch": said["batch"]} if "batch" in said else {"pk__in": said["changes"]}
        rows = list(self.get_queryset().select_related("coin").filter(**lookup))
        if not rows or ("changes" in said and len(rows) < len(set(said["changes"]))):
            raise Http404
        for collection_id in {row.coin.collection_id for row in rows}:
            refuse_viewers(user_of(request), collection_id)
        coins = {row.coin_id for row in rows}
        list(Coin.objects.select_for_update().filter(pk__in=coins).order_by("pk").values_list("pk"))
        written = editing.undo(rows, user_of(request))
        return Response(FieldChangeSerializer(written, many=True).data)


class StatusChangeViewSet(Read, OfCollection):
    """The life of a coin: wanted, ordered, owned, sold …, with day and reason."""

    queryset = StatusChange.objects.select_related("by")
    serializer_class = StatusChangeSerializer
    filterset_class = OfCoinFilter
    orderings = {"on": "on"}
    default_ordering = "-on"
