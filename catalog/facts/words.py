"""Finds the word that a table means by its nomisma.org id, and makes those that nobody knew."""

from typing import Any

from catalog.models import Fact
from catalog.models.vocabulary import Term

# what OCRE and CRRO write where there is nothing to say
NOTHING = {"", "none", "uncertain_value"}


class Words:
    def __init__(self) -> None:
        self.known: dict[Any, dict[str, int]] = {}
        self.made: list[Term] = []

    def find(self, model: Any, nomisma_id: str) -> int | None:
        """A word that was merged into another one is found there, among its other spellings."""
        if nomisma_id in NOTHING:
            return None
        if model not in self.known:
            self.known[model] = identities(model)
        ids = self.known[model]
        if nomisma_id not in ids:
            term = model.objects.create(name=prettify(nomisma_id), nomisma_id=nomisma_id)
            self.made.append(term)
            ids[nomisma_id] = term.pk
        return ids[nomisma_id]

    def own(self, model: Any, key: str, name: str) -> int:
        """A word of our fixtures that has no nomisma.org id."""
        kind = model._meta.model_name
        fact = Fact.objects.filter(kind=kind, key=key).first()
        if fact and model.objects.filter(pk=fact.object_id).exists():
            return fact.object_id  # type: ignore[return-value]
        shared = model.objects.filter(name=name, added_by=None)
        return (shared.first() or model.objects.create(name=name)).pk


def identities(model: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = list(model.objects.filter(added_by=None).values_list("pk", "nomisma_id", "aliases"))
    for pk, _nomisma_id, aliases in rows:
        found |= dict.fromkeys(aliases, pk)
    return found | {nomisma_id: pk for pk, nomisma_id, _aliases in rows if nomisma_id}


def prettify(nomisma_id: str) -> str:
    """colonia_patricia to Colonia patricia: a name to show until somebody gives the true one."""
    name = nomisma_id.replace("_", " ").strip()
    return name[:1].upper() + name[1:]
