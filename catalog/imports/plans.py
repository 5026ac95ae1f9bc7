"""What a session means to do: which columns go where, and what holds for the whole file."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from catalog.imports import cells
from catalog.imports.aliases import STATUS_WORDS
from catalog.imports.presets import PRESETS, Preset
from catalog.imports.presets.base import Cleaner
from catalog.imports.presets.opennumismat import TITLES
from catalog.imports.readers import TableError
from catalog.imports.targets import NEW, Target, targets_of
from catalog.models import CustomField, ImportSession, User
from catalog.organising import free_key
from catalog.refusals import gettext_noop


@dataclass
class Plan:
    session: ImportSession
    owner: User
    targets: dict[str, Target]
    preset: Preset
    columns: list[tuple[Target, list[int]]] = field(default_factory=list)
    currencies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, session: ImportSession) -> "Plan":
        owner = session.collection.owner
        plan = cls(session, owner, targets_of(owner), PRESETS[session.preset])
        places: dict[str, list[int]] = {}
        for at, heading in enumerate(session.headings):
            if key := session.mapping.get(heading, ""):
                target = plan.target(key, heading)
                places.setdefault(target.key, []).append(at)
                if found := cells.currency_in(heading):
                    plan.currencies[target.group] = found
        plan.columns = [(plan.targets[key], at) for key, at in places.items()]
        return plan

    def target(self, key: str, heading: str) -> Target:
        """A column that is to become an own field is one already, as far as a check can tell."""
        if key in self.targets:
            return self.targets[key]
        if key != NEW:
            text = gettext_noop(
                "The field for “%(heading)s” is gone. Choose another for that column."
            )
            raise TableError("field", text, heading=heading)
        name = title_of(self.preset.key, heading)
        return self.targets.setdefault(f"new {name}", Target(f"new {name}", name, "keeping", "; "))

    @cached_property
    def cleaners(self) -> dict[str, Cleaner]:
        return {**CLEANERS, **self.preset.clean}

    @property
    def careful(self) -> bool:
        return bool(self.session.options.get("careful"))

    @property
    def status(self) -> str:
        return str(self.session.options.get("status") or "owned")

    @property
    def day_first(self) -> bool:
        return bool(self.session.options.get("day_first", True))

    def currency(self, group: str) -> str:
        default = self.session.options.get("currency") or self.session.collection.currency
        return self.currencies.get(group) or str(default)


def title_of(preset: str, heading: str) -> str:
    """What people call a column that a program calls `saller`."""
    return (TITLES.get(heading, heading) if preset == "opennumismat" else heading)[:80]


def make_own_fields(session: ImportSession) -> None:
    """Columns that are to become own fields do so, once, however often this is asked."""
    owner = session.collection.owner
    known = {custom.name.casefold(): custom for custom in owner.custom_fields.all()}
    mapping = dict(session.mapping)
    for heading, key in session.mapping.items():
        if key == NEW:
            name = title_of(session.preset, heading)
            custom = known.get(name.casefold()) or CustomField.objects.create(
                owner=owner, name=name, key=free_key(owner, name), position=len(known)
            )
            known[name.casefold()] = custom
            mapping[heading] = f"custom.{custom.key}"
    if mapping != session.mapping:
        session.mapping = mapping
        session.beat(mapping=mapping)


# --- what people write and mean something else by -----------------------------
def status_word(text: str) -> str:
    return STATUS_WORDS.get(text.casefold().strip(), text)


def hours(text: str) -> str:
    """6 of "6h", "6 h", "06" and "180°"."""
    plain = text.casefold().replace("uhr", "").rstrip("h’' ").strip()
    if re.fullmatch(r"\d{1,6}\s*°", plain):
        return str(round(int(plain[:-1]) / 30) % 12 or 12)
    return plain.lstrip("0") or plain


def grade(text: str) -> str:
    """A plus or minus is a prefix among collectors: VF+ is gVF, XF- is aEF."""
    plain = text.strip().upper().replace("XF", "EF")
    if plain[-1:] in "+-–" and plain[:-1].strip() in {"VG", "F", "VF", "EF", "UNC"}:
        return ("g" if plain.endswith("+") else "a") + plain[:-1].strip()
    return text


def measure(text: str) -> str:
    """3.4 of "3.4 gr." and of "~3,4 g"."""
    return (
        text.strip("~≈ca. ").removesuffix("gr").removesuffix("gram").removesuffix("grams").strip()
    )


CLEANERS: dict[str, Cleaner] = {
    "status": status_word, "die_axis": hours, "grade": grade, "weight": measure, "diameter": measure,
    "thickness": measure,
}  # fmt: skip
