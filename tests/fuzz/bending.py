"""Bending files: a byte here, a piece twice, half of it gone, a word that readers stumble over."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

_STUMBLING = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u2028\u202e\ufeff".encode(), b"-1",
    b"99999999999999999999", b"1e999", b"NaN", b"null", b"[]", b"{}", b"\"", b"'", b"<", b"&x;",
    b"<!ENTITY x \"y\">", b"../../x", b"[" * 2000, b"<a>" * 2000, b"\r", b"\t\t\t", b"\n" * 50,
    b"\\ud800", b"\\u0000", b"2025-99-99", b"T0", b"R1 x Arg1:T1 Arg2:T1", b"0",
)  # fmt: skip


def bent(data: bytes, dice: random.Random) -> bytes:
    """The data, with a few things done to it; inside a zip file to one of its entries."""
    if data[:4] == b"PK\x03\x04" and dice.random() < 0.85:
        return _bent_inside(data, dice)
    for _ in range(dice.choice((1, 1, 2, 5))):
        data = _bent_once(data, dice)
    return data


def _bent_once(data: bytes, dice: random.Random) -> bytes:
    at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    match dice.randrange(7):
        case 0 if data and at < len(data):
            return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[to:]
        case 2:
            return data[:at] + data[at:to] * dice.choice((2, 3)) + data[to:]
        case 3:
            return data[:at] + dice.choice(_STUMBLING) + data[at:]
        case 4:
            return data[:at] + dice.choice(_STUMBLING) + data[to:]
        case 5:
            return data[:at]
        case _:
            return data[:at] + dice.randbytes(dice.randrange(1, 9)) + data[at:]


def _bent_inside(data: bytes, dice: random.Random) -> bytes:
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
            entries = old.infolist()
            unlucky = dice.choice(entries)
            for entry in entries:
                inside = old.read(entry)
                if entry is unlucky and dice.random() < 0.1:
                    continue
                new.writestr(entry.filename, bent(inside, dice) if entry is unlucky else inside)
    except (zipfile.BadZipFile, IndexError, zlib.error):
        return _bent_once(data, dice)
    return made.getvalue()


def bend(path: Path, dice: random.Random) -> None:
    """A file, or one file of a folder, bent in its place."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    if files:
        chosen = dice.choice(files)
        chosen.write_bytes(bent(chosen.read_bytes(), dice))
