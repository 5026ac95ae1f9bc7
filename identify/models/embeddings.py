from functools import partial

import numpy as np
from django.db import models, transaction

from catalog.models import Photo
from identify.values import Face, Vector


class Embedding(models.Model):
    """What one photo looks like to the model, as float32 in the machine's little-endian order: for
    similar coins. One a photo; two networks' vectors cannot be compared, so a new network's takes its place."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="embedding")
    vector = models.BinaryField()
    model = models.CharField(max_length=120, db_index=True)
    disc = models.JSONField(
        null=True
    )  # (cx, cy, r) as an edit's crop, or null where none was found
    side = models.CharField(max_length=7, blank=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.model}: {self.photo_id}"

    @classmethod
    def keep(cls, photo_id: int, face: Face, model: str) -> None:
        """The index of similar coins hears of it once it is sure, and can do without having heard."""
        from identify.similar.keeping import note

        if face.embedding is None:
            return
        values = {
            "vector": np.asarray(face.embedding, dtype="<f4").tobytes(),
            "model": face.network or model,
            "disc": list(face.disc) if face.disc else None,
            "side": face.side,
        }
        row, _made = cls.objects.update_or_create(photo_id=photo_id, defaults=values)
        transaction.on_commit(partial(note, row), robust=True)

    def as_vector(self) -> Vector:
        return np.frombuffer(bytes(self.vector), dtype="<f4")
