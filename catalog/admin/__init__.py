"""The curators' desk. Everything a curator does to the shared vocabulary is kept as a TermChange."""

from catalog.admin import collections, imports, people, tasks, types, vocabulary

__all__ = ["collections", "imports", "people", "tasks", "types", "vocabulary"]
