"""What is known of each class by whatever answers today: the version that was taught here where one is
active, beside it the model that came with the site."""

from django.db.models import Count, F, Q

from catalog.models import User
from identify.labelling import shipped
from identify.labelling.shipped import Known
from identify.models.runs import OWN
from identify.models.versions import ModelVersion
from identify.teaching.classes import REST


def known(field: str, user: User | None = None) -> dict[str, Known]:
    """What is somebody's own is known to him alone."""
    return shipped.known(field) | taught(field, user)


def classes(field: str) -> list[str]:
    return list(known(field))


def taught(field: str, user: User | None = None) -> dict[str, Known]:
    version = ModelVersion.objects.filter(field=field).active().first()
    if version is None or (field.startswith(OWN) and version.user_id != (user and user.pk)):
        return {}
    judged = Q(judged=True)
    rows = (
        version.lessons.exclude(label=REST).values("label").order_by("label")
        .annotate(
            taught=Count("pk", filter=~judged), held_out=Count("pk", filter=judged),
            recalled=Count("pk", filter=judged & Q(said=F("label"))),
        )
    )  # fmt: skip
    found = {label: Known(0, 0, 0, version.name) for label in version.labels if label != REST}
    return found | {
        row["label"]: Known(row["taught"], row["held_out"], row["recalled"], version.name)
        for row in rows
    }
