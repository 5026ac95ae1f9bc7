"""What held-out photos teach, on numbers made here."""

import numpy as np
import pytest

from identify import decide
from identify.ml.teaching import judging
from identify.ml.teaching.judging import Known


def clusters(count: int = 60, noise: float = 0.1, seed: int = 0):
    dice = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    embeddings = np.eye(6)[truth] + dice.normal(0, noise, (count, 6))
    logits = 8 * embeddings[:, :3]
    return logits.astype(np.float32), embeddings.astype(np.float32), truth


def test_places_lie_where_the_photos_do():
    _logits, embeddings, truth = clusters()
    known = Known.of(embeddings, truth)
    assert set(known.owners) == {0, 1, 2}
    assert (known.owners[known.near(embeddings).argmin(1)] == truth).all()


def test_a_stranger_looks_stranger():
    logits, embeddings, truth = clusters()
    known = Known.of(embeddings, truth)
    told = judging.judged(logits, embeddings, truth, known)
    rule = decide.UnknownRule(**told["unknown"])
    stranger = np.array([[0, 0, 0, 0, 0, 1]], np.float32)
    (odd,) = judging.figures(8 * stranger[:, :3], known.near(stranger))
    (like,) = judging.figures(logits[:1], known.near(embeddings[:1]))
    assert decide.unknown(rule, like) < told["unknown"]["limit"] < decide.unknown(rule, odd)


def test_a_network_that_exaggerates_is_cooled():
    logits, embeddings, truth = clusters(600, noise=0.5)
    known = Known.of(embeddings, truth)
    modest, loud = (
        judging.judged(scale * logits, embeddings, truth, known)["temperature"] for scale in (1, 10)
    )
    assert loud == pytest.approx(10 * modest, rel=0.1)


def test_thirty_photos_that_were_right_do_not_make_it_infallible():
    logits, embeddings, truth = clusters(30, noise=0.02)
    told = judging.judged(logits, embeddings, truth, Known.of(embeddings, truth))
    assert told["temperature"] > 0.25
    assert told["threshold"] <= 0.5


def test_too_few_photos_teach_nothing():
    logits, embeddings, truth = clusters(6)
    told = judging.judged(logits, embeddings, truth, Known.of(embeddings, truth))
    assert told == judging.PLAIN
