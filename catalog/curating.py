"""Who may curate: staff whom an administrator has given it to. They see nothing that they could not see
otherwise. The permission is that of the desk for photos; what other apps put to curators asks for the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from catalog.access import Visitor

View = Callable[..., HttpResponseBase]


def may_curate(user: Visitor) -> bool:
    return bool(getattr(user, "is_staff", False) and user.has_perm("identify.curate"))


def curators_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_curate(request.user):
            raise PermissionDenied(_("The curation desk is for curators."))
        return view(request, *args, **kwargs)

    return guarded
