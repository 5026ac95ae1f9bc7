"""axe-core in the page: what a person who cannot see or use a mouse would stumble over."""

from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", RULES
    )
    return [
        f"{one['id']}: {node['target'][0]} {node['html'][:160]}"
        for one in found
        for node in one["nodes"][:3]
    ]
