"""What a worker does with a tray. Both steps may be broken off and done again: nothing is made twice."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, cast

import numpy as np
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from catalog.images import PLAIN, load, looked_at
from catalog.images.likeness import on_white
from catalog.models import Coin, FieldChange
from catalog.photos import add_draft
from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _
from catalog.sentences import named
from identify.ml.look.discs import Disc
from identify.models import Tray
from identify.shoebox.circles import LEAST_R, MOST, Circle, coins, paired, too_many
from identify.shoebox.cutting import cut

SIDE = 1600  # pixels of the copy that is looked at, and shown


class PhotoGone(Refusal):
    pass


def work(tray: Tray) -> None:
    {Tray.Step.LOOK: find, Tray.Step.MAKE: make}[Tray.Step(tray.step)](tray)


# --- where the coins lie ---------------------------------------------------------
def find(tray: Tray) -> None:
    from identify.ml.look.trays import spread

    with opened(tray) as file:
        image = looked_at(file, PLAIN, SIDE)
    factor = tray.width / image.width
    found = spread(np.asarray(image, dtype=np.uint8))
    if len(found) > MOST:
        raise too_many(len(found))
    circles = [circle(disc.scaled(factor)) for disc in found]
    tray.beat()
    tray.lay_out(paired(circles, pairs(found, tray.holds)), shown(tray, image))


def circle(disc: Disc) -> Circle:
    return Circle(round(disc.cx), round(disc.cy), max(LEAST_R, round(disc.r)))


def pairs(discs: list[Disc], holds: str) -> list[tuple[int, int]]:
    """A tray of coins of one type looks like a tray of pairs, so only two alone are taken for one coin."""
    from identify.ml.look import pair

    if holds == Tray.Holds.APART or (holds == Tray.Holds.ANY and len(discs) != 2):
        return []
    both = [one for one in pair(discs) if len(one) == 2]
    return [(discs.index(obverse), discs.index(reverse)) for obverse, reverse in both]


def shown(tray: Tray, image: Image.Image) -> str:
    """Kept beside the original: what a browser shows, whatever the camera wrote."""
    if tray.preview.name and tray.preview.storage.exists(tray.preview.name):
        return tray.preview.name
    out = BytesIO()
    image.save(out, "WEBP", quality=82, method=2)
    stem = PurePosixPath(tray.original.name or "").stem
    return tray.preview.storage.save(f"trays/{stem}.webp", ContentFile(out.getvalue()))


# --- the coins ---------------------------------------------------------------------
def make(tray: Tray) -> None:
    done = set(tray.made.values_list("number", flat=True))
    tray.beat(done=len(done))
    to_do = {number: parts for number, parts in coins(tray.circles).items() if number not in done}
    if to_do:
        with opened(tray) as file:
            image = on_white(load(file))
        for number, parts in to_do.items():
            make_one(tray, image, number, parts)
    tray.settle(Tray.State.DONE)


def make_one(tray: Tray, image: Image.Image, number: int, parts: list[tuple[Circle, str]]) -> None:
    taken_at = timezone.localtime(tray.taken_at) if tray.taken_at else None
    stem = PurePosixPath(tray.name).stem[:150]
    files = [
        (ContentFile(cut(image, circle, taken_at), f"{stem} {at}.jpg"), role)
        for at, circle, role in numbered(tray, parts)
    ]

    def beside(coin: Coin) -> None:
        source = f"{tray.name} · {number} · sha256 {tray.sha256}"
        FieldChange.note(coin, "photo", None, source, tray.user)
        tray.count(number, coin)

    draft = add_draft(tray.collection, files, tray.user, beside=beside)
    if draft.refusals:
        told = [named(number, why).kept for _name, why in draft.refusals]
        tray.beat(notes=[*tray.notes, *told])


def numbered(tray: Tray, parts: list[tuple[Circle, str]]) -> list[tuple[int, Circle, str]]:
    circles = tray.circles
    return [(circles.index(circle) + 1, circle, role) for circle, role in parts]


def opened(tray: Tray) -> BinaryIO:
    try:
        return cast(BinaryIO, tray.original.open("rb"))
    except FileNotFoundError:
        raise PhotoGone("gone", _("The photo of the tray is missing.")) from None
