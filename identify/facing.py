"""Which photo each face was seen on. Faces that could not be looked at stand behind the others, and two
photos of one coin may carry one name, so neither place nor name tells it alone."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from identify.values import Face


class Shot(Protocol):
    name: str
    role: str
    pk: int


S = TypeVar("S", bound=Shot)


def photos_of(faces: Sequence[Face], photos: Sequence[S]) -> list[S]:
    """One for each face, in the faces' order."""
    left, found = list(photos), []
    for face in faces:
        named = [one for one in left if name_of(one) == face.name] or left or photos
        chosen = max(named, key=lambda one: likeness(one, face))
        found.append(chosen)
        if chosen in left and chosen.role != "both":
            left.remove(chosen)
    return found


def likeness(photo: Shot, face: Face) -> int:
    if face.side and photo.role == face.side:
        return 2
    return int((photo.role == "both") == bool(face.side))


def name_of(photo: Shot) -> str:
    return photo.name or str(photo.pk)
