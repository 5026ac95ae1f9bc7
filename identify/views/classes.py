"""Classes: what the model knows of each, what people have labelled, and what becomes of a name."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from catalog.access import id_in
from catalog.models import User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify import attribution, wording
from identify.labelling import classes as upkeep
from identify.labelling.coverage import coverage
from identify.labelling.queue import fields_of
from identify.labelling.wording import ADVICE
from identify.models import ClassChange, Label
from identify.views.curating import curators_only
from identify.views.desk import field_in

MOST_PHOTOS = 200
MOST_CHANGES = 20


@require_GET
@curators_only
def classes(request: HttpRequest) -> HttpResponse:
    fields = fields_of(cast(User, request.user)) or ["ruler"]
    field = field_in(request.GET.get("field", ""), fields)
    covered = coverage(field, cast(User, request.user))
    context = {
        "fields": [(name, wording.field_name(name)) for name in fields],
        "field": field,
        "field_name": wording.field_name(field),
        "rows": [(one, ADVICE[one.advice]) for one in covered],
        "included": sum(one.known is not None for one in covered),
        "pending": sum(one.known is None for one in covered),
        "changes": ClassChange.objects.filter(field=field).select_related("by")[:MOST_CHANGES],
    }
    return render(request, "identify/classes.html", context)


@require_GET
@curators_only
def one_class(request: HttpRequest) -> HttpResponse:
    """Its photos that the curator may see, each with a box for the class that it should be."""
    user = cast(User, request.user)
    field, value = field_in(request.GET.get("field", ""), []), request.GET.get("value", "")[:400]
    labels = Label.objects.visible_to(user).standing().filter(field=field, value=value)
    shown = labels.select_related("photo__coin", "by").order_by("photo_id")[:MOST_PHOTOS]
    photos = {label.photo_id: label.photo for label in shown}
    context = {
        "field": field,
        "field_name": wording.field_name(field),
        "value": value,
        "told": attribution.shown(field, value) if value else "",
        "photos": photos.values(),
        "all_of_it": Label.objects.standing().filter(field=field, value=value).count(),
    }
    return render(request, "identify/class.html", context)


@require_POST
@curators_only
def class_deed(request: HttpRequest, what: str) -> HttpResponse:
    user, data = cast(User, request.user), request.POST
    field, value = field_in(data.get("field", ""), []), data.get("value", "")
    visible = Label.objects.visible_to(user).standing().filter(field=field, value=value)
    try:
        if what == "rename":
            change = upkeep.rename(field, value, data.get("name", ""), user)
        elif what == "merge":
            change = upkeep.merge(field, [value], data.get("name", ""), user)
        elif what == "split":
            theirs = set(visible.values_list("photo_id", flat=True))
            boxes = {id_in(name.removeprefix("photo-")): str(data[name]) for name in data}
            parts = {photo: name for photo, name in boxes.items() if photo in theirs}
            change = upkeep.split(field, value, parts, user)
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(
            f"{reverse('identify:class')}?{urlencode({'field': field, 'value': value})}"
        )
    text = ngettext(
        "%(n)s label was given its new name.",
        "%(n)s labels were given their new name.",
        change.count,
    )
    messages.success(request, text % {"n": change.count})
    return redirect(f"{reverse('identify:classes')}?{urlencode({'field': field})}")
