from django.urls import URLPattern, path

from market.views import home, panel

app_name = "market"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("coins/<int:pk>/", panel.panel, name="panel"),
]
