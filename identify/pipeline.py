"""From a photo to a suggestion, one way:

photo_added -> begin (a row) -> [commit, queue] -> run: claim many -> look (pixels) -> predict (once for
all) -> compare with one's own references -> ask what was taught here -> conclude (opinion, suggestions, embeddings: one transaction)

A task is given an id and takes what else waits along, because a model answers for sixteen coins almost
as fast as for one. Whatever goes wrong with one coin is written on its row, with a name that
`identify.wording` has a sentence for; the others go on."""

import errno
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import numpy as np
from django.db import DatabaseError
from django.utils import timezone

from catalog.access import Visitor
from catalog.images import ImageRefused, looked_at
from catalog.models import Coin, Photo
from catalog.models.jobs import LostLease
from catalog.refusals import Refusal
from catalog.renditions import edit_of, missing
from catalog.sentences import sentence
from identify.asking_taught import ask_taught, keep_beside
from identify.models import Identification, ModelVersion
from identify.predicting import ModelUnusable, predictor
from identify.references import ask_references
from identify.values import Answer, Measured, Opinion, Photographed, Pixels, Predictor

log = logging.getLogger(__name__)

AT_ONCE = 16
SIDE = (
    1280  # pixels: enough for the letters of a legend, and a phone's photo is read at half its size
)
ROLES = (Photo.Role.OBVERSE, Photo.Role.REVERSE, Photo.Role.BOTH, Photo.Role.OTHER)
FACES = (Photo.Role.OBVERSE, Photo.Role.REVERSE)


class Unreadable(Refusal):
    """The photo itself: its file is gone or cannot be decoded."""

    @classmethod
    def because(cls, why: Refusal) -> "Unreadable":
        return cls(why.code, why.template, **why.params)


@dataclass
class Work:
    job: Identification
    coin: Photographed
    timings: dict[str, float] = field(default_factory=dict)
    beside: list[tuple[ModelVersion, Answer, str]] = field(default_factory=list)


# --- what begins it ------------------------------------------------------------------
def photo_arrived(photo: Photo) -> Identification | None:
    """With its other face, where that is there: a look at one alone would be out of date at once."""
    if photo.role not in ROLES:
        return None
    return Identification.begin(with_other_face(photo), photo.added_by)


def with_other_face(photo: Photo) -> list[Photo]:
    if photo.role not in FACES:
        return [photo]
    [role] = [one for one in FACES if one != photo.role]
    other = Photo.objects.filter(coin=photo.coin_id, role=role).first()
    both = [photo, other] if other else [photo]
    return sorted(both, key=lambda one: FACES.index(Photo.Role(one.role)))


def identify_again(coin: Coin, by: Visitor, photo: Photo | None = None) -> Identification | None:
    """The photo that is asked for, a face with its other; else the best that there is to look at: both
    faces, one, or whatever was photographed."""
    if photo is not None:
        return Identification.begin(with_other_face(photo), by, again=True)
    photos = Photo.objects.filter(coin=coin, role__in=ROLES)
    best = min(photos, key=lambda one: ROLES.index(Photo.Role(one.role)), default=None)
    return Identification.begin(with_other_face(best), by, again=True) if best else None


# --- what a worker does --------------------------------------------------------------
def run(job_id: int) -> int:
    """Returns how many were taken; a second delivery finds nothing to take."""
    jobs = take(job_id)
    if not jobs:
        return 0
    try:
        model = predictor()
    except ModelUnusable as trouble:
        for job in jobs:
            settle_failure(job, trouble.reason, str(trouble))
        return len(jobs)
    works = [work for job in jobs if (work := prepared(job))]
    opinions = ask_taught(works, ask_references(model, works, predict(model, works)))
    for work, opinion in zip(works, opinions, strict=True):
        keep(work, opinion, model.version)
    return len(jobs)


def take(job_id: int) -> list[Identification]:
    """The one that is asked for and others that wait; alone, if a worker has died over it before."""
    job = Identification.objects.filter(pk=job_id).first()
    if job is None or not job.claim():
        return []
    if job.attempts > 1:
        return [job]
    others = Identification.objects.waiting().filter(attempts=0).exclude(pk=job_id)
    waiting = list(others.order_by("created_at", "pk")[: AT_ONCE - 1])
    return [job, *(one for one in waiting if one.claim())]


def prepared(job: Identification) -> Work | None:
    started = time.monotonic()
    try:
        coin = look(job)
        job.beat()
    except LostLease:
        log.info("Identification %s went away or on in another worker", job.pk)
    except Unreadable as trouble:
        settle_failure(job, "unreadable", sentence(trouble))
    except MemoryError:
        settle_failure(job, "memory")
    except OSError as error:
        settle_failure(job, reason_of(error), str(error))
    else:
        waited = (timezone.now() - job.created_at).total_seconds()
        return Work(job, coin, {"waited": waited, "read": time.monotonic() - started})
    return None


def look(job: Identification) -> Photographed:
    photos = job.photos
    return Photographed(
        names=distinct(photo.name or str(photo.pk) for photo in photos),
        images=tuple(pixels(photo) for photo in photos),
        roles=tuple(role_told(photo) for photo in photos),
        measured=measured(job.coin),
    )


def measured(coin: Coin) -> Measured | None:
    if not coin.weight and not coin.diameter:
        return None
    return Measured(
        weight=float(coin.weight) if coin.weight else None,
        diameter=float(coin.diameter) if coin.diameter else None,
        year=coin.year_from,
    )


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """A face is found again by its photo's name, and a camera may call both faces `image.jpg`."""
    told: list[str] = []
    for name in names:
        told.append(name if name not in told else f"{name} ({len(told) + 1})")
    return tuple(told)


def role_told(photo: Photo) -> str:
    return "" if photo.role == Photo.Role.OTHER else photo.role


def pixels(photo: Photo) -> Pixels:
    """As people see it, edit and all."""
    try:
        with photo.original.open("rb") as original:
            image = looked_at(cast(BinaryIO, original), edit_of(photo), SIDE)
    except ImageRefused as refusal:
        raise Unreadable.because(refusal) from refusal
    except FileNotFoundError as error:
        raise Unreadable.because(missing()) from error
    return np.asarray(image, dtype=np.uint8)


def predict(model: Predictor, works: Sequence[Work]) -> list[Opinion | Exception]:
    """One call for all. If it fails, each alone: one bad photo must not cost the others theirs."""
    if not works:
        return []
    started = time.monotonic()
    try:
        opinions: list[Opinion | Exception] = [*model.predict([work.coin for work in works])]
    except Exception as error:
        # whatever the runtime raises: the row says so, and the log has the rest
        log.exception("The model failed over %s coins", len(works))
        if len(works) == 1:
            return [error]
        return [predict(model, [work])[0] for work in works]
    for work in works:
        work.timings["predict"] = (time.monotonic() - started) / len(works)
    return opinions


def keep(work: Work, opinion: Opinion | Exception, version: str) -> None:
    job = work.job
    if isinstance(opinion, Exception):
        settle_failure(job, reason_of(opinion), f"{type(opinion).__name__}: {opinion}")
        return
    try:
        job.conclude(opinion, version, work.timings)
        keep_beside(work)
    except LostLease:
        log.info("Identification %s went away or on in another worker", job.pk)
    except (DatabaseError, OSError) as error:
        log.exception("Identification %s could not be kept", job.pk)
        settle_failure(job, reason_of(error), str(error))


def settle_failure(job: Identification, reason: str, detail: str = "") -> None:
    try:
        job.fail_because(reason, detail)
    except LostLease:
        log.info("Identification %s went away or on in another worker", job.pk)
    except DatabaseError:
        # the disk is too full even for this: the lease runs out, and it is tried again
        log.exception("Identification %s: not even its failure could be kept", job.pk)


def reason_of(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "memory"
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "disk is full" in str(error) or "No space left" in str(error):
        return "disk_full"
    return "storage" if isinstance(error, OSError | DatabaseError) else "error"
