from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import OfCollection, user_of
from catalog.api.bulk import Change, Chosen, Plan, Trash, Verdicts, add
from catalog.api.serializers.bulk import (
    MOST,
    BulkChangeSerializer,
    BulkCreateSerializer,
    Selection,
    VerdictsSerializer,
)
from catalog.api.serializers.coins import CoinSerializer
from catalog.models import Coin, Collection

ALL = OpenApiResponse(VerdictsSerializer, "All done.")
SOME = OpenApiResponse(VerdictsSerializer, "Some were refused; each has its verdict.")


class BulkActions(OfCollection):
    """Up to 500 coins at once."""

    @extend_schema(request=BulkCreateSerializer, responses={201: ALL, 207: SOME})
    @action(detail=False, methods=["post"], url_path="bulk", filterset_class=None)
    def bulk(self, request: Request) -> Response:
        """Add many coins."""
        asked = BulkCreateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said, reader = asked.validated_data, CoinSerializer(context={"request": request})
        found = add(said["coins"], user_of(request), reader, Verdicts(said["all_or_nothing"]))
        return Response(found, status=207 if found["refused"] else 201)

    @extend_schema(request=BulkChangeSerializer, responses={200: ALL, 207: SOME})
    @bulk.mapping.patch
    def bulk_change(self, request: Request) -> Response:
        """Change any field of many coins. All of it is one batch of the history."""
        asked = self.asked(request, BulkChangeSerializer)
        return self.write(asked, Change(asked.validated_data["changes"]))

    @extend_schema(request=Selection, responses={200: ALL, 207: SOME})
    @action(detail=False, methods=["post"], url_path="bulk/trash", filterset_class=None)
    def bulk_trash(self, request: Request) -> Response:
        """Move many coins to the trash."""
        return self.write(self.asked(request, Selection), Trash(True))

    @extend_schema(request=Selection, responses={200: ALL, 207: SOME})
    @action(detail=False, methods=["post"], url_path="bulk/restore", filterset_class=None)
    def bulk_restore(self, request: Request) -> Response:
        """Take many coins out of the trash. With a filter, say `"trashed": true`."""
        return self.write(self.asked(request, Selection), Trash(False))

    def asked(self, request: Request, serializer: type[Selection]) -> Selection:
        asked = serializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        return asked

    @transaction.atomic
    def write(self, asked: Selection, plan: Plan) -> Response:
        user, chosen = user_of(self.request), self.hold(asked)
        if isinstance(plan, Change):
            for owner in chosen.owners():
                plan.read_for(owner, user)
        wanted = asked.validated_data.get("ids") or list(chosen.coins)
        verdicts = Verdicts(asked.validated_data["all_or_nothing"])
        found = chosen.write(dict.fromkeys(wanted), plan, user, verdicts)
        return Response(found, status=207 if found["refused"] else 200)

    def hold(self, asked: Selection) -> Chosen:
        found = asked.chosen(self.get_queryset()).order_by("pk").values_list("pk", flat=True)
        pks = list(found[: MOST + 1])
        if len(pks) > MOST:
            message = _("It finds more than %(most)s coins. Narrow it.") % {"most": MOST}
            raise ValidationError({"filter": [message]})
        list(Coin.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
        coins = self.get_queryset().filter(pk__in=pks).order_by("pk")
        editable = Collection.objects.editable_by(user_of(self.request)).values_list(
            "pk", flat=True
        )
        return Chosen(cast(Any, coins), set(editable), asked.validated_data.get("versions", {}))
