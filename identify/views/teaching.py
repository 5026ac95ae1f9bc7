"""The way to a run: what to recognise, whether there is enough to learn from, how thoroughly. Nothing is
kept until somebody starts: what was chosen so far stands in the address."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.access import id_in
from catalog.models import Coin, CoinSet, User
from catalog.models.trees import Tag
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence
from identify.models import TrainingRun
from identify.models.runs import MAY_TRAIN
from identify.teaching import beginning, telling
from identify.teaching.classes import class_of, field_for
from identify.teaching.condition import condition
from identify.teaching.gathering import told_of
from identify.teaching.offers import offers

View = Callable[..., HttpResponse]
SHOWN = 96  # coins to choose from by hand
KNOWN_BACKBONES = (
    "shipped", "shipped:ancient", "efficientnet_lite0", "convnext_tiny.fb_in22k_ft_in1k",
    "vit_small_patch14_dinov2.lvd142m", "vit_base_patch16_224", "inception_v3",
)  # fmt: skip


def may_train(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_TRAIN):
            raise PermissionDenied(_("Teaching is for those whom an administrator lets do it."))
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@may_train
def teach(request: HttpRequest) -> HttpResponse:
    """What could be taught, and what was."""
    found = [(one, telling.field_title(one.field)) for one in offers()]
    runs = TrainingRun.objects.visible_to(request.user).for_list()
    page = Paginator(runs, 20).get_page(request.GET.get("page"))
    return render(request, "identify/teach.html", {"offers": found, "page": page})


@require_GET
@may_train
def own(request: HttpRequest) -> HttpResponse:
    """Which coins show it: by a tag, by a set, or picked one by one."""
    user = cast(User, request.user)
    picked = [id_in(text) for text in request.GET.getlist("coin")]
    coins = Coin.objects.editable_by(user).live().filter(photos__isnull=False).distinct()
    context = {
        "tags": Tag.objects.filter(owner=user), "sets": CoinSet.objects.filter(owner=user),
        "coins": coins.for_list().order_by(those_first(picked), "-pk")[:SHOWN], "picked": picked,
        "classes": request.GET.getlist("c"), "title": request.GET.get("title", ""),
    }  # fmt: skip
    return render(request, "identify/teach_own.html", context)


def those_first(picked: list[int]) -> Case:
    return Case(When(pk__in=picked, then=0), default=1)


@require_http_methods(["GET", "POST"])
@may_train
def plan(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    said = request.POST if request.method == "POST" else request.GET
    try:
        field, title, classes = chosen(said, user)
        if request.method == "POST":
            return redirect(started(said, user, field, title, classes))
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect("identify:teach-own" if "field" not in said else "identify:teach")
    found = condition(told_of(field, classes, user))
    context = {
        "field": field, "title": title, "classes": classes, "condition": found,
        "sizes": [(telling.told_label(field, one.label), one) for one in found.classes],
        "hinders": [telling.sentence_of(one) for one in found.hinders],
        "remarks": [telling.sentence_of(one) for one in found.remarks],
        "presets": telling.PRESETS, "backbones": KNOWN_BACKBONES,
        "said": [written(one) for one in classes],
    }  # fmt: skip
    return render(request, "identify/teach_plan.html", context)


def started(
    said: QueryDict, user: User, field: str, title: str, classes: list[dict[str, Any]]
) -> TrainingRun:
    return beginning.begin(user, field, title, plan_in(said), classes)


def plan_in(said: QueryDict) -> dict[str, Any]:
    """A number that is none is as if nobody had said it."""
    preset, backbone = said.get("preset", "quick"), said.get("backbone", "").strip() or "shipped"
    if preset not in telling.PRESETS:
        preset = "quick"
    epochs = id_in(said.get("epochs", ""))
    return beginning.plan_of(preset, backbone, epochs, "promote" in said)


# --- what was chosen, in the address -------------------------------------------------
def chosen(said: QueryDict, user: User) -> tuple[str, str, list[dict[str, Any]]]:
    if field := said.get("field", ""):
        beginning.require_offered(field)
        return field, telling.field_title(field), []
    classes = [read(text) for text in said.getlist("c")]
    if "label" in said:
        classes.append(newly(said, user))
    if not classes:
        raise Refusal("no_class", gettext_noop("Say first what it is to recognise."))
    title = " ".join(said.get("title", "").split())[:120] or classes[0]["label"]
    return field_for(title, user), title, classes


def newly(said: QueryDict, user: User) -> dict[str, Any]:
    tag = Tag.objects.filter(owner=user, pk=id_in(said.get("tag", ""))).first()
    coin_set = CoinSet.objects.filter(owner=user, pk=id_in(said.get("set", ""))).first()
    coins = [id_in(text) for text in said.getlist("coin")]
    label = said.get("label", "") or (tag.name if tag else coin_set.name if coin_set else "")
    made = class_of(
        label, tag=tag.pk if tag else 0, set=coin_set.pk if coin_set else 0, coins=coins
    )
    beginning.require_coins(made, user)
    return made


def written(one: dict[str, Any]) -> str:
    """`tag:5|set:|coins:1,2|Token`: read again by `read`, and by `coins_of` only of one's own coins."""
    coins = ",".join(str(pk) for pk in one.get("coins", []))
    return f"tag:{one.get('tag', '')}|set:{one.get('set', '')}|coins:{coins}|{one['label']}"


def read(text: str) -> dict[str, Any]:
    found = re.fullmatch(r"tag:(\d*)\|set:(\d*)\|coins:([\d,]*)\|(.+)", text)
    if not found:
        raise Refusal("no_class", gettext_noop("Say first what it is to recognise."))
    coins = [id_in(pk) for pk in found[3].split(",") if pk]
    return class_of(found[4], tag=id_in(found[1]), set=id_in(found[2]), coins=coins)
