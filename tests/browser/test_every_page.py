"""Every page, looked at by a browser: no violation of WCAG AA, nothing wider than the window, no error in
the console, which is where the content security policy complains.

Each page is loaded once, wide and light, and then made narrow and dark: loading is what takes the time."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client

from identify.models import Label
from market import pictures
from market.models import Doubt
from tests.access.world import build_world
from tests.browser.axe import violations
from tests.browser.doing import settle
from tests.factories import PASSWORD, draw_coin, make_coin
from tests.market.makes import make_lot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/account/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/password/reset/key/1-gone/", "/account/password/reset/key/done/",
    "/s/{link.token}/", "/s/{link.token}/coins/{coin.pk}/", "/s/nothing/",
]  # fmt: skip
SIGNED_IN = [
    "/", "/coins/", "/coins/?layout=table", "/coins/?layout=grid", "/coins/?q=nothing-like-this",
    "/coins/add/", "/coins/{coin.pk}/", "/coins/{coin.pk}/edit/", "/coins/{coin.pk}/history/",
    "/coins/{trashed.pk}/", "/coins/{coin.pk}/trade/add/", "/coins/{coin.pk}/valuation/add/",
    "/coins/{coin.pk}/provenance/add/", "/coins/{coin.pk}/attachment/add/", "/trash/", "/photos/add/",
    "/photos/{photo.pk}/edit/", "/photos/compare/?coin={coin.pk}", "/sets/", "/sets/{set.pk}/",
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
    "/market/lots/{lot.pk}/", "/market/doubts/", "/market/doubts/{doubt.pk}/", "/market/watches/", "/market/watches/?ruler=Trajan&house=Leu", "/market/lots/?ruler=Trajan",
    "/identify/desk/?at={photo.pk}", "/identify/desk/agreement/", "/identify/desk/activity/",
    "/identify/desk/classes/?field=ruler", "/identify/desk/class/?field=ruler&value=Trajan",
    "/identify/desk/sets/", "/identify/desk/upload/", "/identify/desk/?order=trial", "/identify/desk/specimens/",
]  # fmt: skip

PARTS = 4  # so that every worker of a run has its share
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 900}


@pytest.fixture
def world() -> SimpleNamespace:
    found = build_world()
    make_coin(
        found.collection, title="A very long title " * 8, authority="Gordian III", mint="Rome",
        denomination="Antoninianus", metal="Billon", grade="gVF", year_from=241, year_to=243,
    )  # fmt: skip
    Label.say(found.photo, "ruler", "Trajan", found.editor)
    found.lot = make_lot(found.owner)
    pictures.keep(found.lot, BytesIO(draw_coin()), "lot.jpg", "hand")
    found.doubt = Doubt.objects.create(lot=make_lot(None), other=make_lot(None), kind="twin")
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


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_for_everybody(
    chromium: Any, live_server: Any, world: SimpleNamespace, part: int
) -> None:
    context = chromium.new_context(base_url=live_server.url, viewport=DESKTOP)
    context.base = live_server.url
    page, found = context.new_page(), []
    page.on("pageerror", lambda error: found.append(f"{page.url}  script: {error}"))
    page.on(
        "console", lambda m: found.append(f"{page.url}  {m.text}") if "Policy" in m.text else None
    )
    for address in PUBLIC[part::PARTS]:
        found += looked_at(page, address.format(**vars(world)))
    sign_in(page, world)
    for address in SIGNED_IN[part::PARTS]:
        found += looked_at(page, address.format(**vars(world)))
    context.close()
    assert not found, "\n".join(found)


def looked_at(page: Any, url: str) -> list[str]:
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.goto(url)
    settle(page)
    found = [f"{url}  desktop, light: {one}" for one in complaints(page)]
    page.set_viewport_size(PHONE)
    # A colour that is on its way from light to dark has no contrast with anything.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"{url}  phone, dark: {one}" for one in complaints(page)]


def complaints(page: Any) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return violations(page) + ([f"is {wide} px too wide"] if wide > 0 else [])
