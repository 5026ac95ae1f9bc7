"""Pairs of photos that the network finds as alike as two photos of one piece. Twins from one die are so, too:
that is for a person to say, so each pair is asked by itself and the most alike first."""

from collections.abc import Sequence

from catalog.models import Photo
from identify.models import Embedding
from identify.similar.finding import side_of
from identify.similar.likeness import bounds_of

MOST_PAIRS = 30  # of one search; nobody reads more at once
MOST_PHOTOS = 3000
OPPOSITE = {("obverse", "reverse"), ("reverse", "obverse")}


def pairs(photos: Sequence[Photo]) -> list[tuple[Photo, Photo]]:
    """Of different coins and of no opposite faces; vectors of one network only can be compared."""
    import numpy as np

    by_pk = {photo.pk: photo for photo in photos[:MOST_PHOTOS]}
    rows = list(Embedding.objects.filter(photo__in=by_pk).select_related("photo").order_by("-at"))
    found: list[tuple[float, Embedding, Embedding]] = []
    for model in dict.fromkeys(row.model for row in rows):
        mine = [row for row in rows if row.model == model]
        vectors = np.stack([row.as_vector() for row in mine])
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        limit = bounds_of(model).same
        for at in range(len(mine) - 1):
            scores = vectors[at + 1 :] @ vectors[at]
            for step in np.flatnonzero(scores >= limit):
                other = mine[at + 1 + int(step)]
                if may_be_one(mine[at], other):
                    found.append((float(scores[step]), mine[at], other))
    found.sort(key=lambda one: (-one[0], one[1].photo_id, one[2].photo_id))
    return [(by_pk[one.photo_id], by_pk[other.photo_id]) for _score, one, other in found]


def may_be_one(one: Embedding, other: Embedding) -> bool:
    if one.photo.coin_id == other.photo.coin_id:
        return False
    return (side_of(one), side_of(other)) not in OPPOSITE
