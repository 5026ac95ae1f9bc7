"""What is seen on coins, each drawn by a function of its own."""

from collections.abc import Callable

import numpy as np

from catalog.demo.drawing.motifs.animals import ANIMALS
from catalog.demo.drawing.motifs.emblems import EMBLEMS
from catalog.demo.drawing.motifs.figures import FIGURES
from catalog.demo.drawing.motifs.heads import HEADS
from catalog.demo.drawing.motifs.works import WORKS
from catalog.demo.drawing.relief import Relief

Motif = Callable[[Relief, list[str], np.random.Generator], None]
MOTIFS: dict[str, Motif] = {**HEADS, **FIGURES, **ANIMALS, **EMBLEMS, **WORKS}
