"""Two and more of everything that the API lists."""

from datetime import date

from django.core.files.base import ContentFile

from catalog.models import (
    Attachment,
    Authority,
    CoinSet,
    CustomField,
    Export,
    FieldChange,
    ImportSession,
    Mint,
    Place,
    Provenance,
    SavedView,
    SetSlot,
    StatusChange,
    Tag,
    TypeReference,
    User,
)
from tests.factories import (
    make_coin,
    make_collection,
    make_link,
    make_photo,
    make_term,
    make_trade,
    make_type,
    make_user,
    make_valuation,
    share_with,
)


def crowd(owner: User) -> None:
    for number in range(3):
        collection = make_collection(owner, f"Cabinet {number}")
        coin = make_coin(collection, title=f"Coin {number}", authority=f"Ruler {number}")
        share_with(collection, make_user())
        make_link(collection)
        make_photo(coin, added_by=owner)
        make_trade(coin)
        make_valuation(coin, by=owner)
        FieldChange.note(coin, "title", "a", "b", owner)
        StatusChange.objects.create(coin=coin, new="owned", on=date(2024, 5, 3), by=owner)
        Provenance.objects.create(coin=coin, holder="An old cabinet")
        paper = ContentFile(b"%PDF-1.4", "invoice.pdf")
        Attachment.objects.create(coin=coin, name="invoice", file=paper, added_by=owner)
        Place.at(owner, f"Safe {number} › Tray")
        Tag.at(owner, f"Roman {number} › Silver")
        CustomField.objects.create(owner=owner, key=f"k{number}", name="Rarity")
        SavedView.objects.create(user=owner, name=f"View {number}")
        type_ = make_type(authority=make_term(Authority, f"Ruler {number}"))
        TypeReference.objects.create(type=type_, text="RIC 1")
        make_term(Mint, f"Mint {number}")
        coins = CoinSet.objects.create(owner=owner, name=f"Set {number}")
        SetSlot.objects.create(set=coins, label="Slot", type=type_, coin=coin)
        Export.objects.create(user=owner, kind="csv")
        ImportSession.objects.create(
            collection=collection, user=owner, name="coins.csv", file="x.csv"
        )
