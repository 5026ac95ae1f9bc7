"""The index of embeddings, in files and in PostgreSQL: the same answers, whatever happened before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from identify.similar import Neighbours, keeping
from identify.similar.files import FileNeighbours
from identify.similar.store import SHORT, shortener, unit

WIDE = 160  # longer than the short list's vectors


def vectors(count: int, dimensions: int = WIDE, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)


@pytest.fixture(params=["files", "pgvector"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Neighbours]:
    if request.param == "files":
        yield FileNeighbours(tmp_path / "similar", WIDE)
        return
    request.getfixturevalue("db")
    if connection.vendor != "postgresql":
        pytest.skip("pgvector needs the tests to run on PostgreSQL")
    from identify.similar.postgres import PostgresNeighbours, is_there

    if not is_there():
        pytest.skip("this PostgreSQL has no pgvector")
    with connection.cursor() as cursor:  # photos are not what is tested here
        cursor.execute("ALTER TABLE identify_neighbour DROP CONSTRAINT IF EXISTS identify_neighbour_photo_id_fkey")  # fmt: skip
    yield PostgresNeighbours("test", WIDE)


def test_the_nearest_come_first(store: Neighbours) -> None:
    rows = vectors(50)
    store.add(range(100, 150), list(rows))
    found = store.search(rows[7], 3)
    assert found[0] == (107, pytest.approx(1.0, abs=1e-3))
    expected = np.argsort(-(unit(rows) @ unit(rows[7])[0]))[:3] + 100
    assert [photo for photo, _score in found] == expected.tolist()


def test_nothing_in_it_nothing_found(store: Neighbours) -> None:
    assert store.search(vectors(1)[0], 5) == []
    store.add([], [])
    store.remove([1])
    assert len(store) == 0


def test_only_among_those_that_may_be_seen(store: Neighbours) -> None:
    rows = vectors(10)
    store.add(range(10), list(rows))
    assert [photo for photo, _score in store.search(rows[3], 5, among=[1, 2])] != []
    assert {photo for photo, _score in store.search(rows[3], 5, among={1, 2, 99})} == {1, 2}
    assert store.search(rows[3], 5, among=[]) == []


def test_the_few_that_may_be_seen_are_found_behind_the_many_that_may_not(
    store: Neighbours,
) -> None:
    """An index of neighbours would look at the nearest and drop all of them."""
    middle = vectors(1)[0]
    crowd = middle + vectors(1200, seed=2) * 0.1
    far = vectors(6, seed=3)
    store.add(range(1200), list(crowd))
    store.add(range(5000, 5006), list(far))
    found = [photo for photo, _score in store.search(middle, 6, among=range(5000, 5006))]
    assert sorted(found) == list(range(5000, 5006))


def test_what_was_removed_is_gone(store: Neighbours) -> None:
    rows = vectors(20)
    store.add(range(20), list(rows))
    store.remove([3, 99])
    assert 3 not in [photo for photo, _score in store.search(rows[3], 20)]
    assert len(store) == 19


def test_another_look_replaces_the_vector(store: Neighbours) -> None:
    rows = vectors(5)
    store.add(range(4), list(rows[:4]))
    store.add([2], [rows[4]])
    assert store.search(rows[4], 1)[0][0] == 2
    assert len(store) == 4
    assert dict(store.search(rows[2], 9))[2] < 0.9


def test_the_later_of_two_vectors_of_one_photo_stays(store: Neighbours) -> None:
    rows = vectors(2)
    store.add([7, 7], list(rows))
    assert len(store) == 1
    assert store.search(rows[1], 1) == [(7, pytest.approx(1.0, abs=1e-3))]


def test_no_more_than_were_asked_for(store: Neighbours) -> None:
    store.add(range(9), list(vectors(9)))
    assert len(store.search(vectors(1)[0], 4)) == 4
    assert store.search(vectors(1)[0], 0) == []


def test_a_vector_of_nothing_is_near_nothing(store: Neighbours) -> None:
    store.add([1, 2], [np.zeros(WIDE, np.float32), np.full(WIDE, np.nan, np.float32)])
    assert [score for _photo, score in store.search(vectors(1)[0], 2)] == [0.0, 0.0]


@pytest.mark.django_db
def test_where_there_is_no_pgvector_the_files_do_it(tmp_path: Path, settings: Any) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("this database may have pgvector")
    settings.DATA_DIR = tmp_path
    assert isinstance(keeping.store("model", WIDE), FileNeighbours)


# --- files alone -----------------------------------------------------------------
def test_another_process_sees_what_was_added(tmp_path: Path) -> None:
    rows = vectors(3)
    writer, reader = (FileNeighbours(tmp_path / "similar", WIDE) for _ in range(2))
    writer.add([1], [rows[0]])
    assert reader.search(rows[0], 1)[0][0] == 1
    writer.add([2], [rows[1]])
    assert reader.search(rows[1], 1)[0][0] == 2


def test_holes_are_packed_and_nothing_is_lost(tmp_path: Path) -> None:
    rows = vectors(40)
    store = FileNeighbours(tmp_path / "similar", WIDE)
    reader = FileNeighbours(tmp_path / "similar", WIDE)
    store.add(range(40), list(rows))
    store.remove(range(0, 30))
    assert len(store.rows()) == len(store) == 10
    assert sorted(store.ids().tolist()) == list(range(30, 40))
    assert reader.search(rows[35], 1)[0] == (35, pytest.approx(1.0, abs=1e-3))
    store.add([50], [rows[0]])
    assert reader.search(rows[0], 1)[0][0] == 50


def test_what_a_killed_writer_left_is_written_over(tmp_path: Path) -> None:
    rows = vectors(3)
    store = FileNeighbours(tmp_path / "similar", WIDE)
    store.add([1], [rows[0]])
    with store.path("full").open("ab") as file:
        file.write(b"half a row")
    store.add([2], [rows[1]])
    assert store.search(rows[1], 1)[0] == (2, pytest.approx(1.0, abs=1e-3))


def test_a_photo_without_its_vectors_is_never_seen(tmp_path: Path) -> None:
    """The ids are written last: vectors beyond them belong to nobody."""
    rows = vectors(3)
    store = FileNeighbours(tmp_path / "similar", WIDE)
    store.add([1], [rows[0]])
    with store.path("short").open("ab") as file:
        file.write((rows[1] @ store.shortener).astype(np.float32).tobytes())
    assert [photo for photo, _score in store.search(rows[1], 5)] == [1]


def test_short_vectors_are_not_shortened() -> None:
    assert (shortener(8) == np.eye(8)).all()
    assert shortener(WIDE).shape == (WIDE, SHORT)
    assert (shortener(WIDE) == shortener(WIDE)).all()


def test_the_short_list_loses_no_neighbour_worth_having(tmp_path: Path) -> None:
    """Groups of like coins among thousands: the first look must not lose them."""
    dice = np.random.default_rng(4)
    middles = dice.normal(size=(300, 256)).astype(np.float32)
    rows = np.repeat(middles, 10, axis=0) + dice.normal(size=(3000, 256)).astype(np.float32) * 0.8
    store = FileNeighbours(tmp_path / "similar", 256)
    store.add(range(3000), list(rows))
    exact = unit(rows)
    for asked in range(0, 3000, 300):
        expected = set(np.argsort(-(exact @ exact[asked]))[:5].tolist())
        found = {photo for photo, _score in store.search(rows[asked], 5)}
        assert len(found & expected) >= 4


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "remove"]), st.lists(st.integers(0, 12), max_size=6)),
        max_size=12,
    )
)
def test_whatever_comes_and_goes_the_files_hold_what_a_dict_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[int]]]
) -> None:
    store = FileNeighbours(tmp_path_factory.mktemp("similar"), 8)
    held: dict[int, np.ndarray] = {}
    for number, (what, photos) in enumerate(steps):
        if what == "add":
            rows = vectors(len(photos), 8, seed=number)
            store.add(photos, list(rows))
            held |= dict(zip(photos, rows, strict=True))
        else:
            store.remove(photos)
            held = {photo: row for photo, row in held.items() if photo not in photos}
        assert sorted(store.ids().tolist()) == sorted(held)
    for photo, row in held.items():
        assert dict(store.search(row, 20))[photo] == pytest.approx(1.0, abs=2e-3)
