"""What the site's router is told of; coinsite.api puts all apps' addresses under /api/v1/."""

from django.urls import path

from identify.api import batches, similar, teachable, teaching, trays, views, webhooks

ROUTES = (
    ("identifications", views.IdentificationViewSet, "identification"),
    ("suggestions", views.SuggestionViewSet, "suggestion"),
    ("batches", batches.BatchViewSet, "batch"),
    ("trays", trays.TrayViewSet, "tray"),
    ("teachable", teachable.TeachableViewSet, "teachable"),
    ("training-runs", teaching.TrainingRunViewSet, "training-run"),
    ("model-versions", teaching.ModelVersionViewSet, "model-version"),
    ("webhooks", webhooks.WebhookViewSet, "webhook"),
)
# Beside the addresses of a coin, which catalog has
PATHS = (
    path(
        "coins/<int:pk>/similar/", similar.SimilarViewSet.as_view({"get": "similar"}),
        name="coin-similar",
    ),
)  # fmt: skip
