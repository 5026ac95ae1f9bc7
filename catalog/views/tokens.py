from datetime import timedelta
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.access import get_own
from catalog.models import ApiToken, User


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What will use it: a script, a spreadsheet, your phone."),
    )
    scope = forms.ChoiceField(
        label=_("It may"), choices=ApiToken.Scope.choices, widget=forms.RadioSelect, initial="read"
    )
    days = forms.TypedChoiceField(
        label=_("It works for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year")), (0, _("ever"))],
        coerce=int,
        initial=90,
    )

    def issue(self, user: User) -> tuple[ApiToken, str]:
        said = self.cleaned_data
        until = timezone.now() + timedelta(days=said["days"]) if said["days"] else None
        return ApiToken.issue(user, said["name"], said["scope"], until)


@require_safe
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    return show(request, TokenForm())


@require_POST
@never_cache
def token_add(request: HttpRequest) -> HttpResponse:
    """Answers with the token instead of redirecting: nothing keeps it until another page."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    token, secret = form.issue(cast(User, request.user))
    return show(request, TokenForm(), secret=secret, made=token)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    get_own(ApiToken.objects, request.user, pk=pk).delete()
    return redirect("tokens")


def show(request: HttpRequest, form: TokenForm, status: int = 200, **more: object) -> HttpResponse:
    mine = ApiToken.objects.filter(user=cast(User, request.user))
    context = {"form": form, "tokens": mine, **more}
    return render(request, "catalog/tokens.html", context, status=status)
