"""What somebody writes on a coin's form is a word about its photos: `Label.row` is the line of the coin's
history that says so. Once the coin says something else, whoever changed it, the word is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.models import Authority, Coin, FieldChange, Photo, User
from identify import attribution
from identify import labels as tree
from identify.labelling import words
from identify.models.labels import How, Label

Source = FieldChange.Source
PLAIN = ("ruler", "mint", "metal", "country")
# Where the model has a class for it, a denomination is that and not one of the general ones
BY_CLASS = ("face_value", "us_denomination", "world_coin")
PARTS = ("authority", "denomination", "mint", "metal", "region")
NO_FACES = (Photo.Role.EDGE,)


@dataclass(frozen=True)
class Word:
    field: str
    value: str
    row: FieldChange


def when_changed(rows: Sequence[FieldChange]) -> None:
    """A hand says something new; every other door may only take away what was said before."""
    about = [row for row in rows if row.field in PARTS]
    typed = {row.coin_id for row in about if row.source == Source.HAND}
    for coin in Coin.objects.filter(pk__in=typed).select_related(*PARTS):
        follow(coin)
    others = {row.coin_id: row.by for row in about if row.coin_id not in typed}
    spoken = Label.objects.standing().filter(row__isnull=False, photo__coin__in=others)
    with_labels = set(spoken.values_list("photo__coin_id", flat=True))
    for coin in Coin.objects.filter(pk__in=with_labels).select_related(*PARTS):
        withdraw_outdated(coin, others[coin.pk])


def when_photo_added(photo: Photo) -> None:
    """What was written before there was a photo to see."""
    if photo.role not in NO_FACES:
        follow(Coin.objects.select_related(*PARTS).get(pk=photo.coin_id))


def follow(coin: Coin) -> None:
    photos = list(Photo.objects.filter(coin=coin).exclude(role__in=NO_FACES))
    if not photos:
        return
    said = words_of(coin)
    withdraw_outdated(coin, said[0].row.by if said else None, said)
    for word in said:
        for photo in photos:
            say(photo, word)


def withdraw_outdated(coin: Coin, by: User | None, said: Sequence[Word] | None = None) -> None:
    standing = Label.objects.standing().filter(row__isnull=False, photo__coin=coin)
    labels = list(standing)
    if not labels:
        return
    still = {(one.field, one.value, one.row.pk) for one in said or words_of(coin)}
    for label in labels:
        if (label.field, label.value, label.row_id) not in still:
            label.withdraw(by)


def say(photo: Photo, word: Word) -> None:
    """Once: what a curator has withdrawn, and what its author has said otherwise since, stays so."""
    mine = Label.objects.filter(photo=photo, field=word.field)
    if mine.filter(row=word.row).exists():
        return
    if mine.standing().filter(by=word.row.by, at__gte=word.row.at).exists():
        return
    Label.say(photo, word.field, word.value, word.row.by, How.TYPED, row=word.row)


# --- what a hand has written -------------------------------------------------------
def words_of(coin: Coin) -> list[Word]:
    rows = rows_by_hand(coin)
    texts = {name: text for name in rows if (text := name_of(coin, name))}
    found = by_class(texts, rows)
    plain = PLAIN if found else (*PLAIN, "denomination")
    for field in plain:
        [part] = attribution.targets(field)
        if part in texts:
            value = words.label_for(field, {part: texts[part]}, words.known(field))
            found.append(Word(field, value, rows[part]))
    return found


def rows_by_hand(coin: Coin) -> dict[str, FieldChange]:
    """The latest line about each part, where a person wrote it. What a coin began with has one line for all."""
    lines = FieldChange.objects.filter(coin=coin, field__in=(*PARTS, "created"))
    latest = {row.field: row for row in lines.select_related("by").order_by("at", "pk")}
    began = latest.get("created")
    rows = {name: latest.get(name, began) for name in PARTS}
    return {name: row for name, row in rows.items() if row and row.source == Source.HAND and row.by}


def name_of(coin: Coin, part: str) -> str:
    term = getattr(coin, part)
    if term is None or (part == "authority" and term.kind != Authority.Kind.RULER):
        return ""  # a city or a state is no ruler
    return str(term.name)


def by_class(texts: dict[str, str], rows: dict[str, FieldChange]) -> list[Word]:
    if "denomination" not in texts:
        return []
    for field in BY_CLASS:
        parts = attribution.targets(field)
        if not all(part in texts for part in parts):
            continue
        classes = words.known(field)
        value = words.label_for(field, {part: texts[part] for part in parts}, classes)
        if tree.fold(value) in {tree.fold(one) for one in classes}:
            return [Word(field, value, rows["denomination"])]
    return []
