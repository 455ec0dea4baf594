"""Reading on a thread of its own, so that a window never waits. Plain Python, without Qt.

The thread hands over plain data through a queue; whoever shows it asks for what has come. It
reads only a little ahead, so stopping is quick.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from queue import Empty, Full, PriorityQueue, Queue

from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.intake import Came
from annotator.formats.articles.reading import files_in, read_articles
from annotator.formats.articles.source import where_is
from annotator.formats.articles.tables.columns import complete
from annotator.formats.articles.tables.preset import COLUMNS, Mapping, Preset
from annotator.formats.articles.tables.table import Table
from annotator.formats.articles.text import read_text
from annotator.formats.articles.text_in import BundleIn, Failure, Found, PartsIn
from annotator.formats.exchange.contents import Contents
from annotator.formats.exchange.labelled import Labelled
from annotator.ui.guard import guarded
from annotator.ui.intake.passage import Passage, Stopped
from annotator.workspace import Workspace

_AHEAD = 200
_WAIT = 0.05
"""Seconds after which a full queue is looked at again, and whether to stop."""

_one_at_a_time = threading.Lock()
"""PDF is read by a library that can be in one thread only, also when two windows import."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that is in no file."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something found, or a table whose rows come next."""

    file: int
    round: int
    """How often this file had been begun before."""
    found: Found | None
    table: Table | None
    where: str
    """The file and its folder, as sentences about it begin."""
    preset: Preset
    """With ``table``: which column is which."""
    contents: Contents | None = None
    """With a project's file: what is in it."""
    would: Came | None = None
    """With a file that is taken in while it is read: what that would bring."""


class Reader:
    """Reads what it is given, in order; a file can be read anew with other columns."""

    def __init__(self, preset: Preset, workspace: Workspace) -> None:
        """``workspace`` is what files are looked through for."""
        self.preset = preset
        """For tables without one of their own. Replaced, never changed."""
        self.share = 0.0
        """How much of all has been read, from 0 to 1."""
        self.files = 0
        """How many files there are so far."""
        self.begun = 0
        """How many of them have been begun."""
        self.stopped = False
        self.passage: Passage | None = None
        """The file that is being looked through, if one is."""
        self._workspace = workspace
        self._labelled = Labelled(in_parts=True)  # looks for formats once, not for each file
        self._of_tables: dict[str, Preset] = {}
        self._given: dict[int, Path | Failure | Pasted] = {}
        self._rounds: dict[int, int] = {}
        self._orders: PriorityQueue[tuple[int, int, list[Path] | int | None]] = PriorityQueue()
        self._numbers = count()
        self._open = 0
        self._counting = threading.Lock()
        self._out: Queue[Delivery] = Queue(_AHEAD)
        self._thread = threading.Thread(target=self._work, name="reading articles", daemon=True)
        self._thread.start()

    def add(self, given: Sequence[Path]) -> None:
        """Read files, folders and zip files after those before."""
        self._order(1, list(given))

    def paste(self, text: str, name: str) -> None:
        self._number_file(Pasted(text, name))

    def again(self, files: set[int], table: str = "", preset: Preset | None = None) -> None:
        """Read files anew at once, a table among them with other columns."""
        if preset is not None:
            self._of_tables[table] = preset
        for file in sorted(files):
            self._rounds[file] += 1
            self._order(0, file)

    def forget_tables(self) -> None:
        """Let the preset hold for tables that had columns of their own."""
        self._of_tables.clear()

    def round(self, file: int) -> int:
        """Deliveries of a file with a lower ``round`` are out of date."""
        return self._rounds[file]

    def take(self, most: int) -> list[Delivery]:
        """What has come, without waiting."""
        taken: list[Delivery] = []
        while len(taken) < most:
            try:
                taken.append(self._out.get_nowait())
            except Empty:
                break
        return taken

    @property
    def is_busy(self) -> bool:
        """Whether more may come."""
        return self._open > 0 or not self._out.empty()

    def stop(self) -> None:
        """Read nothing more; what is already waiting to be taken is still there."""
        self.stopped = True
        if (passage := self.passage) is not None:
            passage.stop()

    def close(self) -> None:
        """End the thread, after the article that it is at."""
        self.stop()
        self._orders.put((2, next(self._numbers), None))

    # On the thread

    def _work(self) -> None:
        while True:
            _, _, order = self._orders.get()
            if order is None:
                return
            if not self.stopped:
                self._follow(order)
            with self._counting:
                self._open -= 1

    @guarded
    def _follow(self, order: list[Path] | int) -> None:
        """What goes wrong in the program is told, and the thread goes on with the next file."""
        if isinstance(order, list):
            self._walk(order)
        else:
            self._read(order, self._rounds[order])

    def _walk(self, given: list[Path]) -> None:
        for path in files_in(given, self._labelled):
            if self.stopped:
                return
            self._number_file(path)

    def _read(self, file: int, round: int) -> None:
        given = self._given[file]
        self.begun = max(self.begun, file + 1)
        if isinstance(given, Failure):
            self._put(Delivery(file, round, given, None, "", self.preset))
        elif isinstance(given, Pasted):
            self._put(Delivery(file, round, _pasted(given), None, "", self.preset))
        else:
            self._read_file(file, round, given)
        self._advance(file + 1)

    def _read_file(self, file: int, round: int, path: Path) -> None:
        def choose(table: Table, preset: Preset) -> Preset:
            chosen = self._of_tables.get(table.where, preset)
            mapping = fitting(chosen.mapping, table.names)
            try:
                mapping = complete(mapping, table.names, table.sample, table.where)
            finally:
                # Also when no column can be the text, because then one has to be chosen.
                told = replace(chosen, mapping=mapping)
                self._put(Delivery(file, round, None, table, where, told))
            return told

        where = where_is(path)
        steps = read_articles([path], self.preset, choose, self._labelled)
        while not self._is_over(file, round):
            with _one_at_a_time:
                step = next(steps, None)
            if step is None:
                break
            self._put(self._delivery(file, round, step.found, where))
            self._advance(file + step.share)
        steps.close()  # so that the file is closed now, also when it was left in the middle

    def _delivery(self, file: int, round: int, found: Found, where: str) -> Delivery:
        """What was found, of a project's file with what is in it."""
        contents, would = None, None
        if isinstance(found, PartsIn):
            try:
                found, contents, would = self._looked_through(file, found)
            except AnnotatorError as error:
                found = Failure(found.file, "", str(error))
        if isinstance(found, BundleIn):
            contents = Contents.of(found.bundle)
        return Delivery(file, round, found, None, where, self.preset, contents, would)

    def _looked_through(
        self, file: int, found: PartsIn
    ) -> tuple[PartsIn | BundleIn, Contents | None, Came | None]:
        if not found.stays:  # out of a zip file; there are limits to what may be in one
            return BundleIn(found.file, found.begin().whole()), None, None
        self.passage = passage = Passage(found)
        try:
            if self.stopped:
                raise Stopped
            return found, passage.contents, passage.look(self._workspace)
        except Stopped:
            self.begun = file  # as it was not read
            return found, None, None  # that nobody is waiting for
        finally:
            self.passage = None

    def _is_over(self, file: int, round: int) -> bool:
        return self.stopped or self._rounds[file] != round

    def _put(self, delivery: Delivery) -> None:
        while not self._is_over(delivery.file, delivery.round):
            try:
                self._out.put(delivery, timeout=_WAIT)
            except Full:
                continue
            return

    @property
    def reached(self) -> float:
        """The same as ``share``, with what was read of the file that is being looked through."""
        passage = self.passage
        within = self.begun - 1 + passage.share if passage is not None else 0.0
        return max(self.share, within / max(1, self.files))

    def _advance(self, read: float) -> None:
        self.share = max(self.share, min(1.0, read / max(1, self.files)))

    # On either

    def _number_file(self, given: Path | Failure | Pasted) -> None:
        with self._counting:
            file = self.files
            self._given[file] = given
            self._rounds[file] = 0
            self.files += 1
        self._order(1, file)

    def _order(self, priority: int, order: list[Path] | int) -> None:
        with self._counting:
            self._open += 1
        self._orders.put((priority, next(self._numbers), order))


def fitting(mapping: Mapping, names: Sequence[str]) -> Mapping:
    """The mapping without columns that a table does not have; they are guessed."""
    said = {name: getattr(mapping, name) for name in COLUMNS}
    return Mapping(**{n: c for n, c in said.items() if not c or c in names})


def _pasted(given: Pasted) -> Found:
    try:
        return read_text(given.text, given.name)
    except BadInput as error:
        return Failure(given.name, "", str(error))
