"""Letters as a die cutter makes them: a few strokes of the graver with a dot at each end. Set along an
arc, each stroke bends with it. Scripts of which a coin has a word only are spelled out in strokes too."""

import math
from functools import cache

from catalog.demo.drawing.relief import Point, arc

# Strokes on a grid of 10 by 10, joined by "-", apart by space; "(x,y,r,from,to)" is an arc.
SHAPES = {
    "A": "0,10-4,0-8,10 1.5,6.5-6.5,6.5",
    "B": "0,0-0,10 0,0-3.5,0 0,4.8-3.5,4.8 0,10-3.8,10 (3.5,2.4,2.4,-90,90) (3.8,7.4,2.6,-90,90)",
    "C": "(5,5,5,-50,-310)", "D": "0,0-0,10 0,0-2.5,0 0,10-2.5,10 (2.5,5,5,-90,90)",
    "E": "6,0-0,0-0,10-6,10 0,4.8-4.5,4.8", "F": "6,0-0,0-0,10 0,4.8-4.5,4.8",
    "G": "(5,5,5,-50,-325) 9,8.2-9,5.4-6.4,5.4", "H": "0,0-0,10 7.5,0-7.5,10 0,4.9-7.5,4.9",
    "I": "0.5,0-0.5,10", "J": "4,0-4,7.5 (1.8,7.7,2.2,0,150)",
    "K": "0,0-0,10 6.5,0-0,5.4 2,4-7,10", "L": "0,0-0,10-6,10",
    "M": "0,10-1.2,0-5,7.5-8.8,0-10,10", "N": "0,10-0,0-7.5,10-7.5,0",
    "O": "(5,5,5,0,360)", "P": "0,10-0,0-3.5,0 0,5.4-3.5,5.4 (3.5,2.7,2.7,-90,90)",
    "Q": "(5,5,5,0,360) 5.5,7-9.8,10.8",
    "R": "0,10-0,0-3.5,0 0,5.2-3.5,5.2-7.4,10 (3.5,2.6,2.6,-90,90)",
    "S": "(3,2.5,2.5,-25,-270) (3,7.5,2.5,-90,155)", "T": "0,0-8,0 4,0-4,10",
    "U": "0,0-0,6.4 7.2,6.4-7.2,0 (3.6,6.4,3.6,180,0)", "V": "0,0-4,10-8,0",
    "W": "0,0-2.8,10-5.6,1.5-8.4,10-11.2,0", "X": "0,0-7.5,10 7.5,0-0,10",
    "Y": "0,0-3.8,5-7.6,0 3.8,5-3.8,10", "Z": "0,0-7,0-0,10-7,10",
    "Γ": "0,10-0,0-6,0", "Δ": "0,10-4.4,0-8.8,10-0,10", "Θ": "(5,5,5,0,360) 3,5-7,5",
    "Λ": "0,10-4,0-8,10", "Ξ": "0,0-7,0 1,5-6,5 0,10-7,10", "Π": "0,10-0,0-7.5,0-7.5,10",
    "Σ": "7,0-0,0-4,5-0,10-7,10", "Φ": "(4.5,5,3.8,0,360) 4.5,-1-4.5,11",
    "Ψ": "0,0-0,3.5 8,3.5-8,0 (4,3.5,4,180,0) 4,0-4,10",
    "Ω": "0,10-2.6,10 7.4,10-10,10 (5,4.8,4.6,125,415)",
    "0": "(3.6,5,5,0,360)", "1": "0.5,2-2.6,0-2.6,10", "2": "(3,3,3,180,380) 5.8,4.2-0,10-6.4,10",
    "3": "(2.8,2.6,2.6,-150,90) (2.8,7.4,2.6,-90,150)", "4": "5,10-5,0-0,7-7,7",
    "5": "5.8,0-0.8,0-0.4,4.6 (2.8,6.8,3.2,-135,140)",
    "6": "(3,6.9,3.1,0,360) 5.4,0.4-0.5,5.2", "7": "0,0-6.4,0-2.2,10",
    "8": "(3,2.4,2.4,0,360) (3,7.3,2.8,0,360)", "9": "(3,3.1,3.1,0,360) 5.9,4.6-1.6,10",
    "·": "1,5-1.2,5", ".": "0.5,9.6-0.7,9.6", "-": "0,5-4.5,5", "/": "0,10-4,0", "’": "1,0-0.4,2.4",
    "*": "3,1.5-3,8.5 0,3.2-6,6.8 0,6.8-6,3.2", "+": "3.5,2-3.5,9 0,5.5-7,5.5", "€": "(5,5,5,-50,-310) -1,4-5,4 -1,6-5,6",
    "日": "1.5,0-1.5,10-8.5,10-8.5,0-1.5,0 1.5,5-8.5,5",
    "本": "5,0-5,10 0.5,2.6-9.5,2.6 5,2.6-0.5,8 5,2.6-9.5,8 3,7.4-7,7.4",
    "国": "0,0-0,10-10,10-10,0-0,0 2,2.2-8,2.2 2.6,4.9-7.4,4.9 2,7.8-8,7.8 5,2.2-5,7.8 6.4,6-7.2,6.9",
    "円": "0.8,10-0.8,0.4-9.2,0.4-9.2,10 5,0.4-5,5 0.8,5-9.2,5", "十": "5,0-5,10 0,4.6-10,4.6",
    "年": "2.4,0-0.6,2.8 2,1.4-9,1.4 2.2,4.4-8.4,4.4 2.6,4.4-2.6,7.2 0,7.2-10,7.2 5.6,1.4-5.6,10.4",
    "二": "1.4,2-8.6,2 0,8.6-10,8.6", "三": "1,1-9,1 1.6,5-8.4,5 0,9-10,9",
    "四": "0,1-0,9.4-10,9.4-10,1-0,1 3.7,1-3.4,4.4-1.8,6 6.2,1-6.2,5.4-8.2,5.4",
    "八": "4,1.5-3,6-0.5,9.6 5.6,0.6-7,6-9.8,9.6",
    "百": "0,0.4-10,0.4 5,0.4-4,3 1.6,3-1.6,10-8.6,10-8.6,3-1.6,3 1.6,6.4-8.6,6.4",
    "昭": "0,1-0,9-3.4,9-3.4,1-0,1 0,5-3.4,5 5,0.6-9.6,0.6-9,4 7.2,0.6-6.6,3-5,4.4 5.4,5.8-5.4,10-9.6,10-9.6,5.8-5.4,5.8",
    "和": "4.4,0-0.8,1.2 0,3.4-5.4,3.4 2.8,1-2.8,10 2.8,3.8-0,7.6 2.8,3.8-5.2,6.6 6.4,2.4-6.4,9.4-10,9.4-10,2.4-6.4,2.4",
    "明": "0,1-0,9-3.6,9-3.6,1-0,1 0,5-3.6,5 5.4,0.4-5.4,6-4.6,10 5.4,0.4-9.6,0.4-9.6,10-8.6,9.4 5.4,3.5-9.6,3.5 5.4,6.6-9.6,6.6",
    "治": "0.4,0.8-1.6,2 0,3.8-1.2,5 0.2,9.6-2.2,6.4 6.2,0-4,4.2-9,3.8 7.8,2.4-9.6,5 4.6,6.2-4.6,10-9,10-9,6.2-4.6,6.2",
}  # fmt: skip
ALIKE = {"Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
         "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "Ä": "A", "Ö": "O", "Ü": "U"}  # fmt: skip
GAP, SPACE = 2.6, 4.5


@cache
def glyph(letter: str) -> tuple[list[list[Point]], float]:
    """Its strokes in units of its height, and its width."""
    strokes: list[list[Point]] = []
    for stroke in SHAPES.get(ALIKE.get(letter, letter), "").split():
        if stroke.startswith("("):
            x, y, r, start, end = (float(n) for n in stroke[1:-1].split(","))
            # a letter is a little narrower than it is high
            strokes.append(arc((x * 0.9, y), r * 0.9, start, end, 1 / 0.9))
        else:
            pairs = stroke.replace("--", "-").split("-") if ",-" not in stroke else split(stroke)
            strokes.append([(float(p.split(",")[0]) * 0.9, float(p.split(",")[1])) for p in pairs])
    width = max((x for stroke in strokes for x, _y in stroke), default=SPACE)
    return [[(x / 10, y / 10) for x, y in stroke] for stroke in strokes], width / 10


def split(stroke: str) -> list[str]:
    """Points with a minus sign in them."""
    return stroke.replace("-", "|").replace(",|", ",-").lstrip("|").split("|")


def width_of(text: str) -> float:
    return sum(glyph(c)[1] + GAP / 10 for c in text) - GAP / 10


def around(
    text: str, radius: float, size: float, middle: float, span: float, inward: bool = False
) -> list[list[Point]]:
    """Strokes along a circle. `middle` and `span` are degrees, clockwise from the top; `inward` stands
    the letters on their heads for a legend that is read along the bottom."""
    natural = width_of(text)
    if not text or natural <= 0:
        return []
    room = math.radians(span) * radius / size
    stretch = min(room / natural, 2.2) if natural > 0 else 1
    squeeze = min(1.0, stretch)
    extra = max(0.0, room - natural) / max(1, len(text) - 1) if stretch > 1 else 0.0
    extra = min(extra, 0.4)
    total = natural * squeeze + extra * (len(text) - 1)
    cursor, strokes = -total / 2, []
    for letter in text:
        lines, width = glyph(letter)
        for line in lines:
            strokes.append(
                [bend(cursor + x * squeeze, y, radius, size, middle, inward) for x, y in line]
            )
        cursor += (width + GAP / 10) * squeeze + extra
    return strokes


def bend(x: float, y: float, radius: float, size: float, middle: float, inward: bool) -> Point:
    along = x * size / radius * (-1 if inward else 1)
    angle = math.radians(middle) + along
    out = radius + size * ((y - 0.5) if inward else (0.5 - y))
    return math.sin(angle) * out, -math.cos(angle) * out


def straight(text: str, centre: Point, size: float, spread: float = 1.0) -> list[list[Point]]:
    cursor, strokes = -width_of(text) * spread / 2, []
    for letter in text:
        lines, width = glyph(letter)
        strokes += [
            [(centre[0] + (cursor + x) * size, centre[1] + (y - 0.5) * size) for x, y in line]
            for line in lines
        ]
        cursor += (width + GAP / 10) * spread
    return strokes
