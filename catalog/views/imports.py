from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from catalog.access import get_editable
from catalog.imports import uploads
from catalog.imports.forms import ColumnsForm, UploadForm
from catalog.imports.plans import title_of
from catalog.imports.presets import PRESETS
from catalog.imports.readers import TableError
from catalog.imports.readers.encodings import CODE_PAGES
from catalog.imports.refused import refused_lines
from catalog.imports.undo import changed_since
from catalog.models import ImportRow, ImportSession, User

State = ImportSession.State
ROWS = 50


def own_session(request: HttpRequest, pk: int) -> ImportSession:
    sessions = ImportSession.objects.select_related("collection__owner", "user")
    return get_editable(sessions, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, user=cast(User, request.user))
    if request.method == "POST" and form.is_valid() and (session := form.save()):
        return redirect(session)
    sessions = ImportSession.objects.editable_by(request.user).select_related("collection", "user")
    context = {
        "form": form,
        "page": Paginator(sessions, 20).get_page(request.GET.get("page")),
        "presets": [preset for preset in PRESETS.values() if preset.key != "obverse"],
    }
    return render(request, "catalog/imports.html", context, status=422 if form.errors else 200)


@require_GET
def import_session(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of whichever step the session has reached."""
    session = own_session(request, pk)
    if session.state == State.UPLOADED:
        return redirect("import-columns", pk=pk)
    context = {"session": session, "preset": PRESETS[session.preset], "step": step_of(session)}
    if not session.is_working:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()  # the work is over: the next step is another page
        return render(request, "catalog/import.html", context | rows_context(request, session))
    page = "catalog/_import_progress.html" if request.htmx else "catalog/import.html"  # type: ignore[attr-defined]
    return render(request, page, context | progress(session))


def progress(session: ImportSession) -> dict[str, object]:
    waiting = session.rows.waiting_for_photos().count() if session.state == State.RUNNING else 0
    left = session.coins.count() if session.state == State.UNDOING else 0
    return {"goal": session.total - session.refused, "waiting": waiting, "left": left}


def step_of(session: ImportSession) -> int:
    state = session.failed_in or session.state
    steps = {State.UPLOADED: 1, State.READING: 2, State.CHECKED: 2, State.RUNNING: 3}
    return steps.get(State(state), 4)


def rows_context(request: HttpRequest, session: ImportSession) -> dict[str, object]:
    counted = session.rows.values_list("state").annotate(count=Count("pk")).order_by()
    counts: dict[str, int] = dict(counted)
    wanted = request.GET.get("show", "")
    rows = session.rows.select_related("coin")
    if wanted in ImportRow.State.values:
        rows = rows.filter(state=wanted)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for row in page:
        row.told = told(session, row)  # type: ignore[attr-defined]
    return {
        "counts": counts, "page": page, "show": wanted,
        "filters": [(state, counts[state.value]) for state in ImportRow.State if counts.get(state.value)],
        "ready": counts.get("good", 0) + counts.get("warned", 0),
    }  # fmt: skip


def told(session: ImportSession, row: ImportRow) -> list[tuple[str, str]]:
    """What the row says, column by column, without the empty ones."""
    return [
        (title_of(session.preset, heading), cell)
        for heading, cell in zip(session.headings, row.raw, strict=False)
        if cell and session.mapping.get(heading)
    ]


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    session = own_session(request, pk)
    form = ColumnsForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        if not form.save():
            messages.info(request, _("This import has gone on already."))
        return redirect(session)
    if not session.may_map:
        return redirect(session)
    context = {"session": session, "preset": PRESETS[session.preset], "form": form, "step": 1}
    return render(
        request, "catalog/import_columns.html", context, status=422 if form.errors else 200
    )


@require_POST
def import_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The same bytes, taken for other letters."""
    session = own_session(request, pk)
    encoding = request.POST.get("encoding", "")
    if session.may_map and encoding in CODE_PAGES:
        try:
            uploads.read_again(session, encoding)
        except TableError as error:
            messages.error(request, _(error.template) % error.params)
    return redirect("import-columns", pk=pk)


@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    session = own_session(request, pk)
    if not session.start():
        messages.info(request, _("This import has gone on already."))
    return redirect(session)


@require_POST
def import_resume(request: HttpRequest, pk: int) -> HttpResponse:
    session = own_session(request, pk)
    if session.resume():
        messages.success(request, _("It goes on where it stopped."))
    return redirect(session)


@require_http_methods(["GET", "POST"])
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    session = own_session(request, pk)
    if session.state not in (State.DONE, State.FAILED):
        return redirect(session)
    if request.method == "POST":
        session.begin_undo(with_changed="with_changed" in request.POST)
        return redirect(session)
    changed = changed_since(session)
    context = {
        "session": session, "preset": PRESETS[session.preset], "step": 4,
        "changed": changed.select_related("authority", "denomination", "mint")[:ROWS],
        "changed_count": changed.count(), "count": session.coins.count(),
    }  # fmt: skip
    return render(request, "catalog/import_undo.html", context)


@require_POST
def import_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """The file and its verdicts go; coins that came of it stay."""
    session = own_session(request, pk)
    if session.is_working and not session.is_stalled:
        messages.error(request, _("It is still at work. Wait until it has finished."))
        return redirect(session)
    session.delete()
    messages.success(request, _("“%(name)s” is gone from the list.") % {"name": session.name})
    return redirect("imports")


@require_GET
def import_refused(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    session = own_session(request, pk)
    response = StreamingHttpResponse(refused_lines(session), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{session.pk}.csv"'
    return response
