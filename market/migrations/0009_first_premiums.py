"""Once, and never over what somebody has entered: from here on the rules are an administrator's."""

import json
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FACTS = Path(__file__).parents[1] / "facts" / "premiums.json"


def seed(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("market", "PremiumRule").objects
    known = {house.casefold() for house in rules.values_list("house", flat=True)}
    for row in json.loads(FACTS.read_text(encoding="utf-8")):
        for house in row["houses"]:
            if house.casefold() not in known:
                rules.create(
                    house=house, from_date=row["from"], to_date=row["to"], origin=row["origin"],
                    tiers=[[None, float(row["per_cent"])]],
                )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("market", "0008_price_levels")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
