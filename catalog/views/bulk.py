from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog import bulk as many
from catalog.access import get_own
from catalog.bulk_forms import ValueForm, field_groups, preview
from catalog.cards import cards_of
from catalog.fields import CoinField
from catalog.models import BulkEdit, User
from catalog.selection import Selection, selection_in


@require_http_methods(["GET", "POST"])
def coins_bulk(request: HttpRequest) -> HttpResponse:
    """Which field, which value, what would change; then it is done."""
    user = cast(User, request.user)
    data = request.POST if request.method == "POST" else request.GET
    selection = selection_in(data, user)
    if selection is None:
        messages.info(request, _("Tick the coins that you want to change first."))
        return redirect(list_address(data.get("query", "")))
    name = data.get("field", "")
    if name == many.TRASH.name and request.method == "POST":
        return move_to_trash(request, selection)
    if request.method == "POST" and not name:
        return redirect(f"{reverse('coins-bulk')}?{chooser_address(data)}")
    fields = many.editable_fields(selection.coins)
    cards = cards_of(selection.coins.for_list()[:8])
    context = {"selection": selection, "groups": field_groups(fields), "name": name,
               "cards": cards, "rest": selection.total - len(cards), "chooser": chooser_address(data)}  # fmt: skip
    if not name:
        return render(request, "catalog/bulk.html", context)
    if name not in fields:
        return render(request, "catalog/bulk.html", context | {"refusal": why_not(selection, name)})
    return with_value(request, selection, fields[name], context)


def with_value(
    request: HttpRequest, selection: Selection, field: CoinField, context: dict[str, Any]
) -> HttpResponse:
    owners = many.owners_of(selection.coins)
    owner = owners[0] if len(owners) == 1 else cast(User, request.user)
    form = ValueForm(request.POST or None, field=field, owner=owner)
    if request.method == "POST" and "apply" in request.POST and form.is_valid():
        return begin(request, selection, form.plan)
    if request.method == "POST" and "again" not in request.POST:
        context["preview"] = preview(selection, form)
    context |= {"form": form, "field": field}
    return render(request, "catalog/bulk.html", context, status=422 if form.errors else 200)


def begin(request: HttpRequest, selection: Selection, plan: dict[str, Any]) -> HttpResponse:
    try:
        many.refuse_several_owners(selection.coins, plan["field"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(list_address(selection.query))
    ids = list(selection.coins.values_list("pk", flat=True))
    edit = BulkEdit.begin(cast(User, request.user), ids, **plan)
    if edit.is_working:
        return redirect(edit)
    messages.success(request, told(request, edit, selection.query))
    return redirect("trash" if selection.is_trashed else list_address(selection.query))


def move_to_trash(request: HttpRequest, selection: Selection) -> HttpResponse:
    """And out of it, for coins that lie there."""
    plan = {"field": many.TRASH.name, "value": not selection.is_trashed}
    return begin(request, selection, plan)


def told(request: HttpRequest, edit: BulkEdit, query: str) -> str:
    if edit.field == many.TRASH.name:
        text = ngettext("%(count)s coin is in the trash.", "%(count)s coins are in the trash.",
                        edit.changed) if edit.value else ngettext(
                        "%(count)s coin is back.", "%(count)s coins are back.", edit.changed)  # fmt: skip
    else:
        text = ngettext("%(count)s coin changed.", "%(count)s coins changed.", edit.changed)
    text %= {"count": edit.changed}
    if not edit.changed:
        return _("Nothing changed: the coins say so already.")
    return format_html(
        '{} <form class="inline-form" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
        ' value="{}"><input type="hidden" name="query" value="{}"><button class="link-button">{}</button></form>',
        text, reverse("bulk-undo", args=[edit.pk]), get_token(request), query, _("Undo"),
    )  # fmt: skip


def why_not(selection: Selection, name: str) -> str:
    try:
        many.refuse_several_owners(selection.coins, name)
    except ValidationError as error:
        return str(error.messages[0])
    raise Http404


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """An edit on its way; POST lets one go on that failed or stopped."""
    edit: BulkEdit = get_own(BulkEdit.objects, request.user, pk=pk)
    if request.method == "POST":
        edit.resume()
        return redirect(edit)
    template = "catalog/_bulk_progress.html" if request.htmx else "catalog/bulk_progress.html"  # type: ignore[attr-defined]
    undone = BulkEdit.objects.filter(undoes=edit).first()
    return render(request, template, {"edit": edit, "undone": undone})


@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    edit: BulkEdit = get_own(BulkEdit.objects, request.user, pk=pk)
    if edit.is_working:
        messages.info(request, _("Wait until it is done, then take it back."))
        return redirect(edit)
    undoing = edit.undo()
    if undoing.is_working:
        return redirect(undoing)
    text = ngettext("Taken back: %(count)s coin is as it was.", "Taken back: %(count)s coins are as they were.",
                    undoing.changed) % {"count": undoing.changed}  # fmt: skip
    if stayed := edit.changed - undoing.changed:
        text += " " + ngettext("%(count)s was changed again since and stays.",
                               "%(count)s were changed again since and stay.", stayed) % {"count": stayed}  # fmt: skip
    messages.success(request, text)
    return redirect(list_address(request.POST.get("query", "")))


def list_address(query: str) -> str:
    """Only what the list itself would write: no text of a visitor becomes a place to go to."""
    rest = QueryDict(query).urlencode()
    return f"{reverse('coins')}?{rest}" if rest else reverse("coins")


def chooser_address(data: QueryDict) -> str:
    keys = ("query", "all") if "all" in data else ("query", "trashed", "coin")
    return urlencode([(key, value) for key in keys for value in data.getlist(key)])
