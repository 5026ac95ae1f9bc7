from django.urls import URLPattern, path

from catalog.views import bulk, lists, lists_columns, lists_views

urlpatterns: list[URLPattern] = [
    path("coins/", lists.coins, name="coins"),
    path("coins/facets/<str:name>/", lists.coins_facet, name="coins-facet"),
    path("coins/columns/", lists_columns.list_columns, name="list-columns"),
    path("coins/bulk/", bulk.coins_bulk, name="coins-bulk"),
    path("coins/bulk/<int:pk>/", bulk.bulk, name="bulk"),
    path("coins/bulk/<int:pk>/undo/", bulk.bulk_undo, name="bulk-undo"),
    path("views/", lists_views.saved_views, name="saved-views"),
    path("views/add/", lists_views.view_add, name="view-add"),
    path("views/<int:pk>/edit/", lists_views.view_edit, name="view-edit"),
    path("views/<int:pk>/delete/", lists_views.view_delete, name="view-delete"),
]
