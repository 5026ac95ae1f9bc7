from typing import Any

from django.core.files.base import ContentFile

from identify.models import Tray
from tests.access import ANYBODY_SIGNED_IN, OWN_WRITE, Rule


def the_tray(world: Any) -> dict[str, Any]:
    made = Tray.objects.create(
        collection=world.collection, user=world.owner, name="tray.jpg", width=900, height=600,
        sha256="0" * 64, state="done", spread=[[300, 300, 80, True, 0]],
        original=ContentFile(b"", "tray.jpg"), preview=ContentFile(b"RIFF", "tray.webp"),
    )  # fmt: skip
    return {"pk": made.pk}


RULES = {
    "identify:shoebox": Rule(ANYBODY_SIGNED_IN),
    "identify:tray": Rule(OWN_WRITE, the_tray),
    "identify:tray-photo": Rule(OWN_WRITE, the_tray),
    "identify:tray-retry": Rule(OWN_WRITE, the_tray, "post"),
    "identify:tray-delete": Rule(OWN_WRITE, the_tray, "post"),
}
