from tests.access import ANYBODY_SIGNED_IN, MINE, Rule

RULES = {
    "exports": Rule(ANYBODY_SIGNED_IN),
    "export-csv": Rule(ANYBODY_SIGNED_IN),
    "export-json": Rule(ANYBODY_SIGNED_IN),
    "export-start": Rule(ANYBODY_SIGNED_IN, lambda world: {"kind": "xlsx"}, method="post"),
    "export": Rule(MINE, lambda world: {"pk": world.export.pk}),
    "export-file": Rule(MINE, lambda world: {"pk": world.export.pk}),
    "export-retry": Rule(MINE, lambda world: {"pk": world.export.pk}, method="post"),
    "export-delete": Rule(MINE, lambda world: {"pk": world.export.pk}, method="post"),
    "restore": Rule(ANYBODY_SIGNED_IN),
    "restoration": Rule(MINE, lambda world: {"pk": world.restoration.pk}),
    "restoration-retry": Rule(MINE, lambda world: {"pk": world.restoration.pk}, method="post"),
}
