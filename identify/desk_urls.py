"""The addresses of curators, below identify/desk/."""

from django.urls import URLPattern, path, re_path

from identify.views import agreement, desk

DEED = r"(?P<what>gold|no-gold|withdraw)"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk_page, name="desk"),
    path("desk/agreement/", agreement.agreement, name="agreement"),
    path("desk/activity/", agreement.activity, name="activity"),
    path("desk/words/<str:field>/", desk.desk_words, name="desk-words"),
    path("desk/photos/<int:pk>/<slug:what>/", desk.desk_deed, name="desk-deed"),
    path("desk/labels/<int:pk>/undo/", desk.desk_undo, name="desk-undo"),
    re_path(rf"^desk/labels/(?P<pk>\d{{1,15}})/{DEED}/$", agreement.label_deed, name="label"),
]
