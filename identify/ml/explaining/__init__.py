"""Where on a picture a network found what speaks for an answer: Grad-CAM for convolutions, attention rollout
for transformers."""

from identify.ml.explaining.drawing import drawn
from identify.ml.explaining.looking import NotExplainable, Score, heat_of, heats_of

__all__ = ["NotExplainable", "Score", "drawn", "heat_of", "heats_of"]
