"""The polite fetcher, against a server on the loopback: what it asks, what it is told, when it goes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog.models import User
from market.fetching.asking import Web
from market.fetching.deciding import again, decide, delay, seconds_of
from market.fetching.fetcher import LARGEST_PAGE, Fetcher, allows, the_web
from market.fetching.robots import LARGEST, robots_from
from market.models import FetchDay, FetchHost, FetchTask, Lot, RawPage, Source
from market.parsers import PARSERS
from market.receiving import source_of
from market.tasks import fetch_due
from tests.catalog.fetching import LOCAL, Answer, Site, answering, redirecting, serving

HOST = "www.aureo.com"
PAGE = (Path(__file__).parent / "pages" / "aureo" / "listing.html").read_bytes()
NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)


class Time:
    """Stands still but for those who sleep."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def site() -> Iterator[Site]:
    for running in serving():
        running.answers["/robots.txt"] = answering(b"", 404)
        running.answers["/lots"] = html()
        yield running


@pytest.fixture
def source(db: None) -> Source:
    found = source_of(PARSERS["aureo"])
    found.enabled, found.terms_checked_on = True, date(2026, 7, 1)
    found.save()
    return found


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fetch(site: Site, time: Time) -> Callable[..., int]:
    web = Web(
        "Obverse/0.1 (+https://coins.example.org)", LOCAL, frozenset({"http"}),
        lambda host, port: ["127.0.0.1"],
    )  # fmt: skip

    def run(**changes: Any) -> int:
        patience = changes.pop("patience", 600)
        fetcher = Fetcher(replace(web, **changes), time, time.sleep, lambda: 0.0, patience)
        return fetcher.run()

    return run


def html(body: bytes = PAGE, status: int = 200, **headers: str) -> Answer:
    return answering(body, status, **{"Content_Type": "text/html"} | headers)


def robots(text: str, status: int = 200) -> Answer:
    return answering(text.encode(), status, Content_Type="text/plain")


def queue(source: Source, site: Site, path: str = "/lots") -> FetchTask:
    task, _new = FetchTask.ask_for(source, site.url(path, HOST), None)
    FetchTask.objects.update(not_before=NOW)
    return task


def paths(site: Site) -> list[str]:
    return [path for path, _headers in site.asked]


def state_of(task: FetchTask) -> tuple[str, str]:
    task.refresh_from_db()
    return task.state, task.error


# --- that it works ------------------------------------------------------------------------
def test_a_page_is_kept_and_read(source: Source, site: Site, fetch: Any, stranger: User) -> None:
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("ok", "")
    assert paths(site) == ["/robots.txt", "/lots"]
    assert task.page is not None
    assert (task.page.owner, task.page.http_status) == (None, 200)
    assert Lot.objects.visible_to(stranger).count() == task.page.n_lots > 0
    assert site.asked[1][1]["user-agent"] == "Obverse/0.1 (+https://coins.example.org)"
    assert "cookie" not in site.asked[1][1]


def test_two_pages_are_five_seconds_apart(
    source: Source, site: Site, fetch: Any, time: Time
) -> None:
    site.answers["/more"] = html()
    queue(source, site)
    queue(source, site, "/more")
    fetch()
    assert len(site.asked) == 3
    assert time.slept == [5.0, 5.0]


def test_what_it_asks_for_is_waited_for(source: Source, site: Site, fetch: Any, time: Time) -> None:
    site.answers["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 20")
    site.answers["/more"] = html()
    queue(source, site)
    queue(source, site, "/more")
    fetch()
    assert time.slept == [5.0, 20.0]


def test_what_we_have_is_not_sent_again(source: Source, site: Site, fetch: Any, time: Time) -> None:
    site.answers["/lots"] = html(ETag='"a"', Last_Modified="Sat, 01 Aug 2026 10:00:00 GMT")
    task = queue(source, site)
    fetch()
    site.answers["/lots"] = html(b"", 304)
    FetchTask.objects.update(state="queued", not_before=time.now)
    fetch()
    assert state_of(task) == ("same", "")
    assert site.asked[-1][1]["if-none-match"] == '"a"'
    assert "if-modified-since" in site.asked[-1][1]
    assert RawPage.objects.count() == 1


def test_robots_are_asked_once_a_day(source: Source, site: Site, fetch: Any, time: Time) -> None:
    queue(source, site)
    fetch()
    time.now += timedelta(hours=25)
    FetchTask.objects.update(state="queued")
    fetch()
    assert paths(site) == ["/robots.txt", "/lots", "/robots.txt", "/lots"]


# --- robots.txt -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (robots("User-agent: *\nDisallow: /lots"), "blocked", "robots"),
        (
            robots("User-agent: obverse\nDisallow: /\n\nUser-agent: *\nAllow: /"),
            "blocked",
            "robots",
        ),
        (robots("User-agent: *\nDisallow: /lots?bid="), "ok", ""),
        (robots("no", 403), "ok", ""),
        (robots("oops", 500), "queued", "robots"),
        (robots("slow down", 429), "queued", "robots"),
    ],
)
def test_robots_are_obeyed(
    source: Source, site: Site, fetch: Any, answer: Answer, state: str, error: str
) -> None:
    site.answers["/robots.txt"] = answer
    task = queue(source, site)
    fetch()
    assert state_of(task) == (state, error)
    assert ("/lots" in paths(site)) == (state == "ok")


def test_robots_that_nobody_hands_out_close_the_site(
    source: Source, site: Site, fetch: Any
) -> None:
    del site.answers["/robots.txt"]  # the server breaks off
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("queued", "robots")
    assert task.not_before == NOW + timedelta(hours=24)


def test_robots_that_never_end_are_read_so_far(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/robots.txt"] = endless(b"User-agent: *\nDisallow: /lots\n")
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("blocked", "robots")
    assert len(FetchHost.objects.get().robots) <= LARGEST


def endless(piece: bytes) -> Answer:
    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(piece * 1000)

    return answer


def test_what_a_robots_file_says() -> None:
    said = robots_from(
        200, b"User-agent: *\nRequest-rate: 1/30\nDisallow: /*?bid=\nAllow: /a/b\nDisallow: /a"
    )
    assert said.delay() == 30
    assert not said.allows("https://x.example/lot?bid=3")
    assert said.allows("https://x.example/a/b")
    assert not said.allows("https://x.example/a/c")
    assert robots_from(None).verdict == robots_from(503).verdict == "disallow"
    assert robots_from(404).allows("https://x.example/")


# --- what a server may do to us -----------------------------------------------------------------
def test_a_body_that_never_ends_is_left(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/lots"] = endless(b"<p>more</p>")
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("failed", "too_large")
    assert not RawPage.objects.exists()


def test_forty_megabytes_are_too_many(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/lots"] = html(b"<p>" * (40 * 2**20 // 3))
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("failed", "too_large")
    assert FetchDay.objects.get().bytes <= LARGEST_PAGE


def test_too_many_requests_are_taken_seriously(
    source: Source, site: Site, fetch: Any, time: Time
) -> None:
    site.answers["/lots"] = html(b"", 429, Retry_After="3600")
    task = queue(source, site)
    other = queue(source, site, "/more")
    fetch()
    assert state_of(task) == ("queued", "status_429")
    assert task.not_before >= NOW + timedelta(hours=1)
    assert "/more" not in paths(site)  # it spoke for all its pages
    assert state_of(other)[0] == "queued"


def test_three_tries_and_no_more(source: Source, site: Site, fetch: Any, time: Time) -> None:
    site.answers["/lots"] = html(b"", 503)
    task = queue(source, site)
    for _try in range(5):
        fetch()
        time.now += timedelta(hours=3)
    assert state_of(task) == ("failed", "status_503")
    assert paths(site).count("/lots") == 3


@pytest.mark.parametrize(
    "answer",
    [html(b"", 403), html(b"", 401), html(b"<title>Just a moment...</title>")],
    ids=["403", "401", "captcha"],
)
def test_a_refusal_stops_the_host(
    source: Source, site: Site, fetch: Any, time: Time, answer: Answer
) -> None:
    site.answers["/lots"] = answer
    task, other = queue(source, site), queue(source, site, "/more")
    fetch()
    fetch()
    assert state_of(task)[0] == "blocked"
    assert state_of(other)[0] == "queued"
    assert "/more" not in paths(site)
    host = FetchHost.objects.get()
    assert host.stopped_at is not None
    site.answers["/more"] = html()
    host.open_again()
    fetch()
    assert state_of(other) == ("ok", "")


def test_no_redirect_leads_into_a_private_network(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/lots"] = redirecting(site.url("/secret", "static.aureo.com"))

    def resolver(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host.startswith("static") else ["127.0.0.1"]

    task = queue(source, site)
    fetch(resolver=resolver)
    assert state_of(task) == ("blocked", "address")


def test_no_redirect_leads_to_another_house(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/lots"] = redirecting(site.url("/lots", "elsewhere.example"))
    task = queue(source, site)
    fetch()
    assert state_of(task) == ("blocked", "host")


def test_only_what_comes_encrypted(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/robots.txt"] = answering(b"", 404)
    task = queue(source, site)
    fetch(schemes=frozenset({"https"}))
    assert state_of(task)[0] == "queued"  # its robots.txt could not be asked for
    assert site.asked == []


def test_a_page_of_another_kind_fails(source: Source, site: Site, fetch: Any) -> None:
    site.answers["/lots"] = html(b"<html><p>Nothing here")
    task = queue(source, site)
    fetch()
    assert state_of(task)[0] == "failed"
    site.answers["/gone"] = html(b"", 404)
    gone = queue(source, site, "/gone")
    fetch()
    assert state_of(gone) == ("failed", "status_404")


# --- who may be asked, and how often ----------------------------------------------------------------
def test_what_is_not_enabled_is_not_fetched(source: Source, site: Site, fetch: Any) -> None:
    queue(source, site)
    Source.objects.update(enabled=False)
    assert fetch() == 0
    assert fetch_due() == 0
    assert site.asked == []


def test_a_host_that_is_not_the_sources_is_not_asked(
    source: Source, site: Site, fetch: Any
) -> None:
    task, _new = FetchTask.ask_for(source, site.url("/lots", "aureo.com.example.org"), None)
    FetchTask.objects.update(not_before=NOW)
    fetch()
    assert state_of(task) == ("blocked", "host")
    assert site.asked == []
    assert allows(source, "m.aureo.com")
    assert not allows(source, "xaureo.com")


def test_the_days_quota_is_kept(source: Source, site: Site, fetch: Any) -> None:
    Source.objects.update(daily_quota=2)
    site.answers["/more"] = html()
    first, second = queue(source, site), queue(source, site, "/more")
    fetch()
    assert (state_of(first)[0], state_of(second)) == ("ok", ("queued", "quota"))
    assert second.not_before.date() == date(2026, 8, 2)
    assert FetchDay.objects.get().requests == 2


def test_one_connection_a_host(source: Source, site: Site, fetch: Any, time: Time) -> None:
    task = queue(source, site)
    assert FetchHost.claim(f"{HOST}:{site.port}", NOW) is not None
    assert FetchHost.claim(f"{HOST}:{site.port}", NOW) is None
    fetch()
    assert (state_of(task)[0], site.asked) == ("queued", [])
    time.now += timedelta(minutes=6)  # whoever had it has died
    fetch()
    assert state_of(task)[0] == "ok"


def test_a_run_ends_in_time(source: Source, site: Site, fetch: Any) -> None:
    task = queue(source, site)
    fetch(patience=3)
    assert state_of(task)[0] == "queued"
    assert paths(site) == ["/robots.txt"]


# --- pure parts ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("Sat, 01 Aug 2026 12:10:00 GMT", 600), ("Sat, 01 Aug 2020 12:00:00 GMT", 0),
     ("9" * 40, 604_800), ("soon", None), ("", None)],
)  # fmt: skip
def test_retry_after(text: str, seconds: int | None) -> None:
    found = seconds_of(text, NOW)
    assert (found.total_seconds() if found is not None else None) == seconds


def test_waits_grow_and_end() -> None:
    waits = [again("x", n, NOW).at for n in (1, 2)]
    assert waits == [NOW + timedelta(minutes=1), NOW + timedelta(minutes=4)]
    assert again("x", 3, NOW).what == "fail"
    assert decide(204, "", 1, NOW).what == "fail"
    assert delay(0, 0, 1.0) == timedelta(seconds=7.5)
    assert delay(30, 5, 0.0) == timedelta(seconds=30)


def test_the_name_says_where_to_complain(settings: Any) -> None:
    settings.SITE_URL = "https://coins.example.org"
    assert "+https://coins.example.org" in the_web().agent
    assert the_web().schemes == {"https"}


# --- people ---------------------------------------------------------------------------------------------
def test_a_person_asks_for_a_page(source: Source, owner: User, as_user: Any) -> None:
    client, url = as_user(owner), f"https://{HOST}/lots"
    assert "Aureo" in client.get("/market/add/").content.decode()
    client.post("/market/add/address/", {"url": url})
    task = FetchTask.objects.get()
    assert (task.url, task.asked_by, task.source) == (url, owner, source)
    again = client.post("/market/add/address/", {"url": url}, follow=True)
    assert "asked for before: Queued" in again.content.decode()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://www.aureo.com/lots", "encrypted"),
        ("https://www.biddr.com/x", "does not ask that host"),
        ("https://127.0.0.1/", "does not ask that host"),
    ],
)
def test_an_address_that_is_refused(
    source: Source, owner: User, as_user: Any, url: str, said: str
) -> None:
    answer = as_user(owner).post("/market/add/address/", {"url": url})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not FetchTask.objects.exists()


def test_nobody_enables_a_source_without_reading(
    source: Source, curator: User, as_user: Any
) -> None:
    Source.objects.update(enabled=False)
    client, address = as_user(curator), f"/admin/market/source/{source.pk}/change/"
    said = {
        "slug": "aureo", "name": "Aureo", "host": "aureo.com", "kind": "saved_page", "enabled": "on",
        "min_delay_s": "5", "daily_quota": "10", "terms_checked_on": "2026-07-01", "terms_note": "",
    }  # fmt: skip
    assert "Read the terms first" in client.post(address, said).content.decode()
    assert "Read the terms first" in (
        client.post(address, said | {"terms_checked_on": "", "have_read": "on"}).content.decode()
    )
    source.refresh_from_db()
    assert not source.enabled
    client.post(address, said | {"have_read": "on"})
    source.refresh_from_db()
    assert (source.enabled, source.terms_checked_by) == (True, curator)


@pytest.mark.parametrize("model", ["fetchtask", "fetchhost", "fetchday"])
def test_the_administration_shows_what_is_fetched(
    source: Source, site: Site, fetch: Any, curator: User, as_user: Any, model: str
) -> None:
    queue(source, site)
    fetch()
    assert as_user(curator).get(f"/admin/market/{model}/").status_code == 200
