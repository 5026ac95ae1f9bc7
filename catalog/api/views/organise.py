from typing import Any

from catalog import organising
from catalog.api.base import Mine, Read, Write
from catalog.api.serializers import organise
from catalog.models import CustomField, Place, SavedView, Tag


class NodeViewSet(Read, Write, Mine):
    orderings = {"path": "path", "id": "id"}

    def saved(self, node: Any) -> None:
        organising.reindex(node)

    def perform_destroy(self, node: Any) -> None:
        organising.remove(node)


class PlaceViewSet(NodeViewSet):
    """Your storage places, a tree of names. Deleting a place deletes what is below it; the coins stay."""

    queryset = Place.objects.all()
    serializer_class = organise.PlaceSerializer


class TagViewSet(NodeViewSet):
    """Your tags, a tree of names."""

    queryset = Tag.objects.all()
    serializer_class = organise.TagSerializer


class CustomFieldViewSet(Read, Write, Mine):
    """The fields that you invented. A coin has their values under `custom`, by their keys."""

    queryset = CustomField.objects.all()
    serializer_class = organise.CustomFieldSerializer
    orderings = {"position": "position", "name": "name", "id": "id"}


class SavedViewViewSet(Read, Write, Mine):
    """Your saved views: a name and the query string of the list."""

    queryset = SavedView.objects.all()
    serializer_class = organise.SavedViewSerializer
    owner_path = "user"
    orderings = {"position": "position", "name": "name", "id": "id"}
