"""Putting what a format writes in its place, whole or not at all.

It is written in a folder beside its place first. So whoever asks can look at the losses before
anything is there, and take it or leave it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing, Writer
from annotator.formats.targets import check_target


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and waits; nothing is in its place before :meth:`keep`."""

    losses: Losses
    to: Path
    _made: Path
    _folder: Path

    def keep(self) -> list[Path]:
        """Put it in its place; what was there before is replaced. The files and folders it is.

        :class:`BadInput` when :func:`check_target` does not let one of them be replaced.
        """
        try:
            beside = sorted(path for path in self._folder.iterdir() if path != self._made)
            for path in (self.to, *(self.to.with_name(path.name) for path in beside)):
                check_target(path, makes_folders=True)
            return [
                *(_placed(path, self.to.with_name(path.name)) for path in beside),
                _placed(self._made, self.to),
            ]
        except OSError as error:
            raise BadInput(f"{self.to} cannot be written: {error.strerror}.") from error

    def copy_to(self, stream: BinaryIO) -> None:
        """What is one file into a stream, such as standard output; what that raises goes on."""
        with self._made.open("rb") as file:
            shutil.copyfileobj(file, stream)


@contextmanager
def written(
    format: Format, outgoing: Outgoing, to: Path, options: Mapping[str, str] | None = None
) -> Iterator[Written]:
    """Write, and remove what was not kept.

    :class:`BadInput` when it cannot be written, the format has no such option, a folder at ``to``
    has something in it, or :func:`check_target` does not let it be. What is a folder makes those
    above it.
    """
    if format.write is None:
        raise BadInput(f"{format.title} can only be read.")
    asked = format.asked(options)
    check_target(to, makes_folders=format.folder)
    to = to.resolve()
    if format.folder and to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BadInput(f"{to} exists already and is not empty; name another folder.")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{to.name[:80]}.", dir=to.parent))
    except OSError as error:
        raise BadInput(f"{to} cannot be written: {error.strerror}.") from error
    try:
        made = folder / to.name
        yield Written(_losses(format.write, outgoing, made, asked, to), to, made, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _losses(write: Writer, outgoing: Outgoing, made: Path, asked: Asked, to: Path) -> Losses:
    try:
        return write(outgoing, made, asked)
    except OSError as error:
        raise BadInput(f"{to} cannot be written: {error.strerror or error}.") from error


def _placed(made: Path, to: Path) -> Path:
    if made.is_dir():
        if to.exists():
            to.rmdir()
        made.rename(to)
        return to
    with made.open("rb") as file:
        os.fsync(file.fileno())
    if to.exists() and not to.is_file():  # a device or a pipe is written to
        to.write_bytes(made.read_bytes())
    else:
        made.replace(to)
    return to
