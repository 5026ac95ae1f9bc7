from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalog.dashboard import Overview
from catalog.models import User


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    overview = Overview(cast(User, request.user))
    if overview.is_new:
        return render(request, "catalog/welcome.html")
    charts = [
        ("authority", _("By authority"), _("Authority"), overview.authorities),
        ("metal", _("By metal"), _("Metal"), overview.metals),
        ("century", _("By century"), _("Century"), overview.centuries),
        ("grade", _("By grade"), _("Grade"), overview.grades),
    ]
    context = {"overview": overview, "charts": [chart for chart in charts if chart[3]]}
    return render(request, "catalog/dashboard.html", context)
