from typing import Any

from catalog.fields import BUILT_IN
from catalog.forms import CoinForm
from catalog.models import Coin, User

QUICK = ("title", "authority", "denomination", "mint", "date", "weight", "diameter", "grade")


class DraftForm(CoinForm):
    """The few fields that make a coin out of a photo. The rest can wait for its own page."""

    def __init__(self, *args: Any, coin: Coin, user: User, **kwargs: Any) -> None:
        fields = [BUILT_IN[name] for name in QUICK]
        super().__init__(*args, coin=coin, user=user, fields=fields, prefix=f"d{coin.pk}", **kwargs)
        for field in self.fields.values():
            field.help_text = ""
