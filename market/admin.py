"""Sources and premiums are edited; what came in is looked at."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from catalog.admin.imports import LookOnly
from catalog.models import User
from market.models import (
    FetchDay,
    FetchHost,
    FetchTask,
    PremiumRule,
    PriceLevel,
    RawPage,
    Source,
    Upload,
)


class SourceForm(forms.ModelForm):
    """A host is switched on by somebody who says that he has read what it allows."""

    have_read = forms.BooleanField(
        label=_("I have read this site’s terms and its robots.txt, and they allow it"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins = cleaned.get("enabled") and not (self.instance.pk and self.initial.get("enabled"))
        if begins and not cleaned.get("have_read"):
            self.add_error("have_read", _("Read the terms first, and confirm it here."))
        return cleaned


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    """Also the health of each parser: pages, lots, refused values, the last that was read."""

    list_display = (
        "name", "kind", "host", "enabled", "pictures_too", "terms_checked_on", "n_pages", "n_lots", "n_refused", "last",
    )  # fmt: skip
    list_filter = ("kind", "enabled")
    search_fields = ("name", "host")
    form = SourceForm

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if form.cleaned_data.get("have_read"):
            obj.terms_checked_by = cast(User, request.user)
        super().save_model(request, obj, form, change)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                pages_count=Count("pages"), lots_sum=Sum("pages__n_lots"),
                refused_sum=Sum("pages__n_refused"),
                last_parsed=Max("pages__parsed_at", filter=Q(pages__refusal="")),
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
    list_display = ("house", "from_date", "to_date", "tiers", "checked_on", "origin")
    list_filter = (("checked_on", admin.EmptyFieldListFilter),)
    search_fields = ("house",)


@admin.register(PriceLevel)
class PriceLevelAdmin(ModelAdmin):
    """A whole series comes in by `manage.py load_cpi`; here it is looked at and mended."""

    list_display = ("currency", "year", "month", "level")
    list_filter = ("currency",)


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


@admin.register(FetchTask)
class FetchTaskAdmin(LookOnly):
    list_display = (
        "url",
        "source",
        "kind",
        "state",
        "is_partial",
        "attempts",
        "not_before",
        "error",
    )
    list_select_related = ("source",)
    list_filter = ("state", "kind", "is_partial", "source")
    search_fields = ("url",)


@admin.register(FetchHost)
class FetchHostAdmin(LookOnly):
    """A host that has sent us away stays closed until somebody has found out why."""

    list_display = ("host", "robots_verdict", "next_at", "stopped_at", "stopped_why")
    actions = ("open_again",)

    @admin.action(description=_("Ask these hosts again"), permissions=["view"])
    def open_again(self, request: HttpRequest, hosts: "QuerySet[FetchHost]") -> None:
        for host in hosts:
            host.open_again()


@admin.register(FetchDay)
class FetchDayAdmin(LookOnly):
    list_display = ("day", "source", "requests", "bytes")
    list_select_related = ("source",)
    list_filter = ("source",)
