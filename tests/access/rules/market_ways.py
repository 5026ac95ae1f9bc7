from typing import Any

from django.core.files.base import ContentFile

from market.models import Lot, RawPage, Upload
from market.receiving import paste
from tests.access import ANYBODY_SIGNED_IN, MINE, Rule

TEXT = "TRAJAN. AR Denarius (19mm, 3.31 g). Rome mint. RIC II 207. VF.\nHammer price: 90 EUR"


def table(world: Any, **values: Any) -> dict[str, Any]:
    columns = {"headings": ["Text"], "samples": {}, "ambiguous": []}
    upload = Upload.objects.create(
        user=world.owner, name="lots.csv", kind="table", columns=columns, state="columns",
        file=ContentFile(b"Text\nDenarius\n", "lots.csv"),
    )  # fmt: skip
    return {"pk": upload.pk}


def page(world: Any) -> dict[str, Any]:
    paste(world.owner, TEXT)
    return {"pk": RawPage.objects.get().pk}


def lot(world: Any) -> dict[str, Any]:
    paste(world.owner, TEXT)
    return {"pk": Lot.objects.get().pk}


RULES = {
    "market:add": Rule(ANYBODY_SIGNED_IN),
    "market:add-text": Rule(ANYBODY_SIGNED_IN, method="post", data={"text": TEXT}),
    "market:add-pages": Rule(ANYBODY_SIGNED_IN, method="post"),
    "market:add-table": Rule(ANYBODY_SIGNED_IN, method="post"),
    "market:add-address": Rule(ANYBODY_SIGNED_IN, method="post"),
    "market:uploads": Rule(ANYBODY_SIGNED_IN),
    "market:upload": Rule(MINE, table),
    "market:columns": Rule(MINE, table),
    "market:upload-retry": Rule(MINE, table, "post"),
    "market:upload-delete": Rule(MINE, table, "post"),
    "market:pages": Rule(ANYBODY_SIGNED_IN),
    "market:page-again": Rule(MINE, page, "post"),
    "market:page-delete": Rule(MINE, page, "post"),
    "market:my-lots": Rule(ANYBODY_SIGNED_IN),
    "market:lot": Rule(MINE, lot),
    "market:lot-delete": Rule(MINE, lot, "post"),
}
