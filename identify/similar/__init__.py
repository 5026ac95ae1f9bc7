"""Coins that look alike: nearest embeddings, then the coins they belong to.

Embedding rows (the truth) -> Neighbours (an index of them, made again at any time)
    -> photos near a photo -> coins near a coin, the visitor's own first -> why
"""

from identify.similar.store import Neighbours, Pairs

__all__ = ["Neighbours", "Pairs"]
