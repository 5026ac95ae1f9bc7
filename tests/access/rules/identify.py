from typing import Any

from identify.models import Identification, Suggestion
from tests.access import ANYBODY_SIGNED_IN, OWN_READ, OWN_WRITE, Rule


def the_coin(world: Any) -> dict[str, Any]:
    return {"pk": world.coin.pk}


def the_job(world: Any) -> Identification:
    return Identification.begin([world.photo])


def job(world: Any) -> dict[str, Any]:
    return {"pk": the_job(world).pk}


def suggestion(world: Any) -> dict[str, Any]:
    job = the_job(world)
    Identification.objects.update(state="suggested")
    made = Suggestion.objects.create(
        identification=job, field="ruler", label="Trajan", confidence=0.9,
        candidates=[["Trajan", 0.9]],
    )  # fmt: skip
    return {"pk": made.pk, "what": "accept"}


RULES = {
    "identify:panel": Rule(OWN_READ, the_coin),
    "identify:again": Rule(OWN_WRITE, the_coin, "post"),
    "identify:retry": Rule(OWN_WRITE, job, "post"),
    "identify:hold": Rule(OWN_WRITE, lambda world: job(world) | {"what": "pause"}, "post"),
    "identify:decide": Rule(OWN_WRITE, suggestion, "post"),
    "identify:decide-all": Rule(OWN_WRITE, lambda world: job(world) | {"what": "accept"}, "post"),
    "identify:review": Rule(ANYBODY_SIGNED_IN),
    "identify:pending": Rule(ANYBODY_SIGNED_IN),
    "identify:attention": Rule(ANYBODY_SIGNED_IN),
    "identify:progress": Rule(ANYBODY_SIGNED_IN),
    "identify:progress-hold": Rule(ANYBODY_SIGNED_IN, lambda world: {"what": "pause"}, "post"),
}
