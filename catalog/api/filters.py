"""What a list of coins may be narrowed by. A bulk edit takes the same filters as JSON."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from catalog import grades, search
from catalog.models import Coin, Place, Status, Tag
from catalog.models.coins import CoinQuerySet
from catalog.sentences import sentence

BIGGEST = 2**63 - 1


class IdField(forms.IntegerField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("decimal_places", None)
        super().__init__(*args, **{"min_value": 0, "max_value": BIGGEST} | kwargs)


class IdFilter(filters.NumberFilter):
    field_class = IdField

    def get_max_validator(self) -> None:
        return None


class IdsFilter(filters.BaseInFilter, IdFilter):
    """Ids with commas between them: any of these."""


class YearFilter(filters.NumberFilter):
    """A signed year: 27 BC is -27. A year that the calendar never had refuses itself."""

    field_class = forms.IntegerField

    def get_max_validator(self) -> None:
        return None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-9999, max_value=9999, **kwargs)


class RankField(forms.CharField):
    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text or (text.isascii() and text.isdigit() and len(text) <= 3):
            return int(text) if text else None
        try:
            return grades.parse(text)[1]
        except grades.GradeError as error:
            raise ValidationError(sentence(error)) from None


class RankFilter(filters.CharFilter):
    """A grade, like VF or MS-65, or its rank from 0 to 100."""

    field_class = RankField


class SearchField(forms.CharField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if len(text) > 300:
            raise ValidationError(_("At most %(limit)s characters.") % {"limit": 300})
        return text


class SearchFilter(filters.CharFilter):
    field_class = SearchField


class CoinFilter(filters.FilterSet):
    q = SearchFilter(method="search", help_text="Full text: every word, the last one unfinished.")
    collection = IdsFilter(lookup_expr="in")
    status = filters.MultipleChoiceFilter(choices=Status.choices, help_text="May be repeated.")
    type = IdsFilter(lookup_expr="in")
    authority = IdsFilter(lookup_expr="in")
    denomination = IdsFilter(lookup_expr="in")
    mint = IdsFilter(lookup_expr="in")
    metal = IdsFilter(lookup_expr="in")
    region = IdsFilter(lookup_expr="in")
    tag = IdFilter(method="below", help_text="A tag with all that are below it.")
    place = IdFilter(method="below", help_text="A storage place with all that are below it.")
    year_min = YearFilter(
        method="struck_after", help_text="Struck in this year or later; BC is below 0."
    )
    year_max = YearFilter(method="struck_before", help_text="Struck in this year or earlier.")
    grade_min = RankFilter(
        "grade_rank", "gte", help_text="A grade like VF, or a rank from 0 to 100."
    )
    grade_max = RankFilter(
        "grade_rank", "lte", help_text="A grade like VF, or a rank from 0 to 100."
    )
    value_min = filters.NumberFilter("value", "gte", help_text="In the collection's currency.")
    value_max = filters.NumberFilter("value", "lte", help_text="In the collection's currency.")
    certificate = filters.CharFilter()
    number = filters.CharFilter()
    changed_since = filters.IsoDateTimeFilter("changed_at", "gte")
    trashed = filters.BooleanFilter(
        method="in_trash", help_text="The trash instead of the collection."
    )

    class Meta:
        model = Coin
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        coins = super().filter_queryset(queryset)
        return coins if self.form.cleaned_data.get("trashed") is not None else coins.live()

    def search(self, coins: CoinQuerySet, name: str, text: str) -> CoinQuerySet:
        return search.matching(coins, text)

    def in_trash(self, coins: CoinQuerySet, name: str, wanted: bool) -> CoinQuerySet:
        return coins.trashed() if wanted else coins.live()

    def below(self, coins: CoinQuerySet, name: str, value: int) -> CoinQuerySet:
        model: Any = {"tag": Tag, "place": Place}[name]
        root = model.objects.filter(pk=value).first()
        if root is None:
            return coins.none()
        if name == "place":
            return coins.filter(place__in=root.with_descendants())
        tagged = Coin.tags.through.objects.filter(tag__in=root.with_descendants())
        return coins.filter(pk__in=tagged.values("coin_id"))

    def struck_after(self, coins: CoinQuerySet, name: str, value: int) -> CoinQuerySet:
        return coins.filter(Q(year_to__gte=value) | Q(year_to=None, year_from__isnull=False))

    def struck_before(self, coins: CoinQuerySet, name: str, value: int) -> CoinQuerySet:
        return coins.filter(Q(year_from__lte=value) | Q(year_from=None, year_to__isnull=False))


class WordFilter(filters.FilterSet):
    """For the vocabulary and the types: `?q=` finds the start of every word in any language."""

    q = SearchFilter(method="search", help_text="Starts of words, in any language.")

    def search(self, words: Any, name: str, text: str) -> Any:
        return words.matching(text)


class TypeFilter(WordFilter):
    authority = IdsFilter(lookup_expr="in")
    denomination = IdsFilter(lookup_expr="in")
    mint = IdsFilter(lookup_expr="in")
    metal = IdsFilter(lookup_expr="in")
    key = filters.CharFilter()


class OfCoinFilter(filters.FilterSet):
    """What hangs on a coin: of one coin, or of a whole collection."""

    coin = IdFilter("coin")
    collection = IdFilter("coin__collection")


class OfCollectionFilter(filters.FilterSet):
    collection = IdFilter("collection")


class ChangeFilter(OfCoinFilter):
    batch = filters.UUIDFilter()
    field = filters.CharFilter(help_text="Like `weight` or `custom.rarity`.")
    by = filters.CharFilter("by__username")
    since = filters.IsoDateTimeFilter("at", "gte")


class SlotFilter(filters.FilterSet):
    set = IdFilter("set")
