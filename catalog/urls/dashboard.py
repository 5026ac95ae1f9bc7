from django.urls import URLPattern, path

from catalog.views import dashboard as views

urlpatterns: list[URLPattern] = [
    path("", views.dashboard, name="dashboard"),
]
