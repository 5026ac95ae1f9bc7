"""Where coins lie on a photo, which of them are meant, and which two are the faces of one.

Pure: values in, values or a refusal out. Numbers are those that stand in the circles, from 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

MOST = 200
LEAST_R = 16  # pixels of the original: less is no picture of a coin
OBVERSE, REVERSE = "obverse", "reverse"
Part = tuple["Circle", str]  # and the face that it shows, "" where nobody said


class ArrangementRefused(Refusal):
    pass


@dataclass(frozen=True)
class Circle:
    """In pixels of the upright original."""

    x: int
    y: int
    r: int
    kept: bool = True
    reverse_of: int = 0  # the number of its obverse


def to_json(circles: Sequence[Circle]) -> list[list[Any]]:
    return [[one.x, one.y, one.r, one.kept, one.reverse_of] for one in circles]


def from_json(said: Sequence[Sequence[Any]]) -> list[Circle]:
    return [Circle(*one) for one in said]


def paired(circles: Sequence[Circle], pairs: Sequence[tuple[int, int]]) -> list[Circle]:
    """`pairs` are indices, the obverse first."""
    obverse = {other: one + 1 for one, other in pairs}
    return [
        Circle(one.x, one.y, one.r, one.kept, obverse.get(index, 0))
        for index, one in enumerate(circles)
    ]


def coins(circles: Sequence[Circle]) -> dict[int, list[Part]]:
    """By the number of their first circle. Of a pair of which one face is left out, the other stays."""
    check(circles)
    found: dict[int, list[Part]] = {}
    obverses = {one.reverse_of for one in circles if one.reverse_of}
    for number, one in enumerate(circles, 1):
        if one.kept and not one.reverse_of:
            found[number] = [(one, OBVERSE if number in obverses else "")]
    for number, one in enumerate(circles, 1):
        if one.kept and one.reverse_of:
            whose = one.reverse_of if one.reverse_of in found else number
            found.setdefault(whose, []).append((one, REVERSE))
    return dict(sorted(found.items()))


def check(circles: Sequence[Circle]) -> None:
    if len(circles) > MOST:
        raise too_many(len(circles))
    taken: dict[int, int] = {}
    for number, one in enumerate(circles, 1):
        if not one.reverse_of:
            continue
        told = {"number": number, "other": one.reverse_of}
        if one.reverse_of > len(circles) or one.reverse_of == number:
            template = _("Circle %(number)s cannot be the reverse of %(other)s.")
            raise ArrangementRefused("no_such_circle", template, **told)
        if circles[one.reverse_of - 1].reverse_of:
            template = _(
                "Circle %(other)s is a reverse itself, so %(number)s cannot be its reverse."
            )
            raise ArrangementRefused("reverse_of_reverse", template, **told)
        if one.reverse_of in taken:
            template = _(
                "Circles %(first)s and %(number)s are both called the reverse of %(other)s."
            )
            raise ArrangementRefused("two_reverses", template, first=taken[one.reverse_of], **told)
        taken[one.reverse_of] = number


def too_many(count: int) -> ArrangementRefused:
    template = _(
        "%(count)s coins are on the photo; %(most)s is the most for one. Photograph the tray in parts."
    )
    return ArrangementRefused("too_many", template, count=count, most=MOST)
