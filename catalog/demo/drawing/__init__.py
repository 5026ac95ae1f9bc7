"""Drawings of coins: relief (masks to heights), letters, motifs, etching (heights to ink on paper)."""

from catalog.demo.drawing.coins import Face, draw, edge_view
from catalog.demo.drawing.tickets import saved_again, side_by_side, ticket

__all__ = ["Face", "draw", "edge_view", "saved_again", "side_by_side", "ticket"]
