"""Another version serves: what is still to be decided deserves its word. What is decided stays as it is."""

from catalog.models import Coin
from identify.models import Identification, ModelVersion, State
from identify.models.identifications import IdentificationQuerySet

AT_MOST = 500  # the latest; whoever has more open ones will not look at them today


def reconsider(version_id: int) -> int:
    version = ModelVersion.objects.filter(pk=version_id).first()
    if version is None:
        return 0
    chosen = concerned(version).select_related("face", "other_face").order_by("-created_at")
    jobs = list(chosen[:AT_MOST])
    for job in jobs:
        Identification.begin(job.photos, job.user, again=True)
    return len(jobs)


def concerned(version: ModelVersion) -> IdentificationQuerySet:
    """Those with something open, or nothing said; of one's own, one's coins without that tag."""
    current = Identification.objects.current()
    open_ones = current.undecided() | current.filter(state=State.ABSTAINED)
    if not version.is_own:
        return open_ones
    mine = Coin.objects.live().filter(collection__owner=version.user)
    known = mine.filter(tags__name__in=version.labels)
    seen = current.filter(state__in=(State.SUGGESTED, State.ABSTAINED))
    return seen.filter(coin__in=mine).exclude(coin__in=known)
