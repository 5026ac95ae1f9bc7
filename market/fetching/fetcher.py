"""Works off the frontier, one address after the other and one connection a host."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from catalog.fetch import FetchRefused
from catalog.refusals import Refusal
from market import pictures
from market.fetching.asking import Answer, Web, ask
from market.fetching.deciding import Intent, again, decide, delay
from market.fetching.robots import KEPT, LARGEST, Robots, robots_from
from market.models import FetchDay, FetchHost, FetchTask, Lot, LotPicture, RawPage, Source
from market.parsers import PARSERS, PageRefusal, parser_for, unpack
from market.parsers.listing import next_page, stated_total
from market.receiving import keep, parse_again
from market.records import LotRecord

LARGEST_PAGE = 10 * 2**20
LARGEST_PICTURE = 10 * 2**20
TIMEOUT = 30.0
PATIENCE = 50.0  # seconds that one run may take; the schedule starts the next
State, Kind = FetchTask.State, FetchTask.Kind


@dataclass
class Fetcher:
    web: Web
    clock: Callable[[], datetime] = timezone.now
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    patience: float = PATIENCE
    done: int = field(default=0, init=False)

    def run(self) -> int:
        """How many addresses were settled or put off."""
        end = self.clock() + timedelta(seconds=self.patience)
        seen: set[int] = set()
        while self.clock() < end and (task := self.next(seen)):
            seen.add(task.pk)
            self.visit(task, end)
        return self.done

    def next(self, seen: set[int]) -> FetchTask | None:
        due = FetchTask.objects.filter(
            state=State.QUEUED, not_before__lte=self.clock(), source__enabled=True
        ).exclude(pk__in=seen)
        due = due.exclude(kind=Kind.PICTURE, source__pictures_too=False)  # switched off meanwhile
        return due.select_related("source", "root").order_by("not_before", "pk").first()

    def visit(self, task: FetchTask, end: datetime) -> None:
        if not allows(task.source, host_of(task.url)):
            self.settle(task, Intent("block", "host"))
            return
        host = FetchHost.claim(address_of(task.url), self.clock())
        if host is None:  # somebody is asking it, or it has told us to go
            return
        try:
            self.ask_politely(task, host, end)
        finally:
            host.release()

    def ask_politely(self, task: FetchTask, host: FetchHost, end: datetime) -> None:
        rules = self.robots_of(task, host, end)
        if rules is None:
            return
        if not rules.allows(task.url):
            # what we could not learn today may be learnt tomorrow
            put_off = Intent("later", "robots", self.clock() + KEPT)
            self.settle(task, put_off if rules.verdict == "disallow" else Intent("block", "robots"))
            return
        if not self.may_ask(task, host, end):
            return
        task.attempts += 1
        try:
            most = largest(task)
            answer = self.ask(task.source, host, rules, task.url, most, headers_for(task))
        except FetchRefused as refusal:
            passing = refusal.code in ("timeout", "connection", "dns")
            intent = again(refusal.code, task.attempts, self.clock())
            self.settle(task, intent if passing else Intent("block", refusal.code))
            return
        retry_after = answer.headers.get("retry-after", "")
        intent = decide(answer.status, retry_after, task.attempts, self.clock())
        if intent.what == "later" and intent.at:
            host.wait_until(intent.at)  # it speaks for all its pages
        if intent.what == "keep":
            intent = Intent("fail", "too_large") if answer.is_cut else self.kept(task, answer)
        if intent.what == "stop":
            host.stop(intent.why, self.clock())
        self.settle(task, intent)

    def robots_of(self, task: FetchTask, host: FetchHost, end: datetime) -> Robots | None:
        """None: there is no time for asking now."""
        fresh = host.robots_at and host.robots_at > self.clock() - KEPT
        if fresh:
            return Robots(host.robots_verdict, host.robots)
        if not self.may_ask(task, host, end):
            return None
        parts = urlsplit(task.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            answer = self.ask(task.source, host, Robots("allow"), url, LARGEST)
            found = robots_from(answer.status, answer.body)
        except FetchRefused:
            found = robots_from(None)
        host.remember_robots(found.verdict, found.text, self.clock())
        return found

    def may_ask(self, task: FetchTask, host: FetchHost, end: datetime) -> bool:
        """Waits until it may; not if that is beyond this run, or the day's quota is used up."""
        now = self.clock()
        today, _made = FetchDay.objects.get_or_create(source=task.source, day=now.date())
        if today.requests >= task.source.daily_quota:
            tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=5, second=0, microsecond=0)
            self.settle(task, Intent("later", "quota", tomorrow))
            return False
        if host.next_at > end:
            return False
        if host.next_at > now:
            self.sleep((host.next_at - now).total_seconds())
        return True

    def ask(
        self, source: Source, host: FetchHost, rules: Robots, url: str, most: int,
        headers: dict[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        size = 0
        try:
            answer = ask(
                self.web, url, lambda name: allows(source, name), max_bytes=most, timeout=TIMEOUT,
                headers=headers,
            )  # fmt: skip
            size = len(answer.body)
            return answer
        finally:
            pause = delay(rules.delay(), source.min_delay_s, self.jitter())
            host.wait_until(self.clock() + pause)
            FetchDay.objects.filter(source=source, day=self.clock().date()).update(
                requests=F("requests") + 1, bytes=F("bytes") + size
            )

    def kept(self, task: FetchTask, answer: Answer) -> Intent:
        return keep_picture(task, answer) if task.kind == Kind.PICTURE else self.keep(task, answer)

    def keep(self, task: FetchTask, answer: Answer) -> Intent:
        """Kept as it came, also what no parser reads; a gatekeeper's page stops the host."""
        try:
            page = unpack(answer.body, answer.url)
            parser = parser_for(answer.url, page.text)
        except PageRefusal as refusal:
            return Intent("stop" if refusal.code == "blocked" else "fail", refusal.code)
        raw = keep(None, parser, answer.body, task.url, page.content_type)
        RawPage.objects.filter(pk=raw.pk).update(
            http_status=answer.status, etag=answer.headers.get("etag", "")[:300],
            last_modified=answer.headers.get("last-modified", "")[:100], fetched_at=self.clock(),
        )  # fmt: skip
        raw.refresh_from_db()
        task.page = raw
        try:
            lots = read_lots(raw)
            self.follow(task, page.text, answer.url, lots)
            self.want_pictures(task, raw)
        except PageRefusal as refusal:
            return Intent("fail", refusal.code)
        return Intent("keep")

    def follow(self, task: FetchTask, text: str, url: str, lots: Sequence[LotRecord]) -> None:
        """From a listing to its next page, and to those of its lots of which it does not say all. Before
        the page is settled: who dies between finds both again."""
        is_listing = task.kind == Kind.LISTING or (task.kind == Kind.PAGE and len(lots) > 1)
        if not is_listing:
            return
        unsaid = [lot.url for lot in lots if lot.url and (lot.is_cut or not lot.description)]
        own = [one for one in unsaid if allows(task.source, host_of(one)) and len(one) <= 1000]
        following = next_page(text, url, task.source.slug)
        task.lead_on(following, own, stated_total(text, len(lots)), self.clock())

    def want_pictures(self, task: FetchTask, raw: RawPage) -> None:
        """Into the same queue, where somebody has said that this source's pictures may be had, too."""
        if not task.source.pictures_too:
            return
        for url in pictures.without(raw).values_list("image_url", flat=True).distinct():
            if allows(task.source, host_of(url)):
                FetchTask.objects.get_or_create(
                    source=task.source, url=url,
                    defaults={"kind": Kind.PICTURE, "asked_by": task.asked_by, "not_before": self.clock()},
                )  # fmt: skip

    def settle(self, task: FetchTask, intent: Intent) -> None:
        self.done += 1
        task.settle(intent.what, intent.why, intent.at, self.clock())
        if task.kind == Kind.LISTING:
            (task.root or task).count_up()


def largest(task: FetchTask) -> int:
    return LARGEST_PICTURE if task.kind == Kind.PICTURE else LARGEST_PAGE


def keep_picture(task: FetchTask, answer: Answer) -> Intent:
    """To whichever of the site's own lots it belongs; what is no picture is refused as any upload is."""
    lots = Lot.objects.filter(owner=None, source=task.source, image_url=task.url, pictures=None)
    try:
        for lot in lots:
            pictures.keep(lot, BytesIO(answer.body), "", LotPicture.Origin.FETCHED, task.url)
    except Refusal as refusal:
        return Intent("fail", refusal.code[:30])
    return Intent("keep")


def read_lots(raw: RawPage) -> Sequence[LotRecord]:
    page = parse_again(raw).page
    return page.lots if page else ()


def allows(source: Source, host: str) -> bool:
    """The hosts of the source's parser, each with its subdomains."""
    parser = PARSERS.get(source.slug)
    hosts = parser.hosts if parser else ()
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def address_of(url: str) -> str:
    """A host with its port, if it has one of its own: each is asked by itself."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()[:200]


def headers_for(task: FetchTask) -> dict[str, str]:
    """What we have already is not sent again."""
    known = RawPage.objects.filter(owner=None, source=task.source, url=task.url).first()
    said = {}
    if known and known.etag:
        said["If-None-Match"] = known.etag
    if known and known.last_modified:
        said["If-Modified-Since"] = known.last_modified
    return said


def the_web() -> Web:
    """An honest name, and where to complain."""
    from django.conf import settings

    return Web(f"Obverse/0.1 (+{settings.SITE_URL}; self-hosted coin catalogue)")
