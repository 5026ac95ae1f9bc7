import io
from collections.abc import Iterable

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from catalog import duplicates, series
from catalog.demo import drawing, records
from catalog.demo.drawing import Face
from catalog.demo.drawing.motifs import MOTIFS
from catalog.demo.loading import load
from catalog.demo.pictures import Pictures, Record, draw_coin, roles_of
from catalog.facts.loading import load as load_facts
from catalog.models import (
    Attachment,
    Coin,
    CoinSet,
    Collection,
    CustomField,
    FieldChange,
    Membership,
    Photo,
    SavedView,
    ShareLink,
    Status,
    StatusChange,
    Trade,
    User,
)
from tests.factories import make_admin, make_user


def sketch(found: Iterable[Record]) -> list[Pictures]:
    """Grey noise instead of drawings, quick to make; twins are alike and nothing else is."""
    return [
        [
            (role, noise(f"{one.get('twin_of') or one['number'] or n}{role}"))
            for role in roles_of(one)
        ]
        for n, one in enumerate(found)
    ]


def noise(seed: str) -> bytes:
    from random import Random

    small = Image.frombytes("L", (20, 20), Random(seed).randbytes(400))
    out = io.BytesIO()
    small.resize((200, 200), Image.Resampling.NEAREST).save(out, "JPEG")
    return out.getvalue()


def as_picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture
def facts(db: None) -> None:
    load_facts()


@pytest.fixture
def demo(curator: User) -> Collection:
    collection = load(curator, sketch)
    assert collection is not None
    return collection


def test_every_feature_is_shown(facts: None, demo: Collection, curator: User) -> None:
    coins = demo.coins.all()
    assert coins.count() >= 60
    assert set(coins.values_list("status", flat=True)) == set(Status.values)
    photos = Photo.objects.filter(coin__collection=demo)
    assert set(photos.values_list("role", flat=True)) == set(Photo.Role.values)
    fields = CustomField.objects.filter(owner=curator)
    assert set(fields.values_list("kind", flat=True)) == set(CustomField.Kind.values)
    used = {key for coin in coins for key in coin.custom}
    assert used == set(fields.values_list("key", flat=True))
    trades = Trade.objects.filter(coin__collection=demo)
    assert {"EUR", "USD", "GBP", "CHF", "JPY"} <= set(trades.values_list("currency", flat=True))
    assert {"purchase", "sale"} == set(trades.values_list("kind", flat=True))
    assert StatusChange.objects.exclude(reason="").filter(coin__collection=demo).count() >= 5
    assert coins.trashed().count() == 1
    assert coins.live().filter(photos=None).exists()
    assert coins.live().filter(weight=None).exists()
    assert max(coin.photos.count() for coin in coins) == 4
    assert any(len(coin.title) > 80 for coin in coins)
    assert {"Showa 42", "AH 183"} <= set(coins.values_list("native_date", flat=True))
    assert coins.filter(year_from__lt=0).exists()
    assert coins.filter(place__parent__parent__isnull=False).exists()
    assert coins.filter(tags__parent__parent__isnull=False).exists()
    assert any(coin.provenance.count() > 2 for coin in coins)
    assert any(coin.valuations.count() > 3 for coin in coins)
    assert not coins.filter(trades__isnull=False, cost=None).exists()
    assert coins.filter(mint__latitude__isnull=False).values("mint").distinct().count() >= 20
    assert coins.filter(type__isnull=False).count() >= 30


def test_what_lies_around_the_coins_is_there_too(demo: Collection, curator: User) -> None:
    friend = User.objects.get(username="demo-friend")
    assert not friend.has_usable_password()
    assert Membership.objects.get(collection=demo, user=friend).role == "viewer"
    assert ShareLink.objects.live().filter(collection=demo).count() == 2
    assert SavedView.objects.filter(user=curator).count() == 3
    changes = FieldChange.objects.filter(coin__collection=demo)
    assert set(changes.values_list("by", flat=True)) == {curator.pk, friend.pk}
    assert {"hand", "bulk", "undo"} <= set(changes.values_list("source", flat=True))
    assert changes.exclude(undoes=None).exists()
    assert changes.dates("at", "year").count() >= 8
    papers = Attachment.objects.filter(coin__collection=demo)
    assert set(papers.values_list("kind", flat=True)) == {"invoice", "certificate"}
    assert all(paper.file.read().startswith(b"%PDF") for paper in papers)


def test_sets_are_on_their_way(facts: None, demo: Collection, curator: User) -> None:
    filled = {
        one.set.name: one.filled
        for one in series.completions(CoinSet.objects.filter(owner=curator), curator)
    }
    assert filled["German euros"] == 5
    assert filled["A small menagerie"] == 6
    assert filled["Twelve Caesars"] == 10
    assert len(filled) == 4


def test_a_saved_view_asks_for_something_the_list_knows(demo: Collection, curator: User) -> None:
    from catalog.filters import CoinFilter

    for view in SavedView.objects.filter(user=curator):
        asked = CoinFilter.from_query(view.query, curator)
        assert not asked.notes, view.name
        assert asked.coins().exists(), view.name


def test_the_second_time_nothing_happens(demo: Collection, curator: User) -> None:
    before = (Coin.objects.count(), Photo.objects.count(), FieldChange.objects.count())
    assert load(curator, sketch) is None
    assert (Coin.objects.count(), Photo.objects.count(), FieldChange.objects.count()) == before


def test_the_twin_is_warned_of(demo: Collection, curator: User) -> None:
    twin = demo.coins.get(title__startswith="Wolf and twins, perhaps")
    assert "R-030" in {found.coin.number for found in duplicates.of(twin, curator)}


def test_the_command_is_for_the_first_administrator(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="first_admin"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="nobody"):
        call_command("load_demo", user="nobody")
    make_user("somebody")
    first = make_admin("first")
    make_admin("second")
    called = []
    monkeypatch.setattr("catalog.management.commands.load_demo.load", called.append)
    call_command("load_demo", verbosity=0)
    assert called == [first]


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_every_motif_can_be_drawn(motif: str) -> None:
    options = " 2" if motif in {"euro", "number"} else " ROMA" if motif in {"lines"} else ""
    picture = as_picture(drawing.draw(Face(motif + options, "silver", "ROMA", seed="test")))
    assert picture.size == (900, 900)
    assert len(set(picture.convert("L").resize((90, 90)).get_flattened_data())) > 60


def test_the_same_record_is_drawn_the_same() -> None:
    record = {"number": "X", "title": "X", "photos": "obverse edge other both",
              "draw": {"metal": "gold", "obverse": ["profile laurel", "NERO|CAESAR"], "reverse": ["eagle"]}}  # fmt: skip
    assert draw_coin(record) == draw_coin(record)
    record["photos"] = "obverse edge other"
    roles = [role for role, data in draw_coin(record) if as_picture(data).format == "JPEG"]
    assert roles == ["obverse", "edge", "other"]


def test_every_letter_of_the_demo_can_be_cut() -> None:
    from catalog.demo.drawing.letters import ALIKE, SHAPES

    known = set(SHAPES) | set(ALIKE) | {" ", "|"}
    for record in records.coins():
        for side in ("obverse", "reverse"):
            _motif, *texts = record.get("draw", {}).get(side, [""])
            assert set("".join(texts)) <= known, record["number"]


@pytest.mark.slow
def test_drawn_coins_are_not_taken_for_one_another(curator: User) -> None:
    """Coins of one type must not warn of each other: then the warning would mean nothing."""
    milled = ("U-", "E-", "J-", "D-")
    found = [
        one
        for one in records.coins()
        if one["number"].startswith(milled) or "edge" in roles_of(one)
    ]
    photos = []
    for one in found:
        for role, data in draw_coin(one):
            if role != "other":
                photos.append((one["number"], inspected(data)))
    alike = [
        (a[0], b[0])
        for n, a in enumerate(photos)
        for b in photos[n + 1 :]
        if a[0] != b[0] and (a[1] ^ b[1]).bit_count() <= duplicates.SURE
    ]
    assert alike == []


def inspected(data: bytes) -> int:
    from catalog.images.likeness import fingerprint

    return int.from_bytes(fingerprint(as_picture(data)), "big")
