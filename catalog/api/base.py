"""What every view of the API is made of: who is counted, who sees a row, who may change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import mixins
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from catalog.api.parsers import PlainJSONParser
from catalog.api.problems import Conflict
from catalog.models import Coin, Collection, User


def user_of(request: Request) -> User:
    """Whoever passed IsAuthenticated."""
    return cast(User, request.user)


def refuse_viewers(user: User, collection_id: int) -> None:
    if not Collection.objects.editable_by(user).filter(pk=collection_id).exists():
        raise PermissionDenied(_("You may look at this collection, but not change it."))


class Door(GenericViewSet):
    """Strangers are counted before they are refused: DRF itself throttles only whom it lets in."""

    lookup_value_converter = "int"

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except APIException:
            self.check_throttles(request)
            raise

    def permission_denied(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            self.check_throttles(request)
        super().permission_denied(request, *args, **kwargs)

    def filter_queryset(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Filters narrow lists; one row is found by its id alone."""
        return super().filter_queryset(rows) if self.action == "list" else rows

    @property
    def is_for_schema(self) -> bool:
        """drf-spectacular walks the views with nobody signed in."""
        return getattr(self, "swagger_fake_view", False)


class OfCollection(Door):
    """Rows that hang on a collection, at `collection_path`: whoever sees the collection sees them,
    its editors change them."""

    collection_path = "coin__collection"

    def get_queryset(self) -> "QuerySet[Any]":
        rows = super().get_queryset()
        if self.is_for_schema:
            return rows.none()
        seen = Collection.objects.visible_to(user_of(self.request))
        if self.collection_path == "coin__collection":
            # no join: in the order of the ids, a page of 60,000 photos is then read from its start
            return rows.filter(coin__in=Coin.objects.filter(collection__in=seen).values("pk"))
        return rows.filter(**{f"{self.collection_path}__in": seen})

    def check_object_permissions(self, request: Request, row: Any) -> None:
        super().check_object_permissions(request, row)
        if request.method not in SAFE_METHODS:
            refuse_viewers(user_of(request), self.collection_id_of(row))

    def collection_id_of(self, row: Any) -> int:
        *steps, last = self.collection_path.split("__")
        for step in steps:
            row = getattr(row, step)
        return getattr(row, f"{last}_id") if last != "pk" else row.pk


class Mine(Door):
    """Rows of one person, at `owner_path`. Everybody else is a stranger to them."""

    owner_path = "owner"

    def get_queryset(self) -> "QuerySet[Any]":
        rows = super().get_queryset()
        if self.is_for_schema:
            return rows.none()
        return rows.filter(**{self.owner_path: self.request.user})


def opened(file: FieldFile) -> File:
    try:
        return file.open("rb")
    except FileNotFoundError:  # a file that somebody removed from the disk
        raise Http404 from None


class Read(mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """The list and one row of it."""


class Create(mixins.CreateModelMixin):
    """All or nothing: a refusal in the middle of a write leaves no half of it behind. `saved` is
    what else follows from a write."""

    basename: str

    def saved(self, row: Any) -> None: ...

    def perform_create(self, serializer: BaseSerializer) -> None:
        with whole():
            self.saved(serializer.save())

    def get_success_headers(self, data: Any) -> dict[str, str]:
        return {"Location": reverse(f"v1:{self.basename}-detail", args=[data["id"]])}


class Uploads(Door):
    """A new row comes with its file; afterwards it is spoken of in JSON."""

    def get_parsers(self) -> list[BaseParser]:
        is_new = self.request is not None and self.request.method == "POST"
        return [MultiPartParser()] if is_new else [PlainJSONParser()]


class Write(Create, mixins.UpdateModelMixin, mixins.DestroyModelMixin):
    def perform_update(self, serializer: BaseSerializer) -> None:
        with whole():
            self.saved(serializer.save())


@contextmanager
def whole() -> Iterator[None]:
    """The serializers look for a twin first; this is for the one that came in between."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Conflict(_("There is one like this already.")) from error
