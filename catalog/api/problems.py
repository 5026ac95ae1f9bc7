"""Errors as `application/problem+json` (RFC 9457). Each `type` is an address in the API reference."""

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
MEANINGS = {
    "not-authenticated": _l("You brought no token, and no browser's session."),
    "unknown-token": _l("Nobody has this token: it was mistyped or revoked."),
    "expired-token": _l("The token's last day is over. Make a new one."),
    "closed-account": _l("The account that the token belongs to has been closed."),
    "read-only-token": _l("The token's scope is read. Make one that may write."),
    "permission-denied": _l(
        "You may see this, but not change it; or the browser's form has no CSRF token."
    ),
    "not-found": _l("There is nothing at this address, or it is not yours to see."),
    "method-not-allowed": _l("The address is right, the method is not."),
    "unsupported-media-type": _l("Send JSON; files come as multipart/form-data."),
    "parse-error": _l("The body is not JSON."),
    "invalid": _l("“errors” names each field that cannot be taken, and why."),
    "refused": _l("A bulk request with “all_or_nothing” met a coin that could not be taken."),
    "conflict": _l("What stands there already is against it."),
    "stale": _l("The coin changed after you read it, and If-Match noticed. Nothing was written."),
    "throttled": _l("Too many requests. Wait as many seconds as Retry-After says."),
    "busy": _l("A picture is being made. Come back in as many seconds as Retry-After says."),
    "error": _l("A mistake of ours. The log has it."),
}


class Stale(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "stale"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this coin after you read it. Read it again, then write.")
        )


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class Busy(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "busy"
    wait = 5  # seconds, told as Retry-After


class Refused(APIException):
    """A 400 that says more than `errors` can: its `extra` members stand beside the usual ones."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "refused"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.extra = extra


def type_of(code: str) -> str:
    return f"{settings.SITE_URL}{reverse('v1:reference')}#problem-{code.replace('_', '-')}"


def problem(status_code: int, detail: str, code: str, **extra: Any) -> dict[str, Any]:
    return {
        "type": type_of(code),
        "title": HTTPStatus(status_code).phrase,
        "status": status_code,
        "detail": detail,
        **extra,
    }


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER."""
    response = exception_handler(error, context)
    if response is None:
        return unforeseen(error, context)
    data = response.data
    if isinstance(data, dict) and isinstance(data.get("detail"), ErrorDetail) and len(data) == 1:
        detail, code, extra = str(data["detail"]), data["detail"].code, getattr(error, "extra", {})
    else:
        detail, code = _("Some values cannot be taken; `errors` says which and why."), "invalid"
        extra = {"errors": data if isinstance(data, dict) else {"non_field_errors": data}}
    if code == "not_found":
        detail = _("There is nothing here, or it is not yours to see.")
    response.data = problem(response.status_code, detail, code, **extra)
    response.content_type = MEDIA_TYPE
    return response


def unforeseen(error: Exception, context: dict[str, Any]) -> Response | None:
    """A bug of ours: told to whoever listens for it, and to the caller without its entrails."""
    if settings.DEBUG:
        return None
    request = context["request"]._request
    log.error("%s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    detail = _("Something went wrong on our side. It has been written down.")
    return Response(problem(500, detail, "error"), status=500, content_type=MEDIA_TYPE)
