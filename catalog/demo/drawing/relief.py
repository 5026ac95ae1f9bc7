"""A relief that grows out of masks, and the light that falls on it. All lengths are in radii of the
coin, with the centre at (0, 0) and y downwards."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image, ImageDraw

SIZE = 900  # pixels of the finished picture
FINE = 2  # masks are drawn larger and reduced
Point = tuple[float, float]
Line = Sequence[Point]
Field = np.ndarray
Window = tuple[slice, slice]


def blurred(field: Field, radius: float) -> Field:
    """Down and up again: for wide radii as good as a Gaussian and twenty times as fast."""
    rows, columns = field.shape
    size = max(3, round(columns / max(1.0, radius))), max(3, round(rows / max(1.0, radius)))
    small = Image.fromarray(field).resize(size, Image.Resampling.BOX)
    return np.asarray(small.resize((columns, rows), Image.Resampling.BICUBIC))


def clouds(dice: np.random.Generator, width: float) -> Field:
    """Soft noise between -1 and 1 whose features are about `width` pixels wide."""
    side = round(SIZE / width)
    small = Image.fromarray(dice.uniform(-1, 1, (side, side)).astype(np.float32))
    return np.asarray(small.resize((SIZE, SIZE), Image.Resampling.BICUBIC))


def softened(field: Field) -> Field:
    """One step of a binomial filter each way."""
    out = field.copy()
    out[1:-1] = 0.25 * field[:-2] + 0.5 * field[1:-1] + 0.25 * field[2:]
    across = out.copy()
    across[:, 1:-1] = 0.25 * out[:, :-2] + 0.5 * out[:, 1:-1] + 0.25 * out[:, 2:]
    return across


class Relief:
    """`at` and `turn` are where the dies hit the flan: everything sculpted goes through them."""

    def __init__(self, radius: float, at: Point = (0.0, 0.0), turn: float = 0.0) -> None:
        self.radius, self.at = radius, at
        self.cosine, self.sine = math.cos(turn), math.sin(turn)
        self.height: Field = np.zeros((SIZE, SIZE), np.float32)

    def pixels(self, line: Iterable[Point]) -> list[Point]:
        half, scale = SIZE * FINE / 2, self.radius * FINE
        return [
            (
                half + scale * (self.at[0] + x * self.cosine - y * self.sine),
                half + scale * (self.at[1] + x * self.sine + y * self.cosine),
            )
            for x, y in line
        ]

    def mask(
        self,
        shapes: Iterable[Line] = (),
        lines: Iterable[Line] = (),
        width: float = 0.02,
        pad: float = 0,
    ) -> tuple[Window, Field]:
        """Only the window that the drawing needs, because most of what is drawn is small."""
        filled = [self.pixels(shape) for shape in shapes]
        drawn = [self.pixels(line) for line in lines]
        thick = max(2, round(width * self.radius * FINE))
        points = [point for line in [*filled, *drawn] for point in line]
        if not points:
            return (slice(0, 0), slice(0, 0)), np.zeros((0, 0), np.float32)
        margin = thick / FINE + 2 + pad
        (left, right), (top, bottom) = (span([p[axis] for p in points], margin) for axis in (0, 1))
        image = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
        pen = ImageDraw.Draw(image)
        shift = (left * FINE, top * FINE)
        for line in filled:
            pen.polygon([(x - shift[0], y - shift[1]) for x, y in line], fill=255)
        for line in drawn:
            here = [(x - shift[0], y - shift[1]) for x, y in line]
            pen.line(here, fill=255, width=thick, joint="curve")
            for x, y in (here[0], here[-1]):
                r = thick / 2 - 0.5
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
        mask = np.asarray(image.reduce(FINE), np.float32) / 255
        return (slice(top, bottom), slice(left, right)), mask

    def mass(self, *shapes: Line, lift: float = 1.0, round_: float = 0.12) -> None:
        """Swells from its outline inwards; `round_` is how far in it reaches its full height."""
        reach = round_ * self.radius
        window, mask = self.mask(shapes, pad=reach)
        if not mask.size:
            return
        dome = blurred(mask, reach) * 0.6 + blurred(mask, reach / 3) * 0.4
        dome = np.clip(dome * 1.5 - 0.5, 0, 1)
        swell = np.sqrt(1 - (1 - dome) ** 2)
        under = self.height[window] * (1 - 0.75 * mask)  # what is covered goes under
        self.height[window] = under + mask * (0.2 + 0.8 * swell) * np.float32(lift)

    def raise_(self, lines: Iterable[Line], width: float = 0.02, lift: float = 0.5) -> None:
        window, mask = self.mask(lines=lines, width=width)
        self.height[window] += mask * np.float32(lift)

    def plate(self, shapes: Iterable[Line], lift: float = 0.5) -> None:
        window, mask = self.mask(shapes)
        self.height[window] += mask * np.float32(lift)

    def cut(self, lines: Iterable[Line], width: float = 0.012, depth: float = 0.35) -> None:
        self.raise_(lines, width, -depth)

    def dots(self, centres: Iterable[Point], size: float, lift: float = 0.6) -> None:
        self.plate([disc(centre, size, steps=16) for centre in centres], lift)


def span(values: list[float], margin: float) -> tuple[int, int]:
    """From and to, in pixels of the finished picture, within it."""
    low = int(min(values) / FINE - margin)
    high = int(max(values) / FINE + margin) + 1
    low = max(0, min(low, SIZE - 1))
    return low, max(low + 1, min(high, SIZE))


# --- shapes ------------------------------------------------------------------
def disc(
    centre: Point, radius: float, squeeze: float = 1.0, lean: float = 0.0, steps: int = 28
) -> list[Point]:
    return arc(centre, radius, 0, 360, squeeze, lean, steps)


def arc(
    centre: Point, radius: float, start: float, end: float, squeeze: float = 1.0, lean: float = 0.0,
    steps: int = 28,
) -> list[Point]:  # fmt: skip
    """Degrees, clockwise from three o'clock, as the page sees it."""
    lean_ = math.radians(lean)
    points = []
    for step in range(steps + 1):
        angle = math.radians(start + (end - start) * step / steps)
        x, y = radius * math.cos(angle), radius * squeeze * math.sin(angle)
        points.append(
            (
                centre[0] + x * math.cos(lean_) - y * math.sin(lean_),
                centre[1] + x * math.sin(lean_) + y * math.cos(lean_),
            )
        )
    return points


def smooth(points: Line, closed: bool = False, steps: int = 7) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    knots = list(points)
    count = len(knots)
    curve: list[Point] = []
    for n in range(count if closed else count - 1):
        p = [
            knots[(n + k) % count] if closed else knots[min(max(n + k, 0), count - 1)]
            for k in (-1, 0, 1, 2)
        ]
        for step in range(steps):
            t = step / steps
            curve.append((spline(t, *(q[0] for q in p)), spline(t, *(q[1] for q in p))))
    return curve if closed else [*curve, knots[-1]]


def spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )


def leaf(root: Point, angle: float, length: float, width: float) -> list[Point]:
    """A pointed leaf that leaves its root in the direction `angle`, in degrees."""
    a = math.radians(angle)
    along, side = (math.cos(a), math.sin(a)), (-math.sin(a), math.cos(a))
    outline = [(0.0, 0.0), (0.3, 0.45), (0.6, 0.42), (1.0, 0.0), (0.6, -0.42), (0.3, -0.45)]
    return smooth(
        [
            (
                root[0] + along[0] * length * u + side[0] * width * v,
                root[1] + along[1] * length * u + side[1] * width * v,
            )
            for u, v in outline
        ],
        closed=True,
        steps=3,
    )


def moved(line: Line, dx: float, dy: float, scale: float = 1.0, flip: bool = False) -> list[Point]:
    return [((-x if flip else x) * scale + dx, y * scale + dy) for x, y in line]
