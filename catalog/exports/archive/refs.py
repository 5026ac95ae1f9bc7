"""How the archive names a word, a type, a place: `authority:trajan` by its nomisma.org id,
`mint:~Kings Lynn` by its name, `type:ric.2.tr.1` by its key."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.db import models

from catalog.exports.archive.specs import WORDS, Spec
from catalog.models import Catalogue, CoinType, Collection, Place, Tag, User

KIND_OF: dict[type[models.Model], str] = {
    **{spec.model: kind for kind, spec in WORDS.items()}, CoinType: "type",
}  # fmt: skip


class Refs:
    """`of` hands out references and remembers which words and types have to come along."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.used: dict[str, set[int]] = {kind: set() for kind in (*WORDS, "type")}
        self._names: dict[str, dict[int, str]] = {}

    def of(self, model: type[models.Model], pk: int | None) -> str | None:
        kind = KIND_OF[model]
        if kind not in self._names:
            self._names[kind] = names_of(model)
        name = self._names[kind].get(pk) if pk else None
        if pk is None or name is None:
            return None
        self.used[kind].add(pk)
        return f"{kind}:{name}"

    def words(self, spec: Spec, row: models.Model) -> dict[str, str]:
        found = {}
        for name in spec.words:
            model: Any = spec.model._meta.get_field(name).related_model
            if ref := self.of(model, getattr(row, f"{name}_id")):
                found[name] = ref
        return found

    @cached_property
    def places(self) -> dict[int, str]:
        return dict(Place.objects.filter(owner=self.owner).values_list("pk", "path"))

    @cached_property
    def tags(self) -> dict[int, str]:
        return dict(Tag.objects.filter(owner=self.owner).values_list("pk", "path"))

    @cached_property
    def collections(self) -> dict[int, str]:
        mine = Collection.objects.filter(owner=self.owner)
        return {pk: str(uid) for pk, uid in mine.values_list("pk", "uid")}

    def of_thing(self, model: Any, pk: int) -> str | None:
        """For what is no word: places, tags and collections too."""
        own = {Place: "places", Tag: "tags", Collection: "collections"}.get(model)
        if own is None:
            return self.of(model, pk)
        name = getattr(self, own).get(pk)
        return f"{own[:-1]}:{name}" if name else None


def names_of(model: type[models.Model]) -> dict[int, str]:
    """Of two words with one name and no id, the later one is told apart by a number."""
    if model in (CoinType, Catalogue):
        key = "key" if model is CoinType else "code"
        return dict(model._default_manager.values_list("pk", key))
    seen: Counter[str] = Counter()
    found = {}
    rows = model._default_manager.order_by("pk").values_list("pk", "name", "nomisma_id")
    for pk, name, nomisma_id in rows:
        ref = nomisma_id or f"~{name}"
        seen[ref] += 1
        found[pk] = ref if seen[ref] == 1 else f"{ref}#{seen[ref]}"
    return found
