"""Reading a file of ours that people edit: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import BadInput


def read_utf8(path: Path, what: str) -> str:
    """The text of a file; :class:`BadInput` says why there is none of it.

    ``what`` it is begins the sentence, such as ``The codebook``.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{what} {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{what} {path} is not UTF-8 text; save it as UTF-8.") from error
