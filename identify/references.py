"""A coin that somebody has attributed as a 2-euro commemorative is a reference for the next one:

opinion that names a commemorative -> attributed ones of the same owner -> their maps (made once, kept)
-> compared again, beside the shipped references -> answer, with the coin that it is like

An issue is told by its year, its country and what makes it special: the coin's variety, or a type of ours
that is a commemorative. Two coins of one issue are one reference seen twice."""

import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import F, Q

from catalog.models import Denomination, Photo
from catalog.renditions import version as edit_key
from identify.asking_taught import cut_out, settled
from identify.attribution import COUNTRIES
from identify.models import ReferenceMap
from identify.values import Answer, Opinion, Pixels, Remark

if TYPE_CHECKING:
    from identify.pipeline import Work

log = logging.getLogger(__name__)
FIELD = "commemorative"
MOST = 400  # photos of one owner; the newest count
NEW_AT_ONCE = 8  # maps made while a coin waits; the others with the next ones
TOP = 5
WHOLE = (0.5, 0.5, 0.5)
COMMEMORATIVE_TYPE = r"^euro\.[a-z]{2}\.2e\.\d{4}-"
SHORT = {name: label for label, name in COUNTRIES.items()}


@dataclass(frozen=True)
class Known:
    """One photo of an attributed coin."""

    coin: int
    name: str
    label: str
    values: Any


def ask_references(
    model: Any, works: "Sequence[Work]", opinions: Sequence[Opinion | Exception]
) -> list[Opinion | Exception]:
    """Nothing is asked where no coin can be a commemorative; what goes wrong costs nobody his opinion."""
    found = list(opinions)
    owners: dict[int, list[Known]] = {}
    for at, (work, opinion) in enumerate(zip(works, opinions, strict=True)):
        if isinstance(opinion, Exception) or FIELD not in opinion.fields:
            continue
        try:
            found[at] = compared(model.commemoratives, work, opinion, owners)
        except Exception:
            log.exception("Coin %s could not be compared with references", work.job.coin_id)
    return found


def compared(
    reader: Any, work: "Work", opinion: Opinion, owners: dict[int, list[Known]]
) -> Opinion:
    owner, crop = work.job.coin.collection.owner_id, face_of(work, opinion)
    if reader is None or crop is None:
        return opinion
    if owner not in owners:
        owners[owner] = known_to(owner, reader)
    others = [one for one in owners[owner] if one.coin != work.job.coin_id]
    if not others:
        return opinion
    [answer] = reader.find_many([crop], TOP, references(others))
    return with_answer(opinion, answer, others)


def references(known: Sequence[Known]) -> Any:
    from identify.ml.commemoratives.finding import References

    return References([one.label for one in known], np.stack([one.values for one in known]))


def with_answer(opinion: Opinion, answer: Answer, known: Sequence[Known]) -> Opinion:
    best = answer.best
    if best is None or answer.abstained:
        return replace(opinion, fields={**opinion.fields, FIELD: answer})
    like = next((one for one in known if one.label == best.label), None)
    if like:
        answer = replace(answer, remarks=(Remark("own_reference", {"coin": like.name}),))
    told = replace(
        opinion, fields={**opinion.fields, FIELD: answer},
        unknown=min(opinion.unknown, 1.0 - best.confidence),
    )  # fmt: skip
    return settled(told)


def face_of(work: "Work", opinion: Opinion) -> Pixels | None:
    """The national side, where that is known."""
    images = dict(zip(work.coin.names, work.coin.images, strict=True))
    faces = [one for one in opinion.faces if one.disc and one.name in images]
    best = next((one for one in faces if one.side == "obverse"), faces[0] if faces else None)
    return cut_out(images[best.name], best.disc) if best and best.disc else None


# --- what is known ----------------------------------------------------------------
def attributed(owner: int) -> Any:
    """Photos of national sides, newest first. A photo was identified once, so that its coin is found."""
    special = Q(coin__type__key__regex=COMMEMORATIVE_TYPE) | ~Q(coin__variety="")
    one_year = Q(coin__year_to=F("coin__year_from")) | Q(coin__year_to=None)
    is_face = Q(role=Photo.Role.OBVERSE) | Q(embedding__side="obverse")
    two_euro = Denomination.objects.named("2 euro")
    return (
        Photo.objects.filter(
            special, one_year, is_face, coin__collection__owner=owner, coin__deleted_at=None,
            coin__denomination__in=two_euro, coin__region__isnull=False,
            coin__year_from__isnull=False, embedding__disc__isnull=False,
        )
        .exclude(role=Photo.Role.BOTH)
        .select_related("coin__region", "coin__type", "embedding", "reference_map")
        .order_by("-pk")
    )  # fmt: skip


def known_to(owner: int, reader: Any) -> list[Known]:
    photos, made = list(attributed(owner)[:MOST]), 0
    labels = own_labels(photos)
    found = []
    for photo in photos:
        row = getattr(photo, "reference_map", None)
        if row is None or (row.model, row.shown) != (reader.version, shown(photo)):
            if made == NEW_AT_ONCE:
                continue
            row, made = mapped(photo, reader), made + 1
        if not row.is_empty:
            label = row.label or labels[issue_of(photo)]
            found.append(Known(photo.coin_id, str(photo.coin), label, row.as_map()))
    return found


def mapped(photo: Photo, reader: Any) -> ReferenceMap:
    from identify.pipeline import Unreadable, pixels

    try:
        crop = cut_out(pixels(photo), photo.embedding.disc or WHOLE)
    except (Unreadable, OSError) as trouble:
        log.warning("Photo %s is no reference: %s", photo.pk, trouble)
        return ReferenceMap.keep(photo, reader.version, shown(photo), np.zeros(0, np.float32), "")
    values = reader.maps([crop])[0]
    return ReferenceMap.keep(
        photo, reader.version, shown(photo), values, shipped(photo, crop, reader)
    )


def shipped(photo: Photo, crop: Pixels, reader: Any) -> str:
    """The shipped reference of the same issue, if the reader and the coin's owner agree on it."""
    [answer] = reader.find_many([crop], 1)
    year, country, *_special = issue_of(photo)
    is_sure = answer.best is not None and not answer.abstained
    return (
        answer.best.label if is_sure and answer.best.label.startswith(f"{year}_{country}") else ""
    )


def shown(photo: Photo) -> str:
    return f"{photo.sha256} {edit_key(photo)}"[:200]


def own_labels(photos: Sequence[Photo]) -> dict[tuple[str, str, str], str]:
    """Like those that are shipped, with a coin's number, so that no two issues share one."""
    first: dict[tuple[str, str, str], int] = {}
    for photo in photos:
        issue = issue_of(photo)
        first[issue] = min(first.get(issue, photo.coin_id), photo.coin_id)
    return {issue: f"{issue[0]}_{issue[1]}_{coin}" for issue, coin in first.items()}


def issue_of(photo: Photo) -> tuple[str, str, str]:
    coin = photo.coin
    special = coin.variety or (coin.type.key if coin.type else "")
    country = SHORT.get(coin.region.name) or plain(coin.region.name)  # type: ignore[union-attr]
    return str(coin.year_from), country, special.casefold()


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "_".join("".join(one if one.isalpha() else " " for one in letters).split())
