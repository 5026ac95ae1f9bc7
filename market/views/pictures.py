"""Pictures of lots: for whoever may see the lot; added and taken away by whoever brought it."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from catalog.receiving import Capped
from market.forms import PictureForm
from market.models import LotPicture
from market.views.kept import lot_page, own_lots

FOR_GOOD = "private, max-age=31536000, immutable"  # a picture is never changed, only taken away


@require_safe
def picture(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    found: LotPicture = get_object_or_404(LotPicture.objects.visible_to(request.user), pk=pk)
    file = found.thumb if size == "thumb" else found.large
    try:
        response = FileResponse(file.open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Disposition"] = f'inline; filename="lot-{found.lot_id}-{found.pk}.webp"'
    response["Cache-Control"] = FOR_GOOD
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the file
@require_POST
def picture_add(request: HttpRequest, pk: int) -> HttpResponse:
    request.upload_handlers.insert(0, Capped(request, settings.MAX_PHOTO_BYTES))
    return added(request, pk)


@csrf_protect
def added(request: HttpRequest, pk: int) -> HttpResponse:
    lot = get_object_or_404(own_lots(request), pk=pk)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid() and form.save(lot):
        messages.success(request, _("The picture is kept. Nobody but you sees it."))
        return redirect("market:lot", pk)
    return lot_page(request, lot, picture_form=form)


@require_POST
def picture_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found: LotPicture = get_object_or_404(LotPicture.objects.editable_by(request.user), pk=pk)
    found.delete()
    messages.success(request, _("The picture is deleted."))
    return redirect("market:lot", found.lot_id)
