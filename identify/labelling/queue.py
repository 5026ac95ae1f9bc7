"""What waits at the desk for one curator: photos he may see, in one of `curation.orders`' orders."""

from collections import defaultdict
from functools import partial

from django.db.models import Q, QuerySet

from catalog.models import Photo, User
from identify import labels as tree
from identify import wording
from identify.curation.consensus import Vote
from identify.curation.orders import NO_GOLD, ORDERS, Item, by_trial, slipped
from identify.labelling import trials
from identify.labelling.training import vote
from identify.models import Embedding, Gold, Label, PhotoFlag, Skip, Suggestion
from identify.values import Vector

MOST = 3000  # photos that are weighed for an order, the newest first
OWN = "own:"  # a field that somebody has thought up: every photo may be asked about

Candidates = tuple[tuple[str, float], ...]


def fields_of(user: User) -> list[str]:
    """Those that something was said of, the model's first."""
    suggested = Suggestion.objects.visible_to(user).order_by().values_list("field", flat=True)
    labelled = Label.objects.visible_to(user).standing().order_by().values_list("field", flat=True)
    there = {*suggested.distinct(), *labelled.distinct(), *trials.fields_on_trial(user)}
    known = [name for name in wording.FIELDS if name in there]
    return [*known, *sorted(there - set(known))]


def queue(user: User, field: str, order: str) -> list[int]:
    """Photos, the one to be asked about first."""
    if order == "trial":
        return trial_queue(user, field)
    waiting = items(user, field, with_vectors=order == "diverse")
    settled = answered_by(user, field, waiting, again=order == "model")
    open_ones = [one for one in waiting if one.photo not in settled]
    if order == "diverse":  # what has a word already is what the others should be unlike
        open_ones = waiting
    lineage = partial(tree.ancestors, field)
    ordered = [one.photo for one in ORDERS[order](open_ones, lineage) if one.photo not in settled]
    if order in NO_GOLD:
        return ordered
    return slipped(ordered, gold_for(user, field), count_answered(user, field))


def trial_queue(user: User, field: str) -> list[int]:
    pairs = trials.pairs_of(user, field)
    gone = trials.settled_by(user, field, pairs) | skipped_by(user, field)
    gone |= set(
        PhotoFlag.objects.unfit().filter(photo__in=pairs).values_list("photo_id", flat=True)
    )
    items = [Item(pk, pair=pair) for pk, pair in sorted(pairs.items(), reverse=True)]
    return [one.photo for one in by_trial(items) if one.photo not in gone]


def items(user: User, field: str, with_vectors: bool = False) -> list[Item]:
    said, votes = candidates_of(user, field), votes_of(user, field)
    photos = {*said, *votes} or ({*photos_of(user)} if field.startswith(OWN) else set())
    if field.startswith(OWN):
        photos |= set(photos_of(user))
    fit = photos - set(PhotoFlag.objects.unfit().values_list("photo_id", flat=True))
    newest = sorted(fit, reverse=True)[:MOST]
    vectors = vectors_of(newest) if with_vectors else {}
    return [Item(pk, said.get(pk, ()), tuple(votes.get(pk, ())), vectors.get(pk)) for pk in newest]


def candidates_of(user: User, field: str, photo: int = 0) -> dict[int, Candidates]:
    """Of each identification the face that was looked at first: one question a coin."""
    rows = Suggestion.objects.visible_to(user).filter(
        field=field, identification__current=True, identification__coin__deleted_at=None
    )
    if photo:
        at = Q(identification__face=photo) | Q(identification__other_face=photo)
        rows = rows.filter(at)
    found = rows.order_by("-pk").values_list("identification__face_id", "candidates")[:MOST]
    return {
        photo or face: tuple((str(label), float(sure)) for label, sure in said)
        for face, said in found
    }


def votes_of(user: User, field: str) -> dict[int, list[Vote]]:
    rows = (
        Label.objects.visible_to(user).standing().filter(field=field, photo__coin__deleted_at=None)
    )
    found: dict[int, list[Vote]] = defaultdict(list)
    for label in rows.order_by("at", "pk"):
        found[label.photo_id].append(vote(label))
    return found


def photos_of(user: User) -> QuerySet[Photo, int]:
    photos = Photo.objects.visible_to(user).filter(coin__deleted_at=None).exclude(role="edge")
    return photos.order_by("-pk").values_list("pk", flat=True)[:MOST]


def vectors_of(photos: list[int]) -> dict[int, Vector]:
    """Of one model only; two models' vectors cannot be compared."""
    rows = list(Embedding.objects.filter(photo__in=photos).order_by("-at"))
    return {row.photo_id: row.as_vector() for row in rows if row.model == rows[0].model}


def answered_by(user: User, field: str, waiting: list[Item], again: bool) -> set[int]:
    """With `again`, a word of his own comes back if the model says something else that he has not seen
    when he said it."""
    said = {one.photo: one.said for one in waiting}
    mine = Label.objects.standing().filter(by=user, field=field).values_list("photo_id", "shown")
    settled = {photo for photo, shown in mine if not again or shown == said.get(photo)}
    return settled | skipped_by(user, field)


def skipped_by(user: User, field: str) -> set[int]:
    return set(Skip.objects.filter(by=user, field=field).values_list("photo_id", flat=True))


def gold_for(user: User, field: str) -> list[int]:
    """What he has neither marked himself nor been asked before."""
    asked = Label.objects.filter(by=user, field=field).values("photo")
    gold = (
        Gold.objects.filter(field=field, retired_at=None).exclude(by=user).exclude(photo__in=asked)
    )
    visible = gold.filter(photo__in=Photo.objects.visible_to(user), photo__coin__deleted_at=None)
    return list(visible.order_by("pk").values_list("photo_id", flat=True))


def count_answered(user: User, field: str) -> int:
    """Coins, since a word about one is kept with both of its faces."""
    mine = Label.objects.filter(by=user, field=field).order_by()
    return mine.values("photo__coin").distinct().count()
