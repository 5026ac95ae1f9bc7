from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from catalog import sharing
from catalog.api.base import Mine, OfCollection, Read, Write, user_of
from catalog.api.filters import OfCollectionFilter
from catalog.api.problems import Conflict
from catalog.api.serializers import collections
from catalog.models import Collection, Membership, ShareLink


class CollectionViewSet(Read, Write, OfCollection):
    """The collections that you own or that are shared with you. Only the owner changes them."""

    queryset = Collection.objects.select_related("owner")
    serializer_class = collections.CollectionSerializer
    collection_path = "pk"
    orderings = {"name": "name", "created": "created_at", "id": "id"}

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if self.is_for_schema:
            return rows
        user = user_of(self.request)
        role = Membership.objects.filter(collection=OuterRef("pk"), user=user).values("role")[:1]
        return rows.annotate(
            role=Case(
                When(owner=user, then=Value("owner")),
                default=Subquery(role),
                output_field=CharField(),
            ),
            coins_here=Count("coins", filter=Q(coins__deleted_at=None)),
        )

    def check_object_permissions(self, request: Request, row: Any) -> None:
        super().check_object_permissions(request, row)
        if request.method not in SAFE_METHODS and row.owner_id != user_of(request).pk:
            raise PermissionDenied(_("Only the owner changes a collection."))

    def perform_destroy(self, collection: Any) -> None:
        if collection.coins.exists():
            raise Conflict(_("There are coins in it, perhaps in the trash. Empty it first."))
        super().perform_destroy(collection)


class MemberViewSet(Read, Write, Mine):
    """Who else sees or edits your collections."""

    queryset = Membership.objects.select_related("user")
    serializer_class = collections.MemberSerializer
    owner_path = "collection__owner"
    filterset_class = OfCollectionFilter
    orderings = {"added": "added_at", "id": "id"}


class ShareLinkViewSet(Read, Write, Mine):
    """Public addresses of your collections. Deleting one revokes it."""

    queryset = ShareLink.objects.all()
    serializer_class = collections.ShareLinkSerializer
    owner_path = "collection__owner"
    filterset_class = OfCollectionFilter
    orderings = {"created": "created_at", "id": "id"}
    default_ordering = "-created"

    def perform_destroy(self, link: Any) -> None:
        sharing.revoke(link)
