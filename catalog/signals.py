"""The two ways in which catalog reaches up: a photo is safely stored (sent after commit), and coins have
changed (sent within the transaction, so that what follows from it stands or falls with it)."""

from django.dispatch import Signal

photo_added = Signal()  # provides: photo (catalog.models.Photo)
coins_changed = Signal()  # provides: rows (list of catalog.models.FieldChange, already written)
