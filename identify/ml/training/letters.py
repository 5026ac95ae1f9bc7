"""What stands on photos of which no table tells it, as a hint to look there: read by RapidOCR, which only whoever
trains needs. It need not read well: a word that it finds on eight photos is worth knowing."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from identify.ml.training import pictures
from identify.ml.training.samples import Sample

log = logging.getLogger(__name__)

SET = "world_coins"
SIDE = 384
SURE = 0.6
YEAR = re.compile(r"(1[789]|20)\d\d")
WATERMARK = ("COIN", "NET")
IDEOGRAPHS = "\u3000"  # from here on one sign is a word
Reader = Callable[[Any], Sequence[tuple[str, float]]]  # picture -> lines and how sure they are


def read(samples: Sequence[Sample], reader: Reader | None = None) -> list[Sample]:
    reader = reader or rapid_ocr()
    if reader is None:
        log.warning("Learning without what is read: pip install rapidocr onnxruntime")
        return list(samples)
    return [
        replace(one, words=words_of(reader(pictures.load(one.path, SIDE))))
        if one.set == SET
        else one
        for one in samples
    ]


def words_of(lines: Sequence[tuple[str, float]]) -> frozenset[str]:
    return frozenset(
        word
        for text, sure in lines
        if sure >= SURE and not any(mark in text.upper() for mark in WATERMARK)
        for word in re.findall(r"\w+", text.upper())
        if is_word(word)
    )


def is_word(text: str) -> bool:
    """Years say nothing of the kind, and a single letter nothing at all."""
    if YEAR.fullmatch(text):
        return False
    return len(text) > 1 or text.isdigit() or text > IDEOGRAPHS


def rapid_ocr() -> Reader | None:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR(
        params={
            "Global.use_cls": False, "Global.log_level": "critical",
            "Det.limit_side_len": SIDE, "Det.limit_type": "min",
        }
    )  # fmt: skip

    def lines(picture: Any) -> list[tuple[str, float]]:
        found = engine(picture[..., ::-1])
        return list(zip(found.txts or (), found.scores or (), strict=True))

    return lines
