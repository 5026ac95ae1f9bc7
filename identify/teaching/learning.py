"""What the worker of lessons does with one run: gather, teach, judge, keep. Its state is on the row and its
weights are in its folder, so that a worker which dies costs a round at most."""

import logging
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from django.db import transaction

from catalog.models import User
from catalog.models.jobs import LostLease
from catalog.refusals import Refusal
from catalog.sentences import at_most, sentence
from identify.models.runs import State, TrainingRun, Wish, models_folder
from identify.models.versions import Lesson, ModelVersion
from identify.pipeline import reason_of
from identify.teaching import judging
from identify.teaching.beating import Heart, beating
from identify.teaching.core import code_version, teacher
from identify.teaching.gathering import Told, examples_of, gather, photo_of
from identify.wording import FAILURES, UNEXPECTED

log = logging.getLogger(__name__)

MOST_DETAIL = 1500
OURS = ("promote",)  # of a plan: what the teacher has no part in


def learn(run_id: int) -> bool:
    """False where there was nothing to take; a second delivery finds that."""
    run = TrainingRun.objects.select_related("user").filter(pk=run_id).first()
    if run is None or not run.claim():
        return False
    try:
        with beating(run) as heart:
            through(run, heart)
    except LostLease:
        log.info("Run %s went on in another worker", run.pk)
    except Exception as error:
        # whatever it was, the row says so in words; the log has the rest
        log.exception("Run %s failed", run.pk)
        if isinstance(error, teacher().BrokenCheckpoint | teacher().OtherLesson):
            # refused by name, once; whoever tries again begins anew
            shutil.rmtree(lesson_folder(run) / "checkpoint", ignore_errors=True)
        settle_failure(run, words_of(error))
    return True


def settle_failure(run: TrainingRun, why: str) -> None:
    try:
        run.fail(at_most(why, 2000))
    except LostLease:
        log.info("Run %s went on in another worker", run.pk)


def words_of(error: Exception) -> str:
    if isinstance(error, Refusal):
        return sentence(error)
    reason = reason_of(error)
    why = sentence(Refusal(reason, FAILURES.get(reason, UNEXPECTED)))
    detail = f"{type(error).__name__}: {error}"[:MOST_DETAIL]
    return sentence(Refusal(reason, "%(why)s (%(detail)s)", why=why, detail=detail))


def through(run: TrainingRun, heart: Heart) -> None:
    told = gather(run)
    if run.wish != Wish.STOP or not (lesson_folder(run) / "model.json").exists():
        teach(run, told, heart)
    if heart.is_lost:
        raise LostLease
    if heart.wish == Wish.PAUSE:
        run.rest()
        return
    stopped = Wish.STOP in (heart.wish, run.wish)
    conclude(run, told, State.STOPPED if stopped else State.DONE)


def lesson_folder(run: TrainingRun) -> Any:
    return run.folder / "lesson"


def teach(run: TrainingRun, told: Sequence[Told], heart: Heart) -> None:
    """Round by round. Closing it keeps the best so far, which is what a wish is about."""
    school = teacher()
    plan = school.Plan(**{name: value for name, value in run.plan.items() if name not in OURS})
    examples = examples_of(told, run.folder / "examples")
    rounds = school.teach(plan, examples, lesson_folder(run), stop=heart.wants_to_stop)
    with closing(rounds):
        for progress in rounds:
            if getattr(progress, "stage", "learning") == "looking":
                run.beat(prepared=progress.done, to_prepare=progress.total)
            else:
                keep(run, progress)
            if heart.look():
                return


def keep(run: TrainingRun, progress: Any) -> None:
    facts = asdict(progress)
    wrong = [
        [photo_of(one["path"]), one["truth"], one["said"], one["confidence"]]
        for one in facts.pop("wrong", ())
    ]
    for name in ("stage", "done", "total"):
        facts.pop(name, None)
    run.keep_round(facts, wrong)


# --- what comes of it --------------------------------------------------------------
def conclude(run: TrainingRun, told: Sequence[Told], state: str) -> None:
    if not (lesson_folder(run) / "model.json").exists():
        run.settle(state)  # stopped before the first round: there is nothing to keep
        return
    taught = teacher().load(lesson_folder(run))
    report = slim(taught.report)
    before = ModelVersion.objects.filter(field=run.field).active().first()
    if before:
        report["beside"] = {"version": before.pk, "answers": beside(before, run, report, told)}
    with transaction.atomic():
        run.settle(state, report=report, wish=Wish.NONE)
        version = make_version(run, taught, report, told)
        if run.plan.get("promote") and run.user:
            promote_quietly(version, run, run.user)
    for name in ("examples", "lesson/checkpoint"):
        shutil.rmtree(run.folder / name, ignore_errors=True)


def slim(report: dict[str, Any]) -> dict[str, Any]:
    """Photos by their number instead of by a path that will be gone."""
    told = dict(report)
    told["answers"] = [
        {
            "photo": photo_of(one["path"]), "truth": one["truth"], "said": one["said"],
            "confidence": one["confidence"], "group": one.get("group", ""),
        }
        for one in report.get("answers", [])
    ]  # fmt: skip
    told["confusions"] = [
        {**one, "photos": [photo_of(path) for path in one["photos"]]}
        for one in report.get("confusions", [])
    ]
    return told


def make_version(
    run: TrainingRun, taught: Any, report: dict[str, Any], told: Sequence[Told]
) -> ModelVersion:
    card = {name: value for name, value in taught.card.items() if name != "history"}
    version = ModelVersion.objects.create(
        field=run.field, title=run.title, number=ModelVersion.objects.number_for(run.field),
        run=run, user=run.user, card=card, metrics=figures(report), data_hash=run.data_hash,
        code_version=code_version(), sha256=card["sha256"],
        path=str(lesson_folder(run).relative_to(models_folder())),
    )  # fmt: skip
    answers = {one["photo"]: one for one in report["answers"]}
    Lesson.objects.bulk_create(
        Lesson(
            version=version, photo_id=one.photo, label=one.label[:300],
            judged=one.photo in answers,
            said=answers.get(one.photo, {}).get("said", "")[:300],
            confidence=answers.get(one.photo, {}).get("confidence"),
        )
        for one in still_there(told)
    )  # fmt: skip
    return version


def still_there(told: Sequence[Told]) -> list[Told]:
    """A photo may have been deleted while it taught."""
    from catalog.models import Photo

    known = set(
        Photo.objects.filter(pk__in=[one.photo for one in told]).values_list("pk", flat=True)
    )
    return [one for one in told if one.photo in known]


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """The few that a list shows: plain numbers, where the report has intervals."""
    names = ("count", "top1", "top3", "macro_recall", "calibration_error", "coverage_95")
    found = {name: report.get(name) for name in names}
    return {
        name: value["value"] if isinstance(value, dict) else value
        for name, value in found.items()
        if value is not None
    }


def beside(
    before: ModelVersion, run: TrainingRun, report: dict[str, Any], told: Sequence[Told]
) -> dict[str, str]:
    """What serves today is asked of the coins that this run was judged by, so that both can be compared."""
    from identify.taught import CLASSROOM

    model = CLASSROOM.of(before)
    photos = [
        one["photo"] for one in report["answers"] if one["photo"] not in judging.learnt(before)
    ]
    if model is None or not photos:
        return {}
    crops = teacher_crops(
        [run.folder / "examples" / f"{photo}.jpg" for photo in photos], model.side
    )
    shares, _embeddings = model.classify(crops)
    said = [model.labels[int(row.argmax())] for row in shares]
    return {str(photo): label for photo, label in zip(photos, said, strict=True)}


def teacher_crops(paths: Sequence[Any], side: int) -> list[Any]:
    from identify.ml.training.pictures import load

    return [load(path, side) for path in paths]


def promote_quietly(version: ModelVersion, run: TrainingRun, by: User) -> None:
    """Only what is as good as what serves: a refusal leaves it a candidate, and says why."""
    try:
        version.promote(by)
    except Refusal as refusal:
        run.report = {**run.report, "not_promoted": sentence(refusal).kept}
        type(run).objects.filter(pk=run.pk).update(report=run.report)
