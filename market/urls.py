from django.urls import URLPattern, path, re_path

from market.views import (
    adding,
    collection,
    doubts,
    home,
    kept,
    lots,
    panel,
    pictures,
    uploads,
    watches,
)

app_name = "market"

OPINION = r"(?P<what>pin|reject|reset)"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("lots/", lots.lots, name="lots"),
    path("collection/", collection.collection, name="collection"),
    path("lots.csv", lots.lots_csv, name="lots-csv"),
    path("coins/<int:pk>/", panel.panel, name="panel"),
    path("coins/<int:pk>/reset/", panel.reset, name="reset"),
    path("coins/<int:pk>/take/", panel.take, name="take"),
    path("coins/<int:pk>/seen/<int:lot_pk>/", panel.seen, name="seen"),
    re_path(
        rf"^coins/(?P<pk>\d{{1,15}})/lots/(?P<lot_pk>\d{{1,15}})/{OPINION}/$",
        panel.opinion,
        name="opinion",
    ),
    path("add/", adding.add, name="add"),
    path("add/text/", adding.add_text, name="add-text"),
    path("add/pages/", adding.add_pages, name="add-pages"),
    path("add/table/", adding.add_table, name="add-table"),
    path("add/address/", adding.add_address, name="add-address"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/columns/", uploads.columns, name="columns"),
    path("uploads/<int:pk>/retry/", uploads.retry, name="upload-retry"),
    path("uploads/<int:pk>/delete/", uploads.delete, name="upload-delete"),
    path("pages/", kept.pages, name="pages"),
    path("pages/<int:pk>/again/", kept.page_again, name="page-again"),
    path("pages/<int:pk>/delete/", kept.page_delete, name="page-delete"),
    path("mine/", kept.my_lots, name="my-lots"),
    path("lots/<int:pk>/", kept.lot, name="lot"),
    path("lots/<int:pk>/delete/", kept.lot_delete, name="lot-delete"),
    path("lots/<int:pk>/pictures/", pictures.picture_add, name="picture-add"),
    re_path(
        r"^pictures/(?P<pk>\d{1,15})/(?P<size>thumb|large)\.webp$",
        pictures.picture,
        name="picture",
    ),
    path("pictures/<int:pk>/delete/", pictures.picture_delete, name="picture-delete"),
    path("doubts/", doubts.doubts, name="doubts"),
    path("doubts/<int:pk>/", doubts.doubt, name="doubt"),
    re_path(
        r"^doubts/(?P<pk>\d{1,15})/(?P<what>keep|set-apart|set-other-apart)/$",
        doubts.doubt_deed,
        name="doubt-deed",
    ),
    path("watches/", watches.watches, name="watches"),
    path("watches/pending/", watches.pending, name="watch-pending"),
    path("watches/seen/", watches.watches_seen, name="watches-seen"),
    path("watches/<int:pk>/switch/", watches.watch_switch, name="watch-switch"),
    path("watches/<int:pk>/delete/", watches.watch_delete, name="watch-delete"),
]
