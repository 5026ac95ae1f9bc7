"""What the site's router is told of; coinsite.api puts all apps' addresses under /api/v1/."""

from identify.api import views, webhooks

ROUTES = (
    ("identifications", views.IdentificationViewSet, "identification"),
    ("suggestions", views.SuggestionViewSet, "suggestion"),
    ("webhooks", webhooks.WebhookViewSet, "webhook"),
)
