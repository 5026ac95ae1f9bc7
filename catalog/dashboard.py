"""What the morning page tells: sums, charts, the map, the timeline and what needs a hand. Every figure is
counted by the database; the page asks the same number of questions for 40 coins and for 20,000."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import dates, money, telling
from catalog.models import Authority, Coin, Collection, Metal, Mint, Photo, Status, User
from catalog.models.coins import CoinQuerySet

SHOWN = 12  # bars of a chart; the rest is one bar
GRADE_BANDS = (
    ("P–AG", 1, 4), ("G", 5, 8), ("VG", 9, 12), ("F", 13, 24), ("VF", 25, 39), ("EF", 40, 51),
    ("AU", 52, 59), ("UNC", 60, 64), ("FDC", 65, 100),
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    label: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class Task:
    text: str
    count: int
    url: str


@dataclass(frozen=True)
class MintPoint:
    name: str
    count: int
    x: float
    y: float
    url: str
    radius: float = 0


@dataclass(frozen=True)
class Map:
    outline: str
    box: tuple[float, float, float, float]
    points: list[MintPoint]

    @property
    def view_box(self) -> str:
        return " ".join(f"{number:g}" for number in self.box)

    @property
    def is_world(self) -> bool:
        return self.box == WORLD


@dataclass(frozen=True)
class Reign:
    name: str
    title: str
    url: str
    x: float
    width: float
    y: int

    @property
    def text_x(self) -> float:
        return self.x + self.width + 6

    @property
    def text_y(self) -> int:
        return self.y + 13


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass
class Timeline:
    """Years on a line of 1,000 points; each reign in a lane where its bar and name have room."""

    first: int
    last: int
    drawn: list[Reign] = field(default_factory=list)

    def x(self, year: int) -> float:
        return 1000 * (year - self.first) / max(self.last - self.first, 1)

    @property
    def axis(self) -> int:
        return max((reign.y for reign in self.drawn), default=0) + LANE

    @property
    def height(self) -> int:
        return self.axis + 22

    @property
    def ticks(self) -> list[Tick]:
        span = self.last - self.first
        step = next((s for s in (5, 10, 20, 50, 100, 200, 500) if span / s <= 12), 1000)
        begin = -(-self.first // step) * step
        years = [year or 1 for year in range(begin, self.last, step)]
        return [Tick(self.x(year), telling.written(dates.DateRange(year, year))) for year in years]


LANE = 24
OLD_WORLD = (-12.0, -60.0, 72.0, 40.0)
WORLD = (-180.0, -84.0, 360.0, 144.0)


class Overview:
    def __init__(self, user: User) -> None:
        self.user = user
        self.all: CoinQuerySet = Coin.objects.visible_to(user).live()
        self.held: CoinQuerySet = self.all.held()

    @cached_property
    def totals(self) -> Any:
        return self.kept("totals", lambda: money.totals(self.held, self.user.base_currency))

    @cached_property
    def months(self) -> list[Any]:
        currency = self.user.base_currency
        return self.kept("months", lambda: money.value_over_time(self.all, 36, currency))

    def kept(self, name: str, compute: Callable[[], Any]) -> Any:
        """Sums over every purchase and valuation take long; they hold until a coin changes."""
        key = f"dashboard-{self.user.pk}-{self.user.base_currency}-{name}-{self.stamp}"
        return cache.get_or_set(key, compute, 60 * 60)

    @cached_property
    def stamp(self) -> str:
        row = self.all.order_by().aggregate(n=Count("pk"), newest=Max("changed_at"))
        visible = Collection.objects.visible_to(self.user).order_by("pk")
        currencies = list(visible.values_list("pk", "currency"))
        text = repr((row["n"], row["newest"], currencies, timezone.localdate()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def recent(self) -> list[Coin]:
        return list(self.all.for_list().order_by("-created_at")[:8])

    @cached_property
    def by_status(self) -> dict[str, int]:
        rows = self.all.order_by().values_list("status").annotate(n=Count("pk"))
        return dict(rows)

    @property
    def is_new(self) -> bool:
        return not self.by_status

    # --- charts ---
    def bars(self, name: str, model: type[Any]) -> list[Bar]:
        rows = list(
            self.held.order_by()
            .exclude(**{name: None})
            .values_list(name)
            .annotate(n=Count("pk"))
            .order_by("-n")[: SHOWN + 1]
        )
        terms = model.objects.in_bulk([pk for pk, _n in rows])
        return [Bar(str(terms[pk]), n, filtered(**{name: pk})) for pk, n in rows[:SHOWN]]

    @cached_property
    def authorities(self) -> list[Bar]:
        return self.bars("authority", Authority)

    @cached_property
    def metals(self) -> list[Bar]:
        return self.bars("metal", Metal)

    @cached_property
    def centuries(self) -> list[Bar]:
        rows = self.held.order_by().exclude(year_from=None).values_list("year_from")
        counts: dict[int, int] = {}
        for year, n in rows.annotate(n=Count("pk")):
            number = (year - 1) // 100 + 1 if year > 0 else -((-year - 1) // 100 + 1)
            counts[number] = counts.get(number, 0) + n
        return [
            Bar(century_name(number), counts[number], filtered(century=number))
            for number in sorted(counts)
        ]

    @cached_property
    def grades(self) -> list[Bar]:
        bands = {
            f"band{i}": Count("pk", filter=Q(grade_rank__range=(low, high)))
            for i, (_name, low, high) in enumerate(GRADE_BANDS)
        }
        row = self.held.aggregate(**bands)
        bars = [Bar(name, row[f"band{i}"]) for i, (name, _l, _h) in enumerate(GRADE_BANDS)]
        return bars if any(bar.count for bar in bars) else []

    # --- map and timeline ---
    @cached_property
    def map(self) -> Map | None:
        rows = (
            Mint.objects.exclude(latitude=None)
            .exclude(longitude=None)
            .filter(coin__in=self.held)
            .annotate(n=Count("coin"))
            .order_by("-n")[:400]
        )
        points = [
            MintPoint(
                str(mint),
                mint.n,
                mint.longitude or 0,
                -(mint.latitude or 0),
                filtered(mint=mint.pk),
            )
            for mint in rows
        ]
        if not points:
            return None
        is_old = all(within(OLD_WORLD, point) for point in points)
        outline, box = ("old-world", OLD_WORLD) if is_old else ("world", WORLD)
        return Map(f"vendor/land-{outline}.svg", box, [sized(point, box) for point in points])

    @cached_property
    def timeline(self) -> Timeline | None:
        rows = (
            Authority.objects.exclude(reign_from=None)
            .exclude(reign_to=None)
            .filter(coin__in=self.held, kind=Authority.Kind.RULER)
            .annotate(n=Count("coin"))
            .order_by("-n")[:40]
        )
        rulers = sorted(rows, key=lambda one: (one.reign_from or 0, one.reign_to or 0))
        if len(rulers) < 2:
            return None
        first = min(one.reign_from or 0 for one in rulers)
        last = max(one.reign_to or 0 for one in rulers)
        timeline = Timeline(first - (last - first) // 40 - 1, last + (last - first) // 12 + 1)
        timeline.drawn = laned(rulers, timeline)
        return timeline

    # --- what needs a hand ---
    @cached_property
    def tasks(self) -> list[Task]:
        mine = Coin.objects.editable_by(self.user).live()
        with_photo = Photo.objects.values("coin")
        row = mine.exclude(status=Status.WANTED).aggregate(
            drafts=Count("pk", filter=Q(status=Status.DRAFT)),
            photo=Count("pk", filter=Q(status__in=HELD_AND_DRAFT) & ~Q(pk__in=with_photo)),
            weight=Count("pk", filter=Q(status__in=HELD_AND_DRAFT, weight=None)),
            type=Count("pk", filter=Q(status__in=HELD_AND_DRAFT, type=None)),
            place=Count("pk", filter=Q(status__in=HELD_AND_DRAFT, place=None)),
            missing=Count("pk", filter=Q(status=Status.MISSING)),
        )
        found = [
            Task(_("Drafts to fill in"), row["drafts"], filtered(status=Status.DRAFT)),
            Task(_("Missing from their place"), row["missing"], filtered(status=Status.MISSING)),
            Task(_("Without a photo"), row["photo"], filtered(no="photo")),
            Task(_("Without a weight"), row["weight"], filtered(no="weight")),
            Task(_("Without a type"), row["type"], filtered(no="type")),
            Task(_("Without a storage place"), row["place"], filtered(no="place")),
        ]
        return [task for task in found if task.count]


HELD_AND_DRAFT = (Status.OWNED, Status.FOR_SALE, Status.DRAFT)


def filtered(**query: object) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('coins')}?{pairs}"


def century_name(number: int) -> str:
    if number < 0:
        return _("%(nth)s c. BC") % {"nth": ordinal(-number)}
    return _("%(nth)s c.") % {"nth": ordinal(number)}


def within(box: tuple[float, float, float, float], point: MintPoint) -> bool:
    left, top, width, height = box
    return left <= point.x <= left + width and top <= point.y <= top + height


def sized(point: MintPoint, box: tuple[float, float, float, float]) -> MintPoint:
    """The area of a dot grows with its coins; the wider the map, the larger a dot must be to be seen."""
    return replace(point, radius=(0.35 + min(point.count, 400) ** 0.5 * 0.1) * box[2] / 72)


def laned(rulers: Iterable[Authority], timeline: Timeline) -> list[Reign]:
    free: list[float] = []
    found = []
    for ruler in rulers:
        start, end = ruler.reign_from or 0, ruler.reign_to or 0
        left, width = timeline.x(start), max(timeline.x(end) - timeline.x(start), 4)
        lane = next((i for i, edge in enumerate(free) if edge <= left), len(free))
        free[lane : lane + 1] = [left + width + 16 + 7 * len(str(ruler))]
        years = telling.written(dates.DateRange(start, end))
        title = f"{ruler}, {years} · {ruler.n}"  # type: ignore[attr-defined]
        url = filtered(authority=ruler.pk)
        found.append(Reign(str(ruler), title, url, left, width, lane * LANE))
    return found
