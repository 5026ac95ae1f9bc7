"""What identify says of pictures that are no photos of coins of ours: see `catalog.describing`."""

import logging
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from catalog.describing import Bounds, Description, Look, Seen
from catalog.images import PLAIN, ImageRefused, looked_at
from catalog.models import Coin
from identify import attribution
from identify.pipeline import SIDE
from identify.predicting import ModelUnusable, predictor
from identify.similar.finding import embeddings_of, side_of
from identify.similar.likeness import bounds_of
from identify.values import Answer, Opinion, Photographed, Predictor

log = logging.getLogger(__name__)
NAME = "picture"
FIELDS = ("ruler", "denomination")


class Describer:
    def version(self) -> str:
        try:
            return predictor().version
        except ModelUnusable:
            return ""

    def describe(self, pictures: Sequence[BinaryIO]) -> list[Description]:
        model = predictor()
        coins = [photographed(picture) for picture in pictures]
        opinions = asked(model, [coin for coin in coins if coin])
        told = iter(description(one, model.version) for one in opinions)
        return [next(told) if coin else Description() for coin in coins]

    def looks_of(self, coin: Coin) -> list[Look]:
        if not coin.photos.all():
            return []
        return [Look(one.model, bytes(one.vector), side_of(one)) for one in embeddings_of(coin)]

    def bounds_of(self, network: str) -> Bounds:
        found = bounds_of(network)
        return Bounds(found.alike, found.same)


def photographed(picture: BinaryIO) -> Photographed | None:
    try:
        image = looked_at(picture, PLAIN, SIDE)
    except (ImageRefused, OSError):
        return None
    return Photographed((NAME,), (np.asarray(image, dtype=np.uint8),), ("",))


def asked(model: Predictor, coins: Sequence[Photographed]) -> list[Opinion | None]:
    """All at once; if that fails, each alone: one bad picture must not cost the others theirs. Letters
    are not read: what the faces look like is all that is asked."""
    if not coins:
        return []
    try:
        return list(model.predict(coins, read=False))
    except Exception:
        log.exception("The model failed over %s pictures", len(coins))
        return [None] if len(coins) == 1 else [asked(model, [coin])[0] for coin in coins]


def description(said: Opinion | None, version: str) -> Description:
    if said is None:
        return Description()
    looks = [
        Look(face.network or version, np.asarray(face.embedding, dtype="<f4").tobytes(), face.side)
        for face in said.faces
        if face.embedding is not None
    ]
    sure = said.fields if said.state == "suggested" else {}
    shows = {name: seen for name in FIELDS if (seen := shown(name, sure.get(name)))}
    return Description(
        tuple(looks), {attribution.PLAIN[name]: seen for name, seen in shows.items()}
    )


def shown(field: str, answer: Answer | None) -> Seen | None:
    if answer is None or answer.abstained or answer.best is None:
        return None
    return Seen(tuple(attribution.choices(field, answer.best.label)), answer.best.confidence)
