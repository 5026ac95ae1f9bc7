"""The shared words and the reference types: read by everybody, written by curators in the admin."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import Door, Read, user_of
from catalog.api.filters import TypeFilter, WordFilter
from catalog.api.serializers import vocabulary as words
from catalog.models import Authority, Catalogue, CoinType, Denomination, Metal, Mint, Region


class WordViewSet(Read, Door):
    filterset_class = WordFilter
    orderings = {"name": "name", "id": "id"}

    def get_queryset(self) -> Any:
        known: Any = super().get_queryset()
        return known.none() if self.is_for_schema else known.known_to(user_of(self.request))


class AuthorityViewSet(WordViewSet):
    """Who struck it: rulers with their reigns, states, cities."""

    queryset = Authority.objects.all()
    serializer_class = words.AuthoritySerializer
    orderings = {"name": "name", "reign": "reign_from", "id": "id"}


class DenominationViewSet(WordViewSet):
    """What it is: denarius, cent, thaler …"""

    queryset = Denomination.objects.all()
    serializer_class = words.DenominationSerializer


class MintViewSet(WordViewSet):
    """Where it was struck."""

    queryset = Mint.objects.all()
    serializer_class = words.MintSerializer


class MetalViewSet(WordViewSet):
    """What it is made of."""

    queryset = Metal.objects.all()
    serializer_class = words.MetalSerializer


class RegionViewSet(WordViewSet):
    """Regions and countries."""

    queryset = Region.objects.all()
    serializer_class = words.RegionSerializer


class CatalogueViewSet(WordViewSet):
    """The books that types are cited from: RIC, RRC, KM …"""

    queryset = Catalogue.objects.all()
    serializer_class = words.CatalogueSerializer
    orderings = {"code": "code", "name": "name", "id": "id"}


class CoinTypeViewSet(WordViewSet):
    """Reference types: what a catalogue describes once and many people own."""

    queryset = CoinType.objects.select_related(
        "authority", "denomination", "mint", "metal", "region"
    ).prefetch_related("references")
    serializer_class = words.CoinTypeSerializer
    filterset_class = TypeFilter
    orderings = {"title": "title", "key": "key", "year": "year_from", "id": "id"}

    @extend_schema(responses=words.IssueSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def issues(self, request: Request, pk: int) -> Response:
        """The years and mints in which this type was struck."""
        found: CoinType = self.get_object()
        return Response(words.IssueSerializer(found.issues.all(), many=True).data)
