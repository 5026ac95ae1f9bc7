"""Heat as a picture: nothing where nothing spoke, yellow where something did, red where most did."""

import io

import numpy as np

from identify.values import Drawn, Heat

SIDE = 256  # pixels: soft as it is, more would show nothing more
FAINTEST = 0.12  # of the hottest place; below, the coin should be seen as it is
STRONGEST = 0.82  # some of the coin is always seen through
YELLOW, RED = (255, 216, 77), (196, 22, 28)


def drawn(heat: Heat, side: int = SIDE) -> Drawn:
    from PIL import Image

    values = np.clip(np.asarray(heat.values, np.float32), 0, 1)
    soft = Image.fromarray(values, "F").resize((side, side), Image.Resampling.BICUBIC)
    shares = np.clip((np.asarray(soft) - FAINTEST) / (1 - FAINTEST), 0, 1)
    pixels = np.zeros((side, side, 4), np.uint8)
    for at, (low, high) in enumerate(zip(YELLOW, RED, strict=True)):
        pixels[..., at] = np.round(low + (high - low) * shares)
    pixels[..., 3] = np.round(255 * STRONGEST * np.sqrt(shares))
    out = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(out, "PNG", optimize=True)
    return Drawn(out.getvalue(), heat.square)
