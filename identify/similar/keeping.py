"""Keeps the index true to the embeddings. Those are the truth: what the index lacks is added before it
is asked, what it has too many goes, and a lost folder is made again."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.conf import settings

from identify.models import Embedding
from identify.similar.files import FileNeighbours
from identify.similar.postgres import PostgresNeighbours, is_there
from identify.similar.store import Ids, Neighbours
from identify.values import Vector

BATCH = 2000
FLOAT = 4  # bytes


def folder() -> Path:
    return Path(settings.DATA_DIR) / "similar"


def name_of(model: str, dimensions: int) -> str:
    return f"{model}:{dimensions}"


def store(model: str, dimensions: int) -> Neighbours:
    """One for each model and length of its vectors: they cannot be compared with each other."""
    name = name_of(model, dimensions)
    if is_there():
        return PostgresNeighbours(name, dimensions)
    safe = hashlib.blake2s(name.encode(), digest_size=12).hexdigest()
    return FileNeighbours(folder() / safe, dimensions)


def note(one: Embedding) -> None:
    """A photo was looked at: its vector is new, or another than before."""
    vector = one.as_vector()
    store(one.model, len(vector)).add([one.photo_id], [vector])


# By store: the embeddings and the photos that it held when both were last compared in this process
COMPARED: dict[str, tuple[int, int]] = {}


def true_store(model: str, dimensions: int) -> Neighbours:
    """Counting reads an index; the ids of all are compared only where a count has changed."""
    found, name = store(model, dimensions), name_of(model, dimensions)
    rows = Embedding.objects.filter(model=model).count()
    if COMPARED.get(name) != (rows, len(found)):
        reconcile(found, model, dimensions)
        COMPARED[name] = (rows, len(found))
    return found


def reconcile(found: Neighbours, model: str, dimensions: int) -> None:
    rows = Embedding.objects.filter(model=model).order_by("pk")
    known = np.array(rows.values_list("photo_id", flat=True), dtype=np.int64)
    there = found.ids()
    found.remove(np.setdiff1d(there, known).tolist())
    missing: Ids = np.setdiff1d(known, there)
    for start in range(0, len(missing), BATCH):
        vectors = vectors_of(missing[start : start + BATCH].tolist(), dimensions)
        found.add(list(vectors), list(vectors.values()))


def vectors_of(photos: Sequence[int], dimensions: int) -> dict[int, Vector]:
    rows = Embedding.objects.filter(photo_id__in=photos).values_list("photo_id", "vector")
    return {
        photo: np.frombuffer(bytes(vector), dtype="<f4")
        for photo, vector in rows
        if len(vector) == dimensions * FLOAT
    }
