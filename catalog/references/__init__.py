"""Citations of catalogues: free text to (catalogue, volume, number) and back."""

from catalog.references.catalogues import CATALOGUES, Catalogue
from catalog.references.keys import normalise, search_keys, sort_key
from catalog.references.parsing import Citation, format, format_all, parse

__all__ = [
    "CATALOGUES",
    "Catalogue",
    "Citation",
    "format",
    "format_all",
    "normalise",
    "parse",
    "search_keys",
    "sort_key",
]
