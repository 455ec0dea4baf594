"""What goes on behind the window: reading, comparing and bringing in, in slices of a few ms."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.arrivals import Arrival
from annotator.core.errors import AnnotatorError, BadInput, Conflict, NotAllowed
from annotator.core.foreign.labels import NO_MAPPING, LabelMapping
from annotator.core.foreign.offering import counted_labels, offered
from annotator.core.text.cleaning import counted
from annotator.formats.articles.tables.preset import Preset
from annotator.formats.articles.tables.table import Table
from annotator.formats.articles.text_in import BundleIn, Failure, PartsIn, TextIn
from annotator.importing import Import, OnDuplicate, Report
from annotator.ui.intake.finds import Find
from annotator.ui.intake.listed import Finds
from annotator.ui.intake.passage import Stopped, Taking
from annotator.ui.intake.reader import Delivery, Pasted, Reader
from annotator.workspace import Workspace

_SLICE = 0.010
"""Seconds of work before the window has its turn."""
_AT_ONCE = 50
_POLL_MS = 20
"""How often to ask the reading thread while there is nothing else to do."""

_WRONG = "Something went wrong in the program; what is in stays in."

__all__ = ["Outcome", "Pasted", "UnderWay"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to, whether it went to its end or not."""

    report: Report
    chosen_out: int
    """Articles that the analyst had taken out."""
    stopped: bool = False
    left: int = 0
    """Found, and not brought in because it was stopped."""
    unread: int = 0
    """Files not begun because it was stopped."""
    files: int = 0
    fault: str = ""
    """Why it could not go on; empty when it could."""

    def summary(self) -> str:
        """What came of everything, in a sentence or two."""
        made = len(self.report.made)
        if not self.stopped:
            out = f" {counted(self.chosen_out, 'article')} taken out." if self.chosen_out else ""
            return self.report.summary() + out
        if self.unread:
            return (
                f"Stopped: {made:,} in; {self.left:,} more were read and left out, and"
                f" {self.unread:,} of {self.files:,} files were not read."
            )
        return f"Stopped: {made:,} of {made + self.left:,} are in; the rest was left out."

    def failed(self) -> list[str]:
        """The reasons why something is not in, a line for each."""
        reasons = [failure.reason for failure in self.report.failures]
        return [self.fault, *reasons] if self.fault else reasons


class UnderWay(QObject):
    """Fills the list while reading, compares it with the project, and brings in what is chosen."""

    progressed = Signal()
    """How far things are."""
    arrived = Signal()
    """The list has other rows."""
    compared = Signal(object)
    """Of this :class:`Find` it is known now whether it repeats another."""
    ended = Signal(object)
    """The import is over; what it came to as :class:`Outcome`."""

    def __init__(
        self, workspace: Workspace, finds: Finds, preset: Preset, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.reader = Reader(preset, workspace)
        self.tables: dict[str, tuple[Table, Preset]] = {}
        """Each table with which of its columns is which, by ``where``."""
        self.state: Literal["looking", "importing", "over"] = "looking"
        self.still_to_look = 0
        """Articles of the project that were not looked at yet for copies."""
        self.mapping = NO_MAPPING
        """What labels of other programs mean, for all files of this import."""
        self.taking: Taking | None = None
        """The file that comes in on a thread just now, if one does."""
        self._workspace = workspace
        self._arrivals = workspace.arrivals()
        self._finds = finds
        self._in_table: dict[str, set[int]] = {}
        self._last_table: dict[int, tuple[str, bool]] = {}
        self._kept: dict[tuple[int, str, str], Find] = {}
        self._uncompared: deque[Find] = deque()
        self._comparing = self._compare()
        self._importing: Iterator[bool] | None = None
        self._import: Import | None = None
        self._now: Find | None = None
        self._number = 0
        self._files_in = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    # What is asked for

    def add(self, given: Sequence[Path]) -> None:
        self.reader.add(given)
        self._timer.start(0)

    def paste(self, text: str, name: str) -> None:
        self.reader.paste(text, name)
        self._timer.start(0)

    def map_table(self, where: str, preset: Preset) -> None:
        """Read a table anew with other columns; what was corrected in it stays."""
        self._read_again(self._in_table[where], where, preset)

    def use(self, preset: Preset) -> None:
        """Read all tables anew as a preset says."""
        self.reader.preset = preset
        self.reader.forget_tables()
        files = {file for files in self._in_table.values() for file in files}
        self._read_again(files, "", None)

    def map_labels(self, mapping: LabelMapping) -> None:
        """Let the labels of all files mean something else."""
        self.mapping = mapping
        for find in self._finds.all:
            self._label(find)
        self._finds.changed()

    def bring_in(self) -> None:
        """Bring in what is chosen, and what is still being read as it comes."""
        self.state = "importing"
        self._arrivals.wait_no_more()
        self._import = Import(self._workspace, self._arrivals, self._on_copy)
        self._importing = self._bring_in(self._import)
        self._timer.start(0)

    def stop(self) -> None:
        """Read no more; an import ends, and what was stored before stays."""
        self.reader.stop()
        if self.taking is not None:
            self.taking.stop()  # and once nothing of it is there any more, all ends
        elif self._import is not None and self.state == "importing":
            self._end(self._import, stopped=True)
        self.progressed.emit()

    def close(self) -> None:
        """Nothing more happens."""
        if self.state != "over":
            self._arrivals.wait_no_more()
        self.state = "over"
        self.reader.close()
        if self.taking is not None:
            self.taking.end()
        self._timer.stop()

    # How far it is

    @property
    def brought(self) -> int:
        return len(self._import.report.made) if self._import else 0

    @property
    def is_working(self) -> bool:
        """Whether there is anything going on that can be stopped."""
        return self.state == "importing" or (self.is_reading and self.state == "looking")

    @property
    def is_reading(self) -> bool:
        return self.reader.is_busy and not self.reader.stopped

    @property
    def is_comparing(self) -> bool:
        return bool(self._uncompared)

    @property
    def share(self) -> float:
        """Of reading, or of bringing in once all is read; from 0 to 1."""
        if self.state == "importing" and not self.is_reading:
            left = 1 - self.taking.share if self.taking is not None else 0.0
            return (self._number - left) / max(1, len(self._finds.all))
        return self.reader.reached

    # Inside

    def _turn(self) -> None:
        """A slice of work."""
        until = monotonic() + _SLICE
        came = self._receive(self.reader.take(_AT_ONCE))
        worked = True
        try:
            while worked and monotonic() < until and self.state != "over":
                worked = next(self._importing or self._comparing, False)
        except AnnotatorError as error:
            self._end(self._import, stopped=True, fault=str(error))
        except Exception:
            self._end(self._import, stopped=True, fault=_WRONG)
            raise  # for it to be written down
        if self.state == "over":
            return
        if came or worked:
            self._timer.start(0)
        elif self.reader.is_busy or self.taking is not None:
            self._timer.start(_POLL_MS)
        else:
            self._timer.stop()
        self.progressed.emit()

    def _receive(self, deliveries: list[Delivery]) -> bool:
        new = [
            find
            for delivery in deliveries
            if delivery.round == self.reader.round(delivery.file)
            and (find := self._find(delivery)) is not None
        ]
        if new:
            self._finds.add(new)
            self._uncompared += (find for find in new if isinstance(find.found, TextIn))
            self.arrived.emit()
        return bool(deliveries)

    def _find(self, delivery: Delivery) -> Find | None:
        """What was delivered as a row, with what was made of it when it was read before."""
        if delivery.table is not None:
            where = delivery.table.where
            self.tables[where] = (delivery.table, delivery.preset)
            self._in_table.setdefault(where, set()).add(delivery.file)
            self._last_table[delivery.file] = (where, True)
            return None
        assert delivery.found is not None
        find = Find(delivery.file, delivery.found, delivery.where)
        find.contents, find.would = delivery.contents, delivery.would
        find.table = self._table_of(find)
        self._label(find)
        before = self._kept.pop(find.key, None)
        if before is not None and isinstance(find.found, TextIn):
            find.chosen, find.on_copy, find.values = before.chosen, before.on_copy, before.values
            if isinstance(before.found, TextIn) and before.found.text == find.found.text:
                find.blocks = before.blocks
        return find

    def _label(self, find: Find) -> None:
        """What the labels of a find mean now, if it has labels of its own."""
        found = find.found
        if not isinstance(found, BundleIn) or found.mapping is None:
            return
        find.counts = find.counts or counted_labels(found.bundle)
        find.found = replace(found, mapping=self.mapping)
        workspace = self._workspace
        people = workspace.analysts()
        find.labels = offered(found.bundle, find.counts, self.mapping, workspace.codebook, people)

    def _table_of(self, find: Find) -> str:
        """The table that a find is a row of, or that it says to be none."""
        where, is_first = self._last_table.get(find.file, ("", False))
        if isinstance(find.found, TextIn):
            self._last_table[find.file] = (where, False)
            return where if find.found.place else ""
        place = find.found.place if isinstance(find.found, Failure) else ""
        return where if is_first or place.startswith(("row ", "line ", "sheet ")) else ""

    def _read_again(self, files: set[int], table: str, preset: Preset | None) -> None:
        gone = self._finds.forget(files)
        self._kept |= {find.key: find for find in gone}
        # What is gone must not count as something that others repeat.
        self._arrivals.wait_no_more()
        self._uncompared.clear()
        for find in self._finds.all:
            if find.arrival is not None:
                self._arrivals.wait(find.arrival)
            elif isinstance(find.found, TextIn):
                self._uncompared.append(find)
        self.reader.again(files, table, preset)
        self.arrived.emit()
        self._timer.start(0)

    def _compare(self) -> Iterator[bool]:
        """Whether there was anything to do, after each piece of work; never ends."""
        for left in self._arrivals.looking():
            self.still_to_look = left
            yield True
        while True:
            if not self._uncompared:
                yield False
                continue
            find = self._uncompared.popleft()
            assert isinstance(find.found, TextIn)
            find.arrival = self._arrivals.propose(find.found)
            if find.arrival.same is None:
                self._arrivals.wait(find.arrival)
            self._finds.compared(find)
            self.compared.emit(find)
            yield True

    def _bring_in(self, into: Import) -> Iterator[bool]:
        """The same for an import, which waits for what is still being read."""
        ids: set[int] = set()
        while self._number < len(self._finds.all) or self.reader.is_busy:
            if self._number == len(self._finds.all):
                yield False
                continue
            find = self._now = self._finds.all[self._number]
            self._number += 1
            if isinstance(find.found, PartsIn):
                yield from self._take_parts(find, find.found, into)
            else:
                self._take(find, into, ids)
                yield True
        into.store()
        self._end(into)
        yield False

    def _take(self, find: Find, into: Import, ids: set[int]) -> None:
        found = find.found
        if isinstance(found, Failure):
            into.take(found)
        elif not isinstance(found, TextIn):
            if find.chosen:
                before = len(into.report.bundles)
                into.take(found)
                self._files_in += find.size * (len(into.report.bundles) - before)
        elif find.arrival is not None and (same := find.arrival.same) is not None:
            # Of two alike where the first was taken out, the second does not come in its place.
            if same.id in ids or self._workspace.article(same.id) is not None:
                into.take(found)
        elif find.chosen:
            fault = find.fault(self._finds.for_all)
            if fault is not None:
                into.take(Failure(found.file, found.place, f"{find.title()}: {fault[1]}"))
                return
            read = find.text(self._finds.for_all)
            if find.arrival is None:
                into.take(read)
            else:
                ids.add(find.arrival.article.id)
                into.take_article(self._arrivals.again(find.arrival, read))

    def _take_parts(self, find: Find, found: PartsIn, into: Import) -> Iterator[bool]:
        """A file that is taken in on a thread, as one step; what waits comes before it."""
        if not find.chosen:
            return
        into.store()
        taking = self.taking = Taking(found, self._workspace, find.size)
        while not taking.is_over:
            yield False
        self.taking = None
        try:
            came = taking.came
        except Stopped:
            pass
        except (BadInput, Conflict, NotAllowed) as error:
            into.take(Failure(found.file, "", str(error)))
        else:
            while not self._workspace.look_ahead(_SLICE):
                yield True
            self._workspace.poll()  # the thread has told nobody
            into.came(found, came)
            self._files_in += find.size
        if taking.is_stopped:
            self._end(into, stopped=True)
        yield True

    def _on_copy(self, _arrival: Arrival) -> OnDuplicate:
        asked = self._now.on_copy if self._now else None
        return asked or self._finds.for_copies

    def _end(self, into: Import | None, *, stopped: bool = False, fault: str = "") -> None:
        if into is None:
            return  # comparing failed; that says nothing against what was read
        self._arrivals.wait_no_more()
        self.state = "over"
        self._timer.stop()
        finds, report, reader = self._finds, into.report, self.reader
        stored = len(report.texts) + self._files_in
        outcome = Outcome(
            report,
            chosen_out=sum(not find.chosen and find.can_come() for find in finds.all),
            stopped=stopped,
            left=max(0, finds.size() - stored) if stopped else 0,
            unread=reader.files - reader.begun if stopped else 0,
            files=reader.files,
            fault=fault,
        )
        self.reader.close()
        self.ended.emit(outcome)
