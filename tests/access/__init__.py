"""Who may open which address. Every URL of the site has a rule in `tests/access/rules/*.py`; a URL
without one fails the suite (`test_every_url.py`).

A rules file is `RULES: dict[str, Rule]` by URL name (with namespace, `api-v1:coin-detail`):

    RULES = {
        "coin": Rule(OWN_READ, lambda world: {"pk": world.coin.pk}),
        "coin-edit": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}),
        "coin-status": Rule(OWN_WRITE, lambda world: {"pk": world.coin.pk}, method="post", data={...}),
    }
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

OK = frozenset({200, 201, 202, 204, 206, 301, 302, 304, 400, 409, 412, 415, 422})
GONE = frozenset({404})
FORBIDDEN = frozenset({403})
SIGN_IN = frozenset({"login", 401, 403})  # a redirect to the sign-in page, or the API's refusal
Expected = Mapping[str, frozenset[Any]]

# owner, editor, viewer of the world's collection; a stranger with an account; nobody; a curator
OWN_READ: Expected = {
    "owner": OK,
    "editor": OK,
    "viewer": OK,
    "stranger": GONE,
    "anonymous": SIGN_IN,
}
OWN_WRITE: Expected = OWN_READ | {"viewer": FORBIDDEN}
OWNER_ONLY: Expected = OWN_WRITE | {"editor": FORBIDDEN | GONE, "viewer": FORBIDDEN | GONE}
ANYBODY_SIGNED_IN: Expected = OWN_READ | {"stranger": OK}
EVERYBODY: Expected = ANYBODY_SIGNED_IN | {"anonymous": OK}
# things that belong to one person (saved views, tokens): only the owner of the world has them
MINE: Expected = {
    "owner": OK, "editor": GONE, "viewer": GONE, "stranger": GONE, "anonymous": SIGN_IN,
}  # fmt: skip
CURATORS: Expected = dict.fromkeys(
    ("owner", "editor", "viewer", "stranger", "anonymous"), FORBIDDEN | SIGN_IN
)


@dataclass(frozen=True)
class Rule:
    expected: Expected
    kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[Any], dict[str, Any]] | dict[str, Any] = field(default_factory=dict)
    query: str = ""
