"""Legends: unroll the ring of letters, read it, and find which known legend it is."""

from identify.ml.legends.reading import LegendReader

__all__ = ["LegendReader"]
