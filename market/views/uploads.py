from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from catalog.access import get_own
from market.forms import Address, ColumnsForm
from market.models import Upload
from market.wording import refused_row

SHOWN = 25


@require_GET
def uploads(request: HttpRequest) -> HttpResponse:
    mine = Upload.objects.of(request.user)
    page = Paginator(mine, SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "is_working": any(one.is_working for one in page)}
    template = "market/_uploads.html" if request.htmx else "market/uploads.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    job: Upload = get_own(Upload.objects, request.user, pk=pk)
    if job.state == Upload.State.COLUMNS:
        return redirect("market:columns", pk)
    if request.htmx and not job.is_working:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    template = "market/_upload_job.html" if request.htmx else "market/upload.html"  # type: ignore[attr-defined]
    return render(request, template, {"job": job, **report_of(job)})


def report_of(job: Upload) -> dict[str, object]:
    lots = job.report.get("lots", {})
    return {
        "counts": [
            (name, lots.get(name, 0)) for name in ("new", "changed", "unchanged", "refused")
        ],
        "refused": [(line, refused_row(why)) for line, why in job.report.get("refused", [])],
        "n_untold": lots.get("refused", 0) - len(job.report.get("refused", [])),
        "partial": job.report.get("partial", 0),
        "warnings": job.report.get("warnings", 0),
        "pictures": job.report.get("pictures", [0, 0]),
    }


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    job: Upload = get_own(Upload.objects, request.user, pk=pk)
    if not job.may_map:
        return redirect("market:upload", pk)
    form = ColumnsForm(request.POST or None, upload=job)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("market:upload", pk)
    status = 422 if form.errors else 200
    return render(request, "market/columns.html", {"job": job, "form": form}, status=status)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """A saved page that did not know where it was from may be told."""
    job: Upload = get_own(Upload.objects, request.user, pk=pk)
    if said := request.POST.get("url", "").strip():
        try:
            job.url = Address().clean(said)
        except ValidationError:
            messages.error(
                request, _("This is not a complete link. Copy it again from the address bar.")
            )
            return redirect("market:upload", pk)
        job.save(update_fields=["url"])
    job.retry()
    return redirect("market:upload", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The file goes; the lots that were read from it stay."""
    job: Upload = get_own(Upload.objects, request.user, pk=pk)
    if job.is_working and not job.is_stalled:
        messages.error(request, _("It is still at work. Wait until it has finished."))
        return redirect("market:upload", pk)
    job.delete()
    messages.success(request, _("“%(name)s” is gone from the list.") % {"name": job.name})
    return redirect("market:uploads")
