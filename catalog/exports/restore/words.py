"""The vocabulary of an archive as rows of this site: found by nomisma.org id, code, key or name; what
is not there is added as the user's own, for a curator to look at."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from catalog.exports.archive import specs
from catalog.exports.archive.specs import Spec
from catalog.exports.restore.reading import BadDocument, Document, rows_in, values
from catalog.exports.restore.report import Report
from catalog.models import CoinType, User


class Words:
    """`pk("mint:roma")` is the number of that word here, None where the archive has none such."""

    def __init__(self, user: User, report: Report) -> None:
        self.user, self.report = user, report
        self.found: dict[str, int | None] = {}
        self.documents: dict[str, Document] = {}
        self.taken: set[tuple[str, int]] = set()

    def learn(self, documents: Iterable[Document]) -> None:
        """A mint needs its region first, whatever their order: `pk` goes down by itself."""
        for document in documents:
            if isinstance(ref := document.get("ref"), str):
                self.documents[ref] = document
        for ref in self.documents:
            self.pk(ref)

    def pk(self, ref: Any) -> int | None:
        if not isinstance(ref, str):
            return None
        if ref not in self.found:
            self.found[ref] = None  # a region that is its own parent stops here
            if document := self.documents.get(ref):
                try:
                    self.found[ref] = self.find_or_add(ref.partition(":")[0], document)
                except BadDocument as problem:
                    self.report.problem(f"{ref}: {problem}")
        return self.found[ref]

    def related(self, spec: Spec, document: Document) -> dict[str, int | None]:
        return {f"{name}_id": self.pk(document.get(name)) for name in spec.words}

    def find_or_add(self, kind: str, document: Document) -> int | None:
        spec = specs.WORDS.get(kind)
        if spec is None:
            return None
        said = values(spec, document)
        word = self.find(kind, spec, said)
        if word is None:
            word = self.add(spec, document, said)
            self.report.added["words"] += 1
        self.taken.add((kind, word.pk))
        return word.pk

    def find(self, kind: str, spec: Spec, said: Document) -> Any:
        model: Any = spec.model
        known = model.objects.known_to(self.user)
        if kind == "catalogue":
            return known.filter(code=said["code"]).first()
        if said["nomisma_id"]:
            return known.filter(nomisma_id=said["nomisma_id"]).first()
        named = known.filter(name=said["name"], nomisma_id="").order_by("added_by", "pk")
        free = [word for word in named if (kind, word.pk) not in self.taken]
        alike = [word for word in free if all(getattr(word, k) == v for k, v in said.items())]
        return next(iter(alike or free), None)

    def add(self, spec: Spec, document: Document, said: Document) -> Any:
        """An id or code that another user's word has here stays with it."""
        model: Any = spec.model
        for name, value in (("nomisma_id", ""), ("code", f"{said.get('code', '')}~{self.user.pk}")):
            is_taken = said.get(name) and model.objects.filter(**{name: said[name]}).exists()
            if is_taken and model._meta.get_field(name).unique | (name == "nomisma_id"):
                said[name] = value[:30]
        return model.objects.create(**said, **self.related(spec, document), added_by=self.user)


class Types:
    def __init__(self, user: User, words: Words, report: Report) -> None:
        self.user, self.words, self.report = user, words, report
        self.found: dict[str, int] = {}

    def learn(self, documents: Iterable[Document]) -> None:
        """An existing type stays as it is: it may be better than the one in the archive."""
        for document in documents:
            key = document.get("key")
            if not isinstance(key, str):
                continue
            own = f"{key[:100]}~{self.user.pk}"
            known = CoinType.objects.filter(Q(key=key) | Q(key=own)).known_to(self.user)
            there = known.order_by("added_by").first()
            try:
                self.found[f"type:{key}"] = there.pk if there else self.add(key, own, document)
            except BadDocument as problem:
                self.report.problem(f"type {key}: {problem}")

    def pk(self, ref: Any) -> int | None:
        return self.found.get(ref) if isinstance(ref, str) else None

    def add(self, key: str, own: str, document: Document) -> int:
        said = values(specs.TYPE, document) | self.words.related(specs.TYPE, document)
        if CoinType.objects.filter(key=key).exists():
            said["key"] = own
        type_ = CoinType.objects.create(**said, added_by=self.user)
        for name, spec in (("references", specs.TYPE_REFERENCE), ("issues", specs.ISSUE)):
            rows = [
                spec.model(
                    type=type_, **values(spec, row), **self.words.related(spec, row)
                )
                for row in rows_in(document, name)
            ]  # fmt: skip
            for row in rows:
                if hasattr(row, "compute_keys"):
                    row.compute_keys()
            spec.model._default_manager.bulk_create(rows, ignore_conflicts=True)
        type_.save()  # its search text has the references
        self.report.added["types"] += 1
        return type_.pk
