import importlib
import pkgutil
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import Rule, rules
from tests.access.world import person


def collect_rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(rules.__path__):
        found |= importlib.import_module(f"{rules.__name__}.{module.name}").RULES
    return found


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin":
                continue  # Django's own; tests/test_admin.py holds that only staff gets in
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}"


RULES = collect_rules()
URLS = sorted(set(names(get_resolver().url_patterns)))


def test_every_url_has_a_rule() -> None:
    assert [name for name in URLS if name not in RULES] == []


def test_every_rule_has_a_url() -> None:
    assert [name for name in RULES if name not in URLS] == []


CASES = [(name, role) for name, rule in sorted(RULES.items()) for role in rule.expected]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "role"), CASES, ids=[f"{n}-{r}" for n, r in CASES])
def test_rule(name: str, role: str, world: SimpleNamespace) -> None:
    rule = RULES[name]
    client = Client(raise_request_exception=True)
    if user := person(world, role):
        client.force_login(user)
    data: Any = rule.data(world) if callable(rule.data) else rule.data
    url = reverse(name, kwargs=rule.kwargs(world)) + rule.query
    as_json = {"content_type": "application/json"} if url.startswith("/api/") else {}
    if rule.method == "get":
        as_json = {}
    response = getattr(client, rule.method)(url, data, **as_json)
    at_login = response.status_code == 302 and "/login" in response["Location"]
    status = "login" if at_login else response.status_code
    assert status in rule.expected[role], f"{role} got {status} from {rule.method.upper()} {url}"
