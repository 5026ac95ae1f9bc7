import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _


class EditError(Refusal):
    pass


NUMBERS = {
    "rotate": (-180.0, 180.0),
    "brightness": (0.2, 3.0),
    "contrast": (0.2, 3.0),
    "sharpness": (0.0, 3.0),
    "denoise": (0.0, 1.0),
}
SWITCHES = ("greyscale", "polar")


@dataclass(frozen=True)
class EditParams:
    """How a photo is shown; the original stays as it is.

    `crop` is a circle (cx, cy, r) or a box (left, top, right, bottom) in the upright photo, before it
    is rotated: x in parts of its width, y of its height, r of its shorter side. `rotate` turns what
    is left about its middle, clockwise in degrees. Brightness and contrast mean what they mean in a
    style sheet's filter, so that a preview in the browser tells the truth. `sharpness` weighs the fine
    detail (0 takes it away), `denoise` takes away what of it is weak. `polar` unrolls the ring of
    letters along the circle, or along the largest one where there is none.
    """

    rotate: float = 0.0
    crop: tuple[float, ...] | None = field(default=None)
    brightness: float = 1.0
    contrast: float = 1.0
    sharpness: float = 1.0
    denoise: float = 0.0
    greyscale: bool = False
    polar: bool = False

    def __post_init__(self) -> None:
        for name, (lowest, highest) in NUMBERS.items():
            value = _number(getattr(self, name), name)
            if not lowest <= value <= highest:
                template = _("“%(name)s” must lie between %(lowest)s and %(highest)s.")
                raise EditError("range", template, name=name, lowest=lowest, highest=highest)
            object.__setattr__(self, name, value)
        for name in SWITCHES:
            if not isinstance(getattr(self, name), bool):
                raise EditError("switch", _("“%(name)s” must be true or false."), name=name)
        if self.rotate == -180:
            object.__setattr__(self, "rotate", 180.0)
        if self.crop is not None:
            object.__setattr__(self, "crop", _crop(self.crop))

    @classmethod
    def from_json(cls, value: object) -> "EditParams":
        """From a mapping or from JSON text, as forms send it."""
        if isinstance(value, str):
            try:
                value = json.loads(value or "{}")
            except ValueError as error:
                raise EditError("json", _("The edit is not valid JSON.")) from error
        if not isinstance(value, Mapping):
            raise EditError("json", _("The edit must be a JSON object."))
        unknown = sorted(str(name) for name in set(value) - {*NUMBERS, *SWITCHES, "crop"})
        if unknown:
            raise EditError("unknown", _("There is no edit called “%(name)s”."), name=unknown[0])
        return cls(**value)

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the plain photo."""
        said: dict[str, Any] = {
            name: getattr(self, name)
            for name in (*NUMBERS, *SWITCHES)
            if getattr(self, name) != getattr(PLAIN, name)
        }
        return said | ({"crop": list(self.crop)} if self.crop else {})

    def key(self) -> str:
        """Short and stable, for file names of renderings."""
        if self == PLAIN:
            return "plain"
        text = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise EditError("number", _("“%(name)s” must be a number."), name=name)
    # four places are a third of a pixel in the largest photo; `+ 0.0` turns -0.0 into 0.0
    return round(float(value), 4) + 0.0


def _crop(value: object) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) not in (3, 4):
        template = _("“crop” is a circle of three numbers or a box of four.")
        raise EditError("crop", template)
    numbers = tuple(_number(part, "crop") for part in value)
    if len(numbers) == 3:
        cx, cy, r = numbers
        good = 0 <= cx <= 1 and 0 <= cy <= 1 and 0.01 <= r <= 1
    else:
        left, top, right, bottom = numbers
        inside = all(0 <= part <= 1 for part in numbers)
        good = inside and right - left >= 0.01 and bottom - top >= 0.01
    if not good:
        raise EditError("crop", _("“crop” must lie within the photo and leave something of it."))
    return numbers


PLAIN = EditParams()
