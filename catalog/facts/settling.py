"""How what a source says meets what stands there already. A curator's word is never overwritten."""

from typing import Any

from django.db.models import Model

Values = dict[str, Any]


def settle(row: Model, now: Values, was: Values | None = None) -> bool:
    """Gives `row` the values `now` where it still has those of `was`, the same source's earlier word;
    without one, only where it is blank. True if anything changed."""
    changed = False
    for name, new in now.items():
        current = getattr(row, name)
        settled = blend(current, (was or {}).get(name), new)
        if settled != current:
            setattr(row, name, settled)
            changed = True
    return changed


def blend(current: Any, was: Any, new: Any) -> Any:
    if isinstance(new, dict):
        kept = current or {}
        mine = {key: value for key, value in new.items() if kept.get(key) == (was or {}).get(key)}
        return {**kept, **mine}
    if isinstance(new, list):
        kept = current or []
        return [*kept, *(one for one in new if one not in (was or []) and one not in kept)]
    is_untouched = current == was or (blank(current) and blank(was))
    return new if is_untouched and not blank(new) else current


def blank(value: Any) -> bool:
    return value is None or value == "" or value is False
