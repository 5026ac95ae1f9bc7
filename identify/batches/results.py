"""The coins of a batch with what is said of each, in words: the table, and what is exported of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Coin, Photo
from identify import attribution, telling, wording
from identify.models import Batch, Identification, State
from identify.values import Answer, Opinion

NOTHING = "none"  # nobody looks at it: cancelled, or an edge alone
UNFINISHED = (State.WAITING, State.RUNNING, State.PAUSED)
SORTS: dict[str, str | Promise] = {
    "file": gettext_lazy("File"),
    "state": gettext_lazy("State"),
    "added": gettext_lazy("As they came"),
}
ORDER: dict[str, tuple[str, ...]] = {
    "file": ("file", "pk"), "state": ("said", "file", "pk"), "added": ("pk",),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    field: str
    label: str
    percent: str
    words: str


@dataclass(frozen=True)
class Row:
    coin: Coin
    photo: Photo | None
    files: Sequence[str]
    job: Identification | None
    state: str
    told: str  # the state in words
    why: str
    scope: str
    said: Sequence[Said]
    unknown: str

    @property
    def best(self) -> Said | None:
        return self.said[0] if self.said else None


def coins_of(batch: Batch, state: str = "", sort: str = "file") -> QuerySet[Coin]:
    current = Identification.objects.filter(coin=OuterRef("pk"), current=True)
    coins = batch.coins.live().annotate(
        said=Subquery(current.values("state")[:1]), file=Min("photos__name")
    )
    if state == NOTHING:
        coins = coins.filter(said=None)
    elif state:
        coins = coins.filter(said=state)
    jobs = Identification.objects.filter(current=True).select_related("face", "other_face")
    shown: QuerySet[Coin] = coins.prefetch_related(
        "photos", Prefetch("identifications", jobs, to_attr="current_jobs")
    ).order_by(*ORDER.get(sort, ORDER["file"]))
    return shown


def counts(batch: Batch) -> list[tuple[str, str, int]]:
    """(state, its words, how many), of those that there are."""
    current = Identification.objects.filter(coin=OuterRef("pk"), current=True)
    coins = batch.coins.live().annotate(said=Subquery(current.values("state")[:1]))
    found = dict(coins.order_by().values_list("said").annotate(n=Count("pk")))
    return [
        (key or NOTHING, words_of(key or NOTHING), found[key])
        for key in [*State.values, None]
        if key in found
    ]


def words_of(state: str) -> str:
    return _("Not looked at") if state == NOTHING else str(State(state).label)


def rows(coins: Sequence[Coin]) -> list[Row]:
    return [row(coin) for coin in coins]


def row(coin: Coin) -> Row:
    job = job_of(coin)
    opinion = job.said if job else Opinion("failed")
    state = state_of(job)
    is_said = state in (State.SUGGESTED, State.ABSTAINED, State.STALE)
    photos = seen(coin, job)
    return Row(
        coin=coin,
        photo=next(iter(photos), None),
        files=[photo.name or str(photo) for photo in photos],
        job=job,
        state=state,
        told=words_of(state),
        why=why(job, state),
        scope=wording.scope_told(opinion) if is_said else "",
        said=list(fields(opinion)) if is_said else [],
        unknown=wording.percent(opinion.unknown) if is_said and opinion.unknown else "",
    )


def job_of(coin: Coin) -> Identification | None:
    jobs: list[Identification] = coin.current_jobs  # type: ignore[attr-defined]
    return jobs[0] if jobs else None


def state_of(job: Identification | None) -> str:
    if job is None:
        return NOTHING
    return str(State.STALE if job.outdated_by else job.state)


def seen(coin: Coin, job: Identification | None) -> list[Photo]:
    """Those that were looked at, else all."""
    return job.photos if job else list(coin.photos.all())


def why(job: Identification | None, state: str) -> str:
    if job is None:
        return ""
    if state == State.FAILED:
        return wording.failure_words(job.reason)
    return wording.abstained_words(job.reason) if state == State.ABSTAINED else ""


def fields(opinion: Opinion) -> Iterator[Said]:
    """What is sure enough to be said, and what a field can say of its parent."""
    for name, answer in opinion.fields.items():
        if name in telling.FIELDS and (one := said(name, answer)):
            yield one


def said(name: str, answer: Answer) -> Said | None:
    if answer.abstained or not answer.best:
        if not answer.parent:
            return None
        label = wording.parent_words(name, answer.parent)
        sure = wording.percent(answer.parent.confidence)
        return Said(wording.field_name(name), label, sure, wording.confidence_words(answer))
    label = attribution.shown(name, answer.best.label)
    sure = wording.percent(answer.best.confidence)
    return Said(wording.field_name(name), label, sure, wording.confidence_words(answer))


# --- for other programs ------------------------------------------------------------
def objects(coins: Sequence[Coin]) -> Iterator[dict[str, Any]]:
    """Exactly what `manage.py identify --json` writes. What no worker has looked at yet says so."""
    for coin in coins:
        job = job_of(coin)
        files = [photo.name or str(photo.pk) for photo in seen(coin, job)]
        if job is None or job.state in UNFINISHED:
            state = str(job.state) if job else "queued"
            yield telling.told(files, Opinion("abstained", "not_looked_at")) | {"state": state}
        elif job.state == State.FAILED:
            yield telling.failed(files, wording.failure_words(job.reason))
        else:
            yield telling.told(files, job.said)


def moves(found: list[tuple[str, str, int]]) -> bool:
    return any(state in (State.WAITING, State.RUNNING) for state, _words, _n in found)
