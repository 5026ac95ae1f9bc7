from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog import money, sharing
from catalog.collection_forms import CollectionForm, DeleteForm, MemberForm, ShareLinkForm
from catalog.models import Collection, Membership, ShareLink, User
from catalog.models.coins import HELD


@require_http_methods(["GET", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = CollectionForm(request.POST or None, initial={"currency": user.base_currency})
    if request.method == "POST" and form.is_valid():
        form.instance.owner = user
        form.save()
        messages.success(request, _("“%(name)s” is ready.") % {"name": form.instance.name})
        return redirect("collections")
    live = Q(coins__deleted_at=None)
    rows = (
        Collection.objects.visible_to(user)
        .select_related("owner")
        .annotate(
            n=Count("coins", filter=live),
            worth=Sum("coins__value", filter=live & Q(coins__status__in=HELD)),
        )
    )
    context = {"form": form, "rows": rows, "roles": roles_of(user)}
    return render(request, "catalog/collections.html", context, status=422 if form.errors else 200)


def roles_of(user: User) -> dict[int, str]:
    return {one.collection_id: one.get_role_display() for one in user.memberships.all()}


def own(request: HttpRequest, pk: int) -> Collection:
    return get_object_or_404(Collection.objects.owned_by(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def collection_edit(request: HttpRequest, pk: int) -> HttpResponse:
    collection = own(request, pk)
    currency = collection.currency
    form = CollectionForm(request.POST or None, instance=collection)
    if request.method == "POST" and form.is_valid():
        form.save()
        if collection.currency != currency:
            money.refresh_collection(collection)
        messages.success(request, _("Saved."))
        return redirect("collection-edit", pk=pk)
    return page(request, collection, form=form)


def page(request: HttpRequest, collection: Collection, **forms: Any) -> HttpResponse:
    """The one page of a collection's settings, with whichever form was refused."""
    refused = any(form.errors for form in forms.values())
    context = {
        "collection": Collection.objects.get(pk=collection.pk),
        "form": CollectionForm(instance=collection),
        "member_form": MemberForm(),
        "link_form": ShareLinkForm(),
        "delete_form": DeleteForm(expected=collection.name),
        "members": collection.memberships.select_related("user"),
        "roles": Membership.Role.choices,
        "links": collection.share_links.filter(revoked_at=None),
        "live": set(collection.share_links.live().values_list("pk", flat=True)),
        "live_coins": collection.coins.live().count(),
        "coins": collection.coins.count(),  # those in the trash would be gone, too
    } | forms
    return render(request, "catalog/collection.html", context, status=422 if refused else 200)


@require_POST
def collection_delete(request: HttpRequest, pk: int) -> HttpResponse:
    collection = own(request, pk)
    form = DeleteForm(request.POST, expected=collection.name)
    if not form.is_valid():
        return page(request, collection, delete_form=form)
    collection.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": collection.name})
    return redirect("collections")


@require_POST
def collection_leave(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership, collection=pk, user=request.user)
    membership.delete()
    messages.success(request, _("You left “%(name)s”.") % {"name": membership.collection})
    return redirect("collections")


@require_POST
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    collection = own(request, pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            sharing.invite(collection, form.cleaned_data["username"], form.cleaned_data["role"])
        except ValidationError as error:
            form.add_error("username", error)
    if form.errors:
        return page(request, collection, member_form=form)
    messages.success(request, _("Shared."))
    return redirect("collection-edit", pk=pk)


def own_member(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(Membership, pk=pk, collection__owner=request.user)


@require_POST
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    membership = own_member(request, pk)
    if request.POST.get("role") in Membership.Role:
        membership.role = request.POST["role"]
        membership.save()
        messages.success(request, _("Saved."))
    return redirect("collection-edit", pk=membership.collection_id)


@require_POST
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership = own_member(request, pk)
    membership.delete()
    messages.success(request, _("%(name)s no longer sees it.") % {"name": membership.user})
    return redirect("collection-edit", pk=membership.collection_id)


@require_POST
def link_add(request: HttpRequest, pk: int) -> HttpResponse:
    collection = own(request, pk)
    form = ShareLinkForm(request.POST)
    form.instance.collection = collection
    if not form.is_valid():
        return page(request, collection, link_form=form)
    form.save()
    messages.success(request, _("The link works from now on."))
    return redirect("collection-edit", pk=pk)


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(ShareLink, pk=pk, collection__owner=request.user)
    sharing.revoke(link)
    messages.success(request, _("The link no longer works."))
    return redirect("collection-edit", pk=link.collection_id)
