"""Sources and premiums are edited; what came in is looked at."""

from django.contrib import admin
from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from catalog.admin.imports import LookOnly
from market.models import PremiumRule, RawPage, Source, Upload


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    """Also the health of each parser: pages, lots, refused values, the last that was read."""

    list_display = (
        "name", "kind", "host", "enabled", "terms_checked_on", "n_pages", "n_lots", "n_refused", "last",
    )  # fmt: skip
    list_filter = ("kind", "enabled")
    search_fields = ("name", "host")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                pages_count=Count("pages"), lots_sum=Sum("pages__n_lots"),
                refused_sum=Sum("pages__n_refused"), last_parsed=Max("pages__parsed_at"),
            )
        )  # fmt: skip

    @admin.display(description=_("pages"))
    def n_pages(self, source: Source) -> int:
        return source.pages_count  # type: ignore[attr-defined]

    @admin.display(description=_("lots"))
    def n_lots(self, source: Source) -> int:
        return source.lots_sum or 0  # type: ignore[attr-defined]

    @admin.display(description=_("refused values"))
    def n_refused(self, source: Source) -> int:
        return source.refused_sum or 0  # type: ignore[attr-defined]

    @admin.display(description=_("last read"))
    def last(self, source: Source) -> object:
        return source.last_parsed  # type: ignore[attr-defined]


@admin.register(PremiumRule)
class PremiumRuleAdmin(ModelAdmin):
    list_display = ("house", "from_date", "to_date", "tiers", "checked_on")
    search_fields = ("house",)


@admin.register(RawPage)
class RawPageAdmin(LookOnly):
    """What a page says is its uploader's; an administrator sees only how it was read."""

    list_display = (
        "source",
        "fetched_at",
        "n_lots",
        "n_stated",
        "is_partial",
        "n_refused",
        "refusal",
    )
    list_select_related = ("source",)
    list_filter = ("source", "is_partial", "refusal")
    fields = (
        "source", "owner", "fetched_at", "parsed_at", "parser_version", "size", "n_lots", "n_stated",
        "is_partial", "n_refused", "refusal",
    )  # fmt: skip


@admin.register(Upload)
class UploadAdmin(LookOnly):
    list_display = ("kind", "user", "state", "done", "total", "created_at", "finished_at")
    list_select_related = ("user",)
    list_filter = ("state", "kind")
    fields = ("kind", "user", "state", "failure", "done", "total", "created_at", "finished_at")
