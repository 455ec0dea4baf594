"""A codebook as a TOML file: read with errors that say what is wrong with it, written whole."""

from __future__ import annotations

from pathlib import Path

from annotator.core.book.toml_out import encode
from annotator.core.codebook import Start, parse
from annotator.formats.atomic import write_whole
from annotator.formats.utf8 import read_utf8


def read(path: Path) -> Start:
    """The codebook in a file; :class:`BadInput` when there is none."""
    return parse(read_utf8(path, "The codebook"), path.name)


def write(path: Path, start: Start) -> None:
    """Write a codebook; raises what :func:`write_whole` does."""
    write_whole(path, encode(start).encode("utf-8"))
