"""The pages of a SQLite file, read without SQLite: the records on them, one by one.

For what is left of a damaged file. A page of a b-tree has its kind in its first byte and the
places of its cells in a list; a long record goes on in a chain of overflow pages. See
https://www.sqlite.org/fileformat2.html for the layout.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_MAGIC = b"SQLite format 3\x00"
_USUAL_PAGE = 4096
_HEADER = 100
"""Bytes of the first page that come before its b-tree."""
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INSIDE = 0x0D, 0x0A, 0x02
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_WAL_HEADER, _FRAME_HEADER = 32, 24

Read = Callable[[int], bytes]
"""A page by its number, from 1; empty when there is none."""


class Cell(NamedTuple):
    """A record: of a table its rowid and columns, of an index only columns."""

    rowid: int | None
    values: tuple[Any, ...]


class Damaged(ValueError):
    """These bytes are no record."""


def cells(path: Path) -> Iterator[Cell]:
    """All records that can be made out, in the file and what its log has committed."""
    data = path.read_bytes()
    size = page_size(data)
    newer = _log(path.with_name(path.name + "-wal"), size)
    last = max(-(-len(data) // size), max(newer, default=0))

    def read(number: int) -> bytes:
        return newer.get(number) or data[(number - 1) * size : number * size]

    for number in range(1, last + 1):
        page = read(number)
        if len(page) == size:
            yield from _Page(page, _HEADER if number == 1 else 0, read, last * size).cells()


def page_size(data: bytes) -> int:
    """As the file says, or the usual one where its beginning is destroyed."""
    if data[:16] != _MAGIC:
        return _USUAL_PAGE
    (told,) = struct.unpack_from(">H", data, 16)
    told = 65536 if told == 1 else told
    return told if told >= 512 and told & (told - 1) == 0 else _USUAL_PAGE


def user_version(path: Path) -> int | None:
    """The number that a program put in the header; None where the beginning is destroyed."""
    data = path.read_bytes()
    newer = _log(path.with_name(path.name + "-wal"), page_size(data))
    first = newer.get(1) or data[:_HEADER]
    if len(first) < _HEADER or first[:16] != _MAGIC:
        return None
    (told,) = struct.unpack_from(">I", first, 60)
    return int(told)


def _log(path: Path, size: int) -> dict[int, bytes]:
    """The newest committed version of each page in a write-ahead log."""
    data = path.read_bytes() if path.exists() else b""
    if len(data) < _WAL_HEADER or struct.unpack_from(">I", data)[0] not in _WAL_MAGIC:
        return {}
    salts = data[16:24]
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(data) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, committed = struct.unpack_from(">II", data, at)
        if data[at + 8 : at + 16] != salts:
            break  # of an earlier round of the log
        waiting[number] = data[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        if committed:
            found.update(waiting)
            waiting = {}
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    data: bytes
    start: int
    read: Read
    longest: int
    """Bytes that there are at all; a record that says it is longer is none."""

    def cells(self) -> Iterator[Cell]:
        kind = self.data[self.start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INSIDE):
            return
        (count,) = struct.unpack_from(">H", self.data, self.start + 3)
        first = self.start + (12 if kind == _INDEX_INSIDE else 8)
        if first + 2 * count > len(self.data):
            return
        for at in struct.unpack_from(f">{count}H", self.data, first):
            try:
                yield self._cell(kind, at)
            except (Damaged, IndexError, struct.error, UnicodeDecodeError):
                continue

    def _cell(self, kind: int, at: int) -> Cell:
        at += 4 if kind == _INDEX_INSIDE else 0  # the page on its left
        length, at = _varint(self.data, at)
        rowid: int | None = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(self.data, at)
            rowid -= (rowid >> 63) << 64
        return Cell(rowid, _values(self._payload(length, at, kind == _TABLE_LEAF)))

    def _payload(self, length: int, at: int, table: bool) -> bytes:
        """The bytes of a record, those on overflow pages too."""
        usable = len(self.data)
        if length > self.longest:
            raise Damaged
        most = usable - 35 if table else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return self._piece(at, length)
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        found = bytearray(self._piece(at, here))
        (following,) = struct.unpack_from(">I", self.data, at + here)
        while len(found) < length:
            page = self.read(following) if following else b""
            if len(page) != usable:
                raise Damaged
            (following,) = struct.unpack_from(">I", page)
            found += page[4:]
        return bytes(found[:length])

    def _piece(self, at: int, length: int) -> bytes:
        if at + length > len(self.data):
            raise Damaged
        return self.data[at : at + length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for number in range(8):
        byte = data[at + number]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + number + 1
    return value << 8 | data[at + 8], at + 9


_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FLOAT, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


def _values(record: bytes) -> tuple[Any, ...]:
    """The columns of a record."""
    end, at = _varint(record, 0)
    if end > len(record):
        raise Damaged
    body = end
    found = []
    while at < end:
        kind, at = _varint(record, at)
        value, body = _value(record, kind, body)
        found.append(value)
    if body != len(record):
        raise Damaged
    return tuple(found)


def _value(record: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, at
    if kind in _WIDTHS or kind == _FLOAT:
        end = at + _WIDTHS.get(kind, 8)
        piece = _bytes(record, at, end)
        if kind == _FLOAT:
            return struct.unpack(">d", piece)[0], end
        return int.from_bytes(piece, "big", signed=True), end
    if kind < _FIRST_BLOB:
        raise Damaged
    end = at + (kind - _FIRST_BLOB) // 2
    piece = _bytes(record, at, end)
    return (piece.decode() if kind % 2 else piece), end


def _bytes(record: bytes, at: int, end: int) -> bytes:
    if end > len(record):
        raise Damaged
    return record[at:end]
