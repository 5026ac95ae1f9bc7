"""Which discs of one photo are the two sides of one coin."""

from collections.abc import Sequence

from identify.ml.look.discs import Disc

Pair = tuple[Disc, ...]  # obverse first; one disc alone where there is no partner
# Both sides of a coin are photographed at one scale
ALIKE = 0.12
# Farther apart than this many diameters, two coins do not belong together
NEAR = 2.2


def pair(discs: Sequence[Disc], obverse: str = "left") -> list[Pair]:
    """Neighbours of one size, nearest first. Obverse is the left one (of two above each other the upper),
    or the other with `obverse="right"`."""
    left = list(discs)
    pairs: list[Pair] = []
    for _, one, other in sorted(_neighbours(left), key=lambda found: found[0]):
        if one in left and other in left:
            left.remove(one)
            left.remove(other)
            pairs.append((one, other) if obverse == "left" else (other, one))
    return in_reading_order(pairs + [(alone,) for alone in left])


def _neighbours(discs: list[Disc]) -> list[tuple[float, Disc, Disc]]:
    found = []
    for index, one in enumerate(discs):
        for other in discs[index + 1 :]:
            apart = _apart(one, other)
            if apart is not None:
                found.append((apart, *_first(one, other)))
    return found


def _apart(one: Disc, other: Disc) -> float | None:
    """In diameters, with a little against what does not stand level; None where they cannot be a pair."""
    larger = max(one.r, other.r)
    if abs(one.r - other.r) > ALIKE * larger:
        return None
    across, down = abs(one.cx - other.cx) / (2 * larger), abs(one.cy - other.cy) / (2 * larger)
    if max(across, down) > NEAR or min(across, down) > 0.35:
        return None
    unlike = abs(one.r - other.r) / larger
    return across + down + 2 * unlike + (0.2 if down > across else 0.0)


def _first(one: Disc, other: Disc) -> tuple[Disc, Disc]:
    level = abs(one.cx - other.cx) >= abs(one.cy - other.cy)
    leads = one.cx <= other.cx if level else one.cy <= other.cy
    return (one, other) if leads else (other, one)


def in_reading_order(pairs: list[Pair]) -> list[Pair]:
    """By rows: what begins above the middle of a row's first coin belongs to that row."""
    rows: list[list[Pair]] = []
    for each in sorted(pairs, key=lambda found: found[0].cy):
        if rows and each[0].cy < rows[-1][0][0].cy + rows[-1][0][0].r:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [each for row in rows for each in sorted(row, key=lambda found: found[0].cx)]
