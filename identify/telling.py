"""An opinion in the words of `manage.py identify` and of the API: plain JSON, a row of a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from identify.values import Answer, Candidate, Opinion

FIELDS = (
    "side", "ruler", "denomination", "world_coin", "face_value", "us_denomination", "year",
    "mint_mark", "obverse_legend", "reverse_legend", "commemorative",
)  # fmt: skip


def told(files: Sequence[str], opinion: Opinion) -> dict[str, Any]:
    return {
        "files": list(files),
        "state": opinion.state,
        "reason": opinion.reason,
        "scope": pair(opinion.scope),
        "fields": {name: field(name, answer) for name, answer in opinion.fields.items()},
        "unknown": round(float(opinion.unknown), 4),
        "remarks": [{"code": one.code, **dict(one.params)} for one in opinion.remarks],
        "model": opinion.model,
        "seconds": opinion.seconds,
    }


def failed(files: Sequence[str], reason: str) -> dict[str, Any]:
    return told(files, Opinion("failed", reason=reason))


def field(name: str, answer: Answer) -> dict[str, Any]:
    best = answer.best or Candidate("", 0.0)
    said = pair(best) | {
        "abstained": answer.abstained,
        "candidates": [pair(one) for one in answer.candidates],
    }
    if answer.parent:
        said["parent"] = pair(answer.parent)
    if name.endswith("_legend"):  # also when nothing could be read
        said["read"] = answer.read
    if answer.remarks:
        said["remarks"] = [{"code": one.code, **dict(one.params)} for one in answer.remarks]
    return said


def pair(candidate: Candidate) -> dict[str, Any]:
    return {"label": candidate.label, "confidence": round(float(candidate.confidence), 4)}


def columns() -> list[str]:
    told = [part for name in FIELDS for part in (name, f"{name}_confidence")]
    return ["files", "state", "reason", "scope", *told, "unknown", "model"]


def row(said: Mapping[str, Any]) -> dict[str, Any]:
    """One line of a table: what is not sure enough to be said stays empty."""
    line = {name: said[name] for name in ("state", "reason", "unknown", "model")}
    line |= {"files": " ".join(said["files"]), "scope": said["scope"]["label"]}
    for name, answer in said["fields"].items():
        if not answer["abstained"] and name in FIELDS:
            line |= {name: answer["label"], f"{name}_confidence": answer["confidence"]}
    return line
