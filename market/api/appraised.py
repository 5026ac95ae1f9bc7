"""What a coin would fetch, as programs read it: from values, not from rows of the database."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.serializers.fields import Username
from market import telling
from market.appraisal import Appraisal, Line
from market.estimate import Verdict
from market.looking_back import COVERED
from market.models import Comparable, Estimate
from market.showing import as_sold, years
from market.worth import rounded

STATES = {"": "", Comparable.State.PINNED: "pinned", Comparable.State.REJECTED: "left_out"}
VERDICTS = [(verdict.value, verdict.value) for verdict in Verdict]


class AmountField(serializers.Field):
    """Text, as all amounts; null where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True} | kwargs)

    def to_representation(self, amount: float | Decimal | None) -> str | None:
        return None if amount is None else f"{amount:.2f}"


Amount = extend_schema_field({"type": "string", "format": "decimal", "nullable": True})(AmountField)


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    text = serializers.SerializerMethodField()

    def get_text(self, reason: Any) -> str:
        return telling.sentence(reason)


class PaidSerializer(serializers.Serializer):
    kind = serializers.CharField()
    amount = Amount()
    currency = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """One lot beside the coin. `price` is what it fetched, in the currency and sense that you ask for,
    `as_sold` what was paid where that is another; `as_this_coin` what it would have fetched as your coin;
    `share` how much of the whole weight it has. What is left out has neither. `likeness` is that of your
    coin's photos and the lot's picture, 1 for the same; null where either is missing. `tier` is the rung of the
    ladder: 1 the same type and grade, 2 the type, 3 ruler, denomination and grade, 4 ruler and
    denomination, 5 denomination, metal and period."""

    lot = serializers.IntegerField(source="offer.pk")
    name = serializers.CharField(source="offer.name")
    where = serializers.CharField(source="offer.where")
    url = serializers.CharField(source="offer.link")
    day = serializers.DateField(source="offer.day", allow_null=True)
    grade = serializers.CharField(source="offer.grade", allow_null=True)
    state = serializers.SerializerMethodField()
    tier = serializers.IntegerField(allow_null=True)
    price = Amount()
    as_sold = serializers.SerializerMethodField()
    estimate = Amount()
    as_this_coin = Amount(source="moved")
    weight = serializers.FloatField()
    share = serializers.FloatField()
    likeness = serializers.FloatField(allow_null=True)
    reasons = ReasonSerializer(source="why", many=True)

    @extend_schema_field({"type": "string", "enum": sorted(STATES.values())})
    def get_state(self, line: Line) -> str:
        return STATES[line.state]

    @extend_schema_field(PaidSerializer(allow_null=True))
    def get_as_sold(self, line: Line) -> dict[str, Any] | None:
        paid = as_sold(line, self.context["terms"])
        return PaidSerializer(paid).data if paid else None


class InTerms(serializers.Serializer):
    """`money_of` is the year in whose money prices are, null for that of each day."""

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_money_of(self, appraisal: Appraisal) -> int | None:
        return appraisal.terms.money_of or None


class ComparablesSerializer(InTerms):
    """The lots that count, the weightiest first; those that somebody left out; and how many stayed unsold
    or have no price in these terms."""

    coin = serializers.IntegerField(source="coin.pk")
    currency = serializers.CharField(source="terms.currency")
    basis = serializers.CharField(source="terms.basis")
    money_of = serializers.SerializerMethodField()
    comparables = LineSerializer(source="lines", many=True)
    left_out = LineSerializer(source="rejected", many=True)
    unsold = serializers.IntegerField(source="n_unsold")
    unpriced = serializers.IntegerField(source="n_unpriced")


class SpreadSerializer(serializers.Serializer):
    """Of what lots really fetched."""

    n = serializers.IntegerField()
    least = Amount()
    lower_quartile = Amount(source="low")
    median = Amount()
    upper_quartile = Amount(source="high")
    most = Amount()


class AppraisalSerializer(InTerms):
    """What the coin would fetch today. In `covered` of all cases the price lies between `low` and `high`.
    Where it `is_refused`, there are no figures and `helps` says what would help. `n_effective` is how many
    sales of full weight all of them are worth; `years` are those of the first and the last sale."""

    coin = serializers.IntegerField(source="coin.pk")
    currency = serializers.CharField(source="terms.currency")
    basis = serializers.CharField(source="terms.basis")
    money_of = serializers.SerializerMethodField()
    is_refused = serializers.BooleanField(source="estimate.is_refused")
    verdict = serializers.ChoiceField(VERDICTS, source="estimate.verdict")
    verdict_text = serializers.SerializerMethodField()
    helps = serializers.SerializerMethodField()
    point = serializers.SerializerMethodField()
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField()
    n = serializers.IntegerField(source="estimate.n")
    n_type = serializers.IntegerField(source="estimate.n_type")
    n_effective = serializers.SerializerMethodField()
    tier = serializers.IntegerField(source="estimate.tier", allow_null=True)
    years = serializers.SerializerMethodField()
    unsold = serializers.IntegerField(source="n_unsold")
    unsold_share = serializers.FloatField(source="estimate.unsold_share", allow_null=True)
    unpriced = serializers.IntegerField(source="n_unpriced")
    spread = SpreadSerializer(allow_null=True)
    method = serializers.CharField(source="estimate.method")

    def get_verdict_text(self, appraisal: Appraisal) -> str:
        return ": ".join(telling.verdict_of(appraisal))

    def get_helps(self, appraisal: Appraisal) -> list[str]:
        return telling.helps(appraisal) if appraisal.estimate.is_refused else []

    @extend_schema_field(Amount)
    def get_point(self, appraisal: Appraisal) -> str | None:
        return told(appraisal, appraisal.estimate.point)

    @extend_schema_field(Amount)
    def get_low(self, appraisal: Appraisal) -> str | None:
        return told(appraisal, appraisal.estimate.low)

    @extend_schema_field(Amount)
    def get_high(self, appraisal: Appraisal) -> str | None:
        return told(appraisal, appraisal.estimate.high)

    def get_covered(self, appraisal: Appraisal) -> float:
        return COVERED

    def get_n_effective(self, appraisal: Appraisal) -> float:
        return round(appraisal.estimate.n_effective, 2)

    @extend_schema_field(
        {"type": "array", "nullable": True, "items": {"type": "integer"}, "minItems": 2}
    )
    def get_years(self, appraisal: Appraisal) -> tuple[int, int] | None:
        return years(appraisal)


def told(appraisal: Appraisal, figure: float | None) -> str | None:
    if figure is None or appraisal.estimate.is_refused:
        return None
    return f"{rounded(figure):.2f}"


class KeptLotSerializer(serializers.Serializer):
    lot = serializers.IntegerField()
    weight = serializers.FloatField()
    price = serializers.FloatField()
    as_this_coin = serializers.FloatField()


class KeptLookSerializer(serializers.Serializer):
    lot = serializers.IntegerField()
    likeness = serializers.FloatField()
    weighed_times = serializers.FloatField()


class InputsSerializer(serializers.Serializer):
    """All that the estimate was made from: how the coin was described on that day, and each lot with its
    weight and price; in `looks` those that weigh more because they look alike, or were pinned beside such.
    Lots are named by their ids, though they may be gone since."""

    coin = serializers.DictField()
    lots = KeptLotSerializer(many=True)
    looks = KeptLookSerializer(many=True)
    pinned = serializers.ListField(child=serializers.IntegerField())
    rejected = serializers.ListField(child=serializers.IntegerField())
    unsold = serializers.IntegerField()


class EstimateSerializer(serializers.ModelSerializer):
    """An estimate that was kept. It is never changed."""

    by = Username()
    verdict = serializers.ChoiceField(VERDICTS)
    inputs = serializers.SerializerMethodField()

    class Meta:
        model = Estimate
        fields = [
            "id", "coin", "by", "as_of", "basis", "currency", "point", "low", "high", "n", "n_type",
            "n_effective", "tier", "verdict", "method", "inputs",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(InputsSerializer)
    def get_inputs(self, kept: Estimate) -> dict[str, Any]:
        names = ("lot", "weight", "price", "as_this_coin")
        lots = [dict(zip(names, one, strict=False)) for one in kept.inputs.get("lots", [])]
        looks = [
            dict(zip(("lot", "likeness", "weighed_times"), one, strict=False))
            for one in kept.inputs.get("looks", [])
        ]
        usual: dict[str, Any] = {"coin": {}, "pinned": [], "rejected": [], "unsold": 0}
        return usual | kept.inputs | {"lots": lots, "looks": looks}
