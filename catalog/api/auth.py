"""Who is calling. A program brings `Authorization: Bearer obv_…`; the browser brings its session, and
then every unsafe method needs the CSRF token too."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from catalog.models import ApiToken, User

if TYPE_CHECKING:  # DRF's views import this module
    from rest_framework.views import APIView


class TokenAuthentication(BaseAuthentication):
    scheme = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        header = get_authorization_header(request).decode("latin-1")
        scheme, _space, secret = header.partition(" ")
        if scheme.lower() != self.scheme.lower():
            return None
        token = self.find(secret.strip())
        token.note_use()
        return token.user, token

    def find(self, secret: str) -> ApiToken:
        digest = ApiToken.digest_of(secret)
        token = ApiToken.objects.select_related("user").filter(digest=digest).first()
        if token is None:
            raise AuthenticationFailed(
                _("Nobody has this token. Perhaps it has been revoked."), code="unknown-token"
            )
        if not token.is_live:
            raise AuthenticationFailed(
                _("This token has expired. Make a new one in your settings."), code="expired-token"
            )
        if not token.user.is_active:
            raise AuthenticationFailed(_("This account has been closed."), code="closed-account")
        return token

    def authenticate_header(self, request: Request) -> str:
        return f'{self.scheme} realm="api"'


class TokenScope(BasePermission):
    """A token made for reading changes nothing, whoever owns it."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        token = request.auth
        if (
            isinstance(token, ApiToken)
            and token.scope != ApiToken.Scope.WRITE
            and request.method not in SAFE_METHODS
        ):
            raise PermissionDenied(
                _("This token may only read. Make one that may write."), code="read-only-token"
            )
        return True


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "obv_…",
            "description": "A token from your settings page, with the scope read or write.",
        }
