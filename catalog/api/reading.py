"""From what a program wrote in JSON to the values that `catalog.editing.change` takes. The refusals are
those of `catalog.fields`, so that the API, the forms and the import refuse alike."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError as Refusal

from catalog.fields import CoinField, as_pair, fields_of
from catalog.models import Coin, Tag, User

BIGGEST = 2**63 - 1


class CoinReader:
    """Reads for one owner's collection; `by` may use the words that only he has added, too."""

    def __init__(self, owner: User, by: User) -> None:
        self.owner, self.by = owner, by
        self.known = fields_of(owner)
        self.words: dict[tuple[str, str], list[Any] | None] = {}

    def read(self, data: Mapping[str, Any], ignored: set[str], coin: Coin | None) -> dict[str, Any]:
        """Every value that can be taken; or one refusal that names every value that cannot."""
        values: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, raw in self.flattened(data, errors).items():
            if name in ignored:
                continue
            try:
                values[name] = self.read_one(name, raw, coin)
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise Refusal(errors)
        return values

    def flattened(self, data: Mapping[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
        """`{"custom": {"rarity": "R2"}}` is the field `custom.rarity`."""
        flat = {str(name): raw for name, raw in data.items() if name != "custom"}
        custom = data.get("custom") or {}
        if isinstance(custom, Mapping):
            return flat | {f"custom.{key}": raw for key, raw in custom.items()}
        errors["custom"] = [_("Write an object: your fields' keys and their values.")]
        return flat

    def read_one(self, name: str, raw: Any, coin: Coin | None) -> Any:
        field = self.known.get(name)
        if field is None:
            raise ValidationError(_("A coin has no such field."))
        if field.kind in {"term", "type", "place"}:
            return self.read_word(field, raw, coin)
        if field.kind == "list":
            return self.read_list(field, raw)
        return field.read(as_text(raw, field), self.owner)

    def read_word(self, field: CoinField, raw: Any, coin: Coin | None) -> list[Any] | None:
        if isinstance(raw, Mapping):
            raw = raw.get("id", raw.get("name"))
        if isinstance(raw, str) or raw is None:
            return self.named(field, as_text(raw, field))
        now = field.get(coin) if coin and coin.pk else None
        if now and now[0] == raw:
            return now
        return as_pair(self.by_id(field, raw))

    def named(self, field: CoinField, text: str) -> list[Any] | None:
        """Looked up once, however many coins of a bulk request have it."""
        if (field.name, text) not in self.words:
            path = self.checked_path(text) if field.name == "place" else text
            self.words[field.name, text] = field.read(path, self.owner)
        return self.words[field.name, text]

    def by_id(self, field: CoinField, raw: Any) -> Any:
        assert field.model is not None
        found = None
        if is_id(raw):
            manager: Any = field.model._default_manager
            if field.name == "place":
                found = manager.filter(owner=self.owner, pk=raw).first()
            else:
                known = manager.known_to(self.owner) | manager.known_to(self.by)
                found = known.filter(pk=raw).first()
        if found is None:
            raise ValidationError(_("Nothing here has the id %(id)s.") % {"id": raw})
        return found

    def read_list(self, field: CoinField, raw: Any) -> list[str]:
        if raw is None:
            return []
        if not isinstance(raw, list) or len(raw) > 200:
            raise ValidationError(_("Write a list of at most %(high)s.") % {"high": 200})
        texts = [self.item(field, one) for one in raw]
        return list(dict.fromkeys(text for text in texts if text))

    def item(self, field: CoinField, raw: Any) -> str:
        if field.name == "tags":
            if isinstance(raw, Mapping):
                raw = raw.get("id", raw.get("name"))
            if is_id(raw):
                path = Tag.objects.filter(owner=self.owner, pk=raw).values_list("path", flat=True)
                if not path:
                    raise ValidationError(_("Nothing here has the id %(id)s.") % {"id": raw})
                return path[0]
            return self.checked_path(" ".join(as_text(raw, field).split()))
        text = " ".join(as_text(raw, field).split())
        if len(text) > 200:
            raise ValidationError(_("At most %(limit)s characters.") % {"limit": 200})
        return text

    def checked_path(self, path: str) -> str:
        names = re.split(r"\s*[›>/]\s*", path.strip())
        if any(len(name) > 120 for name in names):
            raise ValidationError(_("At most %(limit)s characters.") % {"limit": 120})
        if len(Tag.SEPARATOR.join(names)) > 1000:
            raise ValidationError(_("This goes too deep."))
        return path

    def emptied(self, missing_from: set[str]) -> dict[str, Any]:
        """What a PUT leaves out is emptied; a coin always has a status."""
        return {
            name: field.read("", self.owner)
            for name, field in self.known.items()
            if name not in missing_from and name != "status"
        }


def is_id(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= BIGGEST


def as_text(raw: Any, field: CoinField) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool) and field.kind == "custom-yes_no":
        return "yes" if raw else "no"
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValidationError(_("Write text or a number."))
    return str(raw)
