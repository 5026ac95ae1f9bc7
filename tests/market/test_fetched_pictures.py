"""Pictures that the site itself fetches: only where somebody switched that on, and as politely as pages."""

from typing import Any

import pytest

from catalog.models import User
from market.fetching.fetcher import LARGEST_PICTURE
from market.models import FetchDay, FetchTask, Lot, LotPicture, Source
from tests.catalog.fetching import Site, answering, redirecting
from tests.factories import draw_coin
from tests.market.test_fetching import (
    HOST,
    PAGE,
    Time,
    endless,
    fetch,
    html,
    paths,
    queue,
    robots,
    site,
    source,
    state_of,
    time,
)

__all__ = ["fetch", "site", "source", "time"]  # fixtures
SHOWN = b"https://img.example.org/12.jpg"


@pytest.fixture
def page(source: Source, site: Site) -> FetchTask:
    """A listing whose first lot has a picture on the house's own host."""
    Source.objects.filter(pk=source.pk).update(pictures_too=True)
    site.answers["/lots"] = html(PAGE.replace(SHOWN, site.url("/12.jpg", f"img.{HOST}").encode()))
    site.answers["/12.jpg"] = answering(draw_coin())
    return queue(source, site)


def picture_task() -> FetchTask:
    return FetchTask.objects.get(kind="picture")


def test_a_picture_comes_after_its_page(
    page: FetchTask, site: Site, fetch: Any, time: Time, stranger: User
) -> None:
    fetch()
    assert paths(site) == ["/robots.txt", "/lots", "/robots.txt", "/12.jpg"]
    assert state_of(picture_task()) == ("ok", "")
    picture = LotPicture.objects.visible_to(stranger).get()
    assert (picture.origin, picture.lot.image_url) == ("fetched", picture.source_url)
    assert FetchDay.objects.get().requests == 4  # a picture uses up the day's quota like a page
    assert "cookie" not in site.asked[-1][1]


def test_off_by_default(source: Source, page: FetchTask, site: Site, fetch: Any) -> None:
    assert Source._meta.get_field("pictures_too").default is False
    Source.objects.update(pictures_too=False)
    fetch()
    assert paths(site) == ["/robots.txt", "/lots"]
    assert not FetchTask.objects.filter(kind="picture").exists()


def test_switched_off_meanwhile(page: FetchTask, site: Site, fetch: Any) -> None:
    fetch(patience=6)  # no time for more than the page
    assert picture_task().state == "queued"
    Source.objects.update(pictures_too=False)
    fetch()
    assert "/12.jpg" not in paths(site)
    assert picture_task().state == "queued"


def test_never_from_another_host(source: Source, site: Site, fetch: Any) -> None:
    Source.objects.update(pictures_too=True)
    site.answers["/lots"] = html()
    queue(source, site)
    fetch()
    assert not FetchTask.objects.filter(kind="picture").exists()
    assert Lot.objects.exclude(image_url="").get().image_url == SHOWN.decode()


def test_a_picture_that_leads_elsewhere_is_left(page: FetchTask, site: Site, fetch: Any) -> None:
    site.answers["/12.jpg"] = redirecting(site.url("/12.jpg", "elsewhere.example"))
    fetch()
    assert state_of(picture_task()) == ("blocked", "host")


def test_no_picture_from_a_private_network(page: FetchTask, site: Site, fetch: Any) -> None:
    def resolver(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host.startswith("img") else ["127.0.0.1"]

    fetch(resolver=resolver)
    assert state_of(picture_task())[0] == "queued"  # not even its robots.txt could be asked for
    assert "/12.jpg" not in paths(site)


def test_robots_are_obeyed(page: FetchTask, site: Site, fetch: Any) -> None:
    site.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /*.jpg")
    fetch()
    assert state_of(picture_task()) == ("blocked", "robots")


def test_a_picture_that_never_ends(page: FetchTask, site: Site, fetch: Any) -> None:
    site.answers["/12.jpg"] = endless(b"\xff\xd8\xff\xe0more")
    fetch()
    assert state_of(picture_task()) == ("failed", "too_large")
    assert FetchDay.objects.get().bytes < LARGEST_PICTURE + len(PAGE) + 10_000
    assert not LotPicture.objects.exists()


@pytest.mark.parametrize(
    ("body", "error"), [(b"<html>sorry", "not_an_image"), (draw_coin()[:3000], "truncated")]
)
def test_what_is_no_picture(
    page: FetchTask, site: Site, fetch: Any, body: bytes, error: str
) -> None:
    site.answers["/12.jpg"] = answering(body)
    fetch()
    assert state_of(picture_task()) == ("failed", error)
    assert not LotPicture.objects.exists()


def test_what_a_lot_has_is_not_asked_for(page: FetchTask, site: Site, fetch: Any) -> None:
    fetch()
    FetchTask.objects.all().delete()
    page.pk, page.state = None, "queued"
    page.save()
    fetch()
    assert paths(site).count("/12.jpg") == 1


def test_what_people_brought_gets_nothing_that_the_site_fetched(
    page: FetchTask, source: Source, site: Site, fetch: Any, owner: User
) -> None:
    url = site.url("/12.jpg", f"img.{HOST}")
    own = Lot.objects.create(source=source, owner=owner, source_lot_id="own", image_url=url)
    fetch()
    assert LotPicture.objects.get().lot.owner is None
    assert not own.pictures.exists()
