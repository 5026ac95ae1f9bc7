"""What drf-spectacular cannot see in the views: which problems each operation may answer with."""

from typing import Any

from catalog.api.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `errors` names fields and what is wrong with each.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": True},
        "results": {"type": "array", "items": {"$ref": "#/components/schemas/Verdict"}},
    },
}
MEANINGS = {
    400: "Something in the request cannot be taken.",
    401: "No token, or one that is unknown or expired.",
    403: "You may look at it, but not do this; or the token may only read.",
    404: "There is nothing here, or it is not yours to see.",
    405: "This address does not know that method.",
    409: "What stands there already is against it.",
    412: "It has changed since you read it. Nothing was written.",
    415: "Send it as another media type.",
    429: "Too many requests: come back after as many seconds as Retry-After says.",
    503: "Busy: come back after as many seconds as Retry-After says.",
}
METHODS = ("get", "post", "put", "patch", "delete")


SUMMARIES = {
    "list": "List",
    "retrieve": "Read one",
    "create": "Add",
    "update": "Replace",
    "partial_update": "Change",
    "destroy": "Remove",
}


def add_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A POSTPROCESSING_HOOK."""
    parts = result["components"]
    for shape in parts["schemas"].values():
        for one in shape.get("properties", {}).values():
            if one.get("format") == "uri" and not one.get("nullable"):
                del one["format"]  # our links may be empty, and an empty text is no URI
    parts["schemas"]["Problem"] = PROBLEM
    parts["responses"] = {f"Problem{status}": answer(status) for status in MEANINGS}
    for address, operations in result["paths"].items():
        for method in METHODS:
            if operation := operations.get(method):
                summarise(operation)
                for status in sorted(possible(address, method, operation)):
                    reference = {"$ref": f"#/components/responses/Problem{status}"}
                    operation["responses"].setdefault(str(status), reference)
    return result


def summarise(operation: dict[str, Any]) -> None:
    """`coins_partial_update` is “Change”; what has a name of its own has a text of its own."""
    section = operation["tags"][0].replace("-", "_")
    verb = operation["operationId"].removeprefix(f"{section}_")
    if verb in SUMMARIES:
        operation.setdefault("summary", SUMMARIES[verb])
    text = operation.get("description", "")
    operation.setdefault("summary", text.partition(". ")[0].partition(".\n")[0].rstrip("."))


def possible(address: str, method: str, operation: dict[str, Any]) -> set[int]:
    codes = {401, 403, 404, 405, 429}
    if method in {"post", "put", "patch"}:
        codes |= {400, 409, 415}
    if method == "delete":
        codes |= {409}
    if operation.get("parameters"):
        codes |= {400}
    if any(one["name"] == "If-Match" for one in operation.get("parameters", [])):
        codes |= {412}
    if address.endswith("/image/"):
        codes |= {409, 503}
    return codes


def answer(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[str, Any] = {"description": MEANINGS[status], "content": content}
    if status in {429, 503}:
        found["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return found
