"""Names in a file -> things we know, looked up once a run. A dry run only tells what would be added."""

import re
from typing import Any, NamedTuple

from django.db.models import F, Model
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from catalog.fields import as_pair, refuse
from catalog.models import CoinType, Place, Tag, User
from catalog.models.trees import Node
from catalog.models.vocabulary import Term, fold

LONGEST_TERM, LONGEST_NODE = 200, 120
ALIKE = 85


class Found(NamedTuple):
    """`pair` is what `catalog.fields` stores, `[id, name]`; `thing` is what it names, where that exists;
    `near` is a known name much like it."""

    pair: list[Any]
    thing: Any = None
    is_new: bool = False
    near: str = ""


class Words:
    def __init__(self, owner: User, create: bool = False) -> None:
        self.owner, self.create = owner, create
        self.made: list[tuple[str, int]] = []
        self.cited: dict[str, dict[str, Any]] = {}
        self._terms: dict[type[Model], dict[str, Found]] = {}
        self._nodes: dict[type[Model], dict[str, Found]] = {}
        self._types: dict[str, int] | None = None

    # --- vocabulary ------------------------------------------------------------
    def term(self, model: type[Term], text: str) -> Found:
        text = " ".join(text.split())
        known = self._terms.get(model)
        if known is None:
            known = self._terms[model] = self.terms_of(model)
        # "1 denarius" is a denarius, where we know that word
        found = known.get(fold(text)) or known.get(fold(text.removeprefix("1 ")))
        if found is None:
            too_long(text, LONGEST_TERM)
            found = known[fold(text)] = self.new_term(model, text, known)
        return found

    def terms_of(self, model: type[Term]) -> dict[str, Found]:
        terms = model._default_manager.known_to(self.owner)
        mine_last = F("added_by").asc(nulls_first=True)
        known: dict[str, Found] = {}
        for term in terms.only("name", "names", "search_text").order_by(mine_last, "pk"):
            found = Found(as_pair(term) or [], term)
            for name in term.search_text.strip("| ").split(" | "):
                known.setdefault(name, found)
        return known

    def new_term(self, model: type[Term], text: str, known: dict[str, Found]) -> Found:
        if not self.create:
            old = [name for name, found in known.items() if not found.is_new]
            near = process.extractOne(fold(text), old, scorer=fuzz.ratio, score_cutoff=ALIKE)
            return Found([0, text], None, True, known[near[0]].pair[1] if near else "")
        term = model._default_manager.create(name=text, added_by=self.owner)
        self.made.append((model._meta.model_name or "", term.pk))
        return Found([term.pk, text], term, True)

    # --- places and tags -------------------------------------------------------
    def place(self, text: str) -> Found | None:
        return self.node(Place, text)

    def tag(self, text: str) -> Found | None:
        return self.node(Tag, text)

    def node(self, model: type[Node], text: str) -> Found | None:
        path = path_of(text)
        if not path:
            return None
        known = self._nodes.get(model)
        if known is None:
            nodes = model._default_manager.filter(owner=self.owner)
            known = self._nodes[model] = {
                fold(node.path): Found([node.pk, node.path], node) for node in nodes
            }
        found = known.get(fold(path))
        if found is None:
            for name in path.split(Node.SEPARATOR):
                too_long(name, LONGEST_NODE)
            found = known[fold(path)] = self.new_node(model, path)
        return found

    def new_node(self, model: type[Node], path: str) -> Found:
        above = path.rpartition(Node.SEPARATOR)[0]
        if above:
            self.node(model, above)
        node = model.at(self.owner, path) if self.create else None
        if node is None:
            return Found([0, path], None, True)
        self.made.append((model._meta.model_name or "", node.pk))
        return Found([node.pk, node.path], node, True)

    # --- reference types -------------------------------------------------------
    def type(self, text: str) -> Found:
        if self._types is None:
            rows = CoinType.objects.known_to(self.owner).values_list("pk", "key", "title")
            self._types = {}
            for pk, key, title in rows.order_by("-pk").iterator(5000):
                self._types[fold(title)] = self._types[fold(key)] = pk
        known = self._types.get(fold(" ".join(text.split())))
        if known is None:
            text = _("No type is called “%(text)s”. Write its name or key.") % {"text": text}
            raise refuse(text)
        thing = CoinType.objects.get(pk=known)
        return Found(as_pair(thing) or [], thing)


def path_of(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"[›>/]", text))
    return Node.SEPARATOR.join(part for part in parts if part)


def too_long(text: str, limit: int) -> None:
    if len(text) > limit:
        raise refuse(_("At most %(limit)s characters.") % {"limit": limit})
