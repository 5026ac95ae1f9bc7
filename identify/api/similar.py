"""Coins that look like a coin, for programs: the same search as on its page."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import OfCollection, user_of
from catalog.models import Coin
from identify.similar import finding
from identify.similar.finding import Near

MOST = 50
MOST_PARAMETER = OpenApiParameter(
    "most", OpenApiTypes.INT, description=f"How many at most, 1 to {MOST}; 5 if you say nothing."
)


class AskedSerializer(serializers.Serializer):
    most = serializers.IntegerField(default=finding.MOST, min_value=1, max_value=MOST)


class NearSerializer(serializers.Serializer):
    """`likeness` is 1 for the same photo; coins below 0.4 have nothing in common and are not told.
    `faces` says it for each side of the coin that you asked about."""

    coin = serializers.IntegerField(source="coin.pk")
    name = serializers.CharField(source="coin")
    likeness = serializers.SerializerMethodField()
    faces = serializers.SerializerMethodField()
    is_own = serializers.BooleanField()

    def get_likeness(self, near: Near) -> float:
        return round(near.likeness, 4)

    def get_faces(self, near: Near) -> dict[str, float]:
        return {side: round(score, 4) for side, score in near.faces.items()}


class SimilarSerializer(serializers.Serializer):
    """`was_seen` is false as long as no photo of the coin has been identified: then nothing can be found.
    `owned_already` are coins of yours that may be of the same kind, attributed or not."""

    was_seen = serializers.BooleanField()
    similar = NearSerializer(many=True)
    owned_already = NearSerializer(many=True)


class SimilarViewSet(OfCollection):
    queryset = Coin.objects.for_page()
    serializer_class = SimilarSerializer
    collection_path = "collection"

    @extend_schema(parameters=[MOST_PARAMETER], responses=SimilarSerializer, tags=["coins"])
    def similar(self, request: Request, pk: int) -> Response:
        """Coins that look like this one, by their photos. Only coins that somebody has attributed, yours
        first, then those that others let you see."""
        asked = AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        coin, user = self.get_object(), user_of(request)
        found: dict[str, Any] = {
            "was_seen": bool(finding.embeddings_of(coin)),
            "similar": finding.similar(coin, user, asked.validated_data["most"]),
            "owned_already": finding.owned_already(coin, user),
        }
        return Response(SimilarSerializer(found).data)
