"""`{% load photos %}{% photo coin "card" %}`: a picture that keeps its place free, whoever asks."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from catalog import renditions
from catalog.models import Coin, Photo

register = template.Library()
Role = Photo.Role
# The face that stands for the coin where there is room for one
BY_IMPORTANCE = [Role.OBVERSE, Role.BOTH, Role.REVERSE, Role.OTHER, Role.EDGE]
WIDTHS = {"thumb": "80px", "card": "(min-width: 40rem) 240px, 50vw", "large": "100vw"}


@register.inclusion_tag("catalog/_photo.html")
def photo(
    subject: Coin | Photo | None,
    size: str = "card",
    *,
    alt: str | None = None,
    sizes: str = "",
    lazy: bool = True,
    token: str = "",
) -> dict[str, Any]:
    """Of a coin (with its photos prefetched) its main photo, or a placeholder. `alt=""` where the
    words beside it say the same; `token` is that of a share link."""
    shown = main_photo(subject) if isinstance(subject, Coin) else subject
    if shown is None or shown.state == Photo.State.FAILED:
        return {"photo": None, "failed": shown}
    width, height = renditions.shape(shown, size)
    return {
        "photo": shown,
        "src": photo_url(shown, size, token),
        "srcset": srcset(shown, token),
        "sizes": sizes or WIDTHS[size],
        "width": width,
        "height": height,
        "alt": alt_text(shown, subject) if alt is None else alt,
        "lazy": lazy,
        "both": shown.role == Role.BOTH,
        "cut": cut_out(shown),
    }


def cut_out(shown: Photo) -> bool:
    edit = renditions.edit_of(shown)
    return len(edit.crop or ()) == 3 and not edit.polar


def main_photo(coin: Coin) -> Photo | None:
    return min(coin.photos.all(), key=importance, default=None)


def importance(one: Photo) -> tuple[int, int, int]:
    return BY_IMPORTANCE.index(Role(one.role)), one.position, one.pk


def alt_text(shown: Photo, subject: Coin | Photo | None) -> str:
    coin = subject if isinstance(subject, Coin) else shown.coin
    return _("%(coin)s, %(face)s") % {"coin": coin, "face": shown.face}


def srcset(shown: Photo, token: str = "") -> str:
    return ", ".join(
        f"{photo_url(shown, size, token)} {renditions.shape(shown, size)[0]}w"
        for size in renditions.MADE_AT_ONCE[::-1]
    )


@register.simple_tag
def photo_url(shown: Photo, size: str, token: str = "") -> str:
    front = address(get_script_prefix(), token)
    return f"{front}{shown.pk}/{size}.webp?v={renditions.version(shown)}"


@lru_cache(maxsize=256)
def address(prefix: str, token: str) -> str:
    """Reversed once: a list shows hundreds of photos."""
    if token:
        found = reverse("shared-photo", kwargs={"token": token, "pk": 0, "size": "thumb"})
    else:
        found = reverse("photo", kwargs={"pk": 0, "size": "thumb"})
    return found[: -len("0/thumb.webp")]


@register.filter
def faces(coin: Coin) -> dict[str, Any]:
    """What the coin's page shows: one or two faces large, the others small."""
    photos = sorted(coin.photos.all(), key=lambda one: (one.position, one.pk))
    first = {role: next((one for one in photos if one.role == role), None) for role in Role}
    pair = [one for one in (first[Role.OBVERSE], first[Role.REVERSE]) if one]
    large = pair or [one for one in (main_photo(coin),) if one]
    return {"large": large, "others": [one for one in photos if one not in large], "all": photos}
