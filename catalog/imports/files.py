"""Uploaded files, wherever they are stored, as paths that a reader can seek in."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File


@contextmanager
def local(file: Any) -> Iterator[Path]:
    """The file itself where it lies on this machine, else a copy for as long as it is needed."""
    if (path := path_of(file)) is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="import-") as copy:
        source = file.open("rb")
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        if hasattr(
            file, "storage"
        ):  # an upload is closed by the request, which has more to do with it
            file.close()
        yield Path(copy.name)


def path_of(file: File) -> Path | None:
    if hasattr(file, "temporary_file_path"):
        return Path(file.temporary_file_path())
    try:
        return Path(file.path)  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):
        return None
