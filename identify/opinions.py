"""An `Opinion` as JSON and back, for the row it is kept in. Embeddings have rows of their own."""

from collections.abc import Mapping
from typing import Any

from identify.values import Answer, Candidate, Face, Opinion, Remark


def to_json(opinion: Opinion) -> dict[str, Any]:
    return {
        "state": opinion.state,
        "reason": opinion.reason,
        "scope": pair(opinion.scope),
        "fields": {name: answer_to_json(answer) for name, answer in opinion.fields.items()},
        "unknown": float(opinion.unknown),
        "model": opinion.model,
        "seconds": float(opinion.seconds),
        "faces": [face_to_json(face) for face in opinion.faces],
        "remarks": [remark_to_json(remark) for remark in opinion.remarks],
    }


def from_json(said: Mapping[str, Any]) -> Opinion:
    return Opinion(
        state=said.get("state", "failed"),
        reason=said.get("reason", ""),
        scope=candidate(said.get("scope") or ["", 0.0]),
        fields={name: answer_from_json(one) for name, one in said.get("fields", {}).items()},
        unknown=said.get("unknown", 0.0),
        model=said.get("model", ""),
        seconds=said.get("seconds", 0.0),
        faces=tuple(face_from_json(one) for one in said.get("faces", [])),
        remarks=tuple(remark_from_json(one) for one in said.get("remarks", [])),
    )


def pair(one: Candidate) -> list[Any]:
    return [one.label, float(one.confidence)]


def candidate(said: list[Any]) -> Candidate:
    return Candidate(said[0], said[1])


def answer_to_json(answer: Answer) -> dict[str, Any]:
    return {
        "candidates": [pair(one) for one in answer.candidates],
        "abstained": answer.abstained,
        "parent": pair(answer.parent) if answer.parent else None,
        "read": answer.read,
        "letters": [[one, float(sure), float(angle)] for one, sure, angle in answer.letters],
        "remarks": [remark_to_json(remark) for remark in answer.remarks],
    }


def answer_from_json(said: Mapping[str, Any]) -> Answer:
    parent = said.get("parent")
    return Answer(
        candidates=tuple(candidate(one) for one in said.get("candidates", [])),
        abstained=said.get("abstained", False),
        parent=candidate(parent) if parent else None,
        read=said.get("read", ""),
        letters=tuple((one, sure, angle) for one, sure, angle in said.get("letters", [])),
        remarks=tuple(remark_from_json(one) for one in said.get("remarks", [])),
    )


def face_to_json(face: Face) -> dict[str, Any]:
    return {
        "name": face.name,
        "side": face.side,
        "disc": [float(number) for number in face.disc] if face.disc else None,
        "problems": [remark_to_json(remark) for remark in face.problems],
    }


def face_from_json(said: Mapping[str, Any]) -> Face:
    disc = said.get("disc")
    return Face(
        name=said.get("name", ""),
        side=said.get("side", ""),
        disc=(disc[0], disc[1], disc[2]) if disc else None,
        problems=tuple(remark_from_json(one) for one in said.get("problems", [])),
    )


def remark_to_json(remark: Remark) -> list[Any]:
    return [remark.code, {name: plain(value) for name, value in remark.params.items()}]


def plain(value: Any) -> Any:
    """A model's numbers are numpy's, which JSON does not know."""
    return value.item() if hasattr(value, "item") else value


def remark_from_json(said: list[Any]) -> Remark:
    return Remark(said[0], said[1])
