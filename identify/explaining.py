"""From a wish to a heat map, one way:

begin (a row) -> [commit, queue] -> run: claim -> look (pixels) -> explain (torch) -> draw -> conclude

Whatever goes wrong is written on the row, with a name that `identify.wording` has a sentence for."""

import logging
from typing import Any, cast

from catalog.models.jobs import LostLease
from catalog.sentences import sentence
from identify import facing, pipeline
from identify.models import Explanation
from identify.predicting import ModelUnusable, predictor
from identify.values import Drawn, Explains

log = logging.getLogger(__name__)


class Unexplained(Exception):
    """There is nothing to draw. `reason` names the sentence for people."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def run(job_id: int) -> bool:
    """A second delivery finds nothing to claim."""
    job = Explanation.objects.filter(pk=job_id).first()
    if job is None or not job.claim():
        return False
    try:
        work(job)
    except LostLease:
        log.info("Explanation %s went away or on in another worker", job.pk)
    except (ModelUnusable, Unexplained) as trouble:
        settle_failure(job, trouble.reason, str(trouble))
    except pipeline.Unreadable as trouble:
        settle_failure(job, "unreadable", sentence(trouble))
    except Exception as error:
        # whatever torch or the storage raises: the row says so, and the log has the rest
        log.exception("Explanation %s failed", job.pk)
        settle_failure(job, pipeline.reason_of(error), f"{type(error).__name__}: {error}")
    return True


def work(job: Explanation) -> None:
    seen = job.suggestion.identification
    if not seen.is_true_to_photos():
        raise Unexplained("photo")
    model = predictor()
    if model.version != seen.model:
        raise Unexplained("model")
    if not hasattr(model, "explain"):
        raise Unexplained("not_explained")
    opinion = seen.said
    coin = pipeline.look(seen)
    job.beat()
    drawn = draw(cast(Explains, model), coin, opinion.scope.label, job)
    faces = opinion.faces[: len(drawn)]
    photos = facing.photos_of(faces, seen.photos)
    maps = [(one, photo, face.side) for one, photo, face in zip(drawn, photos, faces, strict=False)]
    job.conclude(maps, model.version)


def draw(model: Explains, coin: Any, scope: str, job: Explanation) -> list[Drawn]:
    from identify.ml import explaining

    try:
        heats = model.explain(coin, scope, job.suggestion.field, job.label)
    except explaining.NotExplainable as error:
        raise Unexplained("not_explained") from error
    if not heats:
        raise Unexplained("not_explained")
    return [explaining.drawn(heat) for heat in heats] if any_heat(heats) else []


def any_heat(heats: list[Any]) -> bool:
    return any(float(heat.values.max()) > 0 for heat in heats)


def settle_failure(job: Explanation, reason: str, detail: str = "") -> None:
    try:
        job.fail_because(reason, detail)
    except LostLease:
        log.info("Explanation %s went away or on in another worker", job.pk)
