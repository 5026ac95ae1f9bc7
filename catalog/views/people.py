from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import User
from catalog.people_forms import DeleteAccountForm, PreferencesForm


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        if user.language:
            translation.activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("settings")
    status = 422 if form.errors else 200
    return render(request, "catalog/settings.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = DeleteAccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        logout(request)
        with transaction.atomic():
            user.collections.all().delete()
            user.delete()
        messages.success(request, _("Your account and everything in it are gone."))
        return redirect("account_login")
    context = {"form": form, "collections": user.collections.all()}
    return render(
        request, "catalog/settings_delete.html", context, status=422 if form.errors else 200
    )
