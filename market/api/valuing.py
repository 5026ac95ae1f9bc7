"""What coins like one were sold for, what it would fetch, and what was kept of that."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.base import OfCollection, Read, user_of
from catalog.api.filters import OfCoinFilter
from catalog.api.problems import Conflict
from catalog.models import Coin
from catalog.refusals import Refusal
from market.api import appraised
from market.api.terms import TermsSerializer
from market.appraisal import appraise
from market.models import Comparable, Estimate, Lot
from market.worth import Terms


class OfCoin(OfCollection):
    queryset = Coin.objects.for_page()
    collection_path = "collection"

    def terms(self, request: Request, coin: Coin) -> Terms:
        asked = TermsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return asked.terms(coin.collection.currency)


class ComparableViewSet(OfCoin):
    """Opinions are the coin's: who may edit it shares them."""

    serializer_class = appraised.ComparablesSerializer

    @extend_schema(parameters=[TermsSerializer], tags=["coins"])
    def comparables(self, request: Request, pk: int) -> Response:
        """What coins like this one were sold for, each with its reasons. Of the lots that you may see,
        those of its type first, then of its ruler and denomination, and so on down the ladder."""
        return self.told(request, self.get_object())

    @extend_schema(request=None, parameters=[TermsSerializer], tags=["coins"])
    def pin(self, request: Request, pk: int, lot: int) -> Response:
        """Pin a lot: it counts as of the coin's own type, even if it would be set apart."""
        return self.said(request, lot, Comparable.objects.pin)

    @extend_schema(request=None, parameters=[TermsSerializer], tags=["coins"])
    def leave_out(self, request: Request, pk: int, lot: int) -> Response:
        """Leave a lot out beside this coin."""
        return self.said(request, lot, Comparable.objects.reject)

    @extend_schema(request=None, parameters=[TermsSerializer], tags=["coins"])
    def reset(self, request: Request, pk: int, lot: int) -> Response:
        """Forget what was said of a lot beside this coin."""
        return self.said(request, lot, Comparable.objects.reset)

    @extend_schema(
        operation_id="coins_comparables_reset_all",
        request=None,
        parameters=[TermsSerializer],
        tags=["coins"],
    )
    def reset_all(self, request: Request, pk: int) -> Response:
        """Forget what was said of all lots beside this coin."""
        coin: Coin = self.get_object()
        terms = self.terms(request, coin)
        Comparable.objects.reset(coin)
        return self.told(request, coin, terms)

    # --- the steps of the above ----------------------------------------------------
    def said(self, request: Request, lot: int, verb: Callable[[Coin, Lot], None]) -> Response:
        coin: Coin = self.get_object()
        terms = self.terms(request, coin)
        verb(coin, get_object_or_404(Lot.objects.visible_to(user_of(request)), pk=lot))
        return self.told(request, coin, terms)

    def told(self, request: Request, coin: Coin, terms: Terms | None = None) -> Response:
        terms = terms or self.terms(request, coin)
        found = appraise(coin, user_of(request), terms)
        return Response(appraised.ComparablesSerializer(found, context={"terms": terms}).data)


class AppraisalViewSet(OfCoin):
    serializer_class = appraised.AppraisalSerializer

    @extend_schema(parameters=[TermsSerializer], tags=["coins"])
    def estimate(self, request: Request, pk: int) -> Response:
        """What the coin would fetch, or a refusal that says what would help. Nothing is kept."""
        coin: Coin = self.get_object()
        found = appraise(coin, user_of(request), self.terms(request, coin))
        return Response(appraised.AppraisalSerializer(found).data)

    @extend_schema(
        request=None,
        parameters=[TermsSerializer],
        responses={201: appraised.EstimateSerializer},
        tags=["coins"],
    )
    def take(self, request: Request, pk: int) -> Response:
        """Keep the estimate of this moment and make it the coin's value. A refusal cannot be taken."""
        coin: Coin = self.get_object()
        terms = self.terms(request, coin)
        try:
            kept = Estimate.objects.take(coin, user_of(request), terms)
        except Refusal as refusal:
            raise Conflict(_(refusal.template)) from None
        said: dict[str, Any] = appraised.EstimateSerializer(kept).data
        return Response(said, status=status.HTTP_201_CREATED)


class EstimateViewSet(Read, OfCollection):
    """Estimates that were taken as values, with all that each was made from. Append-only: an old valuation
    can be explained long after the market has moved."""

    queryset = Estimate.objects.select_related("by")
    serializer_class = appraised.EstimateSerializer
    filterset_class = OfCoinFilter
    orderings = {"as_of": "as_of", "id": "id"}
    default_ordering = "-as_of"
