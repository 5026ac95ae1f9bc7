"""The public pages behind a share link. No visitor is known here, so nothing asks who it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalog import renditions, sharing
from catalog.models import ShareLink

PAGE = 48


def by_link(view: Callable[..., HttpResponse | FileResponse]) -> Callable[..., Any]:
    """Hands the live link to the view; a dead one looks like one that never was."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> Any:
        link = ShareLink.objects.live().filter(token=token).select_related("collection").first()
        if link is None:
            return render(request, "catalog/shared_gone.html", status=404)
        response = view(request, link, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(require_GET(guarded))


@by_link
def shared(request: HttpRequest, link: ShareLink) -> HttpResponse:
    coins = sharing.coins_of(link).for_list().order_by("authority__reign_from", "year_from", "pk")
    query = request.GET.get("q", "").strip()[:200]
    if query:
        coins = sharing.public_search(coins, query)
    page = Paginator(coins, PAGE).get_page(request.GET.get("page"))
    return render(request, "catalog/shared.html", {"link": link, "page": page, "query": query})


@by_link
def shared_coin(request: HttpRequest, link: ShareLink, pk: int) -> HttpResponse:
    coin = get_object_or_404(sharing.coins_of(link).for_page(), pk=pk)
    return render(request, "catalog/shared_coin.html", {"link": link, "coin": coin})


@by_link
def shared_photo(request: HttpRequest, link: ShareLink, pk: int, size: str) -> FileResponse:
    """A rendition only: the original may know where it was taken."""
    if size not in sharing.PUBLIC_SIZES:
        raise Http404
    photo = get_object_or_404(sharing.photos_of(link), pk=pk)
    try:
        file = renditions.opened(photo, size)
    except (renditions.Busy, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    return response
