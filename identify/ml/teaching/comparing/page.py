"""One page that needs nothing else: a table, curves drawn in SVG, and who is better than whom by chance."""

from collections.abc import Sequence
from html import escape
from math import log10
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from identify.ml.teaching.comparing.summary import Line

WIDE, HIGH, EDGE = 720, 360, 48
# Okabe and Ito's, which the colour-blind can tell apart; the dash tells them apart in print
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555")
DASHES = {"linear": "", "partial": "7 4", "full": "2 3"}
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem; font-size: .875rem; text-align: right; border-bottom: 1px solid #8884; white-space: nowrap; }
th:first-child, td:first-child, .words { text-align: left; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
.axis { stroke: currentColor; opacity: .35; }
"""


def page(
    table: Sequence["Line"], curves: Sequence[dict[str, Any]], pairs: Sequence[dict[str, Any]],
    heading: str = "",
) -> str:  # fmt: skip
    title = heading or "Networks beside each other"
    return "\n".join(
        [
            "<!doctype html><html lang=en><meta charset=utf-8>",
            "<meta name=viewport content='width=device-width, initial-scale=1'>",
            f"<title>{escape(title)}</title><style>{STYLE}</style>",
            f"<h1>{escape(title)}</h1>",
            _drawing(curves),
            _table(table),
            _pairs(pairs),
            "</html>\n",
        ]
    )


def _table(table: Sequence["Line"]) -> str:
    heads = (
        "Network", "Mode", "Learnt from", "Top-1", "Top-5", "Macro recall", "ms a photo",
        "Parameters", "Learning",
    )  # fmt: skip
    rows = []
    for one in table:
        start = " (random start)" if one.origin == "random" else ""
        spread = f" ± {one.spread:.3f}" if one.seeds > 1 else ""
        cells = (
            escape(one.model) + start, one.mode, f"{one.amount} ({one.taught:.0f})",
            f"{one.top1:.3f}{spread}", "–" if one.top5 is None else f"{one.top5:.3f}",
            f"{one.macro_recall:.3f}", f"{one.milliseconds:.1f}", f"{one.parameters / 1e6:.2f} M",
            f"{one.seconds:.1f} s",
        )  # fmt: skip
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells))
    return (
        "<h2>Figures</h2><div class=wide tabindex=0><table><tr>"
        + "".join(f"<th scope=col>{head}</th>" for head in heads)
        + "\n".join(rows)
        + "</table></div>"
    )


def _pairs(pairs: Sequence[dict[str, Any]]) -> str:
    rows = [
        f"<tr><td>{escape(one['first'])} → {escape(one['second'])}<td>{one['mode']}<td>{one['amount']}"
        f"<td>{one['difference']['value']:+.3f} ({one['difference']['low']:+.3f} to {one['difference']['high']:+.3f})"
        f"<td>{one['mcnemar']:.3g}"
        for one in pairs
        if one["common"]
    ]
    if not rows:
        return ""
    return (
        "<h2>Is the difference more than chance?</h2><p>On the same photos, of one seed: the gain in top-1 "
        "with its 95 % interval, and McNemar’s probability that two equally good networks differ as much.</p>"
        "<div class=wide tabindex=0><table><tr><th scope=col>Networks<th scope=col>Mode<th scope=col>Learnt from"
        "<th scope=col>Gain<th scope=col>p" + "\n".join(rows) + "</table></div>"
    )


def _drawing(curves: Sequence[dict[str, Any]]) -> str:
    counts = [point["taught"] for one in curves for point in one["points"]]
    if not counts:
        return ""
    low, high = log10(max(1, min(counts))), log10(max(2, *counts))

    def x(taught: float) -> float:
        part = (log10(max(1, taught)) - low) / max(high - low, 1e-9)
        return round(EDGE + part * (WIDE - 2 * EDGE), 1)

    def y(share: float) -> float:
        return round(HIGH - EDGE - share * (HIGH - 2 * EDGE), 1)

    parts = [
        f"<line class=axis x1={EDGE} x2={WIDE - EDGE} y1={y(share)} y2={y(share)} />"
        f"<text x={EDGE - 40} y={y(share) + 4}>{share:.0%}</text>"
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    parts += [
        f"<text x={x(count)} y={HIGH - EDGE + 18} text-anchor=middle>{count:.0f}</text>"
        for count in _apart(sorted(set(counts)), x)
    ]
    models = sorted({one["model"] for one in curves})
    legend = []
    for at, one in enumerate(curves):
        colour = COLOURS[models.index(one["model"]) % len(COLOURS)]
        dash = DASHES.get(one["mode"], "")
        path = " ".join(f"{x(point['taught'])},{y(point['top1'])}" for point in one["points"])
        stroke = f"stroke='{colour}' stroke-dasharray='{dash}'"
        parts.append(f"<polyline points='{path}' fill=none stroke-width=2.5 {stroke} />")
        for point in one["points"]:
            told = f"{one['model']}, {one['mode']}, {point['amount']}: {point['top1']:.3f}"
            parts.append(
                f"<circle cx={x(point['taught'])} cy={y(point['top1'])} r=4 fill='{colour}'>"
                f"<title>{escape(told)}</title></circle>"
            )
        top = HIGH + 8 + 18 * at
        legend.append(
            f"<line x1={EDGE} x2={EDGE + 30} y1={top} y2={top} stroke-width=2.5 {stroke} />"
            f"<text x={EDGE + 38} y={top + 4}>{escape(one['model'])}, {one['mode']}</text>"
        )
    return (
        f"<svg viewBox='0 0 {WIDE} {HIGH + 18 * len(curves) + 12}' role=img aria-label='Right answers over the "
        "number of photos learnt from; the table has the same figures'>"
        + "".join([*parts, *legend])
        + f"<text x={WIDE / 2} y={HIGH - 10} text-anchor=middle>photos learnt from</text></svg>"
    )


def _apart(counts: Sequence[float], x: Any, room: float = 42) -> list[float]:
    """Numbers under the axis that do not run into each other."""
    shown: list[float] = []
    for count in counts:
        if not shown or x(count) - x(shown[-1]) >= room:
            shown.append(count)
    return shown
