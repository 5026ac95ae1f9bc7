"""A shoebox for programs: the photo of a tray in, circles out, and coins made of those that are meant."""

from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework import serializers as drf
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import OfCollection, Read, opened, refuse_viewers, user_of
from catalog.api.filters import OfCollectionFilter
from catalog.api.parsers import PlainJSONParser
from catalog.api.problems import Conflict
from catalog.images import ImageRefused
from catalog.models import Collection
from catalog.sentences import sentence, worded
from identify.api.serializers import EditableCollection
from identify.api.views import first_of
from identify.models import Tray
from identify.models.trays import TrayCoin
from identify.shoebox.arriving import arrive
from identify.shoebox.circles import LEAST_R, MOST, ArrangementRefused, Circle, check, coins

FARTHEST = 100_000  # pixels


class CircleSerializer(drf.Serializer):
    """In pixels of the photo, upright. Circles are numbered in their order, from 1; `reverse_of` is the number
    of the circle with the coin's obverse, 0 where there is none. What is not `kept` becomes no coin."""

    x = drf.IntegerField(min_value=0, max_value=FARTHEST)
    y = drf.IntegerField(min_value=0, max_value=FARTHEST)
    r = drf.IntegerField(min_value=LEAST_R, max_value=FARTHEST)
    kept = drf.BooleanField(default=True)
    reverse_of = drf.IntegerField(min_value=0, max_value=MOST, default=0)


class MadeSerializer(drf.ModelSerializer):
    class Meta:
        model = TrayCoin
        fields = ["number", "coin"]


class TraySerializer(drf.ModelSerializer):
    """`step` is `look` until coins are made of it, then `make`; `state` says how far that step is. `circles` are
    there once `look` is `done`, `coins` as they are made, each with the number of its first circle."""

    circles = CircleSerializer(many=True, read_only=True)
    coins = MadeSerializer(source="made", many=True, read_only=True)
    notes = drf.SerializerMethodField()

    class Meta:
        model = Tray
        fields = [
            "id", "collection", "name", "holds", "width", "height", "step", "state", "failure",
            "total", "done", "circles", "coins", "notes", "created_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_notes(self, tray: Tray) -> list[str]:
        return [worded(one) for one in tray.notes]


class NewTraySerializer(drf.Serializer):
    photo = drf.FileField(help_text="JPEG, PNG, WebP, TIFF, BMP or HEIC.")
    collection = EditableCollection(required=False, queryset=Collection.objects.none())
    holds = drf.ChoiceField(Tray.Holds.choices, default=Tray.Holds.ANY, allow_blank=True)


class CirclesSerializer(drf.Serializer):
    """All circles, in place of those that stand there."""

    circles = CircleSerializer(many=True)

    def validate_circles(self, rows: list[dict[str, Any]]) -> list[Circle]:
        tray: Tray = self.context["tray"]
        told = {"width": tray.width, "height": tray.height}
        found = [Circle(**row) for row in rows]
        for one in found:
            if one.x >= tray.width or one.y >= tray.height or one.r > max(told.values()):
                template = _("The photo has %(width)s by %(height)s pixels: this lies beyond.")
                raise drf.ValidationError(template % told)
        try:
            check(found)
        except ArrangementRefused as refusal:
            raise drf.ValidationError(sentence(refusal)) from None
        return found


class TrayViewSet(Read, mixins.DestroyModelMixin, OfCollection):
    """Photos of many coins. A photo shows where somebody keeps what he has, so that only those see it who
    may change the collection. A `DELETE` takes the photo away; coins that were made of it stay."""

    queryset = Tray.objects.prefetch_related("made")
    serializer_class = TraySerializer
    filterset_class = OfCollectionFilter
    collection_path = "collection"
    parser_classes = [PlainJSONParser, MultiPartParser]
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.editable_by(user_of(self.request)) if self.action == "list" else rows

    def check_object_permissions(self, request: Request, row: Tray) -> None:
        super().check_object_permissions(request, row)
        refuse_viewers(user_of(request), row.collection_id)

    @extend_schema(
        request={"multipart/form-data": NewTraySerializer}, responses={202: TraySerializer}
    )
    def create(self, request: Request) -> Response:
        """Send the photo of a tray. A worker finds the coins; then it is your turn."""
        asked = NewTraySerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        collection = said.get("collection") or first_of(request)
        try:
            tray = arrive(collection, said["photo"], said["holds"], user_of(request))
        except ImageRefused as refusal:
            raise drf.ValidationError({"photo": [sentence(refusal)]}) from None
        return self.answered(tray, status.HTTP_202_ACCEPTED)

    @extend_schema(request=CirclesSerializer, responses=TraySerializer)
    @action(detail=True, methods=["put"])
    def circles(self, request: Request, pk: int) -> Response:
        """Say where the coins lie, which are meant, and which belong together."""
        tray: Tray = self.get_object()
        if not tray.arrange(self.told(tray, request)):
            raise not_its_turn()
        return self.answered(tray)

    @extend_schema(request=None, responses={202: TraySerializer})
    @action(detail=True, methods=["post"])
    def make(self, request: Request, pk: int) -> Response:
        """Make coins of the circles as they stand. Each becomes a draft and is identified."""
        tray: Tray = self.get_object()
        total = len(coins(tray.circles))
        if tray.is_laid_out and not total:
            raise Conflict(_("Keep at least one circle: there is no coin to make."))
        if not tray.make_coins(tray.circles, total):
            raise not_its_turn()
        return self.answered(tray, status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: TraySerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Try once more what failed."""
        tray: Tray = self.get_object()
        if not tray.retry():
            raise Conflict(_("Only what has failed can be tried again."))
        return self.answered(tray, status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "image/webp"): OpenApiTypes.BINARY})
    @action(detail=True)
    def image(self, request: Request, pk: int) -> FileResponse:
        """The photo as it is looked at, at most 1600 pixels wide or high."""
        tray: Tray = self.get_object()
        if not tray.preview.name:
            raise Http404
        headers = {"Cache-Control": "private, max-age=3600"}
        return FileResponse(opened(tray.preview), content_type="image/webp", headers=headers)

    # --- the steps of the above ----------------------------------------------------
    def told(self, tray: Tray, request: Request) -> list[Circle]:
        context = {**self.get_serializer_context(), "tray": tray}
        asked = CirclesSerializer(data=request.data, context=context)
        asked.is_valid(raise_exception=True)
        found: list[Circle] = asked.validated_data["circles"]
        return found

    def answered(self, tray: Tray, code: int = status.HTTP_200_OK) -> Response:
        headers = {"Location": f"/api/v1/trays/{tray.pk}/"}
        row = Tray.objects.prefetch_related("made").get(pk=tray.pk)
        return Response(self.get_serializer(row).data, status=code, headers=headers)


def not_its_turn() -> Conflict:
    return Conflict(_("The coins of this photo are not found yet, or are made already."))
