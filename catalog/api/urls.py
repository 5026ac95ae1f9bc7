from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, URLResolver, path, re_path
from rest_framework.routers import DefaultRouter

from catalog.api import reference
from catalog.api.views import (
    changes,
    coins,
    collections,
    jobs,
    organise,
    people,
    photos,
    rows,
    sets,
    vocabulary,
)


class Router(DefaultRouter):
    include_format_suffixes = False
    root_view_name = "root"


ROUTES: tuple[tuple[str, Any, str], ...] = (
    ("collections", collections.CollectionViewSet, "collection"),
    ("members", collections.MemberViewSet, "member"),
    ("share-links", collections.ShareLinkViewSet, "share-link"),
    ("coins", coins.CoinViewSet, "coin"),
    ("photos", photos.PhotoViewSet, "photo"),
    ("changes", changes.FieldChangeViewSet, "change"),
    ("status-changes", changes.StatusChangeViewSet, "status-change"),
    ("trades", rows.TradeViewSet, "trade"),
    ("valuations", rows.ValuationViewSet, "valuation"),
    ("provenance", rows.ProvenanceViewSet, "provenance"),
    ("attachments", rows.AttachmentViewSet, "attachment"),
    ("places", organise.PlaceViewSet, "place"),
    ("tags", organise.TagViewSet, "tag"),
    ("custom-fields", organise.CustomFieldViewSet, "custom-field"),
    ("saved-views", organise.SavedViewViewSet, "saved-view"),
    ("sets", sets.CoinSetViewSet, "set"),
    ("set-slots", sets.SetSlotViewSet, "set-slot"),
    ("types", vocabulary.CoinTypeViewSet, "type"),
    ("authorities", vocabulary.AuthorityViewSet, "authority"),
    ("denominations", vocabulary.DenominationViewSet, "denomination"),
    ("mints", vocabulary.MintViewSet, "mint"),
    ("metals", vocabulary.MetalViewSet, "metal"),
    ("regions", vocabulary.RegionViewSet, "region"),
    ("catalogues", vocabulary.CatalogueViewSet, "catalogue"),
    ("imports", jobs.ImportSessionViewSet, "import"),
    ("exports", jobs.ExportViewSet, "export"),
)


def addresses(
    routes: Iterable[tuple[str, Any, str]], paths: Iterable[URLPattern] = ()
) -> list[URLPattern | URLResolver]:
    """Of all apps together, so that the first page of the API names them all."""
    router = Router(use_regex_path=False)
    for prefix, viewset, name in routes:
        router.register(prefix, viewset, basename=name)
    return [
        path("schema/", reference.Schema.as_view(), name="schema"),
        path("docs/", reference.reference, name="reference"),
        path("me/", people.MeViewSet.as_view({"get": "retrieve"}), name="me"),
        *paths,
        *router.urls,
        # a line break is as good a wrong letter as any: the dot would not take it
        re_path(r"^(?P<address>[\s\S]+)\Z", reference.Nowhere.as_view(), name="nowhere"),
    ]
