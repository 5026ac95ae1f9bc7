from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from catalog.models import CoinType, Issue, TypeReference
from catalog.models.vocabulary import fold


class ReferenceInline(TabularInline):
    model = TypeReference
    extra = 0
    tab = True


class IssueInline(TabularInline):
    model = Issue
    extra = 0
    tab = True
    per_page = 50
    autocomplete_fields = ("mint",)


@admin.register(CoinType)
class CoinTypeAdmin(ModelAdmin):
    list_display = ("title", "authority", "denomination", "mint", "coin_count")
    list_select_related = ("authority", "denomination", "mint")
    list_filter = ("metal",)
    search_fields = ("title",)
    autocomplete_fields = ("authority", "denomination", "mint", "metal", "region")
    readonly_fields = ("added_by",)
    inlines = (ReferenceInline, IssueInline)
    list_per_page = 50
    show_full_result_count = False
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(n=Count("coins"))

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        return queryset.matching(fold(term)) if term else queryset, False

    @admin.display(description=_("coins"), ordering="n")
    def coin_count(self, type_: Any) -> int:
        return type_.n
