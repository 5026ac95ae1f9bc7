"""Folders of runs that nobody will look for again. What serves, is on trial, has served (it may be taken back
to), was marked to be kept, is still learning or is one of the last of its matter stays."""

import logging
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from identify.models import ModelVersion, TrainingRun, VersionChange
from identify.models.runs import models_folder

log = logging.getLogger(__name__)
NEW = timedelta(days=1)  # a folder whose row is only about to be written is not an orphan
ASIDE = ".cleared-"
SERVING = (ModelVersion.State.ACTIVE, ModelVersion.State.SHADOW)


@dataclass(frozen=True)
class Cleared:
    name: str
    size: int


def clear(keep: int, dry_run: bool = False) -> Iterator[Cleared]:
    """`keep`: so many of the last runs of each matter; none at all clears nothing."""
    folder = models_folder() / "runs"
    if keep < 1 or not folder.is_dir():
        return
    if not dry_run:
        for left in folder.glob(f"{ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
    names = titles_of(old_runs(keep))
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_dir() or not path.name.isdecimal():
            continue
        pk = int(path.name)
        if (pk in names or is_orphan(pk, path)) and (cleared := one(pk, path, names, dry_run)):
            yield cleared


def one(pk: int, path: Path, names: Mapping[int, str], dry_run: bool) -> Cleared | None:
    found = Cleared(names.get(pk) or f"runs/{path.name}", size_of(path))
    if not dry_run:
        aside = moved_aside(pk, path)
        if aside is None:
            return None
        shutil.rmtree(aside, ignore_errors=True)
        log.info("Cleared %s: %s bytes", found.name, found.size)
    return found


@transaction.atomic
def moved_aside(pk: int, path: Path) -> Path | None:
    """Whoever promotes it in this moment finds it whole, or finds it gone before anything is promised."""
    list(ModelVersion.objects.select_for_update().filter(run=pk))
    if is_needed(pk):
        return None
    aside = path.with_name(f"{ASIDE}{path.name}-{uuid.uuid4().hex[:8]}")
    path.rename(aside)
    return aside


def old_runs(keep: int) -> list[TrainingRun]:
    """Behind the last of their matter, and not needed."""
    counts: dict[str, int] = {}
    old = []
    for run in TrainingRun.objects.order_by("-pk").only("pk", "field", "title"):
        counts[run.field] = counts.get(run.field, 0) + 1
        if counts[run.field] > keep and not is_needed(run.pk):
            old.append(run)
    return old


def is_needed(pk: int) -> bool:
    if TrainingRun.objects.unfinished().filter(pk=pk).exists():
        return True
    version = ModelVersion.objects.filter(run=pk).first()
    if version is None:
        return False
    served = VersionChange.objects.filter(version=version, new=ModelVersion.State.ACTIVE)
    return version.state in SERVING or version.kept or served.exists()


def titles_of(runs: list[TrainingRun]) -> dict[int, str]:
    versions = ModelVersion.objects.filter(run__in=runs).values_list("run_id", "number")
    numbers = dict(versions)
    return {
        run.pk: f"{run.title} v{numbers[run.pk]}" if run.pk in numbers else f"{run.title} #{run.pk}"
        for run in runs
    }


def is_orphan(pk: int, path: Path) -> bool:
    fresh = path.stat().st_mtime > (timezone.now() - NEW).timestamp()
    return not fresh and not TrainingRun.objects.filter(pk=pk).exists()


def size_of(path: Path) -> int:
    return sum(one.lstat().st_size for one in path.rglob("*") if not one.is_dir())
