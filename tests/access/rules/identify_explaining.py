from typing import Any

from django.core.files.base import ContentFile

from identify.models import Explanation, Suggestion
from tests.access import OWN_READ, OWN_WRITE, Rule
from tests.access.rules.identify import suggestion


def the_suggestion(world: Any) -> dict[str, Any]:
    return {"pk": suggestion(world)["pk"]}


def the_explanation(world: Any) -> Explanation:
    one = Suggestion.objects.get(**the_suggestion(world))
    return Explanation.objects.create(suggestion=one, label="Trajan", state="done")


def explanation(world: Any) -> dict[str, Any]:
    return {"pk": the_explanation(world).pk}


def heat_map(world: Any) -> dict[str, Any]:
    made = the_explanation(world).maps.create(
        place=0, photo=world.photo, square=[0.5, 0.5, 0.4], image=ContentFile(b"PNG", "heat.png")
    )
    return {"pk": made.pk}


RULES = {
    "identify:explain": Rule(OWN_WRITE, the_suggestion, "post"),
    "identify:explanation": Rule(OWN_READ, explanation),
    "identify:heat-map": Rule(OWN_READ, heat_map),
    "identify:specimens": Rule(OWN_READ, the_suggestion),
}
