"""Where the lessons come from: `identify.ml.teaching`, or what a test puts in its place."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

FACTORY = "IDENTIFY_TEACHER"  # a setting for tests: the dotted path of what teaches in its place


def teacher() -> Any:
    path = getattr(settings, FACTORY, "")
    if path:
        return import_string(path)
    from identify.ml import teaching  # type: ignore[attr-defined]

    return teaching
