from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import rates, references
from catalog.access import get_visible, id_in
from catalog.models import Coin, User
from market.extract import read
from market.models import Lot, Watch
from market.searching import Search
from market.watching import look_back

MOST = 50
# Filters of the page of lots, and the fields of a watch that ask the same
ASKED_AS = {
    "ruler": "ruler_text", "denomination": "denomination_text", "metal": "metal",
    "reference": "reference", "grade_from": "grade",
}  # fmt: skip
NOT_WATCHED = {
    "mint": gettext_lazy("mint"), "flag": gettext_lazy("remark"), "house": gettext_lazy("house"),
    "grade_to": gettext_lazy("grade, at most"),
}  # fmt: skip


class WatchForm(forms.ModelForm):
    reference = forms.CharField(
        label=gettext_lazy("Reference"), required=False, max_length=200,
        help_text=gettext_lazy("Like RIC II 207: a sale of this type."),
    )  # fmt: skip
    grade = forms.CharField(
        label=gettext_lazy("Grade, at least"), required=False, max_length=40,
        help_text=gettext_lazy("Like VF or EF."),
    )  # fmt: skip

    class Meta:
        model = Watch
        fields = [
            "name", "reference", "ruler_text", "denomination_text", "metal", "grade", "max_price",
            "currency", "only_open", "by_mail",
        ]  # fmt: skip

    field_order = Meta.fields

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["currency"].initial = user.base_currency
        self.fields["metal"].help_text = _("AV, AR, AE …")

    def clean_currency(self) -> str:
        code = self.cleaned_data["currency"].strip().upper()
        if code and code not in rates.known_currencies():
            raise ValidationError(_("Write the three letters of the currency, like EUR or USD."))
        return str(code)

    def clean_metal(self) -> str:
        return str(self.cleaned_data["metal"]).strip().upper()

    def clean_grade(self) -> float | None:
        text = self.cleaned_data["grade"].strip()
        if not text:
            return None
        found = read(f"Denarius. {text}.").grade
        if found is None:
            raise ValidationError(
                _("“%(text)s” is not a grade. Write one like VF or EF.") % {"text": text}
            )
        return float(found.value.ordinal)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        names = ("reference", "ruler_text", "denomination_text")
        if not any(cleaned.get(name) for name in names):
            raise ValidationError(_("Say at least a reference, a ruler or a denomination."))
        if cleaned.get("max_price") and not cleaned.get("currency"):
            self.add_error("currency", _("In which currency?"))
        if Watch.objects.filter(user=self.user).count() >= MOST:
            raise ValidationError(
                _("You have %(most)s already: remove one first.") % {"most": MOST}
            )
        return cleaned

    def save(self, commit: bool = True) -> Watch:
        watch: Watch = super().save(commit=False)
        watch.user, watch.grade_from = self.user, self.cleaned_data["grade"]
        watch.reference_key = references.normalise(self.cleaned_data["reference"])[:250]
        watch.save()
        look_back(watch)
        return watch


def first_values(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """A watch for coins like a lot, like a coin of the collection, or like what was searched for."""
    if lot := id_in(query.get("lot", "")):
        return like_lot(get_visible_lot(user, lot))
    if coin := id_in(query.get("coin", "")):
        return like_coin(get_visible(Coin.objects.for_page(), user, pk=coin))
    return like_search(Search.of(query))


def like_lot(lot: Lot) -> dict[str, Any]:
    known = getattr(lot, "attributes", None)
    cited = lot.references.first()
    if known is None:
        return {}
    return {
        "name": f"{known.ruler_text} {known.denomination_text}".strip(),
        "ruler_text": known.ruler_text,
        "denomination_text": known.denomination_text,
        "metal": known.metal,
        "reference": cited.text if cited else "",
    }


def like_coin(coin: Coin) -> dict[str, Any]:
    cited = coin.references.first()
    metal = coin.metal or (coin.denomination.metal if coin.denomination else None)
    return {
        "name": str(coin)[:120],
        "ruler_text": str(coin.authority or ""),
        "denomination_text": str(coin.denomination or "")[:60],
        "metal": metal.code if metal else "",
        "reference": cited.text if cited else "",
    }


def like_search(search: Search) -> dict[str, Any]:
    said = {form: getattr(search, name) for name, form in ASKED_AS.items()}
    if not any(said.values()):
        return {}
    words = (search.ruler, search.denomination, search.reference, search.grade_from)
    return said | {"name": " ".join(word for word in words if word)[:120]}


def left_aside(search: Search) -> list[str]:
    """What was searched for and a watch does not ask."""
    return [str(name) for filter, name in NOT_WATCHED.items() if getattr(search, filter)]


def get_visible_lot(user: User, pk: int) -> Lot:
    from django.shortcuts import get_object_or_404

    lot: Lot = get_object_or_404(Lot.objects.visible_to(user).select_related("attributes"), pk=pk)
    return lot
