"""What is wrong with a photo. Codes only: the words stand where they are shown."""

from collections.abc import Sequence

from identify.ml.look.cropping import crop
from identify.ml.look.discs import Disc
from identify.values import Pixels, Remark

# Pixels. A portrait of thirty can still be told from another by its outline
LEAST_SIDE = 16
LEAST_COIN = 40
# Levels of 255
FLAT = 3.0
JUDGED_SIDE = 128
# Of real photos that are sharp none has less than 0.16; blurred by a fiftieth of their width most have
BLURRED = 0.13


def worthless(image: Pixels) -> Remark | None:
    """What no coin can be found on; told from a sample, before anything else is done."""
    height, width = image.shape[:2]
    if min(height, width) < LEAST_SIDE:
        return Remark("too_small", {"width": width, "height": height})
    sample = _sample(image)
    low, high = _range(sample)
    if high - low < FLAT * 4:
        return Remark("blank", {"tone": "dark" if high < 60 else "light" if low > 190 else "grey"})
    return Remark("noise") if _is_noise(image) else None


def judged(small: Pixels, discs: Sequence[Disc], factor: float) -> tuple[Remark, ...]:
    """Of the largest coin: what holds for it holds for the photo. `factor` is how much larger that is."""
    import cv2
    import numpy as np

    disc = max(discs, key=lambda one: one.r)
    found = []
    if 2 * disc.r * factor < LEAST_COIN:
        found.append(Remark("too_small", {"diameter": round(2 * disc.r * factor)}))
    face = crop(small, disc, JUDGED_SIDE, margin=1.0)
    grey = np.asarray(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if 2 * disc.r >= JUDGED_SIDE * 0.7 and _is_blurred(grey):
        found.append(Remark("blurred"))
    share = _glare(grey)
    if share > 0.2:
        found.append(Remark("glare", {"share": round(share, 2)}))
    return tuple(found)


def _sample(image: Pixels) -> Pixels:
    height, width = image.shape[:2]
    return image[:: max(1, height // 64), :: max(1, width // 64)]


def _range(sample: Pixels) -> tuple[float, float]:
    """Darkest and lightest of the channel that changes most: tinted paper is blank too."""
    import numpy as np

    low, high = np.percentile(sample.reshape(-1, 3), [1, 99], axis=0)
    most = int(np.argmax(high - low))
    return float(low[most]), float(high[most])


def _is_noise(image: Pixels) -> bool:
    """In a picture each pixel is much like the next one."""
    import numpy as np

    height, width = image.shape[:2]
    top, left = max(0, height // 2 - 64), max(0, width // 2 - 64)
    grey = image[top : top + 128, left : left + 128, 1].astype(np.float32)
    grey -= grey.mean()
    power = float((grey * grey).mean())
    if power < 1:
        return False
    alike = float((grey[:, 1:] * grey[:, :-1]).mean() + (grey[1:] * grey[:-1]).mean()) / 2
    return alike < 0.15 * power


def _is_blurred(grey: Pixels) -> bool:
    """How much of the relief is fine: at this size a sharp photo has plenty, whatever the coin."""
    import cv2
    import numpy as np

    middle = grey[16:-16, 16:-16].astype(np.float32)
    fine = middle - cv2.GaussianBlur(middle, (0, 0), 1.5)
    return float(fine.std()) < BLURRED * float(middle.std())


def _glare(grey: Pixels) -> float:
    """The part of the coin that is burnt out."""
    import cv2
    import numpy as np

    kept = np.zeros_like(grey)
    cv2.circle(
        kept, (JUDGED_SIDE // 2, JUDGED_SIDE // 2), round(0.42 * JUDGED_SIDE), 255, cv2.FILLED
    )
    burnt = cv2.bitwise_and(cv2.threshold(grey, 249, 255, cv2.THRESH_BINARY)[1], kept)
    # a shine on letters is no glare; a burnt patch is
    patch = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), dtype=np.uint8))
    return float(np.count_nonzero(patch)) / float(np.count_nonzero(kept))
