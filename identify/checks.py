from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from identify.predicting import FACTORY


@register()
def predictor_can_be_made(
    app_configs: Sequence[AppConfig] | None, **_more: Any
) -> Iterable[CheckMessage]:
    path = getattr(settings, FACTORY, "")
    if not path:
        return []
    try:
        usable = callable(import_string(path))
    except ImportError:
        usable = False
    if usable:
        return []
    hint = "Write the dotted path of a function, or remove the setting."
    message = f"{FACTORY}: “{path}” is no function that can be imported."
    return [Error(message, hint=hint, id="identify.E001")]
