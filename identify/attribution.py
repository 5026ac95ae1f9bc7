"""From the model's labels to a coin's fields. Labels are those of the training data; what a coin gets is
a word of the vocabulary, and only in its attribution: nothing here reaches a weight or a grade."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from catalog.editing import same
from catalog.fields import ATTRIBUTION, BUILT_IN, as_pair, cited
from catalog.models import Coin, CoinType, Denomination, User
from catalog.refusals import Refusal
from identify import vocabulary

Texts = dict[str, str]

# The opinion's fields that are a coin's fields under another name, or under the same
OWN = "own:"  # something that was taught here; accepting it writes its name as a tag
PLAIN = {
    "ruler": "authority", "denomination": "denomination", "mint": "mint", "metal": "metal",
    "country": "region", "date": "date", "year": "date", "mint_mark": "mint_mark",
    "obverse_legend": "obverse_legend", "reverse_legend": "reverse_legend",
}  # fmt: skip
SEVERAL = {
    "world_coin": ("denomination", "region"),
    "face_value": ("denomination",),
    "us_denomination": ("denomination", "region"),
    "commemorative": ("region", "date", "denomination"),
    "type": ("type",),
    "reference": ("type",),
}
US = {
    "pennies": "Cent", "nickels": "Nickel (5 cents)", "dimes": "Dime", "quarters": "Quarter dollar",
}  # fmt: skip
COUNTRIES = {"usa": "United States", "sanmarino": "San Marino", "vatican": "Vatican City"}
CURRENCIES = {
    "australian dollar": "AUD", "brazilian real": "BRL", "british pound": "GBP",
    "canadian dollar": "CAD", "chilean peso": "CLP", "chinese yuan renminbi": "CNY",
    "czech koruna": "CZK", "danish krone": "DKK", "euro": "EUR", "hong kong dollar": "HKD",
    "hungarian forint": "HUF", "indian rupee": "INR", "indonesian rupiah": "IDR",
    "israeli new shekel": "ILS", "japanese yen": "JPY", "korean won": "KRW",
    "malaysian ringgit": "MYR", "mexican peso": "MXN", "new zealand dollar": "NZD",
    "norwegian krone": "NOK", "pakistan rupee": "PKR", "philipine peso": "PHP",
    "polish zloty": "PLN", "russian ruble": "RUB", "singapore dollar": "SGD",
    "south african rand": "ZAR", "swedish krona": "SEK", "swiss franc": "CHF",
    "taiwan dollar": "TWD", "thai baht": "THB", "turkish lira": "TRY", "us dollar": "USD",
}  # fmt: skip
COMMEMORATIVE = re.compile(r"(?P<year>\d{4})_(?P<country>[a-z_]+?)(?P<joint>_all)?(?:_\d+)?")


def choices(field: str, label: str) -> list[str]:
    """“Maximian or Galerius” is no ruler: it offers two."""
    return label.split(" or ") if field == "ruler" else [label]


def targets(field: str) -> tuple[str, ...]:
    """Which of the coin's fields an answer is about; the first is the matter itself."""
    if field.startswith(OWN):
        return ("tags",)
    return SEVERAL.get(field) or ((PLAIN[field],) if field in PLAIN else ())


def told(field: str, label: str) -> str:
    """The label as people would say it, in English: what somebody wrote is compared with it."""
    return "" if is_nothing(field, label) else joined(field, texts(field, label)) or label


def shown(field: str, label: str) -> str:
    """The same for a page, in the reader's language."""
    if is_nothing(field, label):
        return gettext("none")
    if field == "side":
        return str(vocabulary.SIDES.get(label, label))
    return joined(field, shown_texts(field, label)) or label


def is_nothing(field: str, label: str) -> bool:
    return (field, label) == ("mint_mark", "none")


def joined(field: str, words: Texts) -> str:
    if field.startswith(OWN):
        return words["tags"]
    parts = [one for name, one in words.items() if name != "date" or field != "commemorative"]
    if field == "commemorative":
        parts = [words.get("date", ""), *parts]
    return ", ".join(one for one in parts if one)


def shown_texts(field: str, label: str) -> Texts:
    if field == "ruler":
        return {"authority": vocabulary.one_of("authority", choices(field, label))}
    # What one country calls a cent, the vocabulary knows as another's
    kept = ("denomination",) if field == "world_coin" else ()
    return {
        name: text if name in kept else vocabulary.told(name, text)
        for name, text in texts(field, label).items()
    }


def texts(field: str, label: str) -> Texts:
    """What would be typed into the coin's fields."""
    if field.startswith(OWN):
        return {"tags": label}
    if field in PLAIN:
        return {PLAIN[field]: "" if is_nothing(field, label) else place(field, label)}
    if field == "world_coin":
        denomination, _currency, country = (*label.split("|"), "", "")[:3]
        return {"denomination": fraction(denomination), "region": country_name(country)}
    if field == "face_value":
        return {"denomination": euro(label)}
    if field == "us_denomination":
        return {"denomination": US.get(label, label), "region": "United States"}
    if field == "commemorative":
        return commemorative(label)
    return {"type": label} if field in SEVERAL else {}


def place(field: str, label: str) -> str:
    return country_name(label) if field == "country" else label


def fraction(text: str) -> str:
    """“1 2 Dollar” was a file name once, where there is no slash."""
    return re.sub(r"^1 ([248]) ", r"1/\1 ", text)


def euro(label: str) -> str:
    number, unit = label[:-1], label[-1:]
    names = {"c": "euro cent", "e": "euro"}
    return f"{number} {names[unit]}" if number.isdecimal() and unit in names else label


def country_name(label: str) -> str:
    return COUNTRIES.get(label, label.replace("_", " ").title() if label.islower() else label)


def commemorative(label: str) -> Texts:
    found = COMMEMORATIVE.fullmatch(label)
    if not found:
        return {"denomination": "2 euro"}
    return {
        "region": country_name(found["country"]),
        "date": found["year"],
        "denomination": "2 euro",
    }


# --- into stored values ----------------------------------------------------------
def values_of(coin: Coin, field: str, label: str) -> dict[str, Any]:
    said = texts(field, label)
    if field.startswith(OWN):
        # a coin that has no name yet is called by it
        return tagged(coin, label) | ({} if coin.title or coin.type_id else {"title": label})
    if field != "world_coin":
        return stored(coin, said)
    denomination = {"denomination": as_pair(world_denomination(label, coin.collection.owner))}
    return denomination | stored(coin, {"region": said["region"]})


def world_denomination(label: str, user: User) -> Denomination:
    """A Singapore cent is no euro cent, although somebody calls each of them a cent."""
    text, currency, _country = (*label.split("|"), "", "")[:3]
    text, code = fraction(text), CURRENCIES.get(currency.casefold(), "")
    named = Denomination.objects.known_to(user).named(text).order_by("added_by", "pk")
    found = named.filter(currency=code).first() or named.filter(currency="").first()
    return found or Denomination.objects.create(name=text[:200], currency=code, added_by=user)


def stored(coin: Coin, said: Mapping[str, str]) -> dict[str, Any]:
    """As `catalog.editing.change` takes them. Words that nobody knows become the owner's, as everywhere."""
    values: dict[str, Any] = {}
    user = coin.collection.owner
    for name, text in said.items():
        if not text:
            continue
        if name == "type":
            values |= type_or_reference(coin, text, user)
            continue
        if name == "tags":
            values |= tagged(coin, text)
            continue
        try:
            values[name] = BUILT_IN[name].read(text, user)
        except ValidationError as error:
            raise Refusal("unreadable", " ".join(error.messages).replace("%", "%%")) from None
    return only_attribution(values)


def type_or_reference(coin: Coin, text: str, user: User) -> dict[str, Any]:
    known = CoinType.objects.known_to(user)
    found = known.filter(key=text).first() or known.filter(title__iexact=text).first()
    if found:
        return {"type": as_pair(found)}
    return {"references": list(dict.fromkeys([*cited(coin), text]))}


def tagged(coin: Coin, text: str) -> dict[str, Any]:
    """Beside the tags that are there."""
    try:
        new = BUILT_IN["tags"].read(text, coin.collection.owner)
    except ValidationError as error:
        raise Refusal("unreadable", " ".join(error.messages).replace("%", "%%")) from None
    return {"tags": list(dict.fromkeys([*BUILT_IN["tags"].get(coin), *new]))}


def only_attribution(values: dict[str, Any]) -> dict[str, Any]:
    allowed = {name for name, one in BUILT_IN.items() if one.group == ATTRIBUTION} | {"tags"}
    wrong = [name for name in values if name not in allowed]
    if wrong:
        raise ValueError(f"A suggestion never writes {wrong[0]}.")
    return values


def taken(coin: Coin, values: Mapping[str, Any]) -> list[str]:
    """Where the coin says something else already."""
    return [name for name in values if differs(coin, name, values[name])]


ADDED_TO = ("references", "tags")  # what comes stands beside what is there


def differs(coin: Coin, name: str, value: Any) -> bool:
    there = BUILT_IN[name].get(coin)
    return bool(there) and name not in ADDED_TO and not same(there, value)


def now_said(coin: Coin, names: Iterable[str]) -> str:
    """What the coin says of it today, for beside the suggestion."""
    return ", ".join(text for name in names if (text := BUILT_IN[name].text(coin)))
