from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog import curation
from catalog.models import (
    Authority,
    Catalogue,
    Denomination,
    Metal,
    Mint,
    Region,
    TermChange,
)
from catalog.models.vocabulary import Term, fold


class TermForm(forms.ModelForm):
    """Other spellings one a line, names one a line with their language: nobody writes JSON here."""

    names = forms.CharField(
        label=_("Names in other languages"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_("One a line, like “de: Konstantinopel”."),
    )
    aliases = forms.CharField(
        label=_("Other spellings"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("One a line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.names
            self.initial["names"] = "\n".join(f"{code}: {name}" for code, name in names.items())
            self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_names(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["names"].splitlines():
            code, colon, name = line.partition(":")
            if line.strip() and not (colon and len(code.strip()) == 2 and name.strip()):
                raise forms.ValidationError(
                    _("“%(line)s” is not a language and a name, like “de: Rom”.") % {"line": line}
                )
            if line.strip():
                found[code.strip().lower()] = name.strip()
        return found

    def clean_aliases(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["aliases"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class AddedByFilter(admin.SimpleListFilter):
    title = _("origin")
    parameter_name = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("user", _("typed by a user, not seen yet")), ("shared", _("shared by everybody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "user":
            return queryset.exclude(added_by=None)
        return queryset.filter(added_by=None) if self.value() == "shared" else queryset


class TermAdmin(ModelAdmin):
    form = TermForm
    list_display: tuple[str, ...] = ("name", "nomisma_id", "coins", "added_by")
    list_filter = (AddedByFilter,)
    search_fields: tuple[str, ...] = ("search_text",)
    readonly_fields = ("added_by",)
    actions = ("share", "merge")
    list_per_page = 50
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("added_by").annotate(n=Count("coin"))

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        return queryset.matching(fold(term)) if term else queryset, False

    @admin.display(description=_("coins"), ordering="n")
    def coins(self, term: Any) -> int:
        return term.n

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = curation.described(type(obj).objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        curation.told("edit" if change else "add", obj, before, request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        before = curation.described(obj)
        curation.told("delete", obj, before, request.user)
        super().delete_model(request, obj)

    @admin.action(description=_("Share with everybody"))
    def share(self, request: HttpRequest, queryset: QuerySet) -> None:
        for term in queryset.exclude(added_by=None):
            before = curation.described(term)
            term.added_by = None
            term.save()
            curation.told("share", term, before, request.user)

    @admin.action(description=_("Merge into one …"))
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Asks which one stays; every coin and type of the others then names that one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        terms = list(queryset)
        if len(terms) < 2:
            messages.error(request, _("Tick at least two words that mean the same."))
            return None
        stays = next((t for t in terms if str(t.pk) == request.POST.get("stays")), None)
        if stays is None:
            context = self.admin_site.each_context(request) | {
                "terms": terms, "opts": self.model._meta, "title": _("Which one stays?"),
            }  # fmt: skip
            return render(request, "admin/catalog/merge.html", context)
        for term in terms:
            if term != stays:
                curation.merge(term, stays, request.user)
        messages.success(request, _("Merged into “%(term)s”.") % {"term": stays})
        return redirect(reverse(f"admin:catalog_{self.model._meta.model_name}_changelist"))


def columns(*names: str) -> type[TermAdmin]:
    return type(
        "TermAdmin", (TermAdmin,), {"list_display": ("name", *names, *TermAdmin.list_display[1:])}
    )


TERMS: tuple[tuple[type[Term], type[TermAdmin]], ...] = (
    (Authority, columns("kind", "reign_from", "reign_to")),
    (Denomination, columns("face_value", "currency")),
    (Metal, columns("code", "is_precious")),
    (Mint, columns("mark", "region")),
    (Region, columns("country_code")),
)
for model, model_admin in TERMS:
    admin.site.register(model, model_admin)


@admin.register(Catalogue)
class CatalogueAdmin(ModelAdmin):
    form = TermForm
    list_display = ("code", "name", "url_pattern")
    search_fields = ("code", "name")


@admin.register(TermChange)
class TermChangeAdmin(ModelAdmin):
    list_display = ("at", "by", "action", "kind", "told")
    list_filter = ("action", "kind")
    date_hierarchy = "at"

    @admin.display(description=_("what changed"))
    def told(self, change: TermChange) -> str:
        names = [str(change.before.get("name", "")), str(change.after.get("name", ""))]
        return " → ".join(dict.fromkeys(name for name in names if name))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
