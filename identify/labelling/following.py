"""A decision about a suggestion is a label of each photo that it was made from; undoing withdraws it."""

from typing import TYPE_CHECKING

from identify.labelling.words import label_for
from identify.models.labels import How, Label

if TYPE_CHECKING:
    from catalog.models import Coin, User
    from identify.models.suggestions import Suggestion

HOW = {"accepted": How.VIEWED, "unread": How.UNREAD, "corrected": How.CORRECTED}


def follow(one: "Suggestion", by: "User", said: dict[str, str] | None = None) -> None:
    """Called in the decision's own transaction, after it. Refusing, or not knowing, is no label."""
    if one.decision == "open":
        for label in Label.objects.standing().filter(suggestion=one):
            label.withdraw(by)
        return
    if one.decision not in HOW:
        return
    value = label_for(one.field, said, [label.label for label in one.offered]) if said else ""
    for photo in one.identification.photos:
        Label.say(
            photo, one.field, value or one.decided, by, HOW[one.decision], shown=one.label,
            suggestion=one,
        )  # fmt: skip


def as_coin_says(coin: "Coin", said: dict[str, str]) -> dict[str, str]:
    """In the vocabulary's own words: who writes “Traian” means the term that is Trajan."""
    return {
        name: getattr(getattr(coin, name, None), "name", "") or text for name, text in said.items()
    }
