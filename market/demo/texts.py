"""Lot texts as five languages' houses would write them. Pure."""

from dataclasses import dataclass
from random import Random

from market.demo.pricing import Offer

GRADES = {
    "en": {
        "F": "Fine", "aVF": "Near VF", "VF": "VF", "gVF": "Good VF", "aEF": "Near EF", "EF": "EF",
        "gEF": "Good EF", "FDC": "FDC",
    },
    "de": {
        "F": "Schön", "aVF": "Fast sehr schön", "VF": "Sehr schön", "gVF": "Gutes sehr schön",
        "aEF": "Fast vorzüglich", "EF": "Vorzüglich", "gEF": "Gutes vorzüglich", "FDC": "Stempelglanz",
    },
    "fr": {
        "F": "TB", "aVF": "TTB-", "VF": "TTB", "gVF": "TTB+", "aEF": "SUP-", "EF": "SUP",
        "gEF": "SUP+", "FDC": "FDC",
    },
    "es": {
        "F": "BC", "aVF": "MBC-", "VF": "MBC", "gVF": "MBC+", "aEF": "EBC-", "EF": "EBC", "gEF": "EBC+",
        "FDC": "FDC",
    },
    "it": {
        "F": "MB", "aVF": "qBB", "VF": "BB", "gVF": "BB+", "aEF": "qSPL", "EF": "SPL", "gEF": "SPL+",
        "FDC": "FDC",
    },
}  # fmt: skip
REMARKS = {
    "en": ["Toned", "Well centered", "Some scratches", "Fine style portrait", "Slightly off center",
           "Lustrous", "Minor porosity", "Broad flan", "Small edge split", "Cabinet tone"],
    "de": ["Feine Tönung", "Gut zentriert", "Kratzer", "Feiner Stil", "Leicht dezentriert",
           "Prägeglanz", "Leicht porös", "Breiter Schrötling", "Kleiner Randriss", "Schöne Patina"],
    "fr": ["Belle patine", "Bien centré", "Rayures", "Beau style", "Légèrement décentré",
           "Brillant de frappe", "Légère porosité", "Flan large", "Petite fente de flan", "Patine de médaillier"],
    "es": ["Bonita pátina", "Bien centrada", "Rayas", "Buen estilo", "Ligeramente descentrada",
           "Brillo original", "Leve porosidad", "Cospel amplio", "Pequeña grieta en el canto", "Pátina de monetario"],
    "it": ["Bella patina", "Ben centrato", "Graffi", "Buono stile", "Leggermente decentrato",
           "Lustro di conio", "Lieve porosità", "Tondello largo", "Piccola frattura di conio", "Patina da collezione"],
}  # fmt: skip
METALS = {
    "AV": {"de": "Gold", "fr": "Or", "es": "Oro", "it": "AV"},
    "AR": {"de": "Silber", "fr": "Argent", "es": "Plata", "it": "AR"},
    "AE": {"de": "Bronze", "fr": "Bronze", "es": "Bronce", "it": "AE"},
    "BI": {"de": "Billon", "fr": "Billon", "es": "Vellón", "it": "MI"},
}
MINTS = {
    "en": "{} mint",
    "de": "Mzst. {}",
    "fr": "Atelier de {}",
    "es": "Ceca de {}",
    "it": "Zecca di {}",
}
RARE = {"en": "Rare.", "de": "Selten.", "fr": "Rare.", "es": "Rara.", "it": "Raro."}
GROUPS = {
    "en": "Lot of {n} coins.", "de": "Konvolut, {n} Stück.", "fr": "Lot de {n} monnaies.",
    "es": "Lote de {n} monedas.", "it": "Lot of {n} coins.",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What is offered again and again: a coin of the collection, as dealers would name it."""

    ruler: str
    denomination: str
    metal: str
    mint: str
    years: str
    obverse: str
    reverse: str
    weight: float
    diameter: float
    cited: tuple[str, ...]


def text_of(random: Random, kind: Kind, offer: Offer) -> str:
    language = offer.sale.house.language
    weight = kind.weight * random.gauss(1, 0.025)
    size = max(5, round(kind.diameter + random.uniform(-1, 1)))
    axis = random.choice((1, 5, 6, 6, 7, 11, 12, 12))
    metal = METALS.get(kind.metal, {}).get(language, kind.metal)
    mint = MINTS[language].format(kind.mint) + "." if kind.mint else ""
    grade = GRADES[language][offer.grade] + "."
    remarks = ". ".join(random.sample(REMARKS[language], random.choice((0, 1, 1, 2))))
    remarks = f"{remarks}." if remarks else ""
    rare = RARE[language] if offer.rare else ""
    cited = "; ".join(kind.cited) + "." if kind.cited else ""
    faces = " / ".join(filter(None, (kind.obverse, kind.reverse)))
    faces = f"{faces}." if faces else ""
    if language == "en":
        size_text = f"({size}mm, {weight:.2f} g, {axis}h)"
        parts = [
            f"{kind.ruler.upper()}.",
            f"{kind.years}." if kind.years else "",
            f"{metal} {kind.denomination.title()} {size_text}.",
            mint,
            faces,
            cited,
            remarks,
            grade,
            rare,
        ]
    elif language == "de":
        size_text = f"({metal}, {size} mm, {f'{weight:.2f}'.replace('.', ',')} g, {axis} h)"
        parts = [
            f"{kind.ruler}.",
            f"{kind.denomination.title()} {size_text}.",
            mint,
            faces,
            cited,
            rare,
            remarks,
            grade,
        ]
    else:
        weight_text = f"{weight:.2f}".replace(".", ",")
        parts = [f"{kind.ruler}.", f"{kind.denomination.title()}.", f"{metal}.", mint, faces, cited,
                 f"{weight_text} g. {size} mm. {axis} h.", remarks, grade, rare]  # fmt: skip
    return " ".join(filter(None, parts))


def group_text(random: Random, kind: Kind, language: str) -> str:
    return f"{GROUPS[language].format(n=random.randint(3, 12))} {kind.ruler}, {kind.denomination.title()}."
