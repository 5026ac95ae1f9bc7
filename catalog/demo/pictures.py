"""Which pictures a coin of the demo has, and drawing them all on every core. Knows no Django, so that
the processes that draw start at once."""

import os
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from catalog.demo import drawing
from catalog.demo.drawing import Face

Record = dict[str, Any]
Pictures = list[tuple[str, bytes]]  # by role
Painter = Callable[[Iterable[Record]], list[Pictures]]
CORES = 4


def draw_all(records: Iterable[Record]) -> list[Pictures]:
    cores = min(CORES, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        return list(pool.map(draw_coin, records, chunksize=4))


def draw_coin(record: Record) -> Pictures:
    roles = roles_of(record)
    if "both" in roles:
        return [
            ("both", drawing.side_by_side(*(drawing.draw(face(record, side)) for side in SIDES)))
        ]
    return [(role, draw_role(record, role)) for role in roles]


SIDES = ("obverse", "reverse")


def roles_of(record: Record) -> list[str]:
    wanted = record.get("photos", "obverse reverse" if "draw" in record else "none")
    return [] if wanted == "none" else wanted.split()


def draw_role(record: Record, role: str) -> bytes:
    seed = record.get("twin_of") or record["number"] or record["title"]
    if role == "edge":
        return drawing.edge_view(record["draw"]["metal"], record["draw"].get("edge", ""), seed)
    if role == "other":
        words = [record["title"], record.get("date", ""), record["number"]]
        return drawing.ticket([word for word in words if word], zlib.crc32(seed.encode()))
    data = drawing.draw(face(record, role))
    return drawing.saved_again(data) if "twin_of" in record else data


def face(record: Record, side: str) -> Face:
    drawn = record["draw"]
    motif, legend, below = (*drawn[side], "", "")[:3]
    seed = f"{record.get('twin_of') or record['number']} {side}"
    make, wear = drawn.get("make", "struck"), drawn.get("wear", 0.3)
    return Face(motif, drawn["metal"], legend, below, make, wear, seed)
