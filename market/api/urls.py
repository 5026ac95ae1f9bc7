"""What the site's router is told of; coinsite.api puts all apps' addresses under /api/v1/."""

from market.api import views

ROUTES = (
    ("lots", views.LotViewSet, "lot"),
    ("market-sources", views.SourceViewSet, "market-source"),
    ("market-pages", views.PageViewSet, "market-page"),
)
