"""The schema is what programs are generated from, so it has to be true."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from catalog.api import reference
from catalog.models import ApiToken, StatusChange
from coinsite.wsgi import application
from tests.access.world import build_world

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def asked_in_vain() -> SchemathesisConfig:
    """Random requests, a few of each kind and the same ones every time."""
    config = SchemathesisConfig()
    project = config.projects.default
    project.phases.coverage.enabled = False
    project.generation.deterministic = True
    project.generation.with_security_parameters = False
    return config


api = schemathesis.openapi.from_dict(reference.schema("en"), config=asked_in_vain())
api.app = application
few = settings(
    max_examples=10, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def one_connection() -> Iterator[None]:
    """At each end of a request Django closes what this test's transaction lives in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(db: None, one_connection: None) -> Any:
    world = build_world()
    StatusChange.objects.create(coin=world.coin, new="owned", on="2024-05-03")
    _token, world.secret = ApiToken.issue(world.owner, "schemathesis", "write")
    return world


# which thing of the world an address with {id} or a body's field is about
THINGS = {
    "coins": "coin", "photos": "photo", "changes": "change", "trades": "trade", "sets": "set",
    "valuations": "valuation", "provenance": "provenance", "attachments": "attachment",
    "collections": "collection", "members": "membership", "share-links": "link", "places": "place",
    "tags": "tag", "custom-fields": "field", "saved-views": "view", "set-slots": "slot",
    "types": "type", "imports": "session", "exports": "export",
}  # fmt: skip
FIELDS = {"coin": "coin", "collection": "collection", "set": "set"}


def about(world: Any, case: Any) -> None:
    """Every other request is about something that is there, or nearly all would end in 404."""
    section = case.operation.path.removeprefix("/api/v1/").partition("/")[0]
    pk = case.path_parameters.get("id")
    if isinstance(pk, int) and pk % 2 == 0 and section in THINGS:
        case.path_parameters["id"] = getattr(world, THINGS[section]).pk
    if isinstance(case.body, dict):
        for name in FIELDS.keys() & case.body.keys():
            if isinstance(case.body[name], int):
                case.body[name] = getattr(world, FIELDS[name]).pk


@api.parametrize()
@few
def test_what_the_schema_says_is_true(case: Any, world: Any) -> None:
    about(world, case)
    case.headers.pop("Authorization", None)
    case.call_and_validate(headers={"Authorization": f"Bearer {world.secret}"}, checks=CHECKS)


def test_the_schema_is_made_without_a_warning(tmp_path: Any) -> None:
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--api-version", "v1",
        "--file", str(tmp_path / "schema.yaml"), stderr=io.StringIO(),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?format=json", ""])
def test_anybody_gets_the_schema_and_it_is_valid(query: str) -> None:
    response = APIClient().get(f"/api/v1/schema/{query}")
    assert response.status_code == 200
    validate_schema(response.data)
    assert response.data["info"]["version"] == "1.0.0 (v1)"


def test_every_operation_can_be_refused_by_name() -> None:
    for address, operations in reference.schema("en")["paths"].items():
        for method, operation in operations.items():
            assert {"401", "404", "429"} <= operation["responses"].keys(), (method, address)
            assert operation["summary"], (method, address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["nothing/", "photos/%C3%BC%0A/image/", "photos/7%0A/"])
def test_an_address_that_is_none_is_told_as_a_problem(address: str) -> None:
    response = APIClient().get(f"/api/v1/{address}")
    assert response.status_code in (401, 404)
    assert response["Content-Type"] == "application/problem+json"
