from django.urls import URLPattern, path

from catalog.views import vocabulary as views

urlpatterns: list[URLPattern] = [
    path("vocabulary/<slug:kind>/", views.term_search, name="term-search"),
]
