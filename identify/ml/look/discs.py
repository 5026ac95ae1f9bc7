from dataclasses import dataclass

from identify.values import Remark

# With one of these there is nothing to ask a model about
HOPELESS = ("too_small", "blank", "noise", "no_coin")


@dataclass(frozen=True)
class Disc:
    """Where a coin lies, in pixels of the upright photo."""

    cx: float
    cy: float
    r: float
    confidence: float = 1.0

    def scaled(self, factor: float) -> "Disc":
        return Disc(self.cx * factor, self.cy * factor, self.r * factor, self.confidence)

    def as_crop(self, width: int, height: int) -> tuple[float, float, float]:
        """As a photo's edit takes it: parts of the width, of the height, of the shorter side."""
        cx, cy = min(1.0, max(0.0, self.cx / width)), min(1.0, max(0.0, self.cy / height))
        r = min(1.0, max(0.01, self.r / min(width, height)))
        return round(cx, 4), round(cy, 4), round(r, 4)


@dataclass(frozen=True)
class Look:
    """What can be said of a photo before any model is asked. Discs stand as one reads: rows, left first."""

    width: int
    height: int
    discs: tuple[Disc, ...]
    problems: tuple[Remark, ...] = ()

    @property
    def usable(self) -> bool:
        return bool(self.discs) and not any(one.code in HOPELESS for one in self.problems)
