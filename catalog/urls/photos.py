from django.urls import URLPattern, path

from catalog.views import drafts, photo_edits, photo_files, photo_pages, photos

urlpatterns: list[URLPattern] = [
    path("photos/add/", photos.photo_upload, name="photo-upload"),
    path("photos/plan/", photos.photo_plan, name="photo-plan"),
    path("photos/compare/", photo_pages.compare, name="compare"),
    path("photos/<int:pk>/", photo_pages.photo_page, name="photo-page"),
    path("photos/<int:pk>/original", photo_files.photo_original, name="photo-original"),
    path("photos/<int:pk>/preview.webp", photo_files.photo_preview, name="photo-preview"),
    path("photos/<int:pk>/<slug:size>.webp", photo_files.photo, name="photo"),
    path("photos/<int:pk>/edit/", photo_edits.photo_edit, name="photo-edit"),
    path("photos/<int:pk>/disc/", photo_edits.photo_disc, name="photo-disc"),
    path("photos/<int:pk>/role/", photo_edits.photo_role, name="photo-role"),
    path("photos/<int:pk>/order/", photo_edits.photo_order, name="photo-order"),
    path("photos/<int:pk>/retry/", photo_edits.photo_retry, name="photo-retry"),
    path("photos/<int:pk>/delete/", photo_edits.photo_delete, name="photo-delete"),
    path("photos/<int:pk>/transfer/", photo_pages.photo_transfer, name="photo-transfer"),
    path("coins/<int:pk>/photos/", photo_edits.coin_photos, name="coin-photos"),
    path("coins/<int:pk>/draft/", drafts.draft, name="draft"),
    path("coins/<int:pk>/join/", drafts.draft_join, name="draft-join"),
    path("coins/<int:pk>/duplicates/", photo_pages.coin_duplicates, name="coin-duplicates"),
]
