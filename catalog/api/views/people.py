from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import Door, user_of
from catalog.api.serializers.people import MeSerializer
from catalog.models import ApiToken, User


class MeViewSet(Door):
    """Who is calling."""

    queryset = User.objects.none()
    serializer_class = MeSerializer
    pagination_class = None

    @extend_schema(summary="Who is calling")
    def retrieve(self, request: Request) -> Response:
        """The person whose token or session this is, and what it may do."""
        user, token = user_of(request), request.auth
        user.scope = token.scope if isinstance(token, ApiToken) else ApiToken.Scope.WRITE  # type: ignore[attr-defined]
        return Response(self.get_serializer(user).data)
