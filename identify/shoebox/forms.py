"""The circles as a form of numbers, which works without scripts; a script moves them on the photo."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.sentences import sentence
from identify.models import Tray
from identify.shoebox.circles import LEAST_R, MOST, ArrangementRefused, Circle, check

PLACE = ("x", "y", "r")


class TrayForm(forms.Form):
    holds = forms.ChoiceField(
        label=gettext_lazy("What lies on it"), choices=Tray.Holds.choices, required=False,
        widget=forms.RadioSelect, initial=Tray.Holds.ANY,
    )  # fmt: skip


def number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, widget=widget, **more)


class CircleForm(forms.Form):
    kept = forms.BooleanField(label=gettext_lazy("Keep"), required=False, initial=True)
    x = number(gettext_lazy("From the left"), max_value=100_000)
    y = number(gettext_lazy("From the top"), max_value=100_000)
    r = number(gettext_lazy("Radius"), max_value=100_000)
    reverse_of = number(gettext_lazy("Reverse of no."), max_value=MOST)

    @property
    def is_blank(self) -> bool:
        return all(self[name].value() in (None, "") for name in PLACE)

    def clean(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        if not self.is_blank and None in [data.get(name) for name in PLACE] and not self.errors:
            raise forms.ValidationError(_("Give all three: from the left, from the top, radius."))
        return data

    def circle(self) -> Circle:
        said = self.cleaned_data
        return Circle(said["x"], said["y"], said["r"], said["kept"], said["reverse_of"] or 0)


if TYPE_CHECKING:
    Base = forms.BaseFormSet[CircleForm]
else:
    Base = forms.BaseFormSet  # knows nothing of brackets when it runs


class CirclesFormSet(Base):
    tray: Tray

    @property
    def circles(self) -> list[Circle]:
        return [form.circle() for form in self.told()]

    def told(self) -> list[CircleForm]:
        """Without the empty rows at the end, where another circle may be added."""
        rows = list(self.forms)
        while rows and rows[-1].is_blank:
            rows.pop()
        return rows

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.told()
        for form in rows:
            self.place(form)
        if any(form.errors for form in rows):
            raise forms.ValidationError(_("Some circles need another look."))
        try:
            check(self.circles)
        except ArrangementRefused as refusal:
            raise forms.ValidationError(sentence(refusal)) from None

    def place(self, form: CircleForm) -> None:
        """Its middle is on the photo, and it is large enough to be one."""
        if form.is_blank:
            form.add_error(None, _("Leave it out with its tick; its numbers keep its place."))
            return
        x, y, r = (form.cleaned_data[name] for name in PLACE)
        width, height = self.tray.width, self.tray.height
        if not (x < width and y < height and r <= max(width, height)):
            told = {"width": width, "height": height}
            form.add_error(
                None, _("The photo has %(width)s by %(height)s pixels: this lies beyond.") % told
            )
        elif r < LEAST_R:
            told = {"least": LEAST_R}
            form.add_error("r", _("At least %(least)s pixels, or nothing can be seen.") % told)


def circles_form(tray: Tray, data: Any = None) -> CirclesFormSet:
    kind = forms.formset_factory(
        CircleForm, formset=CirclesFormSet, extra=1, absolute_max=MOST + 50, max_num=MOST + 50
    )
    found = cast(CirclesFormSet, kind(data, prefix="c", initial=initial(tray.circles)))
    found.tray = tray
    return found


def initial(circles: Iterable[Circle]) -> list[dict[str, Any]]:
    return [
        {"x": one.x, "y": one.y, "r": one.r, "kept": one.kept, "reverse_of": one.reverse_of or None}
        for one in circles
    ]
