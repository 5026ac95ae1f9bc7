"""Something of one's own: which coins show it, and which show something else."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.text import slugify

from catalog.models import Coin
from catalog.models.trees import Tag
from catalog.refusals import Refusal, gettext_noop
from identify.models.runs import OWN, TrainingRun

if TYPE_CHECKING:
    from catalog.models import User

REST = "rest"  # what every other coin is; never told to anybody
FEWEST_OTHERS, OTHERS_EACH, MOST_OTHERS = 60, 8, 2000


def field_for(title: str, user: "User") -> str:
    """`own:town-tokens`; another's class of the same name gets a number."""
    stem = slugify(title)[:30] or "class"
    taken = TrainingRun.objects.exclude(user=user).filter(field__startswith=OWN)
    others = set(taken.values_list("field", flat=True))
    names = (f"{OWN}{stem}{'' if n == 1 else f'-{n}'}" for n in range(1, 10_000))
    return next(name for name in names if name not in others)


def class_of(label: str, **where: Any) -> dict[str, Any]:
    """As a run keeps it; refused where it could not be told from the rest."""
    label = " ".join(label.replace(";", ",").split())[:120]
    if not label:
        raise Refusal("no_name", gettext_noop("Give it a name, like “Token of my town”."))
    if label.casefold() == REST:
        raise Refusal("name_taken", gettext_noop("“rest” means all other coins. Choose another."))
    return {"label": label} | {name: value for name, value in where.items() if value}


def coins_of(one: dict[str, Any], user: "User") -> set[int]:
    """What was chosen, and what has been tagged with its name since: accepting it writes that tag."""
    chosen = Q(pk__in=one.get("coins", []))
    if one.get("tag"):
        tag = Tag.objects.filter(pk=one["tag"]).first()
        chosen |= Q(tags__in=tag.with_descendants()) if tag else Q()
    if one.get("set"):
        chosen |= Q(slots__set=one["set"])
    for name in Tag.names_in(one["label"])[-1:]:
        chosen |= Q(tags__name__iexact=name)
    mine = Coin.objects.editable_by(user).live()
    return set(mine.filter(chosen).values_list("pk", flat=True))


def sorted_out(classes: Sequence[dict[str, Any]], user: "User") -> dict[int, str]:
    """Coin -> label. Who stands in two classes shows neither's mark clearly, and is left out."""
    found: dict[int, str] = {}
    twice: set[int] = set()
    for one in classes:
        for coin in coins_of(one, user):
            if coin in found and found[coin] != one["label"]:
                twice.add(coin)
            found[coin] = one["label"]
    told = {coin: label for coin, label in found.items() if coin not in twice}
    others = rest(set(found), user, limit_for(len(told)))
    return told | dict.fromkeys(others, REST)


def rest(known: Iterable[int], user: "User", limit: int) -> list[int]:
    """The latest others that have a photo."""
    mine = Coin.objects.editable_by(user).live().filter(photos__isnull=False)
    others = mine.exclude(pk__in=list(known)).distinct().order_by("-pk")
    return list(others.values_list("pk", flat=True)[:limit])


def limit_for(shown: int) -> int:
    return min(MOST_OTHERS, max(FEWEST_OTHERS, OTHERS_EACH * shown))
