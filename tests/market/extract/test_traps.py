"""Faults that were found in the reader, each as it was found."""

import pytest

from market.extract import read


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Marcus Aurelius AR Denarius AD 161-180", "ruler", "Marcus Aurelius"),
        ("M. Aurelius Cotta. 139 BC. AR Denarius. Crawford 229/1b.", "ruler", "M. Aurelius Cotta"),
        ("Julia Domna, wife of Septimius Severus. Denarius", "ruler", "Julia Domna"),
        ("Constantius Chlorus, as Caesar under Diocletian. Follis", "ruler", "Constantius Chlorus"),
        ("Philip IX. Denarius", "ruler", None),
        ("Augustus (Octavian), AR Denarius", "ruler", "Augustus"),
        ("Hadrian Augustus. AR Denarius", "ruler", "Hadrian"),
        ("Twins, Romulus and Remus. AE follis", "ruler", None),
        ("Trajan. Denarius. 26,88 g. VF.", "grade", "VF"),
        ("Trajan, Denar. RIC 118. Sehr schön +", "grade", "gVF"),
        ("LOUIS XV. Écu. Argent. TTB/TTB+, rayures.", "grade", "VF"),
        ("Preussen. Taler 1786. Silber. vz-st", "grade", "AU"),
        ("Aureus of fine style, portrait in high relief. Very fine.", "grade", "VF"),
        ("Aureus. Fine style.", "grade", None),
        ("Denarius. EF monogram in field. VF.", "grade", "VF"),
        ("Probus AE antoninianus 2.6g 18mm", "weight_g", 2.6),
        ("Denario. Ag g 3,29 mm 18. D/ Testa", "diameter_mm", 18),
        ("Denarius, chip at 3h. 3.2 g, 6h.", "die_axis_h", 6),
        ("AR Denarius, struck as Caesar", "denomination", "denarius"),
        ("Constantine I. Follis. Bronce. VRBS ROMA. RIC VII 62. 2,50 g.", "denomination", "follis"),
        ("United States. $2.50 1908, Indian. Gold.", "denomination", "quarter eagle"),
        ("Philip II. 8 Reales ND. Silver. 27.1g. Cal 654.", "references", ["Cal 654"]),
        ("AR Denarius. Thessalonica, AD 351-354. RIC VIII 173.", "references", ["RIC VIII 173"]),
        ("Domitian Æ 23. RPC II 1290.", "references", ["RPC II 1290"]),
        ("Denarius. RIC -; RSC 12a.", "references", ["RSC 12a"]),
        ("Denarius. No signs of smoothing, without any corrosion.", "flags", []),
        ("Denarius sur un flan large. Argent. Poids : 3 g", "flags", ["broad_flan"]),
        ("Aureus (20mm). RIC 3. ex-mount.", "has_pedigree", False),
    ],
)  # fmt: skip
def test_trap(text, field, wanted):
    assert read(text).flat()[field] == wanted


def test_impossible_measures_are_kept_as_warnings():
    reading = read("AR Denarius (3433mm, 379 g, 6nh). VF.")
    assert reading.weight_g is reading.diameter_mm is reading.die_axis_h is None
    assert {warning.field: warning.raw for warning in reading.warnings} == {
        "weight_g": "379 g", "diameter_mm": "3433mm", "die_axis_h": "6nh",
    }  # fmt: skip


def test_a_metal_that_is_only_implied():
    reading = read("Aureus of Nero")
    assert reading.metal
    assert (reading.metal.value, reading.metal.inferred) == ("AV", True)
    assert reading.flat()["metal"] is None


def test_reign_strike_and_sale_apart():
    reading = read(
        "HADRIAN. AD 117-138. AR Denarius. Rome mint. Struck AD 134-138. VF. Ex Leu 77 (11 May 2000), lot 5."
    )
    assert reading.dates.reign
    assert (
        reading.dates.reign.value.start,
        reading.dates.reign.value.end,
    ) == (117, 138)
    assert reading.dates.strike
    assert (
        reading.dates.strike.value.start,
        reading.dates.strike.value.end,
    ) == (134, 138)
    assert reading.dates.sale
    assert reading.dates.sale.value == 2000


def test_flags_know_side_and_severity():
    (flag,) = (one.value for one in read("Denarius. Heavy scratches on reverse. VF.").flags)
    assert (flag.name, flag.side, flag.severity, flag.negated) == (
        "scratches",
        "reverse",
        "heavy",
        False,
    )


def test_a_slab_says_more():
    grade = read("Nero AR denarius. NGC Choice XF 5/5 - 4/5.").grade
    assert grade
    assert (grade.value.code, grade.value.service, grade.value.strike, grade.value.surface) == (
        "cEF",
        "NGC",
        5,
        4,
    )


def test_stated_prices_and_their_basis():
    reading = read("Denarius. VF. Estimate: 500 CHF. Starting price: EUR 300")
    assert [(one.value.basis, one.value.raw) for one in reading.prices] == [
        ("estimate", "500 CHF"),
        ("start", "EUR 300"),
    ]


def test_units_behind_their_numbers_are_not_taken_for_units_before_them() -> None:
    said = read("Trajan. Denario. Plata. RIC II 128. 3,30 g. 19 mm. 6 h. MBC.").flat()
    assert (said["weight_g"], said["diameter_mm"], said["die_axis_h"]) == (3.3, 19, 6)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1797. Carlos IV. Lima. IJ. 8 escudos. (AC. 1598). 26,92 g. EBC-.", (1797, 1797)),
        ("Demetrios I Soter. 162-150 BC. AR Drachm. Antioch mint. SC 1642; VF.", (-162, -150)),
        ("ALFONSO XIII. 5 Pesetas. 1888*18-88. MPM. SC-.", (1888, 1888)),
        ("Hisham. AH 105-125 / AD 724-743. AR Dirham. Wasit mint. VF.", (724, 743)),
    ],
)
def test_numbers_that_are_no_years(text: str, years: tuple[int, int]) -> None:
    dates = read(text).dates
    found = dates.strike or dates.reign
    assert found
    assert (found.value.start, found.value.end) == years
