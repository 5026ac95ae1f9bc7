"""Unpacks WOFF fonts to TrueType, which the makers of PDF files read: woff.py FROM.woff... FOLDER"""

import struct
import sys
import zlib
from pathlib import Path

HEADER = struct.Struct(">4s4sLHHLHHLLLLL")
ENTRY = struct.Struct(">4sLLLL")


def unpack(woff: bytes) -> bytes:
    signature, flavour, _length, count, *_rest = HEADER.unpack_from(woff)
    if signature != b"wOFF":
        raise ValueError("not a WOFF file")
    power = 1 << (count.bit_length() - 1)
    head = flavour + struct.pack(
        ">HHHH", count, 16 * power, power.bit_length() - 1, 16 * (count - power)
    )
    directory, body, start = b"", b"", len(head) + 16 * count
    for number in range(count):
        place = HEADER.size + number * ENTRY.size
        tag, offset, packed, length, checksum = ENTRY.unpack_from(woff, place)
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        directory += struct.pack(">4sLLL", tag, checksum, start + len(body), length)
        body += table + b"\0" * (-length % 4)
    return head + directory + body


def main(files: list[str], folder: str) -> None:
    for file in map(Path, files):
        (Path(folder) / f"{file.stem}.ttf").write_bytes(unpack(file.read_bytes()))


if __name__ == "__main__":
    main(sys.argv[1:-1], sys.argv[-1])
