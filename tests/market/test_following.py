"""From a listing to its next page and to its lots: politely, resumably, and saying what is missing."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from market.fetching.asking import Web
from market.fetching.fetcher import Fetcher
from market.models import FetchDay, FetchTask, Lot, Source
from market.models import fetching as limits
from market.parsers import PARSERS
from market.parsers.listing import next_page, stated_total
from market.receiving import source_of
from tests.catalog.fetching import LOCAL, Answer, Site, answering, serving
from tests.market.test_fetching import NOW, Time, html, paths, robots

HOST = "www.biddr.com"
CARD = (
    '<div id="lot{n}"><div class="lot-description"><a href="/auctions/house/browse?a=7&amp;l={n}">Lot {n}. '
    "TRAJAN. Denarius. {more}</a></div></div>"
)
DETAIL = '<html><body><div class="lot-details"><h1>Lot {n}</h1><div class="lot-description">TRAJAN. Denarius. Whole text {n}.</div></div></body></html>'  # fmt: skip


def listing(*numbers: int, cut: tuple[int, ...] = (), more: str = "") -> Answer:
    cards = "".join(CARD.format(n=n, more="3.31 g..." if n in cut else "") for n in numbers)
    page = f'<html><body><h1>Sale</h1><div class="catalog-grid">{cards}</div>{more}</body></html>'
    return html(page.encode())


def detail(n: int) -> Answer:
    return html(DETAIL.format(n=n).encode())


def to_page(number: int) -> str:
    return f'<a href="/auctions/house/browse?a=7&amp;p={number}">{number}</a>'


FIRST, SECOND = "/auctions/house/browse?a=7", "/auctions/house/browse?a=7&p=2"


@pytest.fixture
def site() -> Iterator[Site]:
    for running in serving():
        running.answers["/robots.txt"] = answering(b"", 404)
        running.answers[FIRST] = listing(1, 2, cut=(2,), more=f"1-2 of 3 lots {to_page(2)}")
        running.answers[SECOND] = listing(3, more=f"3-3 of 3 lots {to_page(1)}")
        running.answers[f"{FIRST}&l=2"] = detail(2)
        yield running


@pytest.fixture
def source(db: None) -> Source:
    found = source_of(PARSERS["biddr"])
    found.enabled, found.terms_checked_on = True, date(2026, 7, 1)
    found.save()
    return found


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fetch(site: Site, time: Time) -> Callable[..., int]:
    web = Web("Obverse/0.1", LOCAL, frozenset({"http"}), lambda host, port: ["127.0.0.1"])

    def run(patience: float = 600, sleep: Callable[[float], None] = time.sleep) -> int:
        return Fetcher(web, time, sleep, lambda: 0.0, patience).run()

    return run


@pytest.fixture
def first(source: Source, site: Site) -> FetchTask:
    task, _new = FetchTask.ask_for(source, site.url(FIRST, HOST), None)
    FetchTask.objects.update(not_before=NOW)
    return task


def stands(task: FetchTask) -> tuple[str, bool, int | None]:
    task.refresh_from_db()
    return task.kind, task.is_partial, task.n_stated


def test_a_listing_is_followed_to_its_end(first: FetchTask, site: Site, fetch: Any) -> None:
    fetch()
    assert paths(site) == ["/robots.txt", FIRST, SECOND, f"{FIRST}&l=2"]
    assert stands(first) == ("listing", False, 3)
    assert {task.kind for task in FetchTask.objects.filter(root=first)} == {"listing", "lot"}
    assert set(FetchTask.objects.values_list("state", flat=True)) == {"ok"}
    assert Lot.objects.count() == 3
    assert not Lot.objects.filter(is_cut=True).exists()  # its own page said more


def test_whoever_dies_goes_on_where_it_was(first: FetchTask, site: Site, fetch: Any) -> None:
    def dies(_seconds: float) -> None:
        if len(site.asked) == 2:
            raise KeyboardInterrupt

    fetch(patience=6)  # robots.txt, and the first page
    assert stands(first) == ("listing", True, 3)
    with pytest.raises(KeyboardInterrupt):
        fetch(sleep=dies)
    assert len(site.asked) == 2
    fetch()
    assert paths(site)[2:] == [SECOND, f"{FIRST}&l=2"]
    assert stands(first) == ("listing", False, 3)


def test_a_second_look_finds_nothing_new(first: FetchTask, site: Site, fetch: Any) -> None:
    fetch()
    FetchTask.objects.filter(pk=first.pk).update(state="queued")
    fetch()
    assert len(site.asked) == 5
    assert FetchTask.objects.count() == 3
    assert Lot.objects.count() == 3


def test_fewer_lots_than_it_says_are_partial(first: FetchTask, site: Site, fetch: Any) -> None:
    site.answers[FIRST] = listing(1, 2, more=f"1-2 of 4 lots {to_page(2)}")
    fetch()
    assert stands(first) == ("listing", True, 4)


def test_a_page_that_is_gone_makes_it_partial(first: FetchTask, site: Site, fetch: Any) -> None:
    site.answers[FIRST] = listing(1, 2, more=to_page(2))
    site.answers[SECOND] = html(b"", 404)
    fetch()
    assert stands(first) == ("listing", True, None)


def test_a_host_that_says_no_is_left_and_it_stays_partial(
    first: FetchTask, site: Site, fetch: Any
) -> None:
    site.answers[SECOND] = html(b"", 403)
    fetch()
    assert paths(site)[-1] == SECOND  # and none of its lots
    assert stands(first) == ("listing", True, 3)


def test_robots_speak_for_what_is_followed_too(first: FetchTask, site: Site, fetch: Any) -> None:
    site.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /*l=")
    fetch()
    assert paths(site) == ["/robots.txt", FIRST, SECOND]
    assert FetchTask.objects.get(kind="lot").error == "robots"
    assert stands(first) == ("listing", False, 3)


def test_the_days_quota_is_for_all_of_it(
    first: FetchTask, source: Source, site: Site, fetch: Any, time: Time
) -> None:
    source.daily_quota = 2
    source.save()
    fetch()
    assert paths(site) == ["/robots.txt", FIRST]
    assert stands(first) == ("listing", True, 3)
    assert FetchDay.objects.get().requests == 2
    time.now += timedelta(hours=23)
    fetch()
    assert paths(site)[2:] == [SECOND, f"{FIRST}&l=2"]
    assert stands(first)[1] is False


def test_retry_after_is_kept_on_the_way(
    first: FetchTask, site: Site, fetch: Any, time: Time
) -> None:
    site.answers[SECOND] = html(b"", 429, Retry_After="300")
    fetch(patience=60)
    assert FetchTask.objects.get(url__endswith="p=2").state == "queued"
    assert stands(first)[1] is True
    site.answers[SECOND] = listing(3)
    time.now += timedelta(seconds=301)
    fetch()
    assert stands(first)[1] is False


def test_a_listing_that_bites_its_tail_ends(first: FetchTask, site: Site, fetch: Any) -> None:
    site.answers[SECOND] = listing(3, more=f'<a rel="next" href="{FIRST}">on</a>')
    fetch()
    assert len(site.asked) == 4


def test_a_listing_without_an_end_is_left(
    first: FetchTask, site: Site, fetch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 1)
    fetch()
    assert FetchTask.objects.get(url__endswith="p=2").error == "too_long"
    assert SECOND not in paths(site)
    assert stands(first)[1] is True


def test_it_never_leaves_the_house(first: FetchTask, site: Site, fetch: Any) -> None:
    away = CARD.format(n=9, more="...").replace("/auctions", "https://elsewhere.example/auctions")
    more = f'<link rel="next" href="https://elsewhere.example{SECOND}">'
    page = f'<html><body><div class="catalog-grid">{away}{CARD.format(n=1, more="")}</div>{more}</body></html>'
    site.answers[FIRST] = html(page.encode())
    fetch()
    assert paths(site) == ["/robots.txt", FIRST]
    assert FetchTask.objects.count() == 1


def test_the_page_of_a_lot_is_no_listing(first: FetchTask, site: Site, fetch: Any) -> None:
    site.answers[FIRST] = html(
        DETAIL.format(n=1)
        .replace("</body>", f'<a rel="next" href="{SECOND}">next lot</a></body>')
        .encode()
    )
    fetch()
    assert stands(first) == ("page", False, None)
    assert FetchTask.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "url", "source", "expected"),
    [
        ('<a rel="next" href="?page=3">', "https://x.org/s?page=2", "", "https://x.org/s?page=3"),
        ('<link rel="next" href="/s/2#top">', "https://x.org/s/1", "", "https://x.org/s/2"),
        ('<a href="?pg=2">2</a>', "https://x.org/s", "numisbids", "https://x.org/s?pg=2"),
        ('<a href="?pg=3">3</a>', "https://x.org/s", "numisbids", ""),
        ('<a href="?pg=2">2</a>', "https://x.org/s", "", ""),
        ('<a href="/other?pg=2">2</a>', "https://x.org/s", "numisbids", ""),
        ('<a href="?pg=2">2</a>', "https://x.org/s?pg=²", "numisbids", "https://x.org/s?pg=2"),
        ('<a rel="next" href="http://x.org/s?page=2">', "https://x.org/s", "", ""),
        ('<a rel="next" href="#">', "https://x.org/s", "", ""),
        ('<a rel="next" href="javascript:x()">', "https://x.org/s", "", ""),
    ],
)  # fmt: skip
def test_where_a_listing_goes_on(text: str, url: str, source: str, expected: str) -> None:
    assert next_page(text, url, source) == expected


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("Showing 1-24 of 480 lots", 24, 480), ("1 bis 24 von 1.480 Lose", 24, 1480), ("1 de 90 lotes", 24, 90),
        ("one of 12 lots from the hoard", 24, None), ("Nothing", 24, None),
        ('viewVars = {"query_info": {"total_num_results": 96}}', 48, 96),
    ],
)  # fmt: skip
def test_how_many_there_are_in_all(text: str, shown: int, expected: int | None) -> None:
    assert stated_total(text, shown) == expected
