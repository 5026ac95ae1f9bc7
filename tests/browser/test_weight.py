"""What a first visit costs: the bytes on the wire without photos, and whether anything moves while they come."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread

from catalog.demo.loading import load
from catalog.facts.loading import load as load_facts
from catalog.models import Coin, User
from tests.browser.doing import sign_in
from tests.catalog.test_demo import sketch
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 150_000
MOST_SHIFT = 0.02
PAGES = ["/", "/coins/", "/coins/?layout=table", "/coins/{coin}/", "/coins/add/", "/photos/add/"]
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      if (!one.hadRecentInput)
        window.shifts.push([one.value, one.sources.map((s) => s.node?.className || s.node?.nodeName)]);
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with its static files as they are served: with a hash in the name, compressed."""
    compressed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        STORAGES=settings.STORAGES | {"staticfiles": compressed},
    ):
        call_command("collectstatic", verbosity=0, interactive=False)
        # Not the live_server: that one answers for static files itself, uncompressed.
        server = LiveServerThread("127.0.0.1", static_handler=lambda site: site)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()


@pytest.fixture
def collector() -> User:
    user = make_user("livia")
    load_facts()
    load(user, sketch)
    return user


def visitor(chromium: Any, url: str, user: User, **choices: Any) -> Any:
    """Somebody who has never been here: nothing lies in the cache."""
    context = chromium.new_context(base_url=url, **choices)
    sign_in(context, user, url)
    return context


def addresses() -> list[str]:
    coin = Coin.objects.live().filter(photos__role="reverse", type__isnull=False).first()
    return [page.format(coin=coin.pk) for page in PAGES]  # type: ignore[union-attr]


def weigh(context: Any, address: str) -> dict[str, int]:
    """Bytes on the wire by address, headers included, photos left out."""
    page = context.new_page()
    wire, urls, bytes_of = context.new_cdp_session(page), {}, {}
    wire.send("Network.enable")
    wire.on(
        "Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda e: bytes_of.update({urls[e["requestId"]]: int(e["encodedDataLength"])}),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    return {url: size for url, size in bytes_of.items() if "/photos/" not in url or "/add/" in url}


def test_no_page_is_heavy(chromium: Any, production: str, collector: User) -> None:
    found = {}
    for address in addresses():
        context = visitor(chromium, production, collector, viewport={"width": 1440, "height": 900})
        found[address] = weigh(context, address)
        context.close()
    heavy = [
        f"{address}  {sum(parts.values())} bytes\n"
        + "\n".join(
            f"    {size:7} {url}" for url, size in sorted(parts.items(), key=lambda x: -x[1])
        )
        for address, parts in found.items()
        if sum(parts.values()) > MOST_BYTES
    ]
    assert not heavy, "\n".join(heavy)


def shifts(context: Any, address: str) -> list[Any]:
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for _ in range(4):  # charts and the map come when they are looked at
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(150)
    found: list[Any] = page.evaluate("window.shifts")
    page.close()
    return found


def test_nothing_moves_while_it_loads(chromium: Any, production: str, collector: User) -> None:
    moved = []
    for width in (390, 1440):
        context = visitor(chromium, production, collector, viewport={"width": width, "height": 900})
        context.add_init_script(WATCH_SHIFTS)
        for address in addresses():
            found = shifts(context, address)
            if sum(value for value, _ in found) >= MOST_SHIFT:
                moved.append(f"{address} at {width}: {found}")
        context.close()
    assert not moved, "\n".join(moved)
