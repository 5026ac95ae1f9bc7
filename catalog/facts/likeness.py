"""Finds the row that is meant by a record, where a curator or an import made it before the fixtures
came to know it."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from catalog.facts.files import Record
from catalog.models.vocabulary import Term


class Likeness:
    def __init__(self, model: type[models.Model], fresh: Iterable[Record]) -> None:
        self.mark = own_key(model)
        names = [record.get("name") for record in fresh]
        marks = [record.get("id") or record.get(self.mark) for record in fresh]
        self.by_mark = self.rows(model, self.mark, marks)
        self.by_name: dict[str, Any] = {}
        if self.mark == "nomisma_id":
            self.by_name = self.rows(model, "name", names, added_by=None, nomisma_id="")

    @staticmethod
    def rows(
        model: type[models.Model], column: str, values: Iterable[Any], **also: Any
    ) -> dict[str, Any]:
        wanted = {f"{column}__in": [value for value in values if value]} | also
        return {getattr(row, column): row for row in model._default_manager.filter(**wanted)}

    def find(self, record: Record) -> Any:
        """A row is found once: two facts never become one row."""
        mark = record.get("id") or record.get(self.mark) or ""
        return self.by_mark.pop(mark, None) or self.by_name.pop(record.get("name", ""), None)


def own_key(model: type[models.Model]) -> str:
    for name in ("key", "code"):
        if any(one.name == name and one.unique for one in model._meta.concrete_fields):
            return name
    return "nomisma_id" if issubclass(model, Term) else "key"
