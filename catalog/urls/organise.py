from django.urls import URLPattern, path

from catalog.views import organise, rows

ROWS = ("trade", "valuation", "provenance", "attachment")
CHANGEABLE = tuple(kind for kind in ROWS if kind != "valuation")

urlpatterns: list[URLPattern] = [
    *(
        path(f"coins/<int:pk>/{kind}/add/", rows.row_add, {"kind": kind}, name=f"{kind}-add")
        for kind in ROWS
    ),
    *(
        path(f"{kind}/<int:pk>/edit/", rows.row_edit, {"kind": kind}, name=f"{kind}-edit")
        for kind in CHANGEABLE
    ),
    *(
        path(f"{kind}/<int:pk>/delete/", rows.row_delete, {"kind": kind}, name=f"{kind}-delete")
        for kind in CHANGEABLE
    ),
    path("provenance/<int:pk>/move/", rows.provenance_move, name="provenance-move"),
    path("attachment/<int:pk>/", rows.attachment, name="attachment"),
    path("places/", organise.nodes, {"kind": "place"}, name="places"),
    path("places/<int:pk>/", organise.node, {"kind": "place"}, name="place"),
    path("places/<int:pk>/delete/", organise.node_delete, {"kind": "place"}, name="place-delete"),
    path("tags/", organise.nodes, {"kind": "tag"}, name="tags"),
    path("tags/<int:pk>/", organise.node, {"kind": "tag"}, name="tag"),
    path("tags/<int:pk>/delete/", organise.node_delete, {"kind": "tag"}, name="tag-delete"),
    path("fields/", organise.custom_fields, name="custom-fields"),
    path("fields/<int:pk>/", organise.custom_field, name="custom-field"),
    path("fields/<int:pk>/delete/", organise.custom_field_delete, name="custom-field-delete"),
]
