"""Two coins at one scale: each face is laid with the middle of its disc on the middle of its frame, and
a millimetre is as long in every frame."""

from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from catalog import renditions
from catalog.images import ImageRefused, guess_disc, load
from catalog.models import Coin, Photo
from catalog.templatetags.photos import photo_url

ROLES = [Photo.Role.OBVERSE, Photo.Role.REVERSE]
AIR = 1.08
GUESSED_AIR = 1.02  # guess_disc leaves that much around the coin
SUPPOSED = 20.0  # mm, where no diameter is known: then both are drawn equally large
# Where no disc is found: photos of coins mostly leave a little air around it
USUAL_DISC = (0.5, 0.5, 0.46)


@dataclass(frozen=True)
class Frame:
    """Numbers are text already: an SVG wants points whatever the visitor's language has."""

    coin: Coin
    photo: Photo
    src: str
    x: str
    y: str
    width: str
    height: str
    cut: str  # radius of the disc; empty where none was found


@dataclass(frozen=True)
class Size:
    millimetres: float
    source: str  # "coin", "type" or ""


def laid_out(a: Coin, b: Coin) -> dict[str, Any]:
    sizes = [size_of(coin) for coin in (a, b)]
    known = all(size.source for size in sizes)
    diameters = [size.millimetres if known else SUPPOSED for size in sizes]
    side = max(diameters) * AIR
    rows = [
        [frame(coin, role, diameter) for coin, diameter in zip((a, b), diameters, strict=True)]
        for role in ROLES
    ]
    return {
        "rows": [row for row in rows if any(row)],
        "view": f"{-side / 2:.3f} {-side / 2:.3f} {side:.3f} {side:.3f}",
        "sizes": sizes,
        "known": known,
        "bar": bar(side) if known else None,
    }


def size_of(coin: Coin) -> Size:
    if coin.diameter:
        return Size(float(coin.diameter), "coin")
    if coin.type and coin.type.diameter:
        return Size(float(coin.type.diameter), "type")
    return Size(SUPPOSED, "")


def frame(coin: Coin, role: str, diameter: float) -> Frame | None:
    photo = face_of(coin, role)
    if photo is None:
        return None
    width, height = renditions.shape(photo, "large")
    found = disc_in(photo)
    cx, cy, r = found or USUAL_DISC
    millimetre = 2 * r * min(width, height) / diameter  # in pixels of the rendition
    width_mm, height_mm = width / millimetre, height / millimetre
    return Frame(
        coin, photo, photo_url(photo, "large"),
        f"{-cx * width_mm:.3f}", f"{-cy * height_mm:.3f}", f"{width_mm:.3f}", f"{height_mm:.3f}",
        f"{diameter / 2:.3f}" if found else "",
    )  # fmt: skip


def face_of(coin: Coin, role: str) -> Photo | None:
    ready = [photo for photo in coin.photos.all() if photo.state != Photo.State.FAILED]
    named = next((photo for photo in ready if photo.role == role), None)
    if named or role != Photo.Role.OBVERSE:
        return named
    # a coin without an obverse is still there to be looked at
    faces = [photo for photo in ready if photo.role not in ROLES]
    return faces[0] if faces and not any(photo.role in ROLES for photo in ready) else None


def disc_in(photo: Photo) -> tuple[float, float, float] | None:
    """The coin's circle in the rendition, as `EditParams.crop` has it."""
    edit = renditions.edit_of(photo)
    if edit.polar:
        return None
    if edit.crop and len(edit.crop) == 3:
        return 0.5, 0.5, 0.5
    try:
        with renditions.opened(photo, "card") as file:
            found = guess_disc(load(cast(BinaryIO, file)))
    except (ImageRefused, FileNotFoundError, renditions.Busy):
        return None
    return (found[0], found[1], found[2] / GUESSED_AIR) if found else None


def bar(side: float) -> dict[str, str]:
    """A scale bar of a round length, at most a third of a frame, drawn as wide as a frame is."""
    length = next(one for one in (50, 20, 10, 5, 2, 1, 0.5) if one <= side / 3 or one == 0.5)
    tick = side * 0.015
    return {
        "view": f"0 0 {side:.3f} {side * 0.09:.3f}",
        "length": f"{length:g}",
        "path": f"M{tick:.3f} {tick:.3f}v{tick:.3f}h{length:.3f}v-{tick:.3f}",
        "stroke": f"{side * 0.004:.3f}",
        "size": f"{side * 0.05:.3f}",
        "x": f"{length + 3 * tick:.3f}",
        "y": f"{2.4 * tick:.3f}",
    }
