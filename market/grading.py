"""Grades as steps of price: VF is 4, EF is 5. A prefix is worth what buyers pay for it, which for
"superb" is more than half of the way to the next grade."""

STEPS = {
    "P": 1.0, "FR": 1.0, "AG": 1.0, "G": 2.0, "VG": 2.4, "F": 3.0, "VF": 4.0, "EF": 5.0, "XF": 5.0,
    "AU": 5.7, "UNC": 6.0, "MS": 6.0, "BU": 6.1, "FDC": 6.2, "PROOF": 6.2,
}  # fmt: skip
PREFIXES = {"n": -0.3, "a": -0.3, "g": 0.4, "c": 0.3, "s": 0.7}
WORDS = {"near": "n", "about": "a", "nearly": "n", "good": "g", "choice": "c", "superb": "s"}
NAMES = {"fine": "F", "poor": "P", "fair": "FR"}


def steps(grade: str) -> float | None:
    """`gVF` and `Good VF` are 4.4; None for what is no grade."""
    words = grade.replace("-", " ").split()
    prefix = ""
    if len(words) > 1 and words[0].lower() in WORDS:
        prefix = WORDS[words.pop(0).lower()]
    if len(words) != 1:
        return None
    word = words[0]
    if not prefix and word[:1] in PREFIXES and word[1:].upper() in STEPS:
        prefix, word = word[0], word[1:]
    code = NAMES.get(word.lower(), word.upper())
    if code not in STEPS:
        return None
    return round(STEPS[code] + PREFIXES.get(prefix, 0.0), 2)


# Sheldon's numbers beside our steps: between two of them along the line
SHELDON = ((1, 1.0), (4, 2.0), (12, 3.0), (20, 3.8), (30, 4.1), (40, 4.8), (45, 5.0), (50, 5.5),
           (58, 5.8), (60, 5.9), (63, 6.0), (65, 6.2), (70, 7.0))  # fmt: skip


def sheldon_steps(number: int) -> float:
    below = max((one for one in SHELDON if one[0] <= number), default=SHELDON[0])
    above = min((one for one in SHELDON if one[0] >= number), default=SHELDON[-1])
    if below == above:
        return below[1]
    share = (number - below[0]) / (above[0] - below[0])
    return round(below[1] + share * (above[1] - below[1]), 2)


def ordinal(grade: str) -> float | None:
    """Of a grade as collectors write it, be it letters or a slab's number: `gVF`, `MS-65+`."""
    word, _dash, number = grade.strip().rstrip("+").replace(" ", "-").rpartition("-")
    if number.isdecimal() and word.isalpha() and 1 <= int(number) <= 70:
        return sheldon_steps(int(number))
    return steps(grade)
