import pytest

from catalog.fields import BUILT_IN
from catalog.imports.guess import digest, guess, plain
from catalog.imports.targets import HANGING, JOINED, QUANTITY, Target, targets_of
from catalog.models import CustomField, User

TARGETS = {
    target.key: target
    for target in [
        *(Target(n, f.label, f.group, JOINED.get(f.kind), f) for n, f in BUILT_IN.items()),
        QUANTITY, *HANGING,
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [
        {"Ruler": "authority", "Denomination": "denomination", "Mint": "mint", "Wieght": "weight",
         "Price paid": "purchase.price", "Purchase Date": "purchase.date", "Location": "place", "Year": "date",
         "Grade": "grade", "Obv legend": "obverse_legend", "photo_obverse": "photo.obverse"},
        {"Name": "title", "Herrscher": "authority", "Münzstätte": "mint", "Nominal": "denomination",
         "Gewicht (g)": "weight", "Durchmesser, mm": "diameter", "Kaufpreis (EUR)": "purchase.price",
         "Kaufdatum": "purchase.date", "Erhaltung": "grade", "Notizen": "notes", "Jahr": "date", "Anzahl": "quantity"},
        {"Titre": "title", "Souverain": "authority", "Atelier": "mint", "Valeur faciale": "denomination",
         "Poids": "weight", "Diamètre": "diameter", "Prix d’achat": "purchase.price",
         "Date d’achat": "purchase.date", "Année": "date", "État de conservation": "grade"},
        {"Título": "title", "Emperador": "authority", "Ceca": "mint", "Peso": "weight", "Diámetro": "diameter",
         "Precio de compra": "purchase.price", "Año": "date", "Conservación": "grade"},
    ],
    ids=["en", "de", "fr", "es"],
)  # fmt: skip
def test_headings_in_four_languages(headings: dict[str, str]) -> None:
    assert guess(headings, TARGETS) == headings


def test_our_own_names_are_known() -> None:
    assert guess(TARGETS, TARGETS) == {key: key for key in TARGETS}


def test_an_unknown_heading_is_left_out() -> None:
    assert guess(["Foo", "Bar of baz", "X"], TARGETS) == {}


def test_of_two_rivals_the_better_one_wins() -> None:
    assert guess(["Weight", "Wieght"], TARGETS) == {"Weight": "weight"}


def test_several_columns_may_become_notes() -> None:
    assert guess(["Comments", "Private comment"], TARGETS) == {
        "Comments": "notes", "Private comment": "notes",
    }  # fmt: skip


def test_own_fields_are_guessed_by_name(owner: User) -> None:
    CustomField.objects.create(owner=owner, key="rarity", name="Seltenheit")
    assert guess(["Seltenheit"], targets_of(owner)) == {"Seltenheit": "custom.rarity"}


def test_plain_headings() -> None:
    assert plain("Diamètre, mm") == plain("DIAMETRE (mm)") == "diametre"


def test_the_digest_is_of_the_set() -> None:
    assert digest(["A", "Weight (g)"]) == digest(["weight", "a"]) != digest(["weight"])
