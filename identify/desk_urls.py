"""The addresses of curators, below identify/desk/."""

from django.urls import URLPattern, path, re_path

from identify.views import agreement, classes, datasets, desk, labelled_sets

DEED = r"(?P<what>gold|no-gold|withdraw)"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk_page, name="desk"),
    path("desk/agreement/", agreement.agreement, name="agreement"),
    path("desk/activity/", agreement.activity, name="activity"),
    path("desk/words/<str:field>/", desk.desk_words, name="desk-words"),
    path("desk/photos/<int:pk>/<slug:what>/", desk.desk_deed, name="desk-deed"),
    path("desk/labels/<int:pk>/undo/", desk.desk_undo, name="desk-undo"),
    re_path(rf"^desk/labels/(?P<pk>\d{{1,15}})/{DEED}/$", agreement.label_deed, name="label"),
    path("desk/classes/", classes.classes, name="classes"),
    path("desk/class/", classes.one_class, name="class"),
    path("desk/class/<slug:what>/", classes.class_deed, name="class-deed"),
    path("desk/sets/", datasets.datasets, name="datasets"),
    path("desk/sets/freeze/", datasets.freeze, name="freeze"),
    path("desk/sets/<int:pk>/listing/", datasets.listing, name="listing"),
    path("desk/upload/", labelled_sets.labelled_sets, name="labelled-sets"),
    path("desk/upload/<int:pk>/", labelled_sets.labelled_set, name="labelled-set"),
    path(
        "desk/upload/<int:pk>/photos/<int:at>.webp",
        labelled_sets.labelled_set_photo,
        name="labelled-set-photo",
    ),
    path(
        "desk/upload/<int:pk>/<slug:what>/",
        labelled_sets.labelled_set_deed,
        name="labelled-set-deed",
    ),
    path("desk/specimens/", datasets.specimens, name="same-specimen"),
    path("desk/specimens/look/", datasets.look_for_specimens, name="look-for-specimens"),
    path("desk/specimens/<int:pk>/", datasets.decide_specimen, name="decide-specimen"),
]
