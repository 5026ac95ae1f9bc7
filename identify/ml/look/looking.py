from identify.ml.look.discs import Disc, Look
from identify.ml.look.judging import judged, worthless
from identify.ml.look.pairing import in_reading_order
from identify.values import Pixels, Remark

# Enough for a tray of coins; a photo for identification is not much larger than this
WORKING_SIDE = 256
# A frame longer than this may show two coins; one longer than that cannot be filled by one
WIDE, LONG = 1.3, 1.5


def look(image: Pixels) -> Look:
    height, width = image.shape[:2]
    hopeless = worthless(image)
    if hopeless:
        return Look(width, height, (), (hopeless,))
    small, factor = _small(image)
    found = _found(small)
    if not found:
        return Look(width, height, (), (Remark("no_coin"),))
    ordered = [disc for (disc,) in in_reading_order([(disc,) for disc in found])]
    problems = judged(small, ordered, factor)
    return Look(width, height, tuple(disc.scaled(factor) for disc in ordered), problems)


def whole(width: int, height: int, confidence: float = 0.3) -> Disc:
    return Disc(width / 2, height / 2, max(width, height) / 2, confidence)


def _small(image: Pixels) -> tuple[Pixels, float]:
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    factor = max(height, width) / WORKING_SIDE
    if factor <= 1:
        return image, 1.0
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    if factor > 8:
        # averaging every pixel of a large photo takes longer than all the rest; every fourth will do
        step = int(factor / 4)
        image = image[::step, ::step]
    reduced = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(reduced, dtype=np.uint8), factor


def _found(small: Pixels) -> list[Disc]:
    from identify.ml.look import circles, ground

    height, width = small.shape[:2]
    lying = ground.things(small)
    if lying is not None and (lying.discs or lying.empty) and not lying.doubtful:
        return lying.discs
    found = circles.coins(small)
    if found:
        return found
    if max(height, width) > WIDE * min(height, width):
        beside = circles.side_by_side(small)
        if beside or max(height, width) > LONG * min(height, width):
            return beside
    return [whole(width, height)]
