from typing import Any

from market.models import Source
from tests.access import ANYBODY_SIGNED_IN, MINE, Rule
from tests.access.rules.market_ways import TEXT, lot, page


def source(world: Any) -> dict[str, Any]:
    return {"pk": Source.objects.create(slug="biddr", name="biddr").pk}


RULES = {
    "v1:lot-list": Rule(ANYBODY_SIGNED_IN),
    "v1:lot-detail": Rule(MINE, lot),
    "v1:lot-paste": Rule(ANYBODY_SIGNED_IN, method="post", data={"text": TEXT}),
    "v1:market-source-list": Rule(ANYBODY_SIGNED_IN),
    "v1:market-source-detail": Rule(ANYBODY_SIGNED_IN, source),
    "v1:market-page-list": Rule(ANYBODY_SIGNED_IN),
    "v1:market-page-detail": Rule(MINE, page),
    "v1:market-page-again": Rule(MINE, page, "post"),
}
