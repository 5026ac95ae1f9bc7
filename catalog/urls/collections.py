from django.urls import URLPattern, path

from catalog.views import collections as views
from catalog.views import shared

urlpatterns: list[URLPattern] = [
    path("collections/", views.collections, name="collections"),
    path("collections/<int:pk>/", views.collection_edit, name="collection-edit"),
    path("collections/<int:pk>/delete/", views.collection_delete, name="collection-delete"),
    path("collections/<int:pk>/leave/", views.collection_leave, name="collection-leave"),
    path("collections/<int:pk>/people/", views.member_add, name="member-add"),
    path("people/<int:pk>/role/", views.member_change, name="member-change"),
    path("people/<int:pk>/remove/", views.member_remove, name="member-remove"),
    path("collections/<int:pk>/links/", views.link_add, name="link-add"),
    path("links/<int:pk>/revoke/", views.link_revoke, name="link-revoke"),
    path("s/<str:token>/", shared.shared, name="shared"),
    path("s/<str:token>/coins/<int:pk>/", shared.shared_coin, name="shared-coin"),
    path(
        "s/<str:token>/photos/<int:pk>/<slug:size>.webp", shared.shared_photo, name="shared-photo"
    ),
]
