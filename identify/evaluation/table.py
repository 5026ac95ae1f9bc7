"""The figures as text: for a terminal, and for a page of Markdown."""

from collections.abc import Sequence

from identify.evaluation.figures import Figure


def value(figure: Figure) -> str:
    if figure.found is None:
        return "–"
    return number(figure.found.value, figure.unit)


def number(amount: float, unit: str = "") -> str:
    return f"{amount:.3f}" if not unit else f"{amount:,.1f} {unit}"


def between(figure: Figure) -> str:
    found = figure.found
    if found is None or (figure.unit and found.low == found.high):
        return ""
    digits = 1 if figure.unit else 3
    return f"{found.low:.{digits}f} to {found.high:.{digits}f}"


def goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    return f"{'≤' if figure.at_most else '≥'} {figure.goal:g}"


def lines(figures: Sequence[Figure]) -> list[str]:
    wide = max((len(one.name) for one in figures), default=0)
    return [
        f"{one.name:{wide}}  {value(one):>16}  {between(one):16}  {count(one):>6}  {goal(one):8} {said(one)}".rstrip()
        for one in figures
    ]


def count(figure: Figure) -> str:
    return str(figure.found.count) if figure.found and figure.found.count else ""


def said(figure: Figure) -> str:
    why = f": {figure.note}" if figure.found is None and figure.note else ""
    return f"{figure.verdict}{why}"


def markdown(figures: Sequence[Figure]) -> list[str]:
    head = ["| what | found | 95 % interval | specimens | goal | |", "|---|---|---|---|---|---|"]
    return head + [
        f"| {one.name.replace('|', '/')}{notes(one)} | {value(one)} | {between(one)} | {count(one)} | {goal(one)} | {said(one)} |"
        for one in figures
    ]


def notes(figure: Figure) -> str:
    return f" ({figure.note})" if figure.note and figure.found else ""


def missed(figures: Sequence[Figure]) -> list[str]:
    return [
        f"{one.name}: {value(one)}, wanted {goal(one)}" for one in figures if one.is_met is False
    ]


def unmeasured(figures: Sequence[Figure]) -> list[str]:
    return [
        f"{one.name}: {one.note}" for one in figures if one.goal is not None and one.found is None
    ]
