"""The curators' door, where the views of this app look for it."""

from catalog.curating import curators_only, may_curate

__all__ = ["curators_only", "may_curate"]
