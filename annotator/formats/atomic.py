"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.formats.targets import check_target


def write_whole(path: Path, data: bytes, *, makes_folders: bool = False) -> None:
    """Write to a temporary file beside it, then rename.

    A link stays a link, and a device or pipe is written to, not replaced. :class:`BadInput`
    says why it cannot be written, or that :func:`check_target` does not let it; then what was
    there before is untouched. With ``makes_folders`` missing folders are made.
    """
    check_target(path, makes_folders=makes_folders)
    path = path.resolve()
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
