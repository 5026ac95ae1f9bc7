"""What was taught here and serves: loaded at the first use, kept, and let go when another takes its
place. Only workers come here; a web process asks no more than whether the files are there."""

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from identify.teaching.core import teacher

if TYPE_CHECKING:
    from identify.models import ModelVersion

log = logging.getLogger(__name__)


@dataclass
class Classroom:
    """One process's versions, by their files' hash: those never change, so it is all there is to ask."""

    loaded: dict[str, Any] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def of(self, version: "ModelVersion") -> Any | None:
        """None where its files cannot be used: the site then answers as it did before."""
        if version.sha256 in self.refused:
            return None
        if version.sha256 not in self.loaded:
            what = trouble_with(version)
            if what:
                self.refuse(version, what)
                return None
            try:
                self.loaded[version.sha256] = teacher().load(version.folder)
            except Exception as error:  # whatever a damaged file raises: the others go on
                log.exception("Version %s of %s cannot be loaded", version.name, version.field)
                self.refuse(version, f"{type(error).__name__}: {error}")
                return None
        return self.loaded[version.sha256]

    def refuse(self, version: "ModelVersion", what: str) -> None:
        from identify.predicting import tell_administrators

        self.refused.add(version.sha256)
        log.error("Version %s of %s is not used: %s", version.name, version.field, what)
        tell_administrators(f"{version}: {what}")

    def forget_all_but(self, hashes: set[str]) -> None:
        self.loaded = {key: one for key, one in self.loaded.items() if key in hashes}
        self.refused &= hashes


CLASSROOM = Classroom()


def trouble_with(version: "ModelVersion") -> str:
    """What is wrong with its files, or nothing. Read and hashed, not loaded: torch is for workers."""
    from identify.ml.package import BrokenModel, NoModel, open_package

    try:
        package = open_package(version.folder, "model")
    except (NoModel, BrokenModel) as error:
        return str(error)
    if package.card["sha256"] != version.sha256:
        return f"{package.weights} is that of another version."
    return ""
