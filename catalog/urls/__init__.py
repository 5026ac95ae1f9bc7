from django.urls import URLPattern

from catalog.urls import (
    coins,
    collections,
    dashboard,
    exports,
    imports,
    lists,
    organise,
    people,
    photos,
    sets,
    vocabulary,
)

urlpatterns: list[URLPattern] = [
    *dashboard.urlpatterns,
    *lists.urlpatterns,
    *coins.urlpatterns,
    *photos.urlpatterns,
    *sets.urlpatterns,
    *organise.urlpatterns,
    *collections.urlpatterns,
    *imports.urlpatterns,
    *exports.urlpatterns,
    *people.urlpatterns,
    *vocabulary.urlpatterns,
]
