"""Where an analyst is in a project: what is open, at hand, in view, and looked for.

Each project has a file of its own for it, replaced as a whole each time. So a program that is
killed while it writes leaves what was there before, and two programs on two projects never write
to the same file. QSettings was not up to it: it may return from writing without having written.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from pathlib import Path

import msgspec

from annotator.core.errors import BadInput
from annotator.core.model import Id
from annotator.formats.atomic import write_whole
from annotator.store.finding.listing import Wanted


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """All that a window needs to be where another one was. Offsets are code points."""

    article: Id | None = None
    statement: Id | None = None
    mark: Id | None = None
    selection: tuple[int, int] = (0, 0)
    """From where to where, the caret at the second; before the first if it was drawn backwards."""
    top: tuple[int, float] = (0, 0.0)
    """What stands at the upper edge, and how far below it that line begins, in pixels."""
    words: str = ""
    """What is looked for in the list of articles."""
    wanted: Wanted = Wanted()
    unfinished: bool = False
    """Whether only unfinished articles are listed; which these are is counted anew."""
    actor_name: str = ""
    """What the actor that articles are filtered by is called."""

    def lasting(self) -> Place:
        """Without which articles are unfinished: that is counted anew."""
        return msgspec.structs.replace(self, wanted=replace(self.wanted, among=None))


class _Kept(msgspec.Struct, frozen=True):
    """What a file holds."""

    project: str
    place: Place


class Places:
    """Where somebody was last in each project, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_refused = False

    def of(self, project: Path) -> Place:
        """Where that was; the beginning of the project if nothing, or nonsense, is known of it."""
        kept = _read(self._file(project))
        return kept.place if kept else Place()

    def keep(self, project: Path, place: Place) -> None:
        """Remember it, and that this is the project worked in last; on disk when this returns.

        Where nothing can be written, the log tells of it once, and work goes on.
        """
        data = msgspec.json.encode(_Kept(str(project.resolve()), place.lasting()))
        try:
            write_whole(self._file(project), data, makes_folders=True)
        except BadInput as error:
            if not self._is_refused:
                logging.getLogger(__name__).warning(
                    "where the window is cannot be remembered: %s", error
                )
            self._is_refused = True
        else:
            self._is_refused = False

    def last(self) -> Path | None:
        """The project worked in last, if it is still there."""
        files = sorted(self._folder.glob("*.json"), key=_written)
        kept = _read(files[-1]) if files else None
        project = Path(kept.project) if kept else None
        return project if project and project.is_file() else None

    def _file(self, project: Path) -> Path:
        name = hashlib.sha256(str(project.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name[:32]}.json"


def _written(file: Path) -> int:
    """When, in nanoseconds; long ago for one that is gone meanwhile."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _read(file: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
