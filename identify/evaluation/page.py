"""One page that needs nothing beside it: figures, curves, matrices, and the worst mistakes to look at."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from identify import measures
from identify.evaluation import figures, table
from identify.evaluation.asking import Outcome
from identify.evaluation.exams import Report
from identify.evaluation.figures import Figure

Thumbnail = Callable[[Path], str]  # a data URI
MOST_CLASSES = 25  # of a matrix that a person can read
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .6rem;border-bottom:1px solid #ddd;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.missed{color:#a11}.met{color:#161}
.matrix td{border:1px solid #eee;text-align:center;min-width:1.6rem;padding:.1rem}
.matrix th.top{writing-mode:vertical-rl;font-weight:400}.matrix th{font-weight:400;font-size:.85rem}
figure{display:inline-block;margin:.3rem;font-size:.8rem;width:9rem;vertical-align:top}
figure img{width:100%;background:#eee}section{margin-top:3rem}small{color:#666}
"""


def page(report: Report, thumbnail: Thumbnail, made: str) -> str:
    missed = "".join(f"<li>{escape(one)}</li>" for one in table.missed(report.figures))
    looks = "".join(
        section(name, found, thumbnail) for name, found in report.looks.items() if found
    )
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>How good {escape(report.model)} is</title><style>{STYLE}</style>"
        f"<h1>How good {escape(report.model)} is</h1><p>{escape(made)}</p>"
        f"<h2>Goals that are missed</h2><ul>{missed or '<li>None.</li>'}</ul>"
        f"<h2>All figures</h2>{rows(report.figures)}{looks}</html>"
    )


def rows(found: Sequence[Figure]) -> str:
    body = "".join(
        f"<tr><td>{escape(one.name)}<br><small>{escape(one.note)}</small></td>"
        f"<td class=n>{escape(table.value(one))}</td><td class=n>{escape(table.between(one))}</td>"
        f"<td class=n>{table.count(one)}</td><td class=n>{escape(table.goal(one))}</td>"
        f"<td class='{one.verdict.replace(' ', '-')}'>{one.verdict}</td></tr>"
        for one in found
    )
    head = "<tr><th>what<th class=n>found<th class=n>95 % interval<th class=n>specimens<th class=n>goal<th></tr>"
    return f"<table>{head}{body}</table>"


def section(name: str, found: Sequence[Outcome], thumbnail: Thumbnail) -> str:
    said = [one for one in found if one.ranked]
    return (
        f"<section><h2>{escape(name)}</h2>{curve(said)}{matrix(found)}{mistakes(found, thumbnail)}"
        f"</section>"
    )


def curve(found: Sequence[Outcome], side: int = 260) -> str:
    """How often what is said with a confidence comes true; on the diagonal it is just as often."""
    if not found:
        return ""
    bars = measures.reliability([one.confidence for one in found], [one.right for one in found])
    most = max(bar.count for bar in bars)
    dots = "".join(
        f"<circle cx='{bar.confidence * side:.1f}' cy='{(1 - bar.accuracy) * side:.1f}' "
        f"r='{3 + 9 * (bar.count / most) ** 0.5:.1f}' fill='#357' fill-opacity='.6'>"
        f"<title>said {bar.confidence:.2f}, true {bar.accuracy:.2f}, {bar.count} specimens</title></circle>"
        for bar in bars
    )
    line = " ".join(f"{bar.confidence * side:.1f},{(1 - bar.accuracy) * side:.1f}" for bar in bars)
    return (
        "<h3>Reliability</h3><p>Across: what is said. Up: how often it is true. Size: how many.</p>"
        f"<svg width='{side + 40}' height='{side + 40}' viewBox='-20 -20 {side + 40} {side + 40}' role='img'>"
        f"<rect width='{side}' height='{side}' fill='none' stroke='#999'/>"
        f"<line x1='0' y1='{side}' x2='{side}' y2='0' stroke='#999' stroke-dasharray='4'/>"
        f"<polyline points='{line}' fill='none' stroke='#357'/>{dots}</svg>"
    )


def matrix(found: Sequence[Outcome]) -> str:
    truths, said, labels = figures.numbered(found)
    if len(labels) - 1 > MOST_CLASSES:
        return f"<p>{len(labels) - 1} classes: too many for a matrix that can be read.</p>"
    counts = measures.confusion(truths, said, len(labels))
    shown = [at for at in range(len(labels)) if counts[at].any() or counts[:, at].any()]
    names = [labels[at] or "nothing said" for at in shown]
    top = "".join(f"<th class=top>{escape(name)}</th>" for name in names)
    body = "".join(
        f"<tr><th>{escape(name)}</th>"
        + "".join(cell(int(counts[row, at]), int(counts[row].sum()), row == at) for at in shown)
        + "</tr>"
        for name, row in zip(names, shown, strict=True)
        if counts[row].any()
    )
    return f"<h3>Confusions</h3><p>Rows are the truth.</p><table class=matrix><tr><th></th>{top}</tr>{body}</table>"


def cell(count: int, of: int, right: bool) -> str:
    if not count:
        return "<td></td>"
    colour = "40,120,60" if right else "190,60,40"
    return f"<td style='background:rgba({colour},{0.15 + 0.7 * count / of:.2f})'>{count}</td>"


def mistakes(found: Sequence[Outcome], thumbnail: Thumbnail, most: int = 8, each: int = 3) -> str:
    parts = []
    for truth, said, count in figures.worst(found, most):
        examples = [one for one in found if (one.truth, one.said) == (truth, said)]
        examples.sort(key=lambda one: -one.confidence)
        shown = "".join(example(one, thumbnail) for one in examples[:each])
        told = f"{truth} taken for {said or 'nothing'}: {count}"
        parts.append(f"<h4>{escape(told)}</h4>{shown}")
    return f"<h3>Worst mistakes</h3>{''.join(parts)}" if parts else "<p>No mistakes.</p>"


def example(one: Outcome, thumbnail: Thumbnail) -> str:
    images = "".join(
        f"<img alt='{escape(path.name, quote=True)}' src='{thumbnail(path)}'>"
        for path in one.question.paths
    )
    return f"<figure>{images}<figcaption>{escape(one.question.paths[0].name)}, {one.confidence:.0%}</figcaption></figure>"


def data_uri(path: Path, side: int = 120) -> str:
    import base64
    import io

    from PIL import Image

    with Image.open(path) as image:
        small = image.convert("RGB")
        small.thumbnail((side, side))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
