from django.urls import URLPattern, path

from catalog.views import imports as views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/", views.import_session, name="import"),
    path("imports/<int:pk>/columns/", views.import_columns, name="import-columns"),
    path("imports/<int:pk>/letters/", views.import_letters, name="import-letters"),
    path("imports/<int:pk>/start/", views.import_start, name="import-start"),
    path("imports/<int:pk>/resume/", views.import_resume, name="import-resume"),
    path("imports/<int:pk>/undo/", views.import_undo, name="import-undo"),
    path("imports/<int:pk>/forget/", views.import_forget, name="import-forget"),
    path("imports/<int:pk>/refused.csv", views.import_refused, name="import-refused"),
]
