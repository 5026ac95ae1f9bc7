"""How far people agree beyond chance. Cohen's kappa for two, Fleiss' for many, over all classes and for
each; None where chance alone would agree just as well, so that there is nothing to measure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]
Counts = Mapping[str, int]  # class -> how many people said it of one photo


def cohen(pairs: Sequence[Pair]) -> float | None:
    """What two people said of the same photos."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(ones[name] * others[name] for name in ones) / n**2
    return beyond(observed, by_chance)


def cohen_of(name: str, pairs: Sequence[Pair]) -> float | None:
    """Of one class: this or something else."""
    return cohen([(str(one == name), str(other == name)) for one, other in pairs])


def fleiss(items: Iterable[Counts]) -> float | None:
    """Photos may have had different numbers of people; those that only one has seen say nothing."""
    rows = several(items)
    if not rows:
        return None
    observed = sum(pairs_alike(row) for row in rows) / len(rows)
    return beyond(observed, sum(share**2 for share in shares(rows).values()))


def fleiss_of(name: str, items: Iterable[Counts]) -> float | None:
    rows = several(items)
    share = shares(rows).get(name, 0.0)
    pairs = sum(total(row) * (total(row) - 1) for row in rows)
    if not pairs or share in (0.0, 1.0):
        return None
    split = sum(row.get(name, 0) * (total(row) - row.get(name, 0)) for row in rows)
    return 1 - split / (pairs * share * (1 - share))


def beyond(observed: float, by_chance: float) -> float | None:
    return None if by_chance >= 1 - 1e-12 else (observed - by_chance) / (1 - by_chance)


def several(items: Iterable[Counts]) -> list[Counts]:
    return [row for row in items if total(row) > 1]


def total(row: Counts) -> int:
    return sum(row.values())


def pairs_alike(row: Counts) -> float:
    n = total(row)
    return sum(count * (count - 1) for count in row.values()) / (n * (n - 1))


def shares(rows: Iterable[Counts]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row)
    n = sum(counted.values())
    return {name: count / n for name, count in counted.items()}


def strength(kappa: float | None) -> str:
    """Landis and Koch's names, as codes."""
    if kappa is None:
        return ""
    steps = ((0.0, "poor"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))
    return next((name for limit, name in steps if kappa <= limit), "almost_perfect")
