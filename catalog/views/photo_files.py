"""Photos as files: renditions for whoever may see the coin, originals for whoever may edit it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from catalog import renditions
from catalog.access import get_editable, get_visible
from catalog.images import EditError, ImageRefused
from catalog.models import Photo
from catalog.photo_forms import EditForm

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
MIME = {
    "JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff",
    "BMP": "image/bmp", "HEIF": "image/heic",
}  # fmt: skip


@require_safe
def photo(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    found: Photo = get_visible(Photo.objects, request.user, pk=pk)
    return rendition(request, found, size)


def rendition(request: HttpRequest, found: Photo, size: str) -> HttpResponseBase:
    """With the right `?v=` it may be kept for good: another edit has another address."""
    if size not in renditions.SIZES:
        raise Http404
    version = renditions.version(found)
    etag = f'"{found.pk}-{version}-{size}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = FileResponse(renditions.opened(found, size), content_type="image/webp")
        except renditions.Busy:
            return HttpResponse(
                status=503, headers={"Retry-After": "3", "Cache-Control": "no-store"}
            )
        except (ImageRefused, FileNotFoundError):
            raise Http404 from None
        response["Content-Disposition"] = f'inline; filename="{found.role}-{found.pk}-{size}.webp"'
    response["ETag"] = etag
    response["Cache-Control"] = FOR_GOOD if request.GET.get("v") == version else ASK_AGAIN
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_safe
def photo_original(request: HttpRequest, pk: int) -> FileResponse:
    """As it came, with all that the camera wrote into it, so only for those who may edit the coin."""
    found: Photo = get_editable(Photo.objects, request.user, pk=pk)
    try:
        file = found.original.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=MIME.get(found.format, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(True, download_name(found)) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def download_name(found: Photo) -> str:
    """What the uploader called it, with the suffix of what it is."""
    suffix = (found.original.name or "").rpartition(".")[2]
    return f"{slugify(found.name.rpartition('.')[0], allow_unicode=True) or found.role}.{suffix}"


@require_safe
def photo_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the photo would look; nothing of it is kept."""
    found: Photo = get_editable(Photo.objects, request.user, pk=pk)
    form = EditForm(request.GET)
    if not form.is_valid():
        raise Http404
    try:
        data = renditions.preview(found, form.edit())
    except renditions.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "3"})
    except (EditError, ImageRefused, FileNotFoundError):
        raise Http404 from None
    return HttpResponse(
        data, content_type="image/webp", headers={"Cache-Control": "private, max-age=300"}
    )
