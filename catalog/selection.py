"""The coins that somebody means: those that were ticked, or all that a filter finds."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from catalog.criteria import as_id
from catalog.filters import CoinFilter
from catalog.models import Coin, User
from catalog.models.coins import CoinQuerySet


@dataclass(frozen=True)
class Selection:
    coins: CoinQuerySet  # those of them that may be changed
    total: int
    untouchable: int
    ids: list[int]  # ticked; none where the filter's whole result is meant
    query: str
    is_trashed: bool = False

    @property
    def is_all(self) -> bool:
        return not self.ids


def selection_in(data: QueryDict, user: User) -> Selection | None:
    """None where nothing was ticked. A stranger's coins are not there; those that may only be looked
    at are counted, and refused when there are no others."""
    asked = CoinFilter.from_query(data.get("query", ""), user)
    ids = [pk for text in data.getlist("coin") if (pk := as_id(text)) is not None]
    is_trashed = "trashed" in data
    if "all" in data and not is_trashed:
        ids, coins = [], asked.ordered(asked.coins())
    elif ids:
        mine = Coin.objects.visible_to(user)
        coins = (mine.trashed() if is_trashed else mine.live()).filter(pk__in=ids).order_by("pk")
    else:
        return None
    editable = coins.editable_by(user)
    visible, total = coins.count(), editable.count()
    if not visible:
        raise Http404
    if not total:
        raise PermissionDenied(_("You may look at these coins, but not change them."))
    return Selection(editable, total, visible - total, ids, asked.to_query(), is_trashed)
