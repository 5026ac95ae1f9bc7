"""What cannot be: a denarius of 379 grams is a typing error, and so is a coin of 3433 mm."""

from market.extract.values import Found, Warning

# (lightest, heaviest) in grams and (smallest, largest) in millimetres, wide enough for the odd coin
RANGES: dict[str, tuple[float, float, float, float]] = {
    "denarius": (1.0, 7, 12, 26), "aureus": (3.0, 12, 15, 27), "quinarius": (0.6, 4, 9, 21), "as": (3, 450, 17, 75),
    "sestertius": (8, 50, 23, 42), "dupondius": (5, 24, 20, 36), "antoninianus": (1.0, 8.5, 13, 29),
    "siliqua": (0.6, 5, 11, 23), "solidus": (2.5, 6, 14, 30), "tremissis": (0.8, 2.2, 10, 21), "semissis": (1.4, 3, 12, 24),
    "follis": (0.5, 30, 11, 45), "tetradrachm": (5, 19, 14, 42), "drachm": (1.2, 100, 8, 50), "didrachm": (4, 10, 13, 30),
    "stater": (2.5, 15, 9, 32), "obol": (0.3, 3, 5, 16), "hemidrachm": (0.8, 4, 9, 21), "ae3": (0.7, 6, 11, 24), "ae4": (0.4, 3, 7, 18),
    "thaler": (15, 40, 32, 60), "ducat": (2.5, 5, 17, 32), "8 reales": (18, 30, 28, 50), "nomos": (5, 9, 15, 30),
    "quadrans": (1, 60, 12, 45), "cistophorus": (7, 15, 20, 36), "hyperpyron": (1.5, 6, 18, 36), "sovereign": (7, 17, 18, 45),
}  # fmt: skip
ANY = (0.02, 1500.0, 3.0, 180.0)


def checked_weight(
    found: Found[float] | None, denomination: str | None, warnings: list[Warning], text: str
) -> Found[float] | None:
    low, high, _, _ = RANGES.get(denomination or "", ANY)
    return _within(found, low, high, "weight_g", warnings, text)


def checked_diameter(
    found: Found[float] | None, denomination: str | None, warnings: list[Warning], text: str
) -> Found[float] | None:
    _, _, low, high = RANGES.get(denomination or "", ANY)
    return _within(found, low, high, "diameter_mm", warnings, text)


def _within(
    found: Found[float] | None,
    low: float,
    high: float,
    name: str,
    warnings: list[Warning],
    text: str,
) -> Found[float] | None:
    """Only what is far off is doubted: a worn, clipped or double coin is still what it says."""
    if found is None or low / 2 <= found.value <= high * 1.6:
        return found
    warnings.append(Warning(name, text[found.start : found.end], found.start, found.end))
    return None
