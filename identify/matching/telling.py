"""What supports a type and what contradicts it, as remarks: `ruler_agrees`, `weight_outside` …"""

from collections.abc import Iterator

from identify.labels import fold
from identify.matching.columns import differing
from identify.matching.physics import expected
from identify.matching.values import FIELDS, SIDES, Seen, Type
from identify.values import Remark

AGREES = 0.5  # a name that holds half of what was seen, or leads it
POSSIBLE = 0.1
CLOSE = 0.8  # a reading with a fifth of its letters wrong is still a reading

Said = tuple[bool, Remark]  # does it support?


def told(seen: Seen, of: Type) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    said = [*names(seen, of), *legends(seen, of), *figures(seen, of), *dates(seen, of)]
    return (
        tuple(remark for supports, remark in said if supports),
        tuple(remark for supports, remark in said if not supports),
    )


def names(seen: Seen, of: Type) -> Iterator[Said]:
    for field in FIELDS:
        shares = {fold(name): share for name, share in getattr(seen, field).items()}
        there = getattr(of, field)
        if not shares or not there:
            continue
        leader = max(shares, key=lambda name: shares[name])
        share = shares.get(fold(there), 0.0)
        params = {"field": field, "value": there, "said": leader}
        if share >= AGREES or fold(there) == leader:
            yield True, Remark(f"{field}_agrees", params)
        elif share >= POSSIBLE:
            yield True, Remark(f"{field}_possible", params)
        else:
            yield False, Remark(f"{field}_differs", params)


def legends(seen: Seen, of: Type) -> Iterator[Said]:
    for side in SIDES:
        read, there = getattr(seen, side), getattr(of, side)
        if not read or not there:
            continue
        apart, alike = differing(read, there)
        params = {"read": read, "legend": there, "letters": apart}
        if apart == 0:
            yield True, Remark(f"{side}_legend_same", params)
        elif alike >= CLOSE:
            yield True, Remark(f"{side}_legend_close", params)
        else:
            yield False, Remark(f"{side}_legend_differs", params)


def figures(seen: Seen, of: Type) -> Iterator[Said]:
    usual = expected(of)
    for name in ("weight", "diameter"):
        measured, bounds = getattr(seen, name), getattr(usual, name, None)
        if measured and bounds:
            low, high = bounds
            fits = low <= measured <= high
            params = {"label": of.denomination, "measured": measured, "low": low, "high": high}
            yield fits, Remark(f"{name}_{'inside' if fits else 'outside'}", params)


def dates(seen: Seen, of: Type) -> Iterator[Said]:
    if None in (seen.year_from, of.year_from):
        return
    first, last = of.year_from or 0, of.year_to or of.year_from or 0
    fits = (seen.year_from or 0) <= last and (seen.year_to or seen.year_from or 0) >= first
    yield fits, Remark("date_agrees" if fits else "date_differs", {"first": first, "last": last})
