"""The evidence strip: coins side by side at one scale, and what each has in common with the one asked
about."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog import comparing
from catalog.comparing import AIR, SUPPOSED, Frame
from catalog.models import Coin
from identify import wording
from identify.similar.finding import Near


@dataclass(frozen=True)
class Shown:
    coin: Coin
    frames: list[Frame]
    why: list[str]
    is_own: bool


@dataclass(frozen=True)
class Strip:
    shown: list[Shown]
    view: str  # of every frame: a millimetre is as long in each
    is_to_scale: bool


def strip(coin: Coin, found: list[Near]) -> Strip:
    sizes = [comparing.size_of(one.coin) for one in found]
    known = all(size.source for size in sizes)
    diameters = [size.millimetres if known else SUPPOSED for size in sizes]
    side = max(diameters, default=SUPPOSED) * AIR
    shown = [
        Shown(one.coin, frames_of(one.coin, diameter), why(coin, one), one.is_own)
        for one, diameter in zip(found, diameters, strict=True)
    ]
    return Strip(shown, f"{-side / 2:.3f} {-side / 2:.3f} {side:.3f} {side:.3f}", known)


def frames_of(coin: Coin, diameter: float) -> list[Frame]:
    found = [comparing.frame(coin, role, diameter) for role in comparing.ROLES]
    return [frame for frame in found if frame]


def why(coin: Coin, near: Near) -> list[str]:
    said = [likeness(side, score) for side, score in sorted(near.faces.items())]
    other = near.coin
    if other.type_id and other.type_id == coin.type_id:
        return [*said, _("the same type")]
    for name in ("authority", "denomination", "mint"):
        there = getattr(other, name)
        if there and getattr(coin, f"{name}_id") == there.pk:
            said.append(_("%(what)s, too") % {"what": there})
    return said


def likeness(side: str, score: float) -> str:
    face = str(wording.SIDES.get(side, _("photo")))
    return _("%(face)s: %(percent)s alike") % {"face": face, "percent": wording.percent(score)}
