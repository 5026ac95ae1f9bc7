import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME, LONGEST_PATH = 120, 1000


class Node(models.Model):
    """One node of a tree of names. `path` is the names from the root, so that a subtree is one
    prefix match and a list page needs no walk; renaming or moving a node rewrites what is below."""

    SEPARATOR = " › "

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.CharField(gettext_lazy("name"), max_length=LONGEST_NAME)
    path = models.CharField(max_length=LONGEST_PATH, editable=False, db_index=True)

    class Meta:
        abstract = True
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path

    def save(self, *args: object, **kwargs: object) -> None:
        with transaction.atomic():
            before = (
                type(self)
                ._default_manager.filter(pk=self.pk)
                .values_list("path", flat=True)
                .first()
            )
            self.name = " ".join(self.name.replace("›", ">").split())
            self.path = (
                f"{self.parent.path}{self.SEPARATOR}{self.name}" if self.parent else self.name
            )
            super().save(*args, **kwargs)  # type: ignore[arg-type]
            if before and before != self.path:
                self._rewrite_below(before)

    def _rewrite_below(self, before: str) -> None:
        below = list(
            type(self)._default_manager.filter(
                owner=self.owner, path__startswith=before + self.SEPARATOR
            )
        )
        for node in below:
            node.path = self.path + node.path[len(before) :]
        type(self)._default_manager.bulk_update(below, ["path"])

    def with_descendants(self) -> "models.QuerySet":
        return type(self)._default_manager.filter(
            models.Q(pk=self.pk)
            | models.Q(owner=self.owner, path__startswith=self.path + self.SEPARATOR)
        )

    @classmethod
    def at(cls, owner: object, path: str) -> "Node | None":
        """The node of that path, made with all its ancestors where it is missing."""
        node: Node | None = None
        nodes: models.Manager[Any] = cls._default_manager
        for name in cls.names_in(path):
            node, _created = nodes.get_or_create(owner=owner, parent=node, name=name)
        return node

    @classmethod
    def names_in(cls, path: str) -> list[str]:
        """As `save` writes them; refuses what no column holds."""
        names = [" ".join(part.split()) for part in re.split(r"[›>/]", path)]
        names = [name for name in names if name]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("At most %(limit)s characters.") % {"limit": LONGEST_NAME})
        if len(cls.SEPARATOR.join(names)) > LONGEST_PATH:
            raise ValidationError(_("This goes too deep."))
        return names


class Place(Node):
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)

    class Meta(Node.Meta):
        verbose_name = gettext_lazy("storage place")
        verbose_name_plural = gettext_lazy("storage places")
        constraints = [
            models.UniqueConstraint("owner", "parent", "name", name="place_once"),
            models.UniqueConstraint(
                "owner", "name", condition=models.Q(parent=None), name="place_root_once"
            ),
        ]


class Tag(Node):
    class Meta(Node.Meta):
        verbose_name = gettext_lazy("tag")
        verbose_name_plural = gettext_lazy("tags")
        constraints = [
            models.UniqueConstraint("owner", "parent", "name", name="tag_once"),
            models.UniqueConstraint(
                "owner", "name", condition=models.Q(parent=None), name="tag_root_once"
            ),
        ]
