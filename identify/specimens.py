"""Photos to hold beside a candidate: coins of which somebody has said that they are just this. The
visitor's own stand first, then those that others let him see."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from catalog.access import Visitor
from catalog.models import Authority, Coin, Denomination, Metal, Mint, Photo, Region
from catalog.models.vocabulary import Term, TermQuerySet
from catalog.templatetags.photos import main_photo
from identify import attribution, wording
from identify.models import Suggestion

MOST_CANDIDATES, MOST_COINS = 5, 3
# What a coin looks like by; a date or a metal has no face
FIELDS = (
    "ruler", "world_coin", "face_value", "us_denomination", "commemorative", "type", "reference",
)  # fmt: skip
TERMS: dict[str, type[Term]] = {
    "authority": Authority, "denomination": Denomination, "mint": Mint, "metal": Metal,
    "region": Region,
}  # fmt: skip


@dataclass(frozen=True)
class Specimen:
    coin: Coin
    photo: Photo
    is_own: bool


@dataclass(frozen=True)
class Shelf:
    told: str
    percent: str
    specimens: list[Specimen]


def shelves(one: Suggestion, user: Visitor) -> list[Shelf]:
    return [
        Shelf(
            attribution.shown(one.field, candidate.label),
            wording.percent(candidate.confidence),
            specimens(one, candidate.label, user),
        )
        for candidate in one.offered[:MOST_CANDIDATES]
    ]


def specimens(one: Suggestion, label: str, user: Visitor) -> list[Specimen]:
    said_to_be = coins_of(one.field, label)
    if said_to_be is None:
        return []
    photos = Photo.objects.filter(coin=OuterRef("pk")).exclude(
        Q(state=Photo.State.FAILED) | Q(role=Photo.Role.EDGE)
    )
    coins = (
        Coin.objects.for_page().visible_to(user).live()
        .exclude(pk=one.identification.coin_id).filter(said_to_be, Exists(photos))
        .order_by(Case(When(collection__owner=user.pk, then=Value(0)), default=Value(1)), "-pk")
    )  # fmt: skip
    return [
        Specimen(coin, photo, coin.collection.owner_id == user.pk)
        for coin in coins[:MOST_COINS]
        if (photo := main_photo(coin))
    ]


def coins_of(field: str, label: str) -> Q | None:
    """Coins that carry all that the label says; none, where it says nothing that a coin carries."""
    words = attribution.texts(field, label) if field in FIELDS else {}
    parts = [part(field, name, label, text) for name, text in words.items() if text]
    if not parts:
        return None
    whole = parts[0]
    for one in parts[1:]:
        whole &= one
    return whole


def part(field: str, name: str, label: str, text: str) -> Q:
    if name == "type":
        return Q(type__key=text) | Q(type__title__iexact=text)
    if name == "date":
        return Q(year_from=int(text), year_to=int(text))
    if field == "world_coin" and name == "denomination":
        return Q(denomination__in=denominations(label, text))
    return Q(**{f"{name}__in": TERMS[name]._default_manager.named(text)})


def denominations(label: str, text: str) -> TermQuerySet[Denomination]:
    """A Singapore cent is no euro cent, although somebody calls each of them a cent."""
    currency = label.split("|")[1] if "|" in label else ""
    code = attribution.CURRENCIES.get(currency.casefold(), "")
    return Denomination.objects.named(text).filter(currency__in=[code, ""])
