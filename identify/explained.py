"""What a heat map tells, ready for a template."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from identify import attribution, panel, wording
from identify.framing import Framed, framed
from identify.models import Explanation, HeatMap


@dataclass(frozen=True)
class Map:
    frame: Framed
    src: str
    side: str


def context(job: Explanation, may_edit: bool, asked: int) -> dict[str, Any]:
    """`asked` is how often this page has looked already."""
    one = job.suggestion
    told: dict[str, Any] = {
        "job": job,
        "one": one,
        "may_edit": may_edit,
        "field": wording.field_name(one.field),
        "label": attribution.shown(one.field, job.label),
        "outdated": one.identification.outdated_by,
    }
    if job.is_working:
        again = f"{reverse('identify:explanation', args=[job.pk])}?n={asked + 1}"
        told |= {"next_look": again, "poll": delay(asked)}
    elif job.state == Explanation.State.FAILED:
        told["failure"] = wording.explanation_failed(job.reason)
    else:
        told["maps"] = [shown(heat_map) for heat_map in job.maps.all()]
        told["others"] = [
            panel.choice(one.field, label, sure) for label, sure in candidates(job) if label
        ]
    return told


def candidates(job: Explanation) -> list[tuple[str, float]]:
    """What else may be asked for."""
    offered = [(one.label, one.confidence) for one in job.suggestion.offered]
    return [pair for pair in offered if pair[0] != job.label]


def delay(asked: int) -> str:
    """Empty: the page stops asking, and says so."""
    waited = panel.waited(asked)
    return f"{panel.delay_of(asked, 0) * 1000:.0f}ms" if waited <= panel.PATIENCE else ""


def shown(heat_map: HeatMap) -> Map:
    side = str(wording.SIDES.get(heat_map.side, ""))
    return Map(
        framed(heat_map.photo, heat_map.square, "large"),
        reverse("identify:heat-map", args=[heat_map.pk]),
        side or heat_map.photo.face,
    )
