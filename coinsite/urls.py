from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from coinsite.health import healthz

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("api/v1/", include("coinsite.api", namespace="v1")),
    path("identify/", include("identify.urls")),
    path("market/", include("market.urls")),
    path("", include("catalog.urls")),
]
