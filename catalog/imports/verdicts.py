"""One row in, one verdict out: the values for a coin, or what is wrong and what to write instead.
Reads the vocabulary, writes nothing unless the words are told to make new ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.fields import CoinField
from catalog.imports.cells import year_of
from catalog.imports.deals import Deal, read_deal
from catalog.imports.plans import Plan
from catalog.imports.targets import Target
from catalog.imports.words import Found, Words
from catalog.models import Coin, ImportRow
from catalog.refusals import Refusal

MOST_PIECES = 200
REMEMBERED = 50_000
Photos = list[tuple[str, str]]


@dataclass
class Verdict:
    values: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    deals: list[Deal] = field(default_factory=list)
    photos: Photos = field(default_factory=list)
    pieces: int = 1
    notes: list[str] = field(default_factory=list)
    messages: list[dict[str, str]] = field(default_factory=list)

    def warn(self, label: Any, text: str) -> None:
        self.messages.append({"level": "warning", "field": str(label), "text": text})

    def refuse(self, label: Any, text: str) -> None:
        self.messages.append({"level": "error", "field": str(label), "text": text})

    @property
    def state(self) -> str:
        levels = {message["level"] for message in self.messages}
        if "error" in levels:
            return ImportRow.State.REFUSED
        return ImportRow.State.WARNED if levels else ImportRow.State.GOOD


class Judge:
    """Remembers what it has read: 20,000 rows say Denarius a lot."""

    def __init__(self, plan: Plan, words: Words, has_photo: Callable[[str], bool]) -> None:
        self.plan, self.words, self.has_photo = plan, words, has_photo
        self.width = len(plan.session.headings)
        self._read: dict[tuple[str, str], Any] = {}
        self._taken = {"number": taken(plan, "number"), "certificate": taken(plan, "certificate")}
        self._seen: dict[tuple[str, str], int] = {}
        self.new: Counter[tuple[str, str, str]] = Counter()

    def judge(self, number: int, cells: list[str]) -> Verdict:
        verdict = Verdict()
        if len(cells) > self.width:
            text = _("The row has more cells than the headings: look for a stray delimiter in it.")
            verdict.refuse("", text)
            return verdict
        texts = self.texts(cells)
        for key, text in texts.items():
            self.take(verdict, self.plan.targets[key], text)
        self.take_deals(verdict, texts)
        self.take_photos(verdict, cells)
        if not (
            verdict.values or verdict.own or verdict.deals or verdict.photos or verdict.messages
        ):
            verdict.refuse("", _("Nothing in this row goes into a field."))
        verdict.values.setdefault("status", self.plan.status)
        if verdict.notes:
            parts = [verdict.values.get("notes", ""), *verdict.notes]
            verdict.values["notes"] = "\n".join(part for part in parts if part)
        self.warn_of_twins(verdict, number)
        return verdict

    def texts(self, cells: list[str]) -> dict[str, str]:
        """Target -> text, of one column or of several joined."""
        found = {}
        for target, places in self.plan.columns:
            parts = [cells[at] for at in places if at < len(cells) and cells[at]]
            text = (target.joiner or " ").join(dict.fromkeys(parts))
            if text and (cleaner := self.plan.cleaners.get(target.key)):
                text = cleaner(text)
            if text:
                found[target.key] = text
        return found

    def take(self, verdict: Verdict, target: Target, text: str) -> None:
        if target.field:
            self.take_field(verdict, target.field, text)
        elif target.key.startswith("new "):
            verdict.own[target.key] = text
        elif target.key == "quantity":
            self.take_pieces(verdict, text)

    # --- fields of a coin --------------------------------------------------------
    def take_field(self, verdict: Verdict, field: CoinField, text: str) -> None:
        if field.kind == "years" and (year := year_of(text)):
            verdict.warn(field.label, _("Only the year of “%(text)s” is kept.") % {"text": text})
            text = year
        try:
            value = self.read(field, text)
        except (ValidationError, Refusal) as error:
            self.unreadable(verdict, field.label, text, first_message(error))
            return
        if isinstance(value, Found):
            self.tell_of_new(verdict, field.label, value, loud=field.kind == "term")
            verdict.things[field.name] = value.thing
            value = value.pair
        elif field.name == "tags":
            self.tell_of_new_tags(verdict, value)
        if value not in (None, "", []):
            verdict.values[field.name] = value

    def read(self, field: CoinField, text: str) -> Any:
        key = (field.name, text)
        if key not in self._read:
            if len(self._read) > REMEMBERED:
                self._read.clear()
            try:
                self._read[key] = self.read_anew(field, text)
            except (ValidationError, Refusal) as error:
                self._read[key] = error
        if isinstance(value := self._read[key], Exception):
            raise value
        return value

    def read_anew(self, field: CoinField, text: str) -> Any:
        if field.kind == "term" and field.model:
            return self.words.term(field.model, text)  # type: ignore[arg-type]
        if field.kind == "place":
            return self.words.place(text)
        if field.kind == "type":
            return self.words.type(text)
        return field.read(text, self.plan.owner)

    def unreadable(self, verdict: Verdict, label: Any, text: str, why: str) -> None:
        if self.plan.careful:
            verdict.notes.append(f"{label}: {text}")
            verdict.warn(label, _("%(why)s It is kept in the notes.") % {"why": ended(why)})
        else:
            verdict.refuse(label, why)

    # --- the rest ----------------------------------------------------------------
    def take_pieces(self, verdict: Verdict, text: str) -> None:
        plain = text.removesuffix(".0").removesuffix("x").strip()
        if not plain.isdecimal() or len(plain) > 9 or not 1 <= int(plain) <= MOST_PIECES:
            message = _("“%(text)s” is not a quantity from 1 to %(most)s.")
            verdict.refuse(_("quantity"), message % {"text": text, "most": MOST_PIECES})
            return
        verdict.pieces = int(plain)
        if verdict.pieces > 1:
            message = _("Becomes %(count)s coins; number, certificate and photos go to the first.")
            verdict.warn(_("quantity"), message % {"count": verdict.pieces})

    def take_photos(self, verdict: Verdict, cells: list[str]) -> None:
        for role, name in photos_of(self.plan, cells):
            if self.has_photo(name):
                verdict.photos.append((role, name))
            else:
                message = _("The photo “%(name)s” is not in the ZIP beside this file.")
                verdict.warn(_("Photos"), message % {"name": name})

    def take_deals(self, verdict: Verdict, texts: Mapping[str, str]) -> None:
        for kind in ("purchase", "sale", "valuation"):
            mine = {
                key.split(".")[1]: text for key, text in texts.items() if key.startswith(f"{kind}.")
            }
            if not mine:
                continue
            deal = read_deal(kind, mine, self.plan)
            for label, text, why in deal.unreadable:
                self.unreadable(verdict, label, text, why)
            for label, text in deal.remarks:
                verdict.warn(label, text)
            if deal.row:
                verdict.deals.append(deal)

    # --- remarks -------------------------------------------------------------------
    def tell_of_new(self, verdict: Verdict, label: Any, found: Found, loud: bool = True) -> None:
        if not found.is_new or self.words.create:
            return
        name, near = found.pair[1], found.near
        self.new[str(label), name, near] += 1
        if not loud:  # places and tags are anybody's own; words of the vocabulary are not
            return
        text = _("“%(name)s” is new and will be added.")
        if near:
            text = _("“%(name)s” is new and will be added. Did you mean “%(near)s”?")
        verdict.warn(label, text % {"name": name, "near": near})

    def tell_of_new_tags(self, verdict: Verdict, paths: Iterable[str]) -> None:
        for path in paths:
            try:
                found = self.words.tag(path)
            except ValidationError as error:
                verdict.refuse(_("tags"), first_message(error))
            else:
                if found:
                    self.tell_of_new(verdict, _("tag"), found, loud=False)

    def warn_of_twins(self, verdict: Verdict, number: int) -> None:
        """The same certificate, or inventory number, twice: perhaps meant, so it never blocks."""
        labels = {"number": _("inventory number"), "certificate": _("certificate number")}
        for name, label in labels.items():
            if not (value := verdict.values.get(name)):
                continue
            row = self._seen.setdefault((name, value.casefold()), number)
            if value.casefold() in self._taken[name]:
                text = _("A coin with %(value)s is already in this collection.")
                verdict.warn(label, text % {"value": value})
            elif row != number:
                text = _("Row %(row)s has %(value)s too.")
                verdict.warn(label, text % {"value": value, "row": row})


def photos_of(plan: Plan, cells: list[str]) -> Photos:
    """`[("obverse", "a.jpg")]`: what a row says of photos, whether they are there or not."""
    return [
        (target.key.removeprefix("photo."), name)
        for target, places in plan.columns
        if target.group == "photo"
        for at in places
        if at < len(cells)
        for name in cells[at].split("\n")
        if name
    ]


def taken(plan: Plan, name: str) -> set[str]:
    if not any(target.key == name for target, _places in plan.columns):
        return set()
    coins = Coin.objects.live().filter(collection=plan.session.collection).exclude(**{name: ""})
    coins = coins.exclude(import_session=plan.session)
    return {value.casefold() for value in coins.values_list(name, flat=True)}


def first_message(error: ValidationError | Refusal) -> str:
    if isinstance(error, Refusal):
        return _(error.template) % error.params
    return str(error.messages[0])


def ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "”")) else f"{sentence}."
