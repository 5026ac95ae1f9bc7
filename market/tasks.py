"""What the queue calls. A task is given an id, and may be delivered twice or die at any time."""

from catalog.exports.tasks import LONGEST, Pulse, work
from market import pictures, receiving, tables
from market.models import RawPage, Source, Upload


def run(upload_id: int) -> None:
    work(Upload.objects.filter(pk=upload_id).first(), take_in)


def take_in(upload: Upload) -> None:
    if upload.kind == Upload.Kind.TABLE:
        tables.run(upload, Pulse(upload, LONGEST))
        return
    with upload.file.open("rb") as file:
        report = receiving.receive_page(upload.user, file.read(), upload.url)
    n_lots = sum(report.lots.values())
    upload.settle(Upload.State.DONE, done=n_lots, total=n_lots, report=report.to_json())


def take_pictures(page_id: int) -> None:
    page = RawPage.objects.filter(pk=page_id).first()
    if page:
        pictures.from_page(page)


def resume_stalled() -> int:
    """What a dead worker left behind goes on."""
    return sum(upload.retry() for upload in Upload.objects.stalled())


def fetch_due() -> int:
    """A minute's worth of the frontier; nothing at all where nobody has enabled a source."""
    if not Source.objects.filter(enabled=True).exists():
        return 0
    from market.fetching.fetcher import Fetcher, the_web

    return Fetcher(the_web()).run()


def describe_pictures() -> int:
    from market import describing

    return describing.describe_due()


def hold_fresh() -> int:
    from market import watching

    return watching.hold_fresh()


def send_digests() -> int:
    from market import watching

    return watching.send_digests()
