"""Where a run stands after each epoch. Tensors beside a note that names them and their hash: written aside,
renamed, and the note last, so that a fall at any moment leaves the old state or the new one."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.refusals import gettext_noop as _
from identify.ml.package import sha256_of
from identify.ml.teaching.refusals import BrokenCheckpoint, OtherLesson

NOTE = "state.json"
Tensors = Mapping[str, Any]


@dataclass
class State:
    """`lesson` names plan and photos; random numbers follow from seed and epoch, so neither is kept."""

    lesson: str
    epoch: int = 0
    best_epoch: int = 0
    best: tuple[float, float] = (-1.0, float("-inf"))
    seconds: float = 0.0
    finished: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Checkpoint:
    folder: Path

    def write(self, state: State, tensors: Tensors, best: Tensors | None) -> None:
        """`best` where this epoch is the best one so far."""
        self.folder.mkdir(parents=True, exist_ok=True)
        note = self._note() if (self.folder / NOTE).exists() else {}
        files = {"latest": self._kept(f"epoch-{state.epoch:04}", tensors)}
        if best is not None:
            files["best"] = self._kept(f"best-{state.epoch:04}", best)
        elif "best" in note:
            files["best"] = note["best"]
        self._write_note({**vars(state), "best_value": list(state.best), **files})
        self._sweep({one["file"] for one in files.values()})

    def finish(self, state: State) -> None:
        note = self._note()
        self._write_note(note | {"finished": state.finished})

    def read(self, lesson: str) -> tuple[State, dict[str, Any]] | None:
        """None where there is nothing yet."""
        if not (self.folder / NOTE).exists():
            return None
        note = self._note()
        if note["lesson"] != lesson:
            raise OtherLesson(
                "other_lesson",
                _(
                    "“%(folder)s” holds a run with other photos or another plan. Begin anew, or elsewhere."
                ),
                folder=self.folder,
            )
        state = State(
            lesson, note["epoch"], note["best_epoch"], tuple(note["best_value"]), note["seconds"],
            note["finished"], note["history"],
        )  # fmt: skip
        return state, self._tensors(note["latest"])

    def best(self) -> dict[str, Any]:
        return self._tensors(self._note()["best"])

    def clear(self) -> None:
        self._sweep(set())
        (self.folder / NOTE).unlink(missing_ok=True)

    def _note(self) -> dict[str, Any]:
        path = self.folder / NOTE
        try:
            note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            _needed = [note[key] for key in ("lesson", "epoch", "best_value", "latest", "history")]
        except (ValueError, KeyError, TypeError) as error:
            raise self._broken(path) from error
        return note

    def _write_note(self, note: dict[str, Any]) -> None:
        aside = self.folder / f".{NOTE}"
        with aside.open("w", encoding="utf-8") as file:
            json.dump(
                {name: value for name, value in note.items() if name != "best" or value}, file
            )
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / NOTE)

    def _kept(self, name: str, tensors: Tensors) -> dict[str, str]:
        from safetensors.torch import save_file

        aside, path = self.folder / f".{name}", self.folder / f"{name}.safetensors"
        plain = {key: value.detach().cpu().contiguous().clone() for key, value in tensors.items()}
        save_file(plain, aside)
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        digest = sha256_of(aside)
        aside.replace(path)
        return {"file": path.name, "sha256": digest}

    def _tensors(self, told: Mapping[str, str]) -> dict[str, Any]:
        from safetensors.torch import load_file

        path = self.folder / Path(told["file"]).name
        if not path.exists() or sha256_of(path) != told["sha256"]:
            raise self._broken(path)
        found: dict[str, Any] = load_file(path)
        return found

    def _broken(self, path: Path) -> BrokenCheckpoint:
        return BrokenCheckpoint(
            "checkpoint_broken",
            _("“%(path)s” is damaged: the run cannot go on from it. Begin anew without resuming."),
            path=path,
        )

    def _sweep(self, kept: set[str]) -> None:
        for path in self.folder.glob("*.safetensors"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        for path in self.folder.glob(".*-*"):
            path.unlink(missing_ok=True)
