"""From photos to faces: where the coin lies on each, and what stands in the way of looking at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from identify.ml.look import Disc, Look, crop, look
from identify.values import Candidate, Face, Measured, Photographed, Pixels, Remark

KEPT_SIDE = 420  # pixels of a crop: as much as the readers of letters can use
FACES = ("obverse", "reverse")


@dataclass
class Seen:
    """One coin on its way: its faces, cut out, and what the networks say of them."""

    faces: list[Face] = field(default_factory=list)
    crops: list[Pixels] = field(default_factory=list)  # one for each face
    roles: list[str] = field(default_factory=list)  # what people say of each face, or ""
    remarks: list[Remark] = field(default_factory=list)
    measured: Measured | None = None
    reason: str = ""
    scope: Candidate = field(default_factory=lambda: Candidate("", 0.0))
    network: str = ""
    said: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    agreed: dict[str, NDArray[np.float32]] = field(default_factory=dict)  # with a second network
    limits: dict[str, float] = field(default_factory=dict)  # what both must reach to be heard

    def crops_at(self, side: int) -> list[Pixels]:
        import cv2

        return [
            cv2.resize(one, (side, side), interpolation=cv2.INTER_AREA)  # type: ignore[misc]
            for one in self.crops
        ]


def see(coin: Photographed) -> Seen:
    seen = Seen(measured=coin.measured)
    roles = coin.roles or ("",) * len(coin.images)
    for name, image, role in zip(coin.names, coin.images, roles, strict=True):
        found = look(image)
        if not found.usable:
            seen.faces.append(Face(name, problems=found.problems))
            seen.reason = next((one.code for one in found.problems), "no_coin")
            continue
        add_faces(seen, name, image, found, role, alone=len(coin.images) == 1)
    # what could not be looked at stands behind what could: crops and faces go side by side
    seen.faces.sort(key=lambda face: face.disc is None)
    return seen


def add_faces(seen: Seen, name: str, image: Pixels, found: Look, role: str, alone: bool) -> None:
    discs, roles = faces_on(found.discs, role, alone)
    if len(found.discs) > 2:
        seen.remarks.append(Remark("many_coins", {"count": len(found.discs)}))
    height, width = image.shape[:2]
    for disc, told in zip(discs, roles, strict=True):
        side = min(KEPT_SIDE, max(32, round(2.08 * disc.r)))
        seen.faces.append(Face(name, told, disc.as_crop(width, height), problems=found.problems))
        seen.crops.append(crop(image, disc, side))
        seen.roles.append(told)


def faces_on(discs: Sequence[Disc], role: str, alone: bool) -> tuple[list[Disc], list[str]]:
    """Two discs of one size on a photo of their own are the two faces, obverse on the left, as everybody lays them."""
    if len(discs) == 2 and (role == "both" or (alone and not role)) and alike(*discs):
        return list(discs), list(FACES)
    largest = max(discs, key=lambda disc: disc.r)
    return [largest], [role if role in FACES else ""]


def alike(first: Disc, second: Disc) -> bool:
    return 0.8 < first.r / second.r < 1.25
