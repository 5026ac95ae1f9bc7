from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_own
from catalog.filters import CoinFilter
from catalog.models import SavedView, User


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


@require_GET
def saved_views(request: HttpRequest) -> HttpResponse:
    views = list(cast(User, request.user).saved_views.all())
    return render(request, "catalog/saved_views.html", {"views": views})


@require_POST
def view_add(request: HttpRequest) -> HttpResponse:
    """A name that is taken gets the new list."""
    user = cast(User, request.user)
    query = CoinFilter.from_query(request.POST.get("query", ""), user).to_query()
    form = NameForm(request.POST)
    if form.is_valid():
        view = SavedView.keep(user, form.cleaned_data["name"], query)
        messages.success(request, _("“%(name)s” now stands above your list.") % {"name": view})
    else:
        messages.error(request, _("Give the view a name of at most 80 characters."))
    return redirect(f"{reverse('coins')}?{query}")


@require_POST
def view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames, or moves one up or down."""
    user = cast(User, request.user)
    view: SavedView = get_own(SavedView.objects, request.user, pk=pk)
    form = NameForm(request.POST)
    if "move" in request.POST:
        view.move(-1 if request.POST["move"] == "up" else 1)
    elif not form.is_valid():
        messages.error(request, _("Give the view a name of at most 80 characters."))
    elif user.saved_views.exclude(pk=pk).filter(name=form.cleaned_data["name"]).exists():
        messages.error(request, _("You have another view of that name. Choose a different one."))
    else:
        view.name = form.cleaned_data["name"]
        view.save(update_fields=["name"])
        messages.success(request, _("Renamed."))
    return redirect("saved-views")


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view: SavedView = get_own(SavedView.objects, request.user, pk=pk)
    view.delete()
    messages.success(
        request, _("“%(name)s” is gone. Your coins stay as they are.") % {"name": view}
    )
    return redirect("saved-views")
