"""What the charts are drawn from, by names instead of places."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import Door, user_of
from catalog.models import Coin
from market import charts, graphing
from market.api.appraised import Amount, SpreadSerializer
from market.api.terms import SearchSerializer, TermsSerializer
from market.api.valuing import OfCoin
from market.appraisal import appraise
from market.models import Lot
from market.quartiles import quartiles
from market.searching import find
from market.worth import Terms, Worth


class PointSerializer(serializers.Serializer):
    """`year` is the day of the sale in years, `grade` a step of price: VF is 4, EF is 5. What is unsold
    has as its price what was asked in vain."""

    lot = serializers.IntegerField(source="key")
    year = serializers.FloatField(source="day", allow_null=True)
    price = Amount()
    grade = serializers.FloatField(allow_null=True)
    kind = serializers.CharField()
    is_sold = serializers.BooleanField()
    where = serializers.CharField(source="label")
    url = serializers.CharField(source="link")


class BandSerializer(serializers.Serializer):
    """`at` is the middle of the period in years, or the step of the grade; six lots at least."""

    at = serializers.FloatField()
    lower_quartile = Amount()
    median = Amount()
    upper_quartile = Amount()
    n = serializers.IntegerField()


class BinSerializer(serializers.Serializer):
    start = Amount()
    end = Amount()
    n = serializers.IntegerField()


class BoughtSerializer(serializers.Serializer):
    year = serializers.FloatField()
    price = Amount()


class OwnSerializer(serializers.Serializer):
    value = Amount()
    low = Amount()
    high = Amount()
    grade = serializers.FloatField(allow_null=True)
    bought = BoughtSerializer(allow_null=True)


class ChartSerializer(serializers.Serializer):
    """`n` lots were found, of which `looked_at` were taken evenly for medians and bands, and `drawn` are in
    `points`: 2,000 at most. Where `is_sampled`, that is not all. `unpriced` have no price in these terms;
    `money_of` is the year in whose money prices are, if not in that of the day."""

    currency = serializers.CharField()
    basis = serializers.CharField()
    money_of = serializers.IntegerField(allow_null=True)
    n = serializers.IntegerField()
    looked_at = serializers.IntegerField()
    drawn = serializers.IntegerField()
    is_sampled = serializers.BooleanField()
    unpriced = serializers.IntegerField()
    spread = SpreadSerializer(allow_null=True)
    points = PointSerializer(many=True)
    by_period = BandSerializer(many=True)
    by_grade = BandSerializer(many=True)
    bins = BinSerializer(many=True)
    own = OwnSerializer(allow_null=True)


BAND = ("at", "lower_quartile", "median", "upper_quartile", "n")
BIN = ("start", "end", "n")


def drawn(
    marks: Sequence[charts.Mark], terms: Terms, own: charts.Own | None, **counts: Any
) -> dict[str, Any]:
    sold = [mark for mark in marks if mark.is_sold]
    points = charts.thinned(marks)
    said = {
        "currency": terms.currency,
        "basis": terms.basis.value,
        "money_of": terms.money_of or None,
        "n": len(marks),
        "looked_at": len(marks),
        "drawn": len(points),
        "unpriced": 0,
        "spread": quartiles([mark.price for mark in sold]),
        "points": points,
        "by_period": [named(BAND, one) for one in charts.bands(sold)],
        "by_grade": [named(BAND, one) for one in charts.grades(sold)],
        "bins": [named(BIN, one) for one in charts.bins([mark.price for mark in sold])],
        "own": own and own.__dict__ | {"bought": bought(own)},
    } | counts
    said["is_sampled"] = said["looked_at"] < said["n"] or len(points) < len(marks)
    return ChartSerializer(said).data


def named(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return dict(zip(names, values, strict=True))


def bought(own: charts.Own) -> dict[str, float] | None:
    return named(("year", "price"), own.bought) if own.bought else None


class CoinChartViewSet(OfCoin):
    serializer_class = ChartSerializer

    @extend_schema(parameters=[TermsSerializer], tags=["coins"])
    def chart(self, request: Request, pk: int) -> Response:
        """Prices of coins like this one over time and grade, as its page draws them, the coin among them."""
        coin: Coin = self.get_object()
        terms = self.terms(request, coin)
        found = appraise(coin, user_of(request), terms)
        marks = graphing.of_appraisal(found, Worth(terms))
        own = graphing.own(coin, terms, found)
        return Response(drawn(marks, terms, own, unpriced=found.n_unpriced))


class LotChartViewSet(Door):
    queryset = Lot.objects.all()
    serializer_class = ChartSerializer

    @extend_schema(parameters=[SearchSerializer], tags=["lots"])
    def chart(self, request: Request) -> Response:
        """Prices of any lots over time and grade. The filters are those of the page of lots; without any,
        all lots that you may see."""
        asked = SearchSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        user = user_of(request)
        terms = asked.terms(user.base_currency)
        own = self.beside(request, asked.validated_data.get("coin"), terms)
        found, worth = find(asked.search(), user), Worth(terms)
        marks = graphing.marks(found.offers, worth)
        counts = {
            "n": found.n,
            "looked_at": len(found.offers),
            "unpriced": sum(one.is_sold and worth.of(one) is None for one in found.offers),
        }
        return Response(drawn(marks, terms, own, **counts))

    def beside(self, request: Request, pk: int | None, terms: Terms) -> charts.Own | None:
        if pk is None:
            return None
        coins = Coin.objects.visible_to(user_of(request)).prefetch_related("trades", "valuations")
        return graphing.own(get_object_or_404(coins, pk=pk), terms)
