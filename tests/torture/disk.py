"""A disk that writes down what it is asked, and what is on it when the power goes.

What was written before a file's last sync is there. Of what came after, each write may have got
there, or not, or in part: a disk keeps or loses sectors of 512 bytes, in any order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import apsw

SECTOR = 512


class Event(NamedTuple):
    """One thing that was asked of the disk, or, as ``told``, what was said to be saved then."""

    what: str
    """``write``, ``truncate``, ``sync`` or ``told``."""
    file: str = ""
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """The usual file system, with a tape."""

    def __init__(self, name: str, tape: list[Event]) -> None:
        self.tape = tape
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(name, flags, self.tape)

    def xDelete(self, name: str, syncdir: bool) -> None:
        self.tape.append(Event("truncate", Path(name).name))
        super().xDelete(name, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], tape: list[Event]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(path).name if path else ""
        self._tape = tape
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._tape.append(Event("write", self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        self._tape.append(Event("truncate", self._name, newsize))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._tape.append(Event("sync", self._name))


def after_a_cut(
    begun: dict[str, bytes], tape: list[Event], cut: int, dice: random.Random
) -> dict[str, bytes]:
    """The files as they are found when the power went after so many events."""
    files = {name: bytearray(data) for name, data in begun.items()}
    waiting: dict[str, list[Event]] = {}
    for event in tape[:cut]:
        if event.what == "sync":
            _apply(files, waiting.pop(event.file, []), _whole)
        elif event.what != "told":
            waiting.setdefault(event.file, []).append(event)
    for events in waiting.values():
        _apply(files, events, lambda event: _what_got_there(event, dice))
    return {name: bytes(data) for name, data in files.items()}


def _apply(
    files: dict[str, bytearray],
    events: list[Event],
    pieces: Callable[[Event], Iterator[tuple[int, bytes]]],
) -> None:
    for event in events:
        data = files.setdefault(event.file, bytearray())
        if event.what == "truncate":
            if list(pieces(event)):
                del data[event.at :]
            continue
        for at, piece in pieces(event):
            if len(data) < at + len(piece):
                data.extend(bytes(at + len(piece) - len(data)))
            data[at : at + len(piece)] = piece


def _whole(event: Event) -> Iterator[tuple[int, bytes]]:
    yield event.at, event.data


def _what_got_there(event: Event, dice: random.Random) -> Iterator[tuple[int, bytes]]:
    luck = dice.random()
    if luck < 0.4:
        yield event.at, event.data
    elif luck < 0.7 and event.what == "write":
        first = event.at // SECTOR * SECTOR
        for start in range(first, event.at + len(event.data), SECTOR):
            if dice.random() < 0.5:
                at = max(start, event.at)
                end = start + SECTOR - event.at
                yield at, event.data[at - event.at : end]
