"""All that a lot text says, each value with its place, and what is wrong with it."""

from dataclasses import dataclass, field, replace
from typing import Any

from market.extract import denominations, metals
from market.extract.dates import Dates, dates
from market.extract.flags import Flag, flags
from market.extract.folding import fold
from market.extract.grades import Grade, grade
from market.extract.lot import Lot, take_apart
from market.extract.measures import measures
from market.extract.mints import mint
from market.extract.pedigree import blank, speaks_of_hoard
from market.extract.plausibility import checked_diameter, checked_weight
from market.extract.references import Reference, references
from market.extract.rulers import ruler
from market.extract.stated import Stated, stated_prices
from market.extract.values import CERTAIN, LIKELY, Found, Span, Warning

LONGEST = 12_000  # no lot is longer; what follows is another page


@dataclass(slots=True)
class Reading:
    text: str
    language: str = "en"
    ruler: Found[str] | None = None
    realm: str | None = None
    mint: Found[str] | None = None
    metal: Found[str] | None = None
    denomination: Found[str] | None = None
    weight_g: Found[float] | None = None
    diameter_mm: Found[float] | None = None
    die_axis_h: Found[int] | None = None
    grade: Found[Grade] | None = None
    dates: Dates = field(default_factory=Dates)
    flags: list[Found[Flag]] = field(default_factory=list)
    references: list[Found[Reference]] = field(default_factory=list)
    pedigree: list[Span] = field(default_factory=list)
    prices: list[Found[Stated]] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    @property
    def has_pedigree(self) -> bool:
        return bool(self.pedigree)

    @property
    def flag_names(self) -> list[str]:
        return list(
            dict.fromkeys(found.value.name for found in self.flags if not found.value.negated)
        )

    @property
    def cited(self) -> list[str]:
        """What the catalogues have; "RIC -" says that they have not."""
        listed = (found.value.cited for found in self.references if not found.value.unlisted)
        return list(dict.fromkeys(listed))

    def flat(self) -> dict[str, Any]:
        """One line of `parse_lots`: null where the text does not say it."""
        return {
            "ruler": _value(self.ruler),
            "mint": _value(self.mint),
            "metal": None if self.metal is None or self.metal.inferred else self.metal.value,
            "denomination": _value(self.denomination),
            "weight_g": _value(self.weight_g),
            "diameter_mm": _value(self.diameter_mm),
            "die_axis_h": _value(self.die_axis_h),
            "grade": self.grade.value.code if self.grade else None,
            "flags": self.flag_names,
            "references": self.cited,
            "has_pedigree": self.has_pedigree,
        }


def _value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def read(text: str) -> Reading:
    lot = take_apart(text[:LONGEST])
    reading = Reading(text, lot.language, pedigree=lot.origins)
    reading.ruler, reading.realm = ruler(lot)
    reading.mint = mint(lot, reading.realm)
    reading.denomination = denominations.denomination(lot, reading.realm)
    named = _value(reading.denomination)
    reading.metal = metals.metal(lot, denominations.implied_metals().get(named or ""))
    _measure(lot, reading, named)
    reading.grade = grade(lot)
    reading.references = references(lot, blank(lot.text, lot.origins))
    reading.dates = dates(_without_numbers(lot, reading))
    reading.flags = _all_flags(lot)
    reading.prices = stated_prices(lot)
    return reading


def _without_numbers(lot: Lot, reading: Reading) -> Lot:
    """`AC. 1598` is a number of a catalogue, and no year."""
    cited = [found.span for found in reading.references]
    return replace(lot, folded=blank(lot.folded, cited)) if cited else lot


def _measure(lot: Lot, reading: Reading, denomination: str | None) -> None:
    found = measures(lot.folded)
    reading.warnings += found.warnings
    reading.weight_g = checked_weight(found.weight, denomination, reading.warnings, lot.text)
    reading.diameter_mm = checked_diameter(found.diameter, denomination, reading.warnings, lot.text)
    reading.die_axis_h = found.axis


def _all_flags(lot: Lot) -> list[Found[Flag]]:
    found = flags(lot)
    hoard = speaks_of_hoard(fold(lot.text))
    if hoard and not any(one.value.name == "hoard" for one in found):
        found.append(Found(Flag("hoard"), *hoard, LIKELY))
    if lot.origins:
        found.append(Found(Flag("pedigree"), *lot.origins[0], CERTAIN))
    return found
