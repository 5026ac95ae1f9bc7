import re

import pytest

from catalog.api import problems, reference

pytestmark = pytest.mark.django_db
DOCS = "/api/v1/docs/"


@pytest.fixture
def page(as_user, owner):
    return as_user(owner).get(DOCS).content.decode()


def test_every_address_and_every_problem_stands_in_it(page):
    for address in reference.schema("en")["paths"]:
        assert address in page
    for code in problems.MEANINGS:
        assert f'id="problem-{code}"' in page


def test_it_runs_under_our_policy(page):
    """No script, style or handler of its own, which the Content-Security-Policy would refuse."""
    inside = page[page.index("<main") :]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", inside)


def test_every_link_in_it_leads_somewhere(page):
    anchors = set(re.findall(r'href="#([^"]+)"', page[page.index("<main") :]))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_fields_are_told_with_their_kind(page):
    assert "integer or string" in page
    assert "ordered, owned, for_sale" in page


def test_nobody_else_is_shown_in(client):
    assert client.get(DOCS).status_code == 302
