"""A small cabinet with something of everything in it, and archives to compare."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from catalog import editing, money, photos
from catalog.citations import cite
from catalog.exports.archive.making import make_archive
from catalog.fields import BUILT_IN
from catalog.models import (
    Attachment,
    Catalogue,
    Coin,
    CoinSet,
    CoinType,
    Collection,
    CustomField,
    Denomination,
    FieldChange,
    Issue,
    Metal,
    Mint,
    Place,
    Provenance,
    Region,
    SavedView,
    SetSlot,
    StatusChange,
    Tag,
    Trade,
    TypeReference,
    User,
    Valuation,
)
from tests.factories import draw_coin, make_coin, make_collection, make_place, make_term, make_type


def build_cabinet(owner: User) -> Coin:
    """The coin that has everything; beside it a trashed one and an empty one."""
    cabinet = make_collection(owner, currency="EUR", description="Since 1998")
    make_collection(owner, "Duplicates", currency="USD")
    italy = make_term(Region, "Italy", nomisma_id="italy", country_code="IT")
    rome = make_term(
        Mint, "Rome", nomisma_id="rome", latitude=41.9, longitude=12.5, region=italy,
        names={"de": "Rom"}, aliases=["Roma"],
    )  # fmt: skip
    silver = make_term(Metal, "silver", code="AR", is_precious=True)
    denarius = make_term(
        Denomination, "denarius", metal=silver, face_value=Decimal("1.25"), added_by=owner
    )
    ric = Catalogue.objects.create(code="RIC", name="Roman Imperial Coinage")
    type_ = make_type(
        "ric.2.tr.147", title="Trajan denarius, RIC 147", mint=rome, metal=silver, added_by=owner
    )
    TypeReference.objects.create(type=type_, catalogue=ric, text="RIC II 147")
    Issue.objects.create(type=type_, year=107, mint=rome, mintage=None)
    CustomField.objects.create(
        owner=owner, key="rarity", name="Rarity", kind="choice", options=["C", "R2"], position=3
    )
    place = make_place(owner, "Safe › Tray 1")
    Place.objects.filter(pk=place.pk).update(note="Left drawer")
    make_place(owner, "Empty › Box A/B")
    tag = Tag.at(owner, "Roman › Silver")
    Tag.at(owner, "Unused")
    coin = make_coin(
        cabinet, title="Trajan, COS V", authority="Trajan", denomination=denarius, mint=rome,
        metal=silver, region=italy, type=type_, year_from=103, year_to=111, is_circa=True,
        weight=Decimal("3.400"), diameter=Decimal("19.50"), die_axis=7, grade="gVF", place=place,
        certificate="12345", grade_service="NGC", custom={"rarity": "R2"}, notes="Eine\nNotiz ☙",
    )  # fmt: skip
    coin.tags.add(tag)  # type: ignore[arg-type]
    cite(coin, ["RIC II 147", "An unknown book 12"])
    money.record_purchase(
        coin, owner, price=Decimal(80), currency="USD", date=date(2024, 5, 3), fees=Decimal(5),
        party="Dealer", url="https://example.org/lot/1",
    )  # fmt: skip
    money.value_coin(coin, owner, Decimal(120), "EUR", "A friend", date=date(2024, 6, 1))
    Provenance.objects.create(coin=coin, position=0, holder="An old cabinet", date="before 1914")
    Provenance.objects.create(coin=coin, position=1, holder="Hess 224", lot="17")
    Attachment.objects.create(
        coin=coin, kind="invoice", name="Rechnung.pdf", file=ContentFile(b"%PDF-1.4 x", "r.pdf"),
        added_by=owner,
    )  # fmt: skip
    for role, letters in (("obverse", "A"), ("reverse", "R")):
        photo = photos.store(
            coin, io.BytesIO(draw_coin(letters=letters)), f"{role}.jpg", role, owner
        )
        photo.edit = {"rotate": 12.0} if role == "reverse" else {}
        photo.save()
    (edit,) = editing.change(coin, {"mint": None}, owner)
    editing.change(coin, {"grade": "EF", "status": "for_sale"}, None, reason="Room for others")
    editing.undo([edit], owner)
    other = make_term(Mint, "Lugdunum")
    editing.change(coin, {"mint": BUILT_IN["mint"].read("Lugdunum", owner)}, owner)
    assert coin.mint == other
    trashed = make_coin(cabinet, title="Thrown away", native_date="AH 1277", year_from=-44)
    trashed.discard(owner)
    make_coin(cabinet, status="wanted")
    build_set(owner, coin, type_)
    SavedView.objects.create(
        user=owner, name="Silver of Rome", position=2,
        query=f"metal={silver.pk}&place={place.pk}&status=owned&q=a+b&collection={cabinet.pk}&no=photo",
    )  # fmt: skip
    return coin


def build_set(owner: User, coin: Coin, type_: CoinType) -> None:
    whole = CoinSet.objects.create(owner=owner, name="Twelve Caesars", description="One of each")
    SetSlot.objects.create(set=whole, label="Trajan", coin=coin, position=1, year=107)
    SetSlot.objects.create(set=whole, label="Nerva", type=type_, authority=coin.authority)


def wipe(owner: User) -> None:
    """Everything of this person; the shared words stay, as on a site that goes on."""
    for model in (Collection, CoinSet, CustomField, Place, Tag):
        model.objects.filter(owner=owner).delete()  # type: ignore[attr-defined]
    SavedView.objects.filter(user=owner).delete()
    assert not any(
        model.objects.exists()  # type: ignore[attr-defined]
        for model in (Coin, Trade, Valuation, StatusChange, FieldChange)
    )


def archive_of(owner: User, path: Path) -> Path:
    assert (
        make_archive(owner, Collection.objects.filter(owner=owner), path, lambda done: None) == []
    )
    return path


def content(path: Path) -> dict[str, Any]:
    """What is in it, name by name; of the manifest, what is not of the moment."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        found: dict[str, Any] = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(found.pop("manifest.json"))
    for name in ("made_at", "files"):
        manifest.pop(name)
    tables = {
        name: [json.loads(line) for line in found.pop(name).splitlines()]
        for name in sorted(found)
        if name.startswith("data/")
    }
    return {"manifest": manifest, **tables, **found}


def rewritten(
    path: Path, change: dict[str, bytes | None] | None = None, manifest: dict[str, Any] | None = None,
    keep_sums: bool = False,
) -> io.BytesIO:  # fmt: skip
    """The archive with other files in it; the manifest is made to fit unless `keep_sums`."""
    import hashlib

    with zipfile.ZipFile(path) as archive:
        files: dict[str, bytes | None] = {n: archive.read(n) for n in archive.namelist()}
    said = json.loads(files.pop("manifest.json") or b"{}")
    for name, data in (change or {}).items():
        files[name] = data
        if not keep_sums and data is None:
            said["files"].pop(name, None)
        elif not keep_sums and data is not None:
            said["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            if data is not None:
                archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(said | (manifest or {})))
    out.seek(0)
    return out
