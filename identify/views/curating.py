"""Who may curate: staff whom an administrator has given it to. They see no photo that they could not see
otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]


def curators_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not (user.is_staff and user.has_perm("identify.curate")):
            raise PermissionDenied(_("The curation desk is for curators."))
        return view(request, *args, **kwargs)

    return guarded
