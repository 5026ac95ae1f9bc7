from django.urls import URLPattern, path

from catalog.views import exports as views
from catalog.views import restorations

urlpatterns: list[URLPattern] = [
    path("exports/", views.exports, name="exports"),
    path("exports/coins.csv", views.export_csv, name="export-csv"),
    path("exports/coins.json", views.export_json, name="export-json"),
    path("exports/start/<slug:kind>/", views.export_start, name="export-start"),
    path("exports/<int:pk>/", views.export, name="export"),
    path("exports/<int:pk>/file/", views.export_file, name="export-file"),
    path("exports/<int:pk>/retry/", views.export_retry, name="export-retry"),
    path("exports/<int:pk>/delete/", views.export_delete, name="export-delete"),
    path("exports/restore/", restorations.restore, name="restore"),
    path("exports/restore/<int:pk>/", restorations.restoration, name="restoration"),
    path(
        "exports/restore/<int:pk>/retry/", restorations.restoration_retry, name="restoration-retry"
    ),
]
