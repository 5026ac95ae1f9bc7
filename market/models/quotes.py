"""A lot as searches and charts need it: one narrow row, so that a database looks through hundreds of
thousands while somebody waits. Copied from where it is kept, and made again whenever that changes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from market.models.lots import Lot, Sale
from market.models.sources import Source

if TYPE_CHECKING:
    from catalog.access import Visitor

DICE = 2**20  # sides; golden steps from lot to lot, so that any part of the sides is an even part
AT_ONCE = 500
AMOUNTS = {
    "hammer": "hammer", "paid": "premium_included", "estimate_low": "estimate_low",
    "estimate_high": "estimate_high", "start": "start",
}  # fmt: skip


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: "Visitor") -> "QuoteQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user.pk) | Q(owner=None))

    def renew(self, pks: Iterable[int]) -> None:
        """Of these lots, from what is kept of them now; what does not count has none."""
        numbers = sorted(set(pks))
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            kept = Lot.objects.counted().filter(pk__in=some)
            self.filter(pk__in=some).exclude(pk__in=kept.values("pk")).delete()
            with connection.cursor() as cursor:
                cursor.execute(statement(len(some)), some * 3)


class Quote(models.Model):
    lot = models.OneToOneField(Lot, models.CASCADE, primary_key=True, related_name="quote")
    dice = models.IntegerField()
    # No index of its own: one person's lots may be nearly all that there are
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_index=False, related_name="+"
    )
    source = models.ForeignKey(Source, models.PROTECT, db_index=False, related_name="+")
    sale = models.ForeignKey(Sale, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(null=True)
    is_sold = models.BooleanField()
    ruler = models.CharField(max_length=120)
    denomination = models.CharField(max_length=60)
    metal = models.CharField(max_length=4)
    mint = models.CharField(max_length=120)
    grade = models.CharField(max_length=8)
    grade_ord = models.FloatField(null=True)
    sheldon = models.PositiveSmallIntegerField(null=True)
    # Names with a space before and behind each
    flags = models.TextField()
    # In hundredths, null where one lot's prices are in several currencies: then they are looked up
    currency = models.CharField(max_length=3, null=True)
    hammer = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    estimate_low = models.BigIntegerField(null=True)
    estimate_high = models.BigIntegerField(null=True)
    start = models.BigIntegerField(null=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        indexes = [
            # Each holds all that counting by it asks for, and hands out rows in the order they lie in
            models.Index(fields=["denomination", "owner"], name="quote_denomination"),
            models.Index(fields=["metal", "owner"], name="quote_metal"),
            models.Index(fields=["mint", "owner"], name="quote_mint"),
            models.Index(fields=["dice", "owner"], name="quote_dice"),
            models.Index(
                fields=["ruler", "denomination", "grade_ord", "owner"], name="quote_kind_grade"
            ),
            # The newest of a kind, without a look at the others
            models.Index(fields=["denomination", "day", "lot", "owner"], name="quote_newest"),
            models.Index(
                fields=["ruler", "denomination", "day", "lot", "owner"], name="quote_kind_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ruler} {self.denomination}".strip()


def statement(count: int) -> str:
    """One for both databases. Cents are whole numbers: no float and no decimal is made of them."""
    some = f"IN ({', '.join(['%s'] * count)})"
    joined = "group_concat(flag, ' ')" if connection.vendor == "sqlite" else "string_agg(flag, ' ')"
    amounts = ", ".join(
        f"MAX(CASE WHEN kind = '{kind}' THEN CAST(ROUND(amount * 100) AS BIGINT) END) AS {name}"
        for name, kind in AMOUNTS.items()
    )
    names = ", ".join(f"p.{name}" for name in AMOUNTS)
    columns = [str(field.column) for field in Quote._meta.concrete_fields]
    renewed = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    return f"""
        INSERT INTO market_quote ({", ".join(columns)})
        SELECT l.id, (l.id * 2654435761 %% 4294967296) / 4096, l.owner_id, l.source_id, l.sale_id, s.day,
            l.status = 'sold', COALESCE(a.ruler_text, ''), COALESCE(a.denomination_text, ''),
            COALESCE(a.metal, ''), COALESCE(a.mint_text, ''), COALESCE(a.grade, ''), a.grade_ord,
            a.sheldon, COALESCE(' ' || f.names || ' ', ''), p.currency, {names}
        FROM market_lot l
        LEFT JOIN market_sale s ON s.id = l.sale_id
        LEFT JOIN market_lotattributes a ON a.lot_id = l.id
        LEFT JOIN (
            SELECT lot_id, {joined} AS names
            FROM (SELECT DISTINCT lot_id, flag FROM market_lotflag WHERE NOT negated AND lot_id {some})
            AS said GROUP BY lot_id) f ON f.lot_id = l.id
        LEFT JOIN (
            SELECT lot_id, CASE WHEN MIN(currency) = MAX(currency) THEN MIN(currency) END AS currency,
                {amounts}
            FROM market_price WHERE lot_id {some} GROUP BY lot_id) p ON p.lot_id = l.id
        WHERE l.excluded_reason = '' AND l.status IN ('sold', 'unsold') AND l.id {some}
        ON CONFLICT (lot_id) DO UPDATE SET {renewed}
    """
