"""Where a version on trial says something else than what serves: both answers are put before a curator, who
does not see whose is which, and it is counted whom people sided with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from catalog.models import User
from identify import attribution
from identify import labels as tree
from identify.curation.orders import Pair
from identify.models import How, Label, ModelVersion, ShadowOpinion
from identify.models.versions import ShadowOpinionQuerySet

OWN_WORD = (How.TYPED, How.CORRECTED)
TRIAL, SERVING, NEITHER = "trial", "serving", "neither"


@dataclass(frozen=True)
class Sided:
    """How often people said the one, the other, or something else."""

    trial: int = 0
    serving: int = 0
    neither: int = 0

    @property
    def asked(self) -> int:
        return self.trial + self.serving + self.neither


def fields_on_trial(user: User) -> set[str]:
    rows = ShadowOpinion.objects.visible_to(user).on_trial().disagreeing().order_by()
    return set(rows.values_list("version__field", flat=True).distinct())


def pairs_of(user: User, field: str, photo: int = 0) -> dict[int, Pair]:
    """By photo; where two versions are on trial, of the later."""
    rows = ShadowOpinion.objects.visible_to(user).on_trial().disagreeing()
    rows = rows.filter(version__field=field)
    if photo:
        faces = Q(identification__face=photo) | Q(identification__other_face=photo)
        rows = rows.filter(faces)
    found = rows.order_by("pk").values_list(
        "identification__face_id", "pk", "said", "beside", "confidence"
    )
    return {photo or face: Pair(pk, said, beside, sure) for face, pk, said, beside, sure in found}


def settled_by(user: User, field: str, pairs: dict[int, Pair]) -> set[int]:
    """What he wrote himself stands, whatever a version says. What he accepted is asked again: he had but
    one of the two answers before his eyes."""
    mine = Label.objects.standing().filter(by=user, field=field, photo__in=pairs)
    judged = mine.filter(Q(how__in=OWN_WORD) | Q(trial__in=[one.opinion for one in pairs.values()]))
    return set(judged.values_list("photo_id", flat=True))


def side_of(field: str, value: str, trial: str, serving: str) -> str:
    def same(other: str) -> bool:
        told = attribution.told(field, other)
        return bool(other) and tree.fold(value) in (tree.fold(other), tree.fold(told))

    return TRIAL if same(trial) else SERVING if same(serving) else NEITHER


def sided(versions: Iterable[ModelVersion]) -> dict[int, Sided]:
    """Of each version. One word a coin and person; of words that were accepted with one answer in sight
    none counts."""
    counts: dict[int, Counter[str]] = {}
    for version, field, trial, serving, value in words_upon(
        ShadowOpinion.objects.filter(version__in=versions)
    ):
        counts.setdefault(version, Counter())[side_of(field, value, trial, serving)] += 1
    return {version: Sided(**found) for version, found in counts.items()}


def words_upon(opinions: ShadowOpinionQuerySet) -> Iterable[tuple[int, str, str, str, str]]:
    said = "identification__face__labels__"
    between = Q(**{f"{said}trial": F("pk")}) | Q(**{f"{said}how__in": OWN_WORD})
    standing = {f"{said}withdrawn_at": None, f"{said}field": F("version__field")}
    rows = opinions.disagreeing().filter(between, **standing).order_by()
    return rows.values_list("version_id", "version__field", "said", "beside", f"{said}value")
