"""As much of the FlatBuffers format as a .tflite file needs: tables, vectors and numbers, read only."""

import struct
from dataclasses import dataclass


class BrokenBuffer(ValueError):
    pass


@dataclass(frozen=True)
class Table:
    data: bytes
    at: int

    @classmethod
    def root(cls, data: bytes) -> "Table":
        return cls(data, _number(data, "I", 0))

    def number(self, field: int, kind: str, default: int = 0) -> int:
        where = self._where(field)
        return _number(self.data, kind, where) if where else default

    def table(self, field: int) -> "Table | None":
        where = self._where(field)
        return Table(self.data, self._follow(where)) if where else None

    def tables(self, field: int) -> list["Table"]:
        start, count = self._vector(field)
        return [Table(self.data, self._follow(start + 4 * index)) for index in range(count)]

    def bytes(self, field: int, size: int = 1) -> bytes:
        """The vector's raw bytes; `size` is that of one element."""
        start, count = self._vector(field)
        return self.data[start : start + count * size]

    def _where(self, field: int) -> int:
        """0 where the field is left out."""
        layout = self.at - _number(self.data, "i", self.at)
        entry = 4 + 2 * field
        if entry >= _number(self.data, "H", layout):
            return 0
        offset = _number(self.data, "H", layout + entry)
        return self.at + offset if offset else 0

    def _follow(self, where: int) -> int:
        return where + _number(self.data, "I", where)

    def _vector(self, field: int) -> tuple[int, int]:
        where = self._where(field)
        if not where:
            return 0, 0
        start = self._follow(where)
        return start + 4, _number(self.data, "I", start)


def _number(data: bytes, kind: str, at: int) -> int:
    try:
        found: int = struct.unpack_from(f"<{kind}", data, at)[0]
    except struct.error as error:
        raise BrokenBuffer("The file ends in the middle.") from error
    return found
