from django.urls import URLPattern, path

from catalog.views import coins, history

urlpatterns: list[URLPattern] = [
    path("coins/add/", coins.coin_add, name="coin-add"),
    path("coins/<int:pk>/", coins.coin, name="coin"),
    path("coins/<int:pk>/edit/", coins.coin_edit, name="coin-edit"),
    path("coins/<int:pk>/clone/", coins.coin_clone, name="coin-clone"),
    path("coins/<int:pk>/discard/", coins.coin_discard, name="coin-discard"),
    path("coins/<int:pk>/restore/", coins.coin_restore, name="coin-restore"),
    path("coins/<int:pk>/erase/", coins.coin_erase, name="coin-erase"),
    path("coins/<int:pk>/status/", history.coin_status, name="coin-status"),
    path("coins/<int:pk>/history/", history.coin_history, name="coin-history"),
    path("coins/<int:pk>/undo/", history.coin_undo, name="coin-undo"),
    path("q/<uuid:uid>/", coins.coin_qr, name="coin-qr"),
    path("trash/", coins.trash, name="trash"),
]
