"""What was taught here is asked after the shipped model, of the same discs:

opinion (faces, discs) -> crops -> each serving version -> active: its field's answer; on trial: a note beside

A version that is not sure, or that a coin is strange to, changes nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from identify import decide
from identify.taught import CLASSROOM
from identify.teaching.classes import REST
from identify.values import Answer, Candidate, Opinion, Pixels, Remark

if TYPE_CHECKING:
    from identify.models import ModelVersion
    from identify.pipeline import Work

log = logging.getLogger(__name__)
TOP = 5


@dataclass
class Asked:
    """One coin with what is said of it so far."""

    opinion: Opinion
    crops: list[Pixels]
    owner: int
    beside: list[tuple["ModelVersion", Answer, str]] = field(default_factory=list)


def ask_taught(
    works: "Sequence[Work]", opinions: Sequence[Opinion | Exception]
) -> list[Opinion | Exception]:
    """One query where nothing was taught. What goes wrong here costs nobody the shipped opinion."""
    from identify.models import ModelVersion

    versions = list(ModelVersion.objects.serving().order_by("field", "number"))
    CLASSROOM.forget_all_but({version.sha256 for version in versions})
    if not versions:
        return list(opinions)
    asked = [asked_of(work, opinion) for work, opinion in zip(works, opinions, strict=True)]
    usable = [one for one in asked if one and one.crops]
    # whoever serves speaks first: those on trial are compared with what the site says in the end
    for version in sorted(versions, key=lambda one: one.state != one.State.ACTIVE):
        try:
            ask(version, usable)
        except Exception:
            log.exception("Version %s of %s could not be asked", version.name, version.field)
    for work, one in zip(works, asked, strict=True):
        work.beside = one.beside if one else []
    return [
        settled(one.opinion) if one else opinion
        for one, opinion in zip(asked, opinions, strict=True)
    ]


def asked_of(work: "Work", opinion: Opinion | Exception) -> Asked | None:
    if isinstance(opinion, Exception) or opinion.state == "failed":
        return None
    return Asked(opinion, crops_of(work, opinion), work.job.coin.collection.owner_id)


def crops_of(work: "Work", opinion: Opinion) -> list[Pixels]:
    images = dict(zip(work.coin.names, work.coin.images, strict=True))
    found = []
    for face in opinion.faces:
        if face.disc is None or face.name not in images:
            continue
        found.append(cut_out(images[face.name], face.disc))
    return found


def cut_out(image: Pixels, disc: Sequence[float]) -> Pixels:
    """The coin as the networks saw it; the disc as an edit's crop has it."""
    from identify.ml.look import Disc, crop
    from identify.ml.seeing import KEPT_SIDE

    height, width = image.shape[:2]
    cx, cy, r = disc
    there = Disc(cx * width, cy * height, r * min(width, height))
    return crop(image, there, min(KEPT_SIDE, max(32, round(2.08 * there.r))))


def ask(version: "ModelVersion", asked: Sequence[Asked]) -> None:
    mine = [one for one in asked if not version.is_own or one.owner == version.user_id]
    model = CLASSROOM.of(version) if mine else None
    if model is None:
        return
    said = model.answer([crop for one in mine for crop in one.crops])
    start = 0
    for one in mine:
        faces = said[start : start + len(one.crops)]
        start += len(one.crops)
        answer = together(version, model, faces)
        if version.state == version.State.ACTIVE:
            one.opinion = with_answer(one.opinion, version, answer)
        else:
            there = one.opinion.fields.get(version.field)
            told = there.best.label if there and there.best and not there.abstained else ""
            one.beside.append((version, answer, told))


def together(version: "ModelVersion", model: Any, faces: Sequence[Any]) -> Answer:
    """Both faces as one; silent where they contradict each other, or where each is strange to it."""
    shares = [face.probabilities for face in faces]
    fused = decide.fuse(shares) if len(shares) > 1 else np.asarray(shares[0])
    answer = decide.answer(version.field, model.labels, fused, model.threshold, top=TOP)
    limit = (model.card.get("unknown") or {}).get("limit", 1.0)
    strange = min(face.unknown for face in faces) > limit
    torn = decide.conflict(model.labels, [""] * len(shares), shares)
    return replace(answer, abstained=True) if strange or torn else answer


def with_answer(opinion: Opinion, version: "ModelVersion", answer: Answer) -> Opinion:
    best = answer.best
    if best is None or answer.abstained or best.label == REST:
        return opinion
    known = tuple(one for one in answer.candidates if one.label != REST)
    remark = Remark("taught_here", {"version": version.name})
    told = replace(answer, candidates=known, remarks=(*answer.remarks, remark))
    if version.is_own and len(known) > 1:
        # “or is it” is for names that people could mix up, not for all that a class is not
        told = replace(told, candidates=tuple(one for one in known if likely(one, best)))
    return replace(opinion, fields={**opinion.fields, version.field: told})


def likely(one: Candidate, best: Candidate) -> bool:
    return one is best or one.confidence >= 0.05


def settled(opinion: Opinion) -> Opinion:
    """What the shipped model had nothing to say of may be just what was taught."""
    sure = any(one.best and not one.abstained for one in opinion.fields.values())
    if opinion.state == "abstained" and sure:
        return replace(opinion, state="suggested", reason="")
    return opinion


def keep_beside(work: "Work") -> None:
    from identify.models import ShadowOpinion

    ShadowOpinion.objects.bulk_create(
        [
            ShadowOpinion(
                version=version, identification=work.job, said=spoken(answer),
                confidence=answer.best.confidence if answer.best else 0.0,
                beside=there[:300], differs=spoken(answer) != there,
            )
            for version, answer, there in work.beside
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def spoken(answer: Answer) -> str:
    """What it would have said aloud."""
    quiet = answer.abstained or not answer.best or answer.best.label == REST
    return "" if quiet or not answer.best else answer.best.label[:300]
