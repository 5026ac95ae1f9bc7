from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import Mine, Read, Write, user_of
from catalog.api.filters import SlotFilter
from catalog.api.serializers.sets import CoinSetSerializer, CompletionSerializer, SetSlotSerializer
from catalog.models import CoinSet, SetSlot
from catalog.series import completion


class CoinSetViewSet(Read, Write, Mine):
    """Series that you want to complete."""

    queryset = CoinSet.objects.all()
    serializer_class = CoinSetSerializer
    orderings = {"name": "name", "created": "created_at", "id": "id"}

    @extend_schema(responses=CompletionSerializer)
    @action(detail=True)
    def completion(self, request: Request, pk: int) -> Response:
        """How far it is complete: every slot, and the coin that fills it."""
        found = completion(self.get_object(), user_of(request))
        return Response(CompletionSerializer(found).data)


class SetSlotViewSet(Read, Write, Mine):
    """The slots of your sets."""

    queryset = SetSlot.objects.all()
    serializer_class = SetSlotSerializer
    owner_path = "set__owner"
    filterset_class = SlotFilter
    orderings = {"position": "position", "id": "id"}
