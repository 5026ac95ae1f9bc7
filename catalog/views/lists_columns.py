from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.columns import DEFAULT, chosen, columns_of
from catalog.filters import CoinFilter, Scope
from catalog.models import User


@require_http_methods(["GET", "POST"])
def list_columns(request: HttpRequest) -> HttpResponse:
    """Ticks choose, the order of the rows is the order of the columns."""
    user = cast(User, request.user)
    scope = Scope.of(user)
    back = CoinFilter.from_query(request.POST.get("back", request.GET.get("back", "")), user, scope)
    if request.method == "POST":
        known = columns_of(scope)
        order = [name for name in request.POST.getlist("order") if name in known]
        order = moved(order, request.POST.get("up", ""), -1)
        order = moved(order, request.POST.get("down", ""), +1)
        ticked = set(request.POST.getlist("column"))
        user.list_columns = [name for name in dict.fromkeys(order) if name in ticked]
        if "default" in request.POST:
            user.list_columns = DEFAULT
        user.list_layout = "table"
        user.save(update_fields=["list_columns", "list_layout"])
        if not {"up", "down"} & request.POST.keys():
            messages.success(request, _("Your columns are set."))
            return redirect(f"/coins/?{back.to_query()}")
    picked = chosen(user, scope)
    rest = [column for column in columns_of(scope).values() if column not in picked]
    context = {"picked": picked, "rest": rest, "back": back.to_query()}
    return render(request, "catalog/coins_columns.html", context)


def moved(order: list[str], name: str, by: int) -> list[str]:
    if name in order:
        at = order.index(name)
        order.insert(max(0, at + by), order.pop(at))
    return order
