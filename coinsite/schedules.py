"""What is done every so often without anybody asking. Written to the queue's own table after each
migrate, so that a new release brings its schedules along and an old one leaves none behind."""

from typing import Any

PREFIX = "obverse: "
EVERY: dict[str, dict[str, Any]] = {
    "go on with imports that stopped": {
        "func": "catalog.imports.tasks.resume_stalled",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",  # or the list of tasks would hold little else
    },
    "go on with exports that stopped": {
        "func": "catalog.exports.tasks.resume_stalled",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "go on with identifications that stopped": {
        "func": "identify.tasks.resume_stalled",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "go on with lessons that stopped": {
        "func": "identify.teaching.tasks.resume_lessons",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "teach again what enough was said of": {
        "func": "identify.teaching.tasks.teach_again",  # does nothing unless RETRAIN_BY_ITSELF says so
        "schedule_type": "D",
    },
    "clear away old lessons": {
        "func": "identify.teaching.tasks.clear_runs",
        "schedule_type": "D",
    },
    "forget labelled sets that nobody took": {
        "func": "identify.tasks.forget_sets",
        "schedule_type": "D",
    },
    "go on with uploads of lots that stopped": {
        "func": "market.tasks.resume_stalled",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "fetch pages of enabled sources": {
        "func": "market.tasks.fetch_due",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "hold new lots against what people wait for": {
        "func": "market.tasks.hold_fresh",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "look at pictures of lots": {
        "func": "market.tasks.describe_pictures",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "write to those whose lots have come": {
        "func": "market.tasks.send_digests",
        "schedule_type": "D",
    },
    "send what webhooks wait for": {
        "func": "identify.tasks.deliver_due",
        "schedule_type": "I",
        "minutes": 1,
        "kwargs": "q_options={'save': False}",
    },
    "forget old exports": {"func": "catalog.exports.tasks.sweep", "schedule_type": "D"},
}


def write_schedules(using: str = "default", **_more: Any) -> None:
    from django_q.models import Schedule

    rows = Schedule.objects.using(using)
    for name, values in EVERY.items():
        rows.update_or_create(name=PREFIX + name, defaults=values)
    wanted = [PREFIX + name for name in EVERY]
    rows.filter(name__startswith=PREFIX).exclude(name__in=wanted).delete()
