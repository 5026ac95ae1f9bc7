from django.urls import URLPattern, path

from identify.views import registry, runs, teaching

urlpatterns: list[URLPattern] = [
    path("teach/", teaching.teach, name="teach"),
    path("teach/own/", teaching.own, name="teach-own"),
    path("teach/plan/", teaching.plan, name="teach-plan"),
    path("teach/compare/", runs.compare, name="compare-versions"),
    path("teach/runs/<int:pk>/", runs.run, name="run"),
    path("teach/runs/<int:pk>/<slug:what>/", runs.wish, name="run-wish"),
    path("models/", registry.models, name="models"),
    path("models/<int:pk>/", registry.model, name="model"),
    path("models/<int:pk>/<slug:what>/", registry.deed, name="model-deed"),
]
