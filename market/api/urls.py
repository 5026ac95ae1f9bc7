"""What the site's router is told of; coinsite.api puts all apps' addresses under /api/v1/."""

from typing import Any

from django.urls import URLPattern, path

from market.api import charting, pictures, valuing, views

ROUTES = (
    ("lots", views.LotViewSet, "lot"),
    ("lot-pictures", pictures.LotPictureViewSet, "lot-picture"),
    ("estimates", valuing.EstimateViewSet, "estimate"),
    ("market-sources", views.SourceViewSet, "market-source"),
    ("market-pages", views.PageViewSet, "market-page"),
)


def at(address: str, viewset: Any, name: str, **methods: str) -> URLPattern:
    return path(address, viewset.as_view(methods), name=name)


BESIDE = "coins/<int:pk>/comparables/"
# Beside the addresses of a coin, which catalog has
PATHS = (
    at(BESIDE, valuing.ComparableViewSet, "coin-comparables", get="comparables"),
    at(f"{BESIDE}reset/", valuing.ComparableViewSet, "coin-comparables-reset", post="reset_all"),
    at(f"{BESIDE}<int:lot>/pin/", valuing.ComparableViewSet, "comparable-pin", post="pin"),
    at(
        f"{BESIDE}<int:lot>/leave-out/",
        valuing.ComparableViewSet,
        "comparable-leave-out",
        post="leave_out",
    ),
    at(f"{BESIDE}<int:lot>/reset/", valuing.ComparableViewSet, "comparable-reset", post="reset"),
    at("coins/<int:pk>/estimate/", valuing.AppraisalViewSet, "coin-estimate", get="estimate"),
    at(
        "coins/<int:pk>/estimate/take/", valuing.AppraisalViewSet, "coin-estimate-take", post="take"
    ),
    at("coins/<int:pk>/chart/", charting.CoinChartViewSet, "coin-chart", get="chart"),
    at("lots/chart/", charting.LotChartViewSet, "lot-chart", get="chart"),
)
