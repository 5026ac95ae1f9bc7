"""One form for a coin, made from the table of fields: what a form shows, a bulk edit changes, an import
reads and the history tells are the same things under the same names."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.fields import ATTRIBUTION, BUILT_IN, KEEPING, SPECIMEN, CoinField
from catalog.grades import CHOICES
from catalog.models import Coin, Collection, User

HINTS = {
    "date": _("Like 27 BC to AD 14, c. AD 80, 1943 or AH 1360."),
    "references": _("One a line, like RIC II 207 or KM 164."),
    "tags": _("Separated by semicolons; Roman › Silver makes a tag within a tag."),
    "place": _("Like Safe › Tray 3 › B4. Missing places are made."),
    "weight": _("In grams."),
    "diameter": _("In millimetres."),
    "thickness": _("In millimetres."),
    "grade": _("Like VF, gVF, EF or MS-65."),
    "type": _("Like RIC II 207. It fills in what you leave empty here."),
    "title": _("Empty: made from the rest."),
}
FACES = (
    (_("Obverse"), ("obverse_legend", "obverse_design")),
    (_("Reverse"), ("reverse_legend", "reverse_design")),
)
AREAS = {"longtext", "list"}
GROUPS = (
    (ATTRIBUTION, _("What it is")),
    (SPECIMEN, _("This piece")),
    (KEEPING, _("In your collection")),
)


class ReadField(forms.CharField):
    """Hands what somebody wrote to the coin field's own reader, so that every door refuses alike."""

    def __init__(self, field: CoinField, user: User, **kwargs: Any) -> None:
        self.coin_field, self.user = field, user
        super().__init__(required=False, label=capitalised(field.label), strip=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = str(value or "")
        ProhibitNullCharactersValidator()(text)
        return self.coin_field.read(text, self.user)


def capitalised(label: object) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def widget_of(field: CoinField) -> forms.Widget:
    if field.kind in {"choice", "custom-choice"}:
        empty = [] if field.name == "status" else [("", "—")]
        return forms.Select(choices=[*empty, *field.choices])
    if field.kind == "custom-yes_no":
        return forms.Select(choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))])
    if field.kind in AREAS:
        rows = 3 if field.kind == "longtext" else 2
        return forms.Textarea(attrs={"rows": rows} | suggestions(field))
    if field.kind == "custom-date":
        return forms.DateInput(attrs={"type": "date"})
    attrs: dict[str, Any] = {"autocomplete": "off"} | suggestions(field)
    if field.kind in {"decimal", "custom-number"}:
        attrs["inputmode"] = "decimal"
    if field.kind == "grade":
        attrs["data-options"] = " ".join(CHOICES)
    return forms.TextInput(attrs=attrs)


def suggestions(field: CoinField) -> dict[str, Any]:
    """Where static/js/suggest.js asks for words while somebody types."""
    kind = {"term": field.name, "type": "type", "place": "place"}.get(field.kind)
    kind = "tag" if field.name == "tags" else kind
    return {"data-suggest": reverse("term-search", args=[kind])} if kind else {}


class CoinForm(forms.Form):
    """`changed_values` is what `catalog.editing.change` takes."""

    def __init__(
        self,
        *args: Any,
        coin: Coin,
        user: User,
        fields: Iterable[CoinField] | None = None,
        **kwargs: Any,
    ) -> None:
        self.coin = coin
        chosen = list(BUILT_IN.values() if fields is None else fields)
        initial = {one.name: one.text(coin) if coin.pk else new_text(one, coin) for one in chosen}
        initial |= {
            n: "\n".join(one.get(coin))
            for one in chosen
            if (n := one.name) == "references" and coin.pk
        }
        initial |= {one.name: str(one.get(coin) or "") for one in chosen if one.kind == "choice"}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for one in chosen:
            self.fields[one.name] = ReadField(
                one, user, widget=widget_of(one), help_text=HINTS.get(one.name, "")
            )

    def clean(self) -> dict[str, Any]:
        """What nobody touched keeps its stored value: a name that two mints share stays the mint it was."""
        cleaned = super().clean() or {}
        if self.coin.pk is None:
            return cleaned
        return {name: value for name, value in cleaned.items() if name in self.changed_data}

    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        return [(key, title, self.of_group(key)) for key, title in GROUPS]

    def of_group(self, group: str) -> list[forms.BoundField]:
        return [
            self[name]
            for name, field in self.fields.items()
            if isinstance(field, ReadField) and field.coin_field.group == group
            if not any(name in names for _title, names in FACES)
        ]

    def faces(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in FACES
        ]


def new_text(field: CoinField, coin: Coin) -> str:
    return "" if field.after_save else field.text(coin)


class CollectionChoice(forms.Form):
    """Where a new coin goes. One collection needs no question."""

    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Collection"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["collection"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Collection.objects.editable_by(user)
        field.empty_label = None


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=BUILT_IN["status"].choices)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
