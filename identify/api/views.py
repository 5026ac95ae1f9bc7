"""Identification for programs: ask, wait politely, take what was said or write something better."""

import time
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import photos
from catalog.api.base import OfCollection, Read, user_of
from catalog.api.filters import OfCoinFilter
from catalog.api.parsers import PlainJSONParser
from catalog.api.problems import Conflict
from catalog.models import Coin, Collection
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify.api import serializers
from identify.models import Identification, Suggestion, suggestions
from identify.pipeline import identify_again

LONGEST_WAIT = 20.0
BETWEEN = 0.2  # seconds; a look at one row
WAIT = OpenApiParameter(
    "wait", OpenApiTypes.NUMBER,
    description="Seconds to wait for the result, at most 20: then 200 instead of 202.",
)  # fmt: skip
ANSWERS = {200: serializers.IdentificationSerializer, 202: serializers.IdentificationSerializer}


class WaitSerializer(drf.Serializer):
    wait = drf.FloatField(default=0.0, min_value=0.0, max_value=LONGEST_WAIT)


class IdentificationViewSet(Read, OfCollection):
    """Looks at coins. They are made in the background: what you get is a row whose `state` goes from
    `queued` to `suggested`, `abstained` or `failed`."""

    queryset = Identification.objects.select_related("face", "other_face").prefetch_related(
        "suggestions__by"
    )
    serializer_class = serializers.IdentificationSerializer
    filterset_class = OfCoinFilter
    parser_classes = [PlainJSONParser, MultiPartParser]
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    @extend_schema(
        parameters=[WAIT], responses=ANSWERS,
        request={
            "multipart/form-data": serializers.FilesSerializer,
            "application/json": serializers.AskSerializer,
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Identify. New photos come as `multipart/form-data` and become a draft; photos and coins that
        are here are named by their ids, in JSON."""
        seconds = self.patience(request)
        is_upload = (request.content_type or "").startswith("multipart/")
        job = self.from_files(request) if is_upload else self.from_ids(request)
        return self.answered(self.waited_for(job, seconds))

    @extend_schema(request=serializers.BatchSerializer, responses={202: serializers.BatchAnswer})
    @action(detail=False, methods=["post"])
    def batch(self, request: Request) -> Response:
        """Identify up to 500 coins again. Those that you may not change, or that have no photo, are
        left out and named."""
        asked = serializers.BatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = list(dict.fromkeys(asked.validated_data["coins"]))
        user = user_of(request)
        coins = Coin.objects.editable_by(user).filter(deleted_at=None).in_bulk(wanted)
        jobs = [job for pk in wanted if pk in coins and (job := identify_again(coins[pk], user))]
        begun = {job.coin_id for job in jobs}
        rows = self.get_queryset().filter(pk__in=[job.pk for job in jobs]).order_by("pk")
        said = {
            "identifications": self.get_serializer(rows, many=True).data,
            "left_out": [pk for pk in wanted if pk not in begun],
        }
        return Response(said, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, parameters=[WAIT], responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Try once more what failed."""
        seconds = self.patience(request)
        job: Identification = self.get_object()
        if not job.retry():
            raise Conflict(_("Only what has failed can be tried again."))
        return self.answered(self.waited_for(job, seconds))

    @extend_schema(request=None, responses=serializers.IdentificationSerializer)
    @action(detail=True, methods=["post"], url_path="accept-all")
    def accept_all(self, request: Request, pk: int) -> Response:
        """Accept all that is sure and stands against nothing. Counts less than field by field."""
        return self.decided(lambda job: suggestions.accept_all(job, user_of(request)))

    @extend_schema(request=None, responses=serializers.IdentificationSerializer)
    @action(detail=True, methods=["post"], url_path="refuse-all")
    def refuse_all(self, request: Request, pk: int) -> Response:
        """None of these."""
        return self.decided(lambda job: suggestions.refuse_all(job, user_of(request)))

    @extend_schema(request=None, responses=serializers.IdentificationSerializer)
    @action(detail=True, methods=["post"], url_path="undo-all")
    def undo_all(self, request: Request, pk: int) -> Response:
        """Take back everything that was decided here."""
        return self.decided(lambda job: suggestions.take_back_all(job, user_of(request)))

    # --- the steps of the above ----------------------------------------------------
    def patience(self, request: Request) -> float:
        asked = WaitSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return float(asked.validated_data["wait"])

    def from_files(self, request: Request) -> Identification:
        asked = serializers.FilesSerializer(
            data=request.data, context=self.get_serializer_context()
        )
        asked.is_valid(raise_exception=True)
        user, files = user_of(request), asked.validated_data["photos"]
        collection = asked.validated_data.get("collection") or first_of(request)
        roles = ("obverse", "reverse") if len(files) == 2 else ("",)
        draft = photos.add_draft(collection, list(zip(files, roles, strict=True)), user)
        if draft.refusals:
            told = [f"{name}: {sentence(why)}" for name, why in draft.refusals]
            if draft.coin:
                draft.coin.discard(user)  # half a coin is not what was asked for
            raise drf.ValidationError({"photos": told})
        assert draft.coin is not None
        return begun(draft.coin, request)

    def from_ids(self, request: Request) -> Identification:
        asked = serializers.AskSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        if "photos" in said:
            return Identification.begin(said["photos"], user_of(request), again=True)
        return begun(said["coin"], request)

    def waited_for(self, job: Identification, seconds: float) -> Identification:
        until = time.monotonic() + seconds
        rows = Identification.objects.filter(pk=job.pk)
        while time.monotonic() < until and rows.unfinished().exists():
            time.sleep(BETWEEN)
        row: Identification = self.get_queryset().get(pk=job.pk)
        return row

    def answered(self, job: Identification) -> Response:
        done = job.state not in ("queued", "paused", "running")
        data = self.get_serializer(job).data
        headers = {"Location": f"/api/v1/identifications/{job.pk}/"}
        return Response(data, status=200 if done else 202, headers=headers)

    def decided(self, deed: Callable[[Identification], object]) -> Response:
        job: Identification = self.get_object()
        obeyed(lambda: deed(job))
        return Response(self.get_serializer(self.get_object()).data)


class SuggestionViewSet(Read, OfCollection):
    """Suggestions, field by field."""

    queryset = Suggestion.objects.for_deciding().select_related("by")
    serializer_class = serializers.SuggestionSerializer
    collection_path = "identification__coin__collection"
    orderings = {"id": "id"}

    @extend_schema(request=serializers.AcceptSerializer, responses=serializers.SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: int) -> Response:
        """Accept: the first candidate, or another that you name. Writes the coin's attribution."""
        asked = serializers.AcceptSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        return self.decided(
            lambda one: one.accept(user_of(request), said.get("label", ""), said["replace"])
        )

    @extend_schema(
        request=serializers.CorrectSerializer, responses=serializers.SuggestionSerializer
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: int) -> Response:
        """Write what it is instead."""
        asked = serializers.CorrectSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data["values"]
        return self.decided(lambda one: one.correct(user_of(request), values))

    @extend_schema(request=None, responses=serializers.SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: int) -> Response:
        """It is not that."""
        return self.decided(lambda one: one.refuse(user_of(request)))

    @extend_schema(request=None, responses=serializers.SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def unknown(self, request: Request, pk: int) -> Response:
        """You do not know it either."""
        return self.decided(lambda one: one.dont_know(user_of(request)))

    @extend_schema(request=None, responses=serializers.SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Open again; what it wrote is taken back."""
        return self.decided(lambda one: one.take_back(user_of(request)))

    def decided(self, deed: Callable[[Suggestion], object]) -> Response:
        one: Suggestion = self.get_object()
        obeyed(lambda: deed(one))
        return Response(self.get_serializer(self.get_object()).data)


def begun(coin: Coin, request: Request) -> Identification:
    job = identify_again(coin, user_of(request))
    if job is None:
        raise Conflict(_("There is no photo of this coin to look at yet."))
    return job


def first_of(request: Request) -> Collection:
    found = Collection.objects.filter(owner=user_of(request)).order_by("pk").first()
    if found is None:
        raise drf.ValidationError({"collection": [_("You own none yet: name one, or make one.")]})
    return found


def obeyed(deed: Callable[[], object]) -> None:
    """What stands against it is told as a conflict, in the refusal's own words."""
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        raise Conflict(sentence(refusal)) from None
