"""2-euro commemoratives: told by comparing with one reference of each, turn by turn."""

from identify.ml.commemoratives.finding import Commemoratives

__all__ = ["Commemoratives"]
