"""What each metal looks like as ink and wash: from its deepest shadow to its highlight."""

import numpy as np

Colour = tuple[int, int, int]
RAMPS: dict[str, list[Colour]] = {
    "gold": [(64, 40, 12), (140, 96, 30), (205, 158, 62), (238, 205, 118), (255, 242, 196)],
    "silver": [(38, 40, 44), (98, 102, 108), (160, 163, 166), (207, 208, 207), (250, 249, 244)],
    "toned": [(36, 34, 42), (88, 86, 98), (146, 142, 146), (196, 188, 176), (244, 234, 208)],
    "bronze": [(28, 26, 16), (72, 66, 38), (118, 106, 62), (162, 146, 92), (222, 206, 150)],
    "green": [(20, 32, 26), (50, 76, 62), (88, 118, 96), (134, 154, 120), (208, 208, 160)],
    "brown": [(36, 22, 14), (84, 54, 36), (130, 90, 60), (172, 130, 90), (226, 196, 152)],
    "copper": [(58, 26, 14), (124, 64, 36), (182, 106, 66), (216, 152, 108), (250, 218, 184)],
    "billon": [(34, 32, 30), (80, 76, 70), (126, 121, 112), (170, 164, 150), (224, 218, 202)],
    "orichalcum": [(46, 38, 14), (104, 86, 34), (158, 134, 62), (200, 176, 100), (242, 226, 164)],
    "nordic": [(62, 44, 12), (134, 102, 36), (194, 158, 72), (226, 196, 116), (252, 238, 190)],
    "steel": [(40, 44, 48), (100, 106, 112), (158, 164, 168), (204, 209, 211), (246, 248, 248)],
    "paper": [(60, 52, 40), (120, 110, 92), (190, 180, 160), (226, 218, 200), (246, 242, 232)],
}
BIMETAL = {"bimetal": ("nordic", "steel"), "bimetal2": ("steel", "nordic")}  # core, ring
PAPER = (240, 235, 225)
INK = (46, 38, 30)


def table(metal: str) -> np.ndarray:
    """256 colours, by lightness."""
    ramp = np.array(RAMPS[metal], np.float32)
    stops = np.linspace(0, 255, len(ramp))
    tones = np.arange(256)
    return np.stack([np.interp(tones, stops, ramp[:, c]) for c in range(3)], axis=1).astype(
        np.float32
    )
