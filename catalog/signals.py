"""The one way in which catalog reaches up: sent once a photo is safely stored, after commit."""

from django.dispatch import Signal

photo_added = Signal()  # provides: photo (catalog.models.Photo)
