from typing import Any

from django.core.files.base import ContentFile

from identify.models import DatasetVersion, SpecimenGroup
from tests.access import CURATORS, Rule


def version(world: Any) -> dict[str, Any]:
    made = DatasetVersion.objects.create(
        name="Set", sha256="0" * 64, listing=ContentFile(b"", "set.tsv"), created_by=world.owner
    )
    return {"pk": made.pk}


def group(world: Any) -> dict[str, Any]:
    made = SpecimenGroup.objects.create(key="1")
    made.photos.set([world.photo])
    return {"pk": made.pk}


RULES = {
    "identify:classes": Rule(CURATORS),
    "identify:class": Rule(CURATORS),
    "identify:class-deed": Rule(CURATORS, lambda world: {"what": "rename"}, "post"),
    "identify:datasets": Rule(CURATORS),
    "identify:freeze": Rule(CURATORS, method="post"),
    "identify:listing": Rule(CURATORS, version),
    "identify:same-specimen": Rule(CURATORS),
    "identify:look-for-specimens": Rule(CURATORS, method="post"),
    "identify:decide-specimen": Rule(CURATORS, group, "post"),
}
