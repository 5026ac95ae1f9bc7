"""Draws the outlines of land as SVG for the map of mints: the world, and the old world in more detail.

    outline.py node_modules/world-atlas static/vendor

The map needs no tile server: longitude and latitude are x and y, so that a mint is one point."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

Ring = list[tuple[float, float]]
# name, source, smallest step kept in degrees, window (west, south, east, north)
MAPS = (
    ("land-world.svg", "land-110m.json", 0.2, (-180, -60, 180, 84)),
    ("land-old-world.svg", "land-50m.json", 0.2, (-12, 20, 60, 60)),
)


def rings(topology: dict) -> Iterator[Ring]:
    """Every outline of a TopoJSON: arcs are steps on a grid, a ring is arcs end to end."""
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * dx + x0, y * dy + y0))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"]
        for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
            for ring in polygon:
                yield [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]


def inside(ring: Ring, window: tuple[float, float, float, float], margin: float = 6) -> Ring:
    """Far points are drawn to the edge of the window: they are out of sight, and equal ones go."""
    west, south, east, north = window
    return [
        (min(max(x, west - margin), east + margin), min(max(y, south - margin), north + margin))
        for x, y in ring
    ]


def thinned(ring: Ring, step: float) -> Ring:
    kept: Ring = []
    for point in ring:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
            kept.append(point)
    return kept


def outline(points: Ring) -> str:
    """The pen is lifted where a ring steps over the date line, or it would draw across the world."""
    parts = []
    for before, (x, y) in zip([points[-1], *points], points, strict=False):
        pen = "M" if not parts or abs(x - before[0]) > 180 else "L"
        parts.append(f"{pen}{x:.1f} {-y:.1f}")
    return "".join(parts) + "Z"


def drawing(source: Path, step: float, window: tuple[float, float, float, float]) -> str:
    paths = []
    for ring in rings(json.loads(source.read_text())):
        points = thinned(inside(ring, window), step)
        if len(set(points)) > 3:
            paths.append(outline(points))
    west, south, east, north = window
    box = f"{west} {-north} {east - west} {north - south}"
    # one grey that is quiet on light and on dark: an image cannot see the page's colours
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="none">'
        f'<path fill="#8f887c" fill-opacity=".28" d="{"".join(paths)}"/></svg>\n'
    )


def main(source: str, target: str) -> None:
    for name, topology, step, window in MAPS:
        (Path(target) / name).write_text(drawing(Path(source) / topology, step, window))


if __name__ == "__main__":
    main(*sys.argv[1:])
