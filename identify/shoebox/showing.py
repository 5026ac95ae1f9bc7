"""The circles as they are drawn over the photo, each beside its row of the form."""

from dataclasses import dataclass
from typing import Any

from identify.models import Tray
from identify.shoebox.circles import ArrangementRefused, Circle, coins
from identify.shoebox.forms import CircleForm, CirclesFormSet


@dataclass(frozen=True)
class Row:
    number: int
    form: CircleForm
    circle: Circle | None
    badge: tuple[int, int]
    box: str  # what its small picture shows

    @property
    def kept(self) -> bool:
        return self.circle is None or self.circle.kept


def context(tray: Tray, formset: CirclesFormSet) -> dict[str, Any]:
    size = badge_size(tray)
    rows = [row(tray, number, form, size) for number, form in enumerate(formset.told(), 1)]
    circles = [one.circle for one in rows if one.circle]
    return {
        "tray": tray,
        "formset": formset,
        "rows": rows,
        "another": next(iter(formset.forms[len(rows) :]), None),
        "bonds": bonds(circles),
        "badge": size,
        "letter": round(1.15 * size),
        "count": count(circles),
    }


def row(tray: Tray, number: int, form: CircleForm, size: int) -> Row:
    one = drawn(form)
    if one is None:
        return Row(number, form, None, (0, 0), "")
    away = round(0.71 * one.r)
    x, y = one.x - away, one.y - away
    badge = min(max(size, x), tray.width - size), min(max(size, y), tray.height - size)
    r = round(1.06 * one.r)
    return Row(number, form, one, badge, f"{one.x - r} {one.y - r} {2 * r} {2 * r}")


def drawn(form: CircleForm) -> Circle | None:
    """Also of a form that came back: as far as its numbers can be read."""
    try:
        x, y, r = (int(form[name].value()) for name in ("x", "y", "r"))
        other = int(form["reverse_of"].value() or 0)
    except (TypeError, ValueError):
        return None
    return Circle(x, y, r, bool(form["kept"].value()), other)


def bonds(circles: list[Circle]) -> list[tuple[Circle, Circle]]:
    return [
        (circles[one.reverse_of - 1], one)
        for one in circles
        if one.kept and 0 < one.reverse_of <= len(circles) and circles[one.reverse_of - 1].kept
    ]


def count(circles: list[Circle]) -> int:
    try:
        return len(coins(circles))
    except ArrangementRefused:
        return sum(one.kept for one in circles)


def badge_size(tray: Tray) -> int:
    return max(8, round(max(tray.width, tray.height) / 50))
