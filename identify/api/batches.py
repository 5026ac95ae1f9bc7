"""Photos in one go, for programs: sent, watched, held, and what was said of them as a file."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import OfCollection, Read, user_of
from catalog.api.filters import OfCollectionFilter
from catalog.api.parsers import PlainJSONParser
from catalog.api.problems import Conflict
from catalog.models import Collection
from catalog.photos import add_drafts
from catalog.receiving import Upload
from catalog.refusals import Refusal
from catalog.sentences import sentence, worded
from identify.api.serializers import EditableCollection
from identify.api.views import first_of
from identify.batches import contact, exports, results
from identify.models import Batch, State
from identify.models.identifications import IdentificationQuerySet
from identify.progress import progress_of_batch

MOST_FILES = 100  # in one request; the next ones go to the same batch
PROGRESS = {
    "type": "object",
    "properties": {
        **{
            name: {"type": "integer"}
            for name in ("total", "waiting", "running", "paused", "done", "failed")
        },
        "rate": {"type": "number", "description": "coins a second, of late"},
        "seconds_left": {"type": "number", "nullable": True},
    },
}
REFUSALS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "why": {"type": "string"}},
    },
}


class BatchSerializer(drf.ModelSerializer):
    """`refusals` are files that are no photos. `progress` counts coins: two photos may show one."""

    progress = drf.SerializerMethodField()
    refusals = drf.SerializerMethodField()

    class Meta:
        model = Batch
        fields = ["id", "collection", "created_at", "progress", "refusals"]
        read_only_fields = fields

    @extend_schema_field(PROGRESS)
    def get_progress(self, batch: Batch) -> dict[str, Any]:
        found = progress_of_batch(batch)
        names = ("total", "waiting", "running", "paused", "done", "failed")
        told = {name: getattr(found, name) for name in names}
        left = found.seconds_left
        return told | {
            "rate": round(found.rate, 3),
            "seconds_left": None if left is None else round(left, 1),
        }

    @extend_schema_field(REFUSALS)
    def get_refusals(self, batch: Batch) -> list[dict[str, str]]:
        return [{"name": name, "why": worded(why)} for name, why in batch.refusals]


class PhotosSerializer(drf.Serializer):
    """Photos of coins nobody has entered yet: each coin becomes a draft. What belongs together is told by
    the names (`3_obverse.jpg`, `3_reverse.jpg`), or with `consecutive` two by two."""

    photos = drf.ListField(
        child=drf.FileField(), min_length=1, max_length=MOST_FILES,
        help_text="JPEG, PNG, WebP, TIFF, BMP or HEIC.",
    )  # fmt: skip
    consecutive = drf.BooleanField(default=False)


class NewBatchSerializer(PhotosSerializer):
    collection = EditableCollection(required=False, queryset=Collection.objects.none())


class ResultsSerializer(drf.Serializer):
    kind = drf.ChoiceField([*exports.KINDS], default="json")
    state = drf.ChoiceField([*State.values, results.NOTHING], default="", allow_blank=True)


class BatchViewSet(Read, OfCollection):
    """Photos that came together, and what was said of them."""

    queryset = Batch.objects.all()
    serializer_class = BatchSerializer
    filterset_class = OfCollectionFilter
    collection_path = "collection"
    parser_classes = [PlainJSONParser, MultiPartParser]
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    @extend_schema(
        request={"multipart/form-data": NewBatchSerializer}, responses={202: BatchSerializer}
    )
    def create(self, request: Request) -> Response:
        """Send photos. They are identified in the background; ask for the batch to see how far it is."""
        said = self.asked(NewBatchSerializer, request)
        collection = said.get("collection") or first_of(request)
        batch = Batch.objects.create(user=user_of(request), collection=collection)
        return self.taken(batch, said, request)

    @extend_schema(
        request={"multipart/form-data": PhotosSerializer}, responses={202: BatchSerializer}
    )
    @action(detail=True, methods=["post"])
    def photos(self, request: Request, pk: int) -> Response:
        """More photos for this batch."""
        batch: Batch = self.get_object()
        return self.taken(batch, self.asked(PhotosSerializer, request), request)

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", enum=[*exports.KINDS], default="json"),
            OpenApiParameter("state", description="Only coins whose identification is so."),
        ],
        responses={
            (200, "application/json"): OpenApiTypes.OBJECT,
            (200, "*/*"): OpenApiTypes.BINARY,
        },
    )  # fmt: skip
    @action(detail=True)
    def results(self, request: Request, pk: int) -> HttpResponse:
        """What was said of each coin, in the words of `manage.py identify`."""
        batch: Batch = self.get_object()
        asked = ResultsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        kind = asked.validated_data["kind"]
        coins = list(results.coins_of(batch, asked.validated_data["state"]))
        if kind == "pdf" and len(coins) > contact.MOST:
            text = _(
                "A contact sheet has at most %(most)s coins. Filter by state, or take a table."
            )
            raise Conflict(text % {"most": contact.MOST})
        content_type, make = exports.KINDS[kind]
        try:
            data = make(batch, coins)
        except Refusal as refusal:
            raise Conflict(sentence(refusal)) from None
        headers = {"Cache-Control": "private, no-store"}
        if kind != "json":
            headers["Content-Disposition"] = f'attachment; filename="batch-{batch.pk}.{kind}"'
        return HttpResponse(data, content_type=content_type, headers=headers)

    @extend_schema(request=None, responses=BatchSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """What no worker has begun waits until you resume."""
        return self.held(IdentificationQuerySet.pause)

    @extend_schema(request=None, responses=BatchSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """Go on with what was paused."""
        return self.held(IdentificationQuerySet.resume)

    @extend_schema(request=None, responses=BatchSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """What no worker has begun is not identified. The coins and their photos stay."""
        return self.held(IdentificationQuerySet.cancel)

    # --- the steps of the above ----------------------------------------------------
    def asked(self, kind: type[drf.Serializer], request: Request) -> dict[str, Any]:
        found = kind(data=request.data, context=self.get_serializer_context())
        found.is_valid(raise_exception=True)
        said: dict[str, Any] = found.validated_data
        return said

    def taken(self, batch: Batch, said: dict[str, Any], request: Request) -> Response:
        upload, files = Upload(), said["photos"]
        for draft in add_drafts(batch.collection, files, user_of(request), said["consecutive"]):
            upload.note(draft)
        batch.take(upload.coins, upload.refusals)
        headers = {"Location": f"/api/v1/batches/{batch.pk}/"}
        told = self.get_serializer(batch).data
        return Response(told, status=status.HTTP_202_ACCEPTED, headers=headers)

    def held(self, deed: Any) -> Response:
        batch: Batch = self.get_object()
        deed(batch.looks())
        return Response(self.get_serializer(batch).data)
