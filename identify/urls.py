from django.urls import URLPattern, path, re_path

from identify import desk_urls
from identify.views import (
    batch,
    deciding,
    explaining,
    panel,
    progress,
    review,
    shoebox,
    similar,
    specimens,
    types,
)
from identify.views.teaching_urls import urlpatterns as teaching

app_name = "identify"

HOLD = r"(?P<what>pause|resume|cancel)"

urlpatterns: list[URLPattern] = [
    path("coins/<int:pk>/", panel.panel, name="panel"),
    path("coins/<int:pk>/again/", panel.again, name="again"),
    path("coins/<int:pk>/similar/", similar.similar, name="similar"),
    path("coins/<int:pk>/types/", types.types, name="types"),
    path("coins/<int:pk>/types/<int:type_pk>/take/", types.take, name="type-take"),
    *desk_urls.urlpatterns,
    path("review/", review.review, name="review"),
    path("pending/", review.pending, name="pending"),
    path("attention/", review.attention, name="attention"),
    path("progress/", progress.progress, name="progress"),
    re_path(rf"^progress/{HOLD}/$", progress.hold, name="progress-hold"),
    path("batch/", batch.batches, name="batches"),
    path("batch/<uuid:key>/", batch.batch, name="batch"),
    path("batch/<uuid:key>/results.<slug:kind>", batch.batch_file, name="batch-file"),
    path("shoebox/", shoebox.shoebox, name="shoebox"),
    path("shoebox/<int:pk>/", shoebox.tray, name="tray"),
    path("shoebox/<int:pk>/photo.webp", shoebox.tray_photo, name="tray-photo"),
    path("shoebox/<int:pk>/retry/", shoebox.tray_retry, name="tray-retry"),
    path("shoebox/<int:pk>/delete/", shoebox.tray_delete, name="tray-delete"),
    *teaching,
    path("<int:pk>/retry/", panel.retry, name="retry"),
    re_path(rf"^(?P<pk>\d{{1,15}})/hold/{HOLD}/$", panel.hold, name="hold"),
    path("<int:pk>/all/<slug:what>/", deciding.decide_all, name="decide-all"),
    path("suggestions/<int:pk>/explain/", explaining.explain, name="explain"),
    path("suggestions/<int:pk>/specimens/", specimens.specimens, name="specimens"),
    path("explanations/<int:pk>/", explaining.explanation, name="explanation"),
    path("heat/<int:pk>.png", explaining.heat_map, name="heat-map"),
    path("suggestions/<int:pk>/<slug:what>/", deciding.decide, name="decide"),
]
