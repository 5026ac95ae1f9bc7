from django.urls import URLPattern, path

from catalog.views import sets, types

urlpatterns: list[URLPattern] = [
    path("sets/", sets.sets, name="sets"),
    path("sets/<int:pk>/", sets.coin_set, name="set"),
    path("sets/<int:pk>/edit/", sets.set_edit, name="set-edit"),
    path("sets/<int:pk>/delete/", sets.set_delete, name="set-delete"),
    path("sets/<int:pk>/slots/", sets.slot_add, name="slot-add"),
    path("slots/<int:pk>/delete/", sets.slot_delete, name="slot-delete"),
    path("slots/<int:pk>/coin/", sets.slot_fill, name="slot-fill"),
    path("types/", types.types, name="types"),
    path("types/<int:pk>/", types.type_page, name="type"),
    path("types/<int:pk>/run/", types.run_add, name="run-add"),
]
