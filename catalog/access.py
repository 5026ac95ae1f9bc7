"""Who may see and change what. One rule for every door: a stranger is told that there is nothing
(404), a viewer who wants to edit is told that he may not (403)."""

from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from catalog.models.people import User

Visitor = User | AnonymousUser
M = TypeVar("M", bound=models.Model)


class Guarded(Protocol):
    def visible_to(self, user: Visitor) -> Any: ...
    def editable_by(self, user: Visitor) -> Any: ...


def get_visible(objects: Guarded, user: Visitor, **lookup: object) -> Any:
    return get_object_or_404(objects.visible_to(user), **lookup)


def get_editable(objects: Guarded, user: Visitor, **lookup: object) -> Any:
    found = get_visible(objects, user, **lookup)
    if not objects.editable_by(user).filter(pk=found.pk).exists():
        raise PermissionDenied(
            _(
                "You may look at this collection, but not change it. Its owner can make you an editor."
            )
        )
    return found


def id_in(text: str) -> int:
    """What a form says; 0 is nobody's. “²” is a digit to Python, too, and a column has an end."""
    return int(text) if text.isdecimal() and len(text) <= 15 else 0


def get_own(objects: Any, user: Visitor, **lookup: object) -> Any:
    """For what belongs to one person alone: tokens, saved views, sessions."""
    return get_object_or_404(objects, **lookup, user=user)
