"""Which reference types a coin can be: everything known of it weighed against every type. Pure.

what was seen -> evidence in logarithms, one column over all types -> shares -> the best, in words
"""

from identify.matching.index import Index
from identify.matching.values import FIELDS, Match, Seen, Type

__all__ = ["FIELDS", "Index", "Match", "Seen", "Type"]
