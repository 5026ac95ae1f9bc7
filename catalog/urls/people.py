from django.urls import URLPattern, path

from catalog.views import people as views
from catalog.views import tokens

urlpatterns: list[URLPattern] = [
    path("settings/", views.settings, name="settings"),
    path("settings/delete/", views.account_delete, name="account-delete"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/add/", tokens.token_add, name="token-add"),
    path("settings/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
]
