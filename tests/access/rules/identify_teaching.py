from typing import Any

from identify.models import ModelVersion, TrainingRun
from tests.access import CURATORS, Rule


def run(world: Any) -> dict[str, Any]:
    return {"pk": TrainingRun.objects.create(field="ruler", title="Ruler").pk}


def model(world: Any) -> dict[str, Any]:
    made = ModelVersion.objects.create(
        field="ruler", title="Ruler", number=1, sha256="0" * 64, path="runs/1/lesson",
        run=TrainingRun.objects.create(field="ruler", title="Ruler"),
    )  # fmt: skip
    return {"pk": made.pk}


# Nobody of the world may teach: it takes a permission that an administrator gives
RULES = {
    "identify:teach": Rule(CURATORS),
    "identify:teach-own": Rule(CURATORS),
    "identify:teach-plan": Rule(CURATORS),
    "identify:compare-versions": Rule(CURATORS),
    "identify:run": Rule(CURATORS, run),
    "identify:run-wish": Rule(CURATORS, lambda world: run(world) | {"what": "stop"}, "post"),
    "identify:models": Rule(CURATORS),
    "identify:model": Rule(CURATORS, model),
    "identify:model-deed": Rule(CURATORS, lambda world: model(world) | {"what": "promote"}, "post"),
}
