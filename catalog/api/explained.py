"""The OpenAPI schema -> what the reference page shows of it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalog.api.schema import METHODS, SUMMARIES

# What a program needs first stands first; the rest follows by the alphabet.
FIRST = ["me", "collections", "coins", "photos", "changes", "trades", "valuations"]
Shape = dict[str, Any]


@dataclass
class Value:
    name: str
    kind: str
    text: str = ""
    required: bool = False


@dataclass
class Operation:
    method: str
    address: str
    summary: str
    text: str
    parameters: list[Value] = field(default_factory=list)
    body: list[Value] = field(default_factory=list)


@dataclass
class Section:
    name: str
    text: str = ""
    operations: list[Operation] = field(default_factory=list)


def sections_of(found: Shape) -> list[Section]:
    sections: dict[str, Section] = {}
    for address, operations in found["paths"].items():
        for method in METHODS:
            if raw := operations.get(method):
                section = sections.setdefault(raw["tags"][0], Section(raw["tags"][0]))
                section.operations.append(told(found, method, address, raw))
    for section in sections.values():
        name_once(section)
    return sorted(sections.values(), key=lambda one: (rank(one.name), one.name))


def rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)


def name_once(section: Section) -> None:
    """List, read and add have the text of their section; it stands above them once."""
    plain = [one for one in section.operations if one.summary in SUMMARIES.values()]
    section.text = plain[0].text if plain else ""
    for one in section.operations:
        one.text = "" if one.text == section.text else one.text


def told(found: Shape, method: str, address: str, raw: Shape) -> Operation:
    parameters = [
        Value(one["name"], kind_of(found, one["schema"]), text_of(one), one.get("required", False))
        for one in raw.get("parameters", [])
        if one["in"] != "path"
    ]
    summary, text = raw["summary"], marked(raw.get("description", ""))
    return Operation(method.upper(), address, summary, text, parameters, body_of(found, raw))


def body_of(found: Shape, raw: Shape) -> list[Value]:
    content = raw.get("requestBody", {}).get("content", {})
    if not content:
        return []
    shape = resolved(found, next(iter(content.values()))["schema"])
    needed = shape.get("required", [])
    return [
        Value(name, kind_of(found, one), text_of(one), name in needed)
        for name, one in shape.get("properties", {}).items()
    ]


def text_of(shape: Shape) -> str:
    """The first paragraph; below it stand the choices, which the kind names already."""
    text = shape.get("description", "").strip().partition("\n")[0]
    return "" if text.startswith("* ") else marked(text)


def marked(text: str) -> SafeString:
    """`weight` is code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def resolved(found: Shape, shape: Shape) -> Shape:
    if address := shape.get("$ref"):
        return found["components"]["schemas"][address.rpartition("/")[2]]
    return shape


def kind_of(found: Shape, shape: Shape) -> str:
    """One or two words: `integer`, `date`, `owned, sold …`, `list of integer`."""
    options = [resolved(found, one) for key in ("oneOf", "allOf") for one in shape.get(key, [])]
    if options:
        return " or ".join(dict.fromkeys(kind for one in options if (kind := kind_of(found, one))))
    shape = resolved(found, shape)
    if "enum" in shape:
        return ", ".join(str(one) for one in shape["enum"] if one and str(one)[0] != "-")
    if shape.get("type") == "array":
        return f"list of {kind_of(found, shape['items'])}"
    return str(shape.get("format") or shape.get("type", ""))
