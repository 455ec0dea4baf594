"""A codebook as a TOML file: read with errors that say what is wrong with it, written whole."""

from __future__ import annotations

from pathlib import Path

from annotator.core.book.toml_out import encode
from annotator.core.codebook import Start, parse
from annotator.core.errors import BadInput
from annotator.formats.atomic import write_whole


def read(path: Path) -> Start:
    """The codebook in a file; :class:`BadInput` when there is none."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        raise BadInput(f"The codebook {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The codebook {path} is not UTF-8 text; save it as UTF-8.") from error


def write(path: Path, start: Start) -> None:
    """Write a codebook; raises what :func:`write_whole` does."""
    write_whole(path, encode(start).encode("utf-8"))
