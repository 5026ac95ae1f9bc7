"""What a lot's picture shows, held against its text. A curator decides: here it is only asked, and rather
too seldom than too often."""

from collections.abc import Iterable

from catalog.models import Authority, Denomination
from catalog.models.vocabulary import Term
from market.contradicting import Word, shows_another
from market.models import Doubt, Lot

SIDES = " | "  # what the text says, what the picture shows, how sure
BASE = -1
# Kind of the doubt, field of the coin, field of the lot, the words of both
PICTURED: tuple[tuple[str, str, str, type[Term]], ...] = (
    (Doubt.Kind.PHOTO_RULER, "authority", "ruler_text", Authority),
    (Doubt.Kind.PHOTO_KIND, "denomination", "denomination_text", Denomination),
)


def of_picture(lot: Lot, words: "Words") -> list[Doubt]:
    """What a person has said of the lot stands against any picture."""
    known = getattr(lot, "attributes", None)
    if known is None or lot.excluded_reason:
        return []
    text, found = f"{lot.title} {lot.description}", []
    for kind, field, column, model in PICTURED:
        said, shown = getattr(known, column), surest(lot, field)
        if not said or not shown or column in lot.by_hand:
            continue
        names, confidence = shown
        if shows_another(text, words.of(model, [said]), words.of(model, names), confidence):
            both = (said, " / ".join(names), f"{100 * confidence:.0f}")
            found.append(Doubt(lot=lot, kind=kind, said=SIDES.join(both)[:200]))
    return found


def surest(lot: Lot, field: str) -> tuple[list[str], float] | None:
    """Of several pictures the one that says it most firmly."""
    said = [one.says[field] for one in lot.pictures.all() if field in one.says]
    names, confidence = max(said, key=lambda shown: shown[1], default=([], 0.0))
    return (names, confidence) if names else None


class Words:
    """The vocabulary, each word looked up once however many lots have it."""

    def __init__(self) -> None:
        self.known: dict[tuple[type[Term], str], Word] = {}

    def of(self, model: type[Term], names: Iterable[str]) -> Word:
        found = [self.word(model, name) for name in names]
        return Word(
            frozenset(pk for one in found for pk in one.ids),
            frozenset(name for one in found for name in one.names),
        )

    def word(self, model: type[Term], name: str) -> Word:
        if (model, name) not in self.known:
            terms = list(model._default_manager.filter(added_by=None).named(name))
            spelt = (one for term in terms for one in term.all_names() if one)
            ids = (told_by(term) for term in terms)
            self.known[model, name] = Word(frozenset(pk for pk in ids if pk), frozenset(spelt))
        return self.known[model, name]


def told_by(term: Term) -> int | None:
    """What a picture can tell of it. It has no scale: a denarius and a quinarius look the same on it, and
    under their patina so do all base metals; but gold does not look like silver."""
    if not isinstance(term, Denomination):
        return term.pk
    return (term.metal.pk if term.metal.is_precious else BASE) if term.metal else None
