"""Runs and versions for programs: what the pages of teaching do, to those who may teach."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.auth import TokenScope
from catalog.api.base import Door, Read, user_of
from catalog.api.problems import Conflict
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify.api import teaching_serializers as serializers
from identify.labelling import trials
from identify.models import ModelVersion, TrainingRun
from identify.models.runs import MAY_TRAIN
from identify.models.runs import State as RunState
from identify.teaching import beginning, telling
from identify.teaching.classes import field_for


class MayTrain(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user.has_perm(MAY_TRAIN)


class Taught(Read, Door):
    """What is somebody's own is his; what teaches the site is everybody's who may teach."""

    permission_classes = [IsAuthenticated, TokenScope, MayTrain]
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.none() if self.is_for_schema else rows.visible_to(user_of(self.request))

    def obeyed(self, deed: Callable[[Any], object]) -> Response:
        """A refusal is told as a conflict, in its own words."""
        row = self.get_object()
        try:
            with transaction.atomic():
                deed(row)
        except Refusal as refusal:
            raise Conflict(sentence(refusal)) from None
        return Response(self.get_serializer(self.get_object()).data)


class RunFilter(filters.FilterSet):
    field = filters.CharFilter(max_length=40)
    state = filters.ChoiceFilter(choices=RunState.choices)


class TrainingRunViewSet(Taught):
    """Courses of teaching. One learns in the background; its row tells how far it is."""

    queryset = TrainingRun.objects.for_list()
    serializer_class = serializers.RunSerializer
    filterset_class = RunFilter

    def get_serializer_class(self) -> Any:
        return serializers.RunSerializer if self.action == "list" else serializers.RunInFull

    @extend_schema(request=serializers.BeginSerializer, responses={201: serializers.RunInFull})
    def create(self, request: Request) -> Response:
        """Begin a run: of a field that people have labelled, or of something of your own, by coins
        that you choose."""
        asked = serializers.BeginSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        said, user = asked.validated_data, user_of(request)
        try:
            plan = beginning.plan_of(
                said["preset"], said["backbone"], said["epochs"], said["promote"]
            )
            classes = said.get("classes", [])
            field, title = said.get("field", ""), said.get("title", "")
            if classes:
                title = title or classes[0]["label"]
                field = field_for(title, user)
            else:
                beginning.require_offered(field)
                title = telling.field_title(field)
            for one in classes:
                beginning.require_coins(one, user)
            run = beginning.begin(user, field, title, plan, classes)
        except Refusal as refusal:
            raise Conflict(sentence(refusal)) from None
        headers = {"Location": f"/api/v1/training-runs/{run.pk}/"}
        found = self.get_serializer(self.get_queryset().get(pk=run.pk)).data
        return Response(found, status=status.HTTP_201_CREATED, headers=headers)

    @extend_schema(request=None, responses=serializers.RunInFull)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """Pause after the round that it is in."""
        return self.obeyed(lambda run: run.require_wish("pause"))

    @extend_schema(request=None, responses=serializers.RunInFull)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """Go on from there."""
        return self.obeyed(lambda run: run.require_wish("resume"))

    @extend_schema(request=None, responses=serializers.RunInFull)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: int) -> Response:
        """Stop, and keep the best round."""
        return self.obeyed(lambda run: run.require_wish("stop"))

    @extend_schema(request=None, responses=serializers.RunInFull)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Try again what failed, from its last round."""
        return self.obeyed(lambda run: run.require_wish("retry"))


class VersionFilter(filters.FilterSet):
    field = filters.CharFilter(max_length=40)
    state = filters.ChoiceFilter(choices=ModelVersion.State.choices)


class ModelVersionViewSet(Taught):
    """What runs have made. Of each field one version is active."""

    queryset = ModelVersion.objects.for_list().with_counts()
    serializer_class = serializers.VersionSerializer
    filterset_class = VersionFilter

    def get_serializer_class(self) -> Any:
        is_list = self.action == "list"
        return serializers.VersionSerializer if is_list else serializers.VersionInFull

    def get_object(self) -> Any:
        version = super().get_object()
        version.sided = trials.sided([version]).get(version.pk, trials.Sided())
        return version

    @extend_schema(request=serializers.PromoteSerializer, responses=serializers.VersionInFull)
    @action(detail=True, methods=["post"])
    def promote(self, request: Request, pk: int) -> Response:
        """Let it serve. One that is worse than what serves is refused, unless an administrator forces
        it and says why."""
        asked = serializers.PromoteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        return self.obeyed(
            lambda one: one.promote(user_of(request), said["reason"], said["forced"])
        )

    @extend_schema(request=None, responses=serializers.VersionInFull)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: int) -> Response:
        """Take it back: what served before it serves again."""
        return self.obeyed(lambda one: one.roll_back(user_of(request)))

    @extend_schema(request=None, responses=serializers.VersionInFull)
    @action(detail=True, methods=["post"])
    def trial(self, request: Request, pk: int) -> Response:
        """Try it beside what serves."""
        return self.obeyed(lambda one: one.try_beside(user_of(request)))

    @extend_schema(request=None, responses=serializers.VersionInFull)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: int) -> Response:
        """End its trial, or put it aside."""
        return self.obeyed(lambda one: one.retire(user_of(request)))
