"""The first stage: judge a photo, find the coins on it, cut them out.

The way of a photo: pixels -> small copy -> plain ground? -> things that are round -> else a circle of
edges -> else the frame itself. A coin that fills its photo is the usual case, so the frame is the answer
wherever there is doubt: a crop into the coin is worse than none.
"""

from identify.ml.look.cropping import crop
from identify.ml.look.discs import Disc, Look
from identify.ml.look.looking import look
from identify.ml.look.pairing import pair

__all__ = ["Disc", "Look", "crop", "look", "pair"]
