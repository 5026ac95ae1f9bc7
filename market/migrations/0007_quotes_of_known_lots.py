"""What `Quote.objects.renew` does, as it was then, for all lots that there are already."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

AMOUNTS = {
    "hammer": "hammer", "paid": "premium_included", "estimate_low": "estimate_low",
    "estimate_high": "estimate_high", "start": "start",
}  # fmt: skip


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    aggregate = "group_concat" if editor.connection.vendor == "sqlite" else "string_agg"
    amounts = ", ".join(
        f"MAX(CASE WHEN kind = '{kind}' THEN CAST(ROUND(amount * 100) AS BIGINT) END) AS {name}"
        for name, kind in AMOUNTS.items()
    )
    names = ", ".join(f"p.{name}" for name in AMOUNTS)
    editor.execute(
        f"""
        INSERT INTO market_quote (
            lot_id, dice, owner_id, source_id, sale_id, day, is_sold, ruler, denomination, metal,
            mint, grade, grade_ord, sheldon, flags, currency, {", ".join(AMOUNTS)})
        SELECT l.id, (l.id * 2654435761 % 4294967296) / 4096, l.owner_id, l.source_id, l.sale_id,
            s.day, l.status = 'sold', COALESCE(a.ruler_text, ''), COALESCE(a.denomination_text, ''),
            COALESCE(a.metal, ''), COALESCE(a.mint_text, ''), COALESCE(a.grade, ''), a.grade_ord,
            a.sheldon, COALESCE(' ' || f.names || ' ', ''), p.currency, {names}
        FROM market_lot l
        LEFT JOIN market_sale s ON s.id = l.sale_id
        LEFT JOIN market_lotattributes a ON a.lot_id = l.id
        LEFT JOIN (
            SELECT lot_id, {aggregate}(flag, ' ') AS names
            FROM (SELECT DISTINCT lot_id, flag FROM market_lotflag WHERE NOT negated) AS said
            GROUP BY lot_id) f ON f.lot_id = l.id
        LEFT JOIN (
            SELECT lot_id,
                CASE WHEN MIN(currency) = MAX(currency) THEN MIN(currency) END AS currency, {amounts}
            FROM market_price GROUP BY lot_id) p ON p.lot_id = l.id
        WHERE l.excluded_reason = '' AND l.status IN ('sold', 'unsold')
        """,
        None,  # no parameters: then a per cent sign is one
    )


class Migration(migrations.Migration):
    dependencies = [("market", "0006_quotes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
