"""What a program asks in the address: currency and sense of the prices, and which lots. What the pages
leave aside in silence is refused here by name."""

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog import rates
from market.grading import ordinal
from market.models import PriceLevel
from market.searching import Search
from market.worth import Basis, Terms


class TermsSerializer(serializers.Serializer):
    currency = serializers.CharField(
        required=False, max_length=3, help_text="Three letters, like EUR. Without it: yours."
    )
    basis = serializers.ChoiceField(
        choices=[basis.value for basis in Basis],
        default=Basis.HAMMER.value,
        help_text="`hammer`, or `buyer`: with the house's premium.",
    )
    money_of = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=9999,
        help_text="A year: prices in its money, by the index that the site's owner has loaded.",
    )

    def validate_currency(self, text: str) -> str:
        if text.upper() not in rates.known_currencies():
            raise serializers.ValidationError(
                _("Write the three letters of the currency, like EUR or USD.")
            )
        return text.upper()

    def terms(self, currency: str) -> Terms:
        said = self.validated_data
        terms = Terms(said.get("currency", currency), Basis(said["basis"]), said.get("money_of", 0))
        if terms.money_of and terms.money_of not in PriceLevel.objects.series(terms.currency).years:
            message = _("Of that year no index of prices in this currency is known here.")
            raise serializers.ValidationError({"money_of": [message]})
        return terms


class SearchSerializer(TermsSerializer):
    """The filters of the page of lots, by the same names."""

    ruler = serializers.CharField(required=False, max_length=120, help_text="In any language.")
    denomination = serializers.CharField(required=False, max_length=120)
    metal = serializers.CharField(required=False, max_length=120, help_text="AV, AR, AE, BI …")
    mint = serializers.CharField(required=False, max_length=120)
    reference = serializers.CharField(
        required=False, max_length=120, help_text="Like `RIC 207`; without a volume, any volume's."
    )
    grade_from = serializers.CharField(required=False, max_length=20, help_text="Like VF.")
    grade_to = serializers.CharField(required=False, max_length=20, help_text="Like EF.")
    flag = serializers.CharField(required=False, max_length=120, help_text="Like `toned`.")
    house = serializers.CharField(required=False, max_length=120)
    year_from = serializers.IntegerField(
        required=False, min_value=1, max_value=9999, help_text="Year of the sale, at the earliest."
    )
    year_to = serializers.IntegerField(
        required=False, min_value=1, max_value=9999, help_text="Year of the sale, at the latest."
    )
    coin = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="A coin to set beside the lots."
    )

    def validate_grade_from(self, text: str) -> str:
        if ordinal(text) is None:
            raise serializers.ValidationError(
                _("“%(text)s” is not a grade. Write one like VF or EF.") % {"text": text}
            )
        return text

    validate_grade_to = validate_grade_from

    def search(self) -> Search:
        said: dict[str, Any] = self.validated_data
        return Search(**{one.name: str(said.get(one.name, "")) for one in fields(Search)})
