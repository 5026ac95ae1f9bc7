"""What a list of lots may be narrowed by."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from catalog.api.filters import IdFilter, SearchFilter, YearFilter
from market.extract import read
from market.models import Lot, RawPage


class OrdinalField(forms.CharField):
    """As the lot texts are read, so that `gVF`, `Good VF`, `ss+` and `MS-65` all mean what they mean there."""

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        found = read(f"Denarius. {text[:40]}.").grade
        if found is None:
            raise ValidationError(
                _("“%(text)s” is not a grade. Write one like VF or EF.") % {"text": text[:40]}
            )
        return float(found.value.ordinal)


class OrdinalFilter(filters.CharFilter):
    field_class = OrdinalField


class LotFilter(filters.FilterSet):
    q = SearchFilter(method="search", help_text="A part of the title or the text.")
    ruler = SearchFilter("attributes__ruler_text", "iexact", help_text="In English: `Trajan`.")
    denomination = SearchFilter("attributes__denomination_text", "iexact")
    mint = SearchFilter("attributes__mint_text", "iexact")
    metal = SearchFilter("attributes__metal", "iexact", help_text="AV, AR, AE, BI …")
    reference = SearchFilter(method="citing", help_text="Like `RIC II 207`.")
    grade_min = OrdinalFilter("attributes__grade_ord", "gte", help_text="A grade like VF.")
    grade_max = OrdinalFilter("attributes__grade_ord", "lte", help_text="A grade like VF.")
    flag = SearchFilter(
        method="flagged", help_text="Like `toned`; several with commas: all of them."
    )
    house = SearchFilter("sale__house", "icontains")
    status = filters.MultipleChoiceFilter(choices=Lot.Status.choices, help_text="May be repeated.")
    counts = filters.BooleanFilter(
        method="counting",
        help_text="Whether it may speak for a price: sold, and nothing sets it apart.",
    )
    year_min = YearFilter(method="struck_after", help_text="Struck then or later; BC is below 0.")
    year_max = YearFilter(method="struck_before", help_text="Struck then or earlier.")
    sold_after = filters.DateFilter(
        "sale__day", "gte", help_text="Day of the sale, at the earliest."
    )
    sold_before = filters.DateFilter(
        "sale__day", "lte", help_text="Day of the sale, at the latest."
    )
    source = SearchFilter("source__slug")
    page = IdFilter("raw_page")

    class Meta:
        model = Lot
        fields: list[str] = []

    def search(self, lots: "QuerySet[Lot]", name: str, text: str) -> "QuerySet[Lot]":
        return lots.filter(Q(title__icontains=text) | Q(description__icontains=text))

    def citing(self, lots: "QuerySet[Lot]", name: str, text: str) -> "QuerySet[Lot]":
        from catalog import references

        key = references.normalise(text)
        return lots.filter(references__canonical_key=key).distinct()

    def flagged(self, lots: "QuerySet[Lot]", name: str, text: str) -> "QuerySet[Lot]":
        for flag in [one.strip() for one in text.split(",") if one.strip()][:10]:
            lots = lots.filter(flags__in=flags_called(flag))
        return lots.distinct()

    def counting(self, lots: Any, name: str, wanted: bool) -> "QuerySet[Lot]":
        return lots.priced() if wanted else lots.exclude(pk__in=lots.priced().values("pk"))

    def struck_after(self, lots: "QuerySet[Lot]", name: str, value: int) -> "QuerySet[Lot]":
        return lots.filter(attributes__date_to__gte=value)

    def struck_before(self, lots: "QuerySet[Lot]", name: str, value: int) -> "QuerySet[Lot]":
        return lots.filter(attributes__date_from__lte=value)


def flags_called(name: str) -> Any:
    from market.models import LotFlag

    return LotFlag.objects.filter(flag__iexact=name, negated=False)


class PageFilter(filters.FilterSet):
    source = SearchFilter("source__slug")

    class Meta:
        model = RawPage
        fields: list[str] = []
