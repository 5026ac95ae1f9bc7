"""The schema for programs, and the answer to an address that is none."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.explained import sections_of
from catalog.api.problems import MEANINGS


@lru_cache(maxsize=4)
def schema(language: str) -> dict[str, Any]:
    """Half a second of work whose result only a new release changes; its texts are in one language."""
    return SchemaGenerator(api_version="v1").get_schema(request=None, public=True)


class Schema(SpectacularAPIView):
    """OpenAPI 3, as YAML or, with `?format=json`, as JSON."""

    def _get_schema_response(self, request: Request) -> Response:
        return Response(schema(get_language() or "en"))


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Programs get a problem where people would get a page."""

    def get(self, request: Request, address: str) -> Response:
        raise Http404

    post = put = patch = delete = get


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    sections = sections_of(schema(get_language() or "en"))
    context = {"sections": sections, "problems": list(MEANINGS.items())}
    return render(request, "catalog/api.html", context)
