from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import rates
from catalog.models import Collection, Membership, ShareLink


def currency_choices() -> list[tuple[str, str]]:
    first = ["EUR", "USD", "GBP", "CHF"]
    return [(code, code) for code in dict.fromkeys([*first, *rates.known_currencies()])]


class CollectionForm(forms.ModelForm):
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Costs and values are shown in it, at the rate of their own day."),
    )

    class Meta:
        model = Collection
        fields = ("name", "currency", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["currency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = currency_choices()


class MemberForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("May"), choices=Membership.Role.choices)


class ShareLinkForm(forms.ModelForm):
    expires_on = forms.DateField(
        label=gettext_lazy("Works until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave empty for a link that works until you end it."),
    )

    class Meta:
        model = ShareLink
        fields = ("shows", "with_prices", "with_places")

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose a later one."))
        return day

    def save(self, commit: bool = True) -> ShareLink:
        link: ShareLink = super().save(commit=False)
        if day := self.cleaned_data["expires_on"]:
            link.expires_at = timezone.make_aware(datetime.combine(day, time.max))
        link.save()
        return link


class DeleteForm(forms.Form):
    """Asks for the name, so that nobody deletes a cabinet with a slip of the hand."""

    name = forms.CharField(
        label=gettext_lazy("Its name"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        if self.cleaned_data["name"].strip() != self.expected.strip():
            raise ValidationError(_("This is not its name. Nothing was deleted."))
        return self.expected
