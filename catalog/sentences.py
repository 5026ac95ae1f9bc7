"""Sentences for people that are kept: the template and what fills it, so that whoever reads it later reads
it in his own language. What was kept as a finished sentence stays one."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from catalog.refusals import Refusal

MARK = '{"say": '  # no sentence begins so


class Sentence(str):
    """In the language of the moment; `kept` is what goes into a column or a list."""

    kept: str

    def __new__(cls, text: str, kept: str = "") -> "Sentence":
        made = super().__new__(cls, text)
        made.kept = kept
        return made


def sentence(refusal: Refusal) -> Sentence:
    """The refusal in the visitor's language. A parameter may be a sentence itself."""
    text = _(refusal.template) % refusal.params if refusal.params else _(refusal.template)
    with_ = {name: kept_param(value) for name, value in refusal.params.items()}
    said = {"say": refusal.template, "code": refusal.code} | ({"with": with_} if with_ else {})
    return Sentence(text, json.dumps(said, ensure_ascii=False))


def named(name: object, why: Refusal) -> Sentence:
    """Which of several it is about."""
    told = Refusal(why.code, "%(name)s: %(why)s", name=name, why=sentence(why))
    return sentence(told)


def kept_param(value: object) -> object:
    if isinstance(value, Sentence):
        return json.loads(value.kept)
    return value if isinstance(value, bool | int | float | None) else str(value)


def kept(text: str) -> str:
    """For where no column does it: lists and JSON."""
    return text.kept if isinstance(text, Sentence) else str(text)


def worded(text: str) -> str:
    """What was kept, for whoever reads it now."""
    if not text.startswith(MARK):
        return text
    try:
        return Sentence(said_now(json.loads(text)), text)
    except (ValueError, KeyError, TypeError, AttributeError):
        # cut off, or of a release that said it otherwise: better raw than not at all
        return text


def said_now(told: dict[str, Any]) -> str:
    params = {
        name: said_now(value) if isinstance(value, dict) else value
        for name, value in told.get("with", {}).items()
    }
    return _(told["say"]) % params if params else _(told["say"])


def at_most(text: str, most: int) -> str:
    """Half a template could not be worded."""
    return text if isinstance(text, Sentence) else text[:most]


if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
    Char = models.CharField[Any, Any]
else:
    Text, Char = models.TextField, models.CharField  # which know nothing of brackets when they run


class Worded:
    """To the database it is a column of text like any other, so that no table is written anew."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return worded(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return value.kept if isinstance(value, Sentence) else super().get_prep_value(value)  # type: ignore[misc]

    def value_to_string(self, obj: Any) -> str:
        return kept(self.value_from_object(obj))  # type: ignore[attr-defined]


class SentenceField(Worded, Text):
    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class ShortSentenceField(Worded, Char):
    """What does not fit is kept as it reads today, cut off."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sentence) and len(value.kept) > (self.max_length or 0):
            return str(value)[: self.max_length]
        return super().get_prep_value(value)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
