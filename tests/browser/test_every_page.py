"""Every page, looked at by a browser: no violation of WCAG AA, nothing wider than the window, no error in
the console, which is where the content security policy complains."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client

from identify.models import Label
from tests.access.world import build_world
from tests.browser.axe import violations
from tests.factories import PASSWORD, make_coin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/account/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/",
    "/s/{link.token}/", "/s/{link.token}/coins/{coin.pk}/", "/s/nothing/",
]  # fmt: skip
SIGNED_IN = [
    "/", "/coins/", "/coins/?layout=table", "/coins/?layout=grid", "/coins/?q=nothing-like-this",
    "/coins/add/", "/coins/{coin.pk}/", "/coins/{coin.pk}/edit/", "/coins/{coin.pk}/history/",
    "/coins/{trashed.pk}/", "/coins/{coin.pk}/trade/add/", "/coins/{coin.pk}/valuation/add/",
    "/coins/{coin.pk}/provenance/add/", "/coins/{coin.pk}/attachment/add/", "/trash/", "/photos/add/",
    "/photos/{photo.pk}/edit/", "/compare/?coin={coin.pk}", "/sets/", "/sets/{set.pk}/",
    "/sets/{set.pk}/edit/", "/types/", "/types/{type.pk}/", "/types/{type.pk}/run/", "/places/",
    "/market/", "/market/lots/", "/market/collection/", "/market/coins/{coin.pk}/",
    "/places/{place.pk}/", "/tags/", "/tags/{tag.pk}/", "/fields/", "/fields/{field.pk}/",
    "/collections/", "/collections/{collection.pk}/", "/imports/", "/imports/{session.pk}/", "/exports/",
    "/settings/", "/settings/delete/", "/settings/tokens/", "/views/", "/account/email/",
    "/account/password/change/", "/account/2fa/", "/account/sessions/", "/nothing-here/",
    "/coins/columns/", "/coins/facets/authority/", "/coins/bulk/?coin={coin.pk}",
    "/coins/bulk/?coin={coin.pk}&field=tags", "/api/v1/docs/", "/identify/coins/{coin.pk}/",
    "/identify/review/", "/identify/progress/", "/identify/shoebox/", "/identify/batch/",
    "/market/add/", "/market/mine/", "/market/pages/", "/market/uploads/",
    "/market/watches/",
    "/identify/desk/?at={photo.pk}", "/identify/desk/agreement/", "/identify/desk/activity/",
    "/identify/desk/classes/?field=ruler", "/identify/desk/class/?field=ruler&value=Trajan",
    "/identify/desk/sets/", "/identify/desk/specimens/",
]  # fmt: skip


@pytest.fixture
def world() -> SimpleNamespace:
    found = build_world()
    make_coin(
        found.collection, title="A very long title " * 8, authority="Gordian III", mint="Rome",
        denomination="Antoninianus", metal="Billon", grade="gVF", year_from=241, year_to=243,
    )  # fmt: skip
    Label.say(found.photo, "ruler", "Trajan", found.editor)
    found.owner.is_staff = True
    found.owner.save()
    found.owner.user_permissions.add(Permission.objects.get(codename="curate"))
    return found


def sign_in(page: Any, world: SimpleNamespace) -> None:
    client = Client()
    client.login(username="owner", password=PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.context.base}]
    )


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (360, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_every_page_is_for_everybody(
    chromium: Any, live_server: Any, world: SimpleNamespace, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    context.base = live_server.url
    page, found = context.new_page(), []
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    for address in [*PUBLIC, None, *SIGNED_IN]:
        if address is None:
            sign_in(page, world)
            continue
        url = address.format(**vars(world))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        found += [f"{url}  {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{url}  is {wide} px too wide"] if wide > 0 else []
    context.close()
    assert not found, "\n".join(found)


def test_no_page_breaks_its_own_content_policy(
    chromium: Any, live_server: Any, world: SimpleNamespace
) -> None:
    context = chromium.new_context(base_url=live_server.url)
    context.base = live_server.url
    page, found = context.new_page(), []
    page.on(
        "console", lambda m: found.append(f"{page.url}  {m.text}") if "Policy" in m.text else None
    )
    sign_in(page, world)
    for address in SIGNED_IN:
        page.goto(address.format(**vars(world)))
        page.wait_for_load_state("networkidle")
    context.close()
    assert not found, "\n".join(found)
