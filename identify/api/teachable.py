"""What could be taught, for programs: the first page of teaching, and whether there is enough of it."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.auth import TokenScope
from catalog.api.base import Door, user_of
from identify.api.teaching import MayTrain
from identify.models import ModelVersion
from identify.teaching import telling
from identify.teaching.condition import condition
from identify.teaching.gathering import told_of
from identify.teaching.offers import Offer, offers
from identify.values import Remark


class OfferSerializer(serializers.Serializer):
    """`new` photos were labelled since the latest version was taught, `version`; `is_due` says that they
    are worth another lesson."""

    field = serializers.CharField()
    title = serializers.SerializerMethodField()
    photos = serializers.IntegerField()
    labels = serializers.IntegerField()
    new = serializers.IntegerField(source="fresh")
    is_due = serializers.BooleanField()
    version = serializers.SerializerMethodField()

    def get_title(self, offer: Offer) -> str:
        return telling.field_title(offer.field)

    def get_version(self, offer: Offer) -> int | None:
        return offer.latest.pk if offer.latest else None


class SizeSerializer(serializers.Serializer):
    """`judging` of its coins have a label that somebody wrote himself, so that they may judge."""

    label = serializers.CharField()  # type: ignore[assignment]
    coins = serializers.IntegerField()
    photos = serializers.IntegerField()
    judging = serializers.IntegerField()


class RemarkSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.SerializerMethodField()

    def get_text(self, remark: Remark) -> str:
        return telling.sentence_of(remark)


class ConditionSerializer(serializers.Serializer):
    """For each of `hinders` a run would be refused; `remarks` are worth reading before one is begun."""

    can_teach = serializers.BooleanField()
    classes = SizeSerializer(many=True)
    remarks = RemarkSerializer(many=True)
    hinders = RemarkSerializer(many=True)


class TeachableSerializer(serializers.Serializer):
    offer = OfferSerializer()
    condition = ConditionSerializer()


class TeachableViewSet(Door):
    """What could be taught: fields that people have labelled, those with most to learn from first."""

    queryset = ModelVersion.objects.none()  # of a row's address the schema wants to know the kind
    permission_classes = [IsAuthenticated, TokenScope, MayTrain]
    serializer_class = OfferSerializer
    pagination_class = None  # as many as there are questions
    filter_backends: Any = []
    lookup_field = "field"
    lookup_value_converter = "str"

    @extend_schema(responses=OfferSerializer(many=True))
    def list(self, request: Request) -> Response:
        """How much people have said of each field, and how much is new."""
        return Response(OfferSerializer(offers(), many=True).data)

    @extend_schema(responses=TeachableSerializer)
    def retrieve(self, request: Request, field: str) -> Response:
        """Whether that is enough: kind by kind, with what stands against a run."""
        offer = next((one for one in offers() if one.field == field), None)
        if offer is None:
            raise Http404
        found = {"offer": offer, "condition": condition(told_of(field, [], user_of(request)))}
        return Response(TeachableSerializer(found).data)
