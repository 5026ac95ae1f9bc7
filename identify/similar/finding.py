"""Coins near a coin. Only what its owner has attributed counts as evidence: a guess next to a guess
proves nothing. The visitor's own coins come first, then those that others let him see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from catalog.access import Visitor
from catalog.models import Coin, Photo
from identify.models import Embedding
from identify.similar.keeping import true_store
from identify.similar.likeness import bounds_of
from identify.values import Vector

MOST = 5
NEAR_PHOTOS = 40  # of each face; several of them may show one coin
FIRST_LOOK = 200
OTHER = {"obverse": "reverse", "reverse": "obverse"}
# Somebody has said what it is. A modern coin has no authority: its value and country name it
VERIFIED = (
    Q(coin__type__isnull=False)
    | Q(coin__authority__isnull=False)
    | Q(coin__denomination__isnull=False, coin__region__isnull=False)
)


@dataclass
class Near:
    coin: Coin
    likeness: float
    faces: dict[str, float] = field(
        default_factory=dict
    )  # by side of the coin that was asked about
    is_own: bool = False


def similar(coin: Coin, user: Visitor, most: int = MOST) -> list[Near]:
    faces = embeddings_of(coin)
    photos = evidence(user).exclude(coin=coin)
    own = photos.filter(coin__collection__owner=user.pk)
    found = nearest(faces, own, most, is_own=True)
    if len(found) < most:
        others = photos.exclude(coin__collection__owner=user.pk)
        found += nearest(faces, others, most - len(found))
    return found


def owned_already(coin: Coin, user: Visitor) -> list[Near]:
    """Coins that the visitor holds and that may be of the same kind, attributed or not."""
    held = Photo.objects.filter(
        coin__in=Coin.objects.held(), coin__collection__owner=user.pk
    ).exclude(coin=coin)
    faces = embeddings_of(coin)
    same = max((bounds_of(face.model).same for face in faces), default=1.0)
    found = nearest(faces, held, MOST, is_own=True)
    return [one for one in found if one.likeness >= same and may_be_same(coin, one.coin)]


def may_be_same(one: Coin, other: Coin) -> bool:
    """Not, where both are known to be something else."""
    names = ("type_id", "denomination_id", "authority_id")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    return all(a == b for a, b in pairs if a and b)


def evidence(user: Visitor) -> QuerySet[Photo]:
    return Photo.objects.visible_to(user).filter(VERIFIED, coin__deleted_at=None)


def embeddings_of(coin: Coin) -> list[Embedding]:
    """One a face; of several photos of one face the first."""
    rows = Embedding.objects.filter(photo__coin=coin).select_related("photo")
    first: dict[str, Embedding] = {}
    for row in rows.order_by("photo__position", "photo_id"):
        first.setdefault(side_of(row), row)
    return list(first.values())


def nearest(
    faces: Sequence[Embedding], photos: QuerySet[Photo], most: int, is_own: bool = False
) -> list[Near]:
    """A coin is as near as its faces are on average; a face that is not near counts as the last of
    those that are, which flatters nobody by much."""
    likeness: dict[int, dict[str, float]] = {}
    farthest: dict[str, float] = {}
    for face in faces:
        side, vector = side_of(face), face.as_vector()
        pairs = pairs_near(vector, face.model, photos)
        farthest[side] = max(0.0, pairs[-1][1]) if pairs else 0.0
        for coin, score in best_of_each(pairs, side):
            likeness.setdefault(coin, {})[side] = score
    scored = {
        coin: sum(said.get(side, last) for side, last in farthest.items()) / len(farthest)
        for coin, said in likeness.items()
    }
    alike = max((bounds_of(face.model).alike for face in faces), default=1.0)
    ranked = sorted((coin for coin in scored if scored[coin] >= alike), key=lambda c: -scored[c])
    coins = Coin.objects.for_page().in_bulk(ranked[:most])
    return [
        Near(coins[pk], scored[pk], likeness[pk], is_own) for pk in ranked[:most] if pk in coins
    ]


def pairs_near(vector: Vector, model: str, photos: QuerySet[Photo]) -> list[tuple[int, float]]:
    """Mostly some of the nearest of all may be seen, and are enough; only where they are not, the ids
    of all that may be seen are fetched."""
    index, alike = true_store(model, len(vector)), bounds_of(model).alike
    pairs = index.search(vector, FIRST_LOOK)
    allowed = set(
        photos.filter(pk__in=[photo for photo, _score in pairs]).values_list("pk", flat=True)
    )
    found = [pair for pair in pairs if pair[0] in allowed]
    are_all = len(pairs) < FIRST_LOOK or pairs[-1][1] < alike / 2  # nothing that counts lies beyond
    if len(found) >= NEAR_PHOTOS or are_all:
        return found[:NEAR_PHOTOS]
    return index.search(vector, NEAR_PHOTOS, list(photos.values_list("pk", flat=True)))


def best_of_each(pairs: Iterable[tuple[int, float]], side: str) -> list[tuple[int, float]]:
    """Photos become coins, each with its nearest photo; an obverse is compared with no reverse."""
    scores, other = dict(pairs), OTHER.get(side, "")
    best: dict[int, float] = {}
    rows = Embedding.objects.filter(photo__in=scores).select_related("photo").defer("vector")
    for row in rows:
        if not other or side_of(row) != other:
            score, coin = scores[row.photo_id], row.photo.coin_id
            best[coin] = max(score, best.get(coin, -1.0))
    return list(best.items())


def side_of(face: Embedding) -> str:
    return face.side or face.photo.role
