"""Is a folder of photos what it seems to be? The same file twice, the same picture saved again, and, the
worst for an exam, one photo turned into twenty: rotated, lit otherwise, with noise strewn over it. Each
copy is another file and another picture, and a split by file has the answers on both sides.

A photo's look is its coin, unrolled around the middle: rings of brightness. Turning the coin moves a ring
along itself, so two looks are laid upon each other at the angle that fits best; what is left is how much
alike they are. Copies of one photo stay alike through noise; two coins of one type do not come near."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.values import Pixels

Floats = NDArray[np.float32]
Tell = Callable[[int], object]  # how many photos are done
RINGS, ANGLES, SIDE = 24, 96, 96  # of the unrolled look; more would see the noise
WORKING_SIDE = 320
MANY = 3  # so many alike are no pair of photos, but a photo that was multiplied
SAME, NEAR = "same_file", "near"
AUGMENTED = "augmented"
# See `alike`. Copies with noise have more; two hammered coins of one type stay below 0.8. Struck by machine
# they may come near 0.99, so a chain of such is taken apart again, see `cohesive`
ALIKE = 0.85
LAYOUT = 0.12  # two studio photos are so much alike for their paper alone
COHESION, STEP = 0.25, 0.03


@dataclass(frozen=True)
class Look:
    """What is kept of one photo."""

    name: str
    sha256: str
    # of the coin and of the whole picture: rings x frequencies, of length one; None: nothing to see
    spectra: NDArray[np.complex64] | None
    trouble: str = ""  # blank, noise, too_small or no_coin


@dataclass(frozen=True)
class Group:
    names: tuple[str, ...]
    why: str
    likeness: float = 1.0


@dataclass
class Report:
    photos: int
    groups: list[Group] = field(default_factory=list)
    troubles: dict[str, list[str]] = field(default_factory=dict)

    @property
    def specimens(self) -> int:
        """How many different photos there are, once copies are counted as one."""
        return self.photos - sum(len(group.names) - 1 for group in self.groups)

    @property
    def multiplied(self) -> list[Group]:
        return [group for group in self.groups if group.why == AUGMENTED]

    @property
    def usual_copies(self) -> int:
        """Into how many copies a photo was mostly turned."""
        sizes = Counter(len(group.names) for group in self.multiplied)
        return sizes.most_common(1)[0][0] if sizes else 1


def look(name: str, data: bytes, image: Pixels) -> Look:
    """`image` as it is shown. The coin is looked for, so that a copy that was moved or enlarged is met;
    the whole picture is kept too, since noise may hide the coin's edge."""
    from identify.ml.look import crop
    from identify.ml.look import look as find
    from identify.ml.look.judging import worthless
    from identify.ml.look.looking import whole

    sha256 = hashlib.sha256(data).hexdigest()
    if hopeless := worthless(image):
        return Look(name, sha256, None, hopeless.code)
    calm = without_specks(image)
    seen = find(calm)
    height, width = calm.shape[:2]
    discs = [*sorted(seen.discs, key=lambda one: -one.r)[:1], whole(width, height)]
    if len(discs) == 1:
        discs *= 2
    framed = [spectrum(crop(calm, disc, SIDE, margin=1.0)) for disc in discs]
    found = [one for one in framed if one is not None]
    code = "no_coin" if not seen.discs else ""
    return Look(name, sha256, np.stack(found) if len(found) == len(discs) else None, code)


def without_specks(image: Pixels) -> Pixels:
    """Noise is strewn pixel by pixel; a relief is wider than one."""
    import cv2

    height, width = image.shape[:2]
    factor = max(height, width) / WORKING_SIDE
    if factor > 1:
        size = (max(1, round(width / factor)), max(1, round(height / factor)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.medianBlur(image, 3), dtype=np.uint8)


def spectrum(square: Pixels) -> NDArray[np.complex64] | None:
    """Of the rings from near the middle to near the rim; light that falls from one side is taken out."""
    grey = square.astype(np.float32).mean(axis=2)
    radius = np.linspace(0.15, 0.92, RINGS, dtype=np.float32) * (SIDE / 2 - 1)
    angle = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False, dtype=np.float32)
    rows = SIDE / 2 + radius[:, None] * np.sin(angle)[None, :]
    columns = SIDE / 2 + radius[:, None] * np.cos(angle)[None, :]
    rings = smoothed(grey)[rows.astype(int), columns.astype(int)]
    rings = rings * np.sqrt(radius)[:, None]  # an outer ring is a longer one
    found = np.fft.rfft(rings, axis=1)
    found[:, :2] = 0  # the tone, and the slope of the light
    found[:, ANGLES // 3 :] = 0  # finer than what noise leaves
    power = 2 * float((np.abs(found) ** 2).sum())
    return (found / np.sqrt(power)).astype(np.complex64) if power > 1e-6 else None


def smoothed(grey: Floats) -> Floats:
    """A mean over three by three: noise is strewn pixel by pixel, a relief is not."""
    padded = np.pad(grey, 1, mode="edge")
    height, width = grey.shape
    return (
        sum(  # type: ignore[return-value]
            padded[down : down + height, across : across + width]
            for down in range(3)
            for across in range(3)
        )
        / np.float32(9)
    )


def alike(one: NDArray[np.complex64], others: NDArray[np.complex64]) -> Floats:
    """One look against many, coin with coin and picture with picture, whichever is nearer."""
    coin, picture = (turned(one[at], others[:, at]) for at in range(2))
    return np.maximum(coin, np.where(picture > 0.999, picture, picture - LAYOUT))


def turned(one: NDArray[np.complex64], others: NDArray[np.complex64]) -> Floats:
    """Each at the angle that fits best, also seen in a mirror: 1 is the same."""
    straight = np.fft.irfft((others * one.conj()).sum(axis=1), ANGLES, axis=1).max(axis=1)
    mirrored = np.fft.irfft((others * one).sum(axis=1), ANGLES, axis=1).max(axis=1)
    return np.maximum(straight, mirrored).astype(np.float32) * ANGLES


def groups(
    looks: Sequence[Look], limit: float = ALIKE, tell: Tell = lambda done: None
) -> list[Group]:
    """Photos that show one picture, the largest group first."""
    seen = [at for at, one in enumerate(looks) if one.spectra is not None]
    scores = all_scores([looks[at].spectra for at in seen], tell)
    joined = Joined(len(looks))
    for same in by_file(looks).values():
        joined.join(same)
    for members in cohesive(scores, list(range(len(seen))), limit):
        joined.join([seen[at] for at in members])
    place = {at: row for row, at in enumerate(seen)}
    found = [
        Group(
            tuple(looks[at].name for at in members), reason([looks[at] for at in members]),
            likeness(scores, [place[at] for at in members if at in place]),
        )
        for members in joined.several()
    ]  # fmt: skip
    return sorted(found, key=lambda group: (-len(group.names), group.names))


def all_scores(
    spectra: Sequence[NDArray[np.complex64] | None], tell: Tell = lambda done: None
) -> Floats:
    stacked = [one for one in spectra if one is not None]
    scores = np.eye(len(stacked), dtype=np.float32)
    for at in range(len(stacked) - 1):
        scores[at, at + 1 :] = alike(stacked[at], np.stack(stacked[at + 1 :]))
        tell(at + 1)
    return np.maximum(scores, scores.T)


def cohesive(scores: Floats, members: Sequence[int], limit: float) -> list[list[int]]:
    """Copies of one photo are mostly like each other; a chain, in which each is like the next alone, is
    not one photo, and is asked again with a higher limit."""
    joined = Joined(len(members))
    inner = scores[np.ix_(members, members)]
    for one, other in zip(*np.nonzero(np.triu(inner, 1) >= limit), strict=True):
        joined.join((int(one), int(other)))
    found: list[list[int]] = []
    for group in joined.several():
        pairs = inner[np.ix_(group, group)][np.triu_indices(len(group), 1)]
        theirs = [members[at] for at in group]
        if (pairs >= limit).mean() >= COHESION or limit >= 1:
            found.append(theirs)
        else:
            found += cohesive(scores, theirs, limit + STEP)
    return found


def likeness(scores: Floats, members: Sequence[int]) -> float:
    """In the middle of all pairs."""
    if len(members) < 2:
        return 1.0
    return float(np.median(scores[np.ix_(members, members)][np.triu_indices(len(members), 1)]))


def by_file(looks: Sequence[Look]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(looks):
        found[one.sha256].append(at)
    return found


def reason(members: Sequence[Look]) -> str:
    files = {one.sha256 for one in members}
    if len(files) == 1:
        return SAME
    return AUGMENTED if len(files) >= MANY else NEAR


class Joined:
    """What is one with a third is one with each other."""

    def __init__(self, count: int) -> None:
        self.root = list(range(count))

    def find(self, at: int) -> int:
        while self.root[at] != at:
            self.root[at] = self.root[self.root[at]]
            at = self.root[at]
        return at

    def join(self, members: Iterable[int]) -> None:
        roots = [self.find(at) for at in members]
        for root in roots:
            self.root[root] = min(roots)

    def several(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.root)):
            found[self.find(at)].append(at)
        return [members for members in found.values() if len(members) > 1]


def report(looks: Sequence[Look], tell: Tell = lambda done: None) -> Report:
    troubles: dict[str, list[str]] = defaultdict(list)
    for one in looks:
        if one.trouble:
            troubles[one.trouble].append(one.name)
    return Report(len(looks), groups(looks, tell=tell), dict(troubles))


def as_json(found: Report) -> dict[str, Any]:
    return {
        "photos": found.photos,
        "specimens": found.specimens,
        "usual_copies": found.usual_copies,
        "groups": [
            {"photos": list(one.names), "why": one.why, "likeness": round(one.likeness, 3)}
            for one in found.groups
        ],
        "troubles": found.troubles,
    }
