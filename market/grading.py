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
