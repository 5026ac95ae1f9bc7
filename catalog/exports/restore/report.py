from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from catalog.sentences import kept

MOST_PROBLEMS = 1000


@dataclass
class Report:
    """`added` and `there` count by table (`coins`, `photos` …); a problem is a sentence."""

    added: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def problem(self, text: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(text)

    def after(self, before: "Report") -> "Report":
        """With what an earlier run of the same restore has added: to this one that was there."""
        return Report(
            before.added + self.added, self.there - before.added, before.problems + self.problems
        )

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Report":
        added, there = Counter(said.get("added", {})), Counter(said.get("there", {}))
        return cls(added, there, said.get("problems", []))

    def to_json(self) -> dict[str, Any]:
        return {
            "added": dict(self.added),
            "there": dict(self.there),
            "problems": [kept(problem) for problem in self.problems],
        }
