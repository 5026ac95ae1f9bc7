import numpy as np
from django.db import models
from numpy.typing import NDArray

from catalog.models import Photo

SIZE = "<f2"  # half the room, and likeness is the same to the third digit


class ReferenceMap(models.Model):
    """What the reader of commemoratives makes of the photo of an attributed coin, so that the next one can be
    compared with it. Made when it is first wanted; another reader, or another edit, makes it anew."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="reference_map")
    model = models.CharField(max_length=40)
    shown = models.CharField(max_length=200)  # checksum of the original, and key of its edit
    shape = models.JSONField(default=list)
    values = models.BinaryField()
    label = models.CharField(
        max_length=60, blank=True
    )  # of the shipped reference that it is the same issue as

    def __str__(self) -> str:
        return f"{self.model}: {self.photo_id}"

    @classmethod
    def keep(
        cls, photo: Photo, model: str, shown: str, values: NDArray[np.float32], label: str
    ) -> "ReferenceMap":
        told = {
            "model": model, "shown": shown, "shape": list(values.shape), "label": label[:60],
            "values": values.astype(SIZE).tobytes(),
        }  # fmt: skip
        return cls.objects.update_or_create(photo=photo, defaults=told)[0]

    @property
    def is_empty(self) -> bool:
        """Its photo could not be read: it is not tried again with each coin."""
        return not self.values

    def as_map(self) -> NDArray[np.float32]:
        flat = np.frombuffer(bytes(self.values), dtype=SIZE)
        return flat.reshape(self.shape).astype(np.float32)
