"""Predictors that say what a test wants to hear."""

import threading
from collections.abc import Callable, Sequence

import numpy as np

from identify.values import Answer, Candidate, Face, Heat, Opinion, Photographed, Predictor

VERSION = "fake-1"


def nobody() -> None:
    """A site without a model."""


def answer(*pairs: tuple[str, float], **values: object) -> Answer:
    candidates = tuple(Candidate(label, confidence) for label, confidence in pairs)
    return Answer(candidates, **values)  # type: ignore[arg-type]


def opinion(state: str = "suggested", **values: object) -> Opinion:
    fields = {
        "ruler": answer(("Trajan", 0.97), ("Hadrian", 0.02)),
        "denomination": answer(("Denarius", 0.81), ("Quinarius", 0.12)),
    }
    told = {
        "scope": Candidate("roman_imperial", 0.99),
        "fields": fields if state == "suggested" else {},
        "model": VERSION,
        "seconds": 0.04,
    } | values
    return Opinion(state, **told)  # type: ignore[arg-type]


def seen(names: Sequence[str]) -> tuple[Face, ...]:
    return tuple(
        Face(name, "obverse", (0.5, 0.5, 0.45), np.arange(8, dtype=np.float32)) for name in names
    )


class Fake:
    """Says the same of every coin, and remembers what it was asked."""

    def __init__(self, says: Opinion | Callable[[Photographed], Opinion] | None = None) -> None:
        self.says = says or opinion()
        self.version = VERSION
        self.calls: list[list[Photographed]] = []
        self.explained: list[tuple[str, str, str]] = []
        self.lock = threading.Lock()

    def predict(
        self, coins: Sequence[Photographed], scope: str = "", top: int = 5, read: bool = True
    ) -> list[Opinion]:
        with self.lock:
            self.calls.append(list(coins))
        return [self.of(coin) for coin in coins]

    def explain(self, coin: Photographed, scope: str, field: str, label: str) -> list[Heat]:
        """Hot in the upper left quarter of each face; another label is another request."""
        self.explained.append((scope, field, label))
        values = np.zeros((8, 8), np.float32)
        values[:4, :4] = 1.0
        return [Heat(values, (0.5, 0.5, 0.468)) for _image in coin.images]

    def of(self, coin: Photographed) -> Opinion:
        if callable(self.says):
            return self.says(coin)
        faces = seen(coin.names)
        return Opinion(**{**vars(self.says), "faces": self.says.faces or faces})


class Standing:
    """Who serves in this test: `IDENTIFY_PREDICTOR` is the path of a function, and calls this."""

    predictor: Predictor | None = None


def standing() -> Predictor | None:
    return Standing.predictor
