"""The model that this worker serves: loaded at the first use and kept. Only workers come here; what is
imported inside the functions is torch's weight, and a web process must never carry it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from catalog.models import User
from identify.values import Predictor

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parent / "pretrained"
FACTORY = "IDENTIFY_PREDICTOR"  # a setting for tests: what makes a predictor in place of the model's files


class ModelUnusable(Exception):
    """There is none, or it is not what its card says. `reason` names the sentence for people."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


@dataclass(frozen=True)
class Serving:
    predictor: Predictor
    stamp: object


class Worker:
    """What one process serves. A model that cannot be used leaves the one before in service."""

    def __init__(self) -> None:
        self.serving: Serving | None = None
        self.refused: object = None

    def predictor(self) -> Predictor:
        stamp = stamp_of(folder())
        if self.serving and stamp in (self.serving.stamp, self.refused):
            return self.serving.predictor
        try:
            found = load(folder())
        except ModelUnusable as trouble:
            if not self.serving:
                raise
            self.refused = stamp
            log.error("The new model is not used, the one before goes on: %s", trouble)
            tell_administrators(str(trouble))
            return self.serving.predictor
        self.serve(found, stamp)
        return found

    def serve(self, found: Predictor, stamp: object) -> None:
        from identify.models import Identification

        self.serving, self.refused = Serving(found, stamp), None
        Identification.objects.outdate(found.version)


WORKER = Worker()


def predictor() -> Predictor:
    """Raises ModelUnusable."""
    return made_by_setting() if getattr(settings, FACTORY, "") else WORKER.predictor()


def made_by_setting() -> Predictor:
    factory = cast("Callable[[], Predictor | None]", import_string(getattr(settings, FACTORY)))
    made = factory()
    if made is None:
        raise no_model()
    return made


def folder() -> Path:
    return SHIPPED


def stamp_of(path: Path) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Another when any of its files is another: noticed before each task, for a few microseconds."""
    files = sorted(path.glob("*")) if path.is_dir() else []
    facts = [(one.name, (info := one.stat()).st_mtime_ns, info.st_size) for one in files]
    return str(path), tuple(facts)


def load(path: Path) -> Predictor:
    from identify.ml import predict

    try:
        return predict.load(path)
    except predict.NoModel as error:
        raise no_model(path) from error
    except predict.BrokenModel as error:
        raise ModelUnusable("broken_model", str(error)) from error
    except Exception as error:
        # a runtime that is missing or too old says so in its own way; the row must say something
        log.exception("The model in %s cannot be loaded", path)
        raise ModelUnusable("broken_model", f"{type(error).__name__}: {error}") from error


def no_model(path: Path | None = None) -> ModelUnusable:
    return ModelUnusable("no_model", f"There is no model in {path or folder()}.")


def tell_administrators(what: str) -> None:
    people = User.objects.filter(is_superuser=True, is_active=True).exclude(email="")
    addresses = list(people.values_list("email", flat=True))
    if not addresses:
        return
    subject = _("Obverse: the new model cannot be used")
    text = _("The model before it goes on serving. What is wrong: %(what)s") % {"what": what}
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, addresses, fail_silently=True)
