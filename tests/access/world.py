"""One collection with something of everything in it, and the people around it."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from catalog.models import (
    ApiToken,
    Attachment,
    CoinSet,
    CustomField,
    Export,
    FieldChange,
    ImportSession,
    Provenance,
    Restoration,
    SavedView,
    SetSlot,
    Tag,
    User,
)
from tests.factories import (
    make_coin,
    make_collection,
    make_link,
    make_photo,
    make_place,
    make_trade,
    make_type,
    make_user,
    make_valuation,
    share_with,
)


def build_world() -> SimpleNamespace:
    owner, editor, viewer, stranger = (
        make_user(name) for name in ("owner", "editor", "viewer", "stranger")
    )
    collection = make_collection(owner)
    editor_membership = share_with(collection, editor, "editor")
    share_with(collection, viewer, "viewer")
    place, tag = make_place(owner, "Safe › Tray 1"), Tag.at(owner, "Roman › Silver")
    coin = make_coin(collection, title="Denarius", place=place, status="owned")
    trashed = make_coin(collection, title="Thrown away")
    trashed.discard(owner)
    coin.tags.add(tag)
    change = FieldChange.note(coin, "title", "Denar", "Denarius", owner)
    coin_set = CoinSet.objects.create(owner=owner, name="Twelve Caesars")
    return SimpleNamespace(
        owner=owner, editor=editor, viewer=viewer, stranger=stranger, collection=collection,
        membership=editor_membership, place=place, tag=tag, coin=coin, trashed=trashed, change=change,
        photo=make_photo(coin), link=make_link(collection), trade=make_trade(coin),
        valuation=make_valuation(coin), type=make_type("ric.2.trajan.1"), set=coin_set,
        slot=SetSlot.objects.create(set=coin_set, label="Augustus"),
        provenance=Provenance.objects.create(coin=coin, holder="An old cabinet"),
        attachment=Attachment.objects.create(
            coin=coin, name="invoice.pdf", file=ContentFile(b"%PDF-1.4", "invoice.pdf")
        ),
        field=CustomField.objects.create(owner=owner, key="rarity", name="Rarity"),
        view=SavedView.objects.create(user=owner, name="Silver", query="metal=1"),
        token=ApiToken.issue(owner, "script", "write")[0],
        session=ImportSession.objects.create(
            collection=collection, user=owner, name="coins.csv",
            file=ContentFile(b"title\nDenarius\n", "coins.csv"),
        ),
        export=Export.objects.create(
            user=owner, kind="csv", state="done", file=ContentFile(b"title\n", "coins.csv")
        ),
        restoration=Restoration.objects.create(
            user=owner, name="archive.zip", file=ContentFile(b"PK", "archive.zip")
        ),
    )  # fmt: skip


PEOPLE: dict[str, str] = {
    "owner": "owner", "editor": "editor", "viewer": "viewer", "stranger": "stranger", "anonymous": "",
}  # fmt: skip


def person(world: SimpleNamespace, role: str) -> User | None:
    return getattr(world, PEOPLE[role]) if PEOPLE[role] else None
