"""Criteria over the fields that collectors invented. Their values are JSON under the field's key."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import FloatField, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.criteria import Condition, Criterion, Narrow, Scope, Span, given, number_in, one_of
from catalog.models import CustomField

Kind = CustomField.Kind
YES_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


def prefix(custom: CustomField) -> str:
    return f"own.{custom.key}"


def as_text(custom: CustomField) -> Cast:
    return Cast(KeyTextTransform(custom.key, "custom"), TextField())


def as_float(custom: CustomField) -> Cast:
    return Cast(KeyTextTransform(custom.key, "custom"), FloatField())


def criterion(custom: CustomField) -> Criterion:
    kind = Kind(custom.kind)
    if kind in {Kind.CHOICE, Kind.YES_NO}:
        return OwnChoice(prefix(custom), custom.name, custom=custom)
    if kind in {Kind.NUMBER, Kind.DATE}:
        return OwnSpan(prefix(custom), custom.name, custom=custom)
    return OwnText(prefix(custom), custom.name, custom=custom)


@dataclass(frozen=True)
class OwnText(Criterion):
    custom: CustomField = field(kw_only=True)

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        text = one_of(query, self.name)
        if not text:
            return None
        alias = f"own{self.custom.pk}"
        found = {alias: as_text(self.custom)}
        return self.condition(
            [self.chip(f"“{text}”", text)],
            lambda coins: coins.alias(**found).filter(**{f"{alias}__icontains": text}),
        )


@dataclass(frozen=True)
class OwnChoice(Criterion):
    custom: CustomField = field(kw_only=True)

    def options(self) -> dict[str, Any]:
        if self.custom.kind == Kind.YES_NO:
            return dict(YES_NO)
        return {option: option for option in self.custom.options}

    @property
    def text(self) -> Cast:
        return as_text(self.custom)

    def address(self, stored: str) -> str:
        """How the database's text of a stored value stands in an address."""
        if self.custom.kind == Kind.YES_NO:
            return "yes" if stored in {"1", "true"} else "no"
        return stored

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        options, good = self.options(), []
        for value in given(query, self.name):
            if value in options:
                good.append(value)
            else:
                self.refuse(value, notes)
        if not good:
            return None
        stored: list[Any] = [v == "yes" for v in good] if options.keys() == YES_NO.keys() else good
        alias = f"own{self.custom.pk}"
        found = {alias: KeyTransform(self.custom.key, "custom")}
        return self.condition(
            [self.chip(str(options[value]), value) for value in good],
            lambda coins: coins.alias(**found).filter(**{f"{alias}__in": stored}),
        )


@dataclass(frozen=True)
class OwnSpan(Span):
    custom: CustomField = field(kw_only=True)

    def end(self, text: str) -> Any:
        if self.custom.kind == Kind.NUMBER:
            return float(number_in(text))
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(_("write the date like 2024-05-31")) from None

    def narrow(self, ends: dict[str, Any]) -> Narrow:
        alias = f"own{self.custom.pk}"
        is_number = self.custom.kind == Kind.NUMBER
        found = {alias: as_float(self.custom) if is_number else as_text(self.custom)}
        where = {f"{alias}__{comparison}": end for comparison, end in ends.items()}
        return lambda coins: coins.alias(**found).filter(**where)
