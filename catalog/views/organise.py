from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog import organising
from catalog.models import CustomField, User
from catalog.models.trees import Node
from catalog.organising import CustomFieldForm, NewNodeForm, NodeForm


@require_http_methods(["GET", "POST"])
def nodes(request: HttpRequest, kind: str) -> HttpResponse:
    it, user = organising.KINDS[kind], cast(User, request.user)
    form = NewNodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = it.model.at(user, form.cleaned_data["path"])
        if made:
            messages.success(request, _("“%(path)s” is there.") % {"path": made.path})
        return redirect(it.list_name)
    rows = organising.with_counts(it, user)
    context = {"kind": kind, "it": it, "rows": rows, "form": form}
    return render(request, "catalog/nodes.html", context, status=422 if form.errors else 200)


def own_node(request: HttpRequest, kind: str, pk: int) -> Node:
    model = organising.KINDS[kind].model
    return get_object_or_404(model, pk=pk, owner=request.user)


@require_http_methods(["GET", "POST"])
def node(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    it, found = organising.KINDS[kind], own_node(request, kind, pk)
    form = NodeForm(request.POST or None, node=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Everything inside moved along."))
        return redirect(it.list_name)
    context = {
        "kind": kind,
        "it": it,
        "node": found,
        "form": form,
        "coins": organising.coins_below(found).live().count(),
    }
    return render(request, "catalog/node.html", context, status=422 if form.errors else 200)


@require_POST
def node_delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    count = organising.remove(own_node(request, kind, pk))
    messages.success(
        request,
        ngettext(
            "Removed. %(count)d coin stays, without it.",
            "Removed. %(count)d coins stay, without it.",
            count,
        )
        % {"count": count},
    )
    return redirect(organising.KINDS[kind].list_name)


@require_http_methods(["GET", "POST"])
def custom_fields(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = CustomFieldForm(request.POST or None, owner=user)
    if request.method == "POST" and form.is_valid():
        field = form.save()
        messages.success(request, _("Every coin can now have “%(name)s”.") % {"name": field.name})
        return redirect("custom-fields")
    context = {"form": form, "fields": user.custom_fields.all()}
    return render(
        request, "catalog/custom_fields.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def custom_field(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    field = get_object_or_404(CustomField, pk=pk, owner=user)
    form = CustomFieldForm(request.POST or None, instance=field, owner=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("custom-fields")
    context = {"form": form, "field": field}
    return render(request, "catalog/custom_field.html", context, status=422 if form.errors else 200)


@require_POST
def custom_field_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Hides the field; the values stay with the coins, so that a field made again finds them."""
    get_object_or_404(CustomField, pk=pk, owner=request.user).delete()
    messages.success(
        request, _("The field is gone. Its values stay in the history and the export.")
    )
    return redirect("custom-fields")
