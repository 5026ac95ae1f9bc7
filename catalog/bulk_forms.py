"""Choosing a field for many coins, saying its value, and seeing what that would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import bulk
from catalog.editing import same
from catalog.fields import CoinField
from catalog.forms import GROUPS, HINTS, ReadField, capitalised, suggestions, widget_of
from catalog.models import BulkEdit, Coin, User
from catalog.selection import Selection

EXAMPLES, LOOKED_AT = 5, 60


class ValueForm(forms.Form):
    """The value of one field, read as the form of one coin reads it."""

    def __init__(self, *args: Any, field: CoinField, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        widget = widget_of(field)
        if field.name == "tags":
            widget = forms.TextInput(attrs={"autocomplete": "off"} | suggestions(field))
        if field.after_save:
            self.fields["mode"] = forms.ChoiceField(
                label=_("What to do"), choices=BulkEdit.Mode.choices, initial=BulkEdit.Mode.ADD,
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["value"] = ReadField(
            field, owner, widget=widget, help_text=HINTS.get(field.name, "")
        )
        if field.name == "status":
            self.fields["on"] = forms.DateField(
                label=_("On"), widget=forms.DateInput(attrs={"type": "date"}),
                initial=timezone.localdate,
            )  # fmt: skip
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), required=False, max_length=300, widget=forms.TextInput
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("mode") in {BulkEdit.Mode.ADD, BulkEdit.Mode.REMOVE} and not cleaned.get(
            "value"
        ):
            self.add_error("value", _("Write at least one."))
        return cleaned

    @property
    def plan(self) -> dict[str, Any]:
        """As `BulkEdit.begin` takes it."""
        data = self.cleaned_data
        return {
            "field": self.field.name,
            "value": data["value"],
            "mode": data.get("mode", BulkEdit.Mode.SET),
            "reason": data.get("reason", ""),
            "on": data.get("on"),
        }


@dataclass(frozen=True)
class Example:
    coin: Coin
    old: str
    new: str


@dataclass(frozen=True)
class Preview:
    """`changing` is known where all coins were looked at."""

    examples: list[Example]
    changing: int | None
    word: str
    is_new: bool


def preview(selection: Selection, form: ValueForm) -> Preview:
    """Reading a value may make a word or a place: here it must leave no trace, so all is rolled back."""
    with transaction.atomic():
        form.full_clean()
        if not form.is_valid():
            transaction.set_rollback(True)
            return Preview([], 0, "", False)
        found = examples(selection, form.field, form.plan)
        value = form.cleaned_data["value"]
        transaction.set_rollback(True)
    model, is_new = form.field.model, False
    if model is not None and value:
        is_new = not model._default_manager.filter(pk=value[0]).exists()
    is_whole = selection.total <= LOOKED_AT
    return Preview(
        found[:EXAMPLES], len(found) if is_whole else None, form.field.write(value), is_new
    )


def examples(selection: Selection, field: CoinField, plan: Mapping[str, Any]) -> list[Example]:
    coins = list(selection.coins.for_page()[:LOOKED_AT])
    plans = bulk.plans_for(coins, field.name, plan["value"], plan["mode"])
    found = []
    for coin in coins:
        old, new = field.get(coin), plans[coin.pk][field.name]
        if not same(old, new):
            found.append(Example(coin, field.write(old), field.write(new)))
    return found


def field_groups(fields: Mapping[str, CoinField]) -> list[tuple[Any, list[tuple[str, str]]]]:
    return [
        (
            title,
            [(name, capitalised(one.label)) for name, one in fields.items() if one.group == group],
        )
        for group, title in GROUPS
    ]
