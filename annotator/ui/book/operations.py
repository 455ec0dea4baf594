"""What can be done to an entry besides filling in its form, each after a line that says what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from annotator.core.book import changing, merging, splitting, tree
from annotator.core.book.parts import Part, Sort, count, entry, uses, word
from annotator.core.book.plan import Plan
from annotator.core.book.uses import Using
from annotator.core.errors import NotAllowed
from annotator.core.model import Issue
from annotator.core.revision import Edit
from annotator.ui.book.asking import Asking
from annotator.ui.book.questions import NewEntry, SplitOff, describer
from annotator.ui.book.tree import Place
from annotator.ui.commands import commands
from annotator.ui.desk import Desk
from annotator.ui.frame import Frame
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import Option, Value
from annotator.workspace import Workspace

Planned = Callable[[Using], Plan]
"""Looks at the project as it is and says what would be done."""

_SHOWN = 8
_TOP = "top"


class Operations(QObject):
    """Adds, merges, splits, moves, retires and deletes by way of the strip that asks."""

    done = Signal(object)
    """Something was done; what to look at now: a :data:`Place`, or None to stay."""
    said = Signal(str)
    """Why something cannot be done at all."""

    def __init__(self, desk: Desk, asking: Asking, avoid: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._now = desk.workspace
        self._asking = asking
        self._avoid = avoid

    def do(self, edit: Edit) -> None:
        """Do an edit; :class:`NotAllowed` says why it could not be."""
        self._attempt_to(lambda: self._desk.do(edit))

    def change(self, part: Part, **values: Any) -> None:
        """Give an entry other values; :class:`NotAllowed` says why they cannot be."""
        plan = changing.change(self._now, part, **values)
        self.do_long(plan.says, plan.size, lambda now: changing.change(now, part, **values).make())

    def _attempt_to(self, act: Callable[[], object]) -> None:
        failures: list[str] = []
        link = self._desk.failed.connect(failures.append)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act()
        finally:
            QApplication.restoreOverrideCursor()
            self._desk.failed.disconnect(link)
        if failures:
            raise NotAllowed(failures[0])

    def add(self, place: Place | None, below: bool = False) -> None:
        """Something new of the sort of what is looked at, or below it: a choice, an issue."""
        made = self._new_entry(place, below)
        if made is None:
            self.said.emit("Choose where something is to be added first.")
            return
        sort, fields = made

        def act() -> None:
            edit, part = fields.make(self._avoid)
            self.do(edit)
            self._end(part)

        self._asking.ask(f"New {word(sort)}", "Add", act, fields)

    def _new_entry(self, place: Place | None, below: bool) -> tuple[Sort, NewEntry] | None:
        if not isinstance(place, Part):
            found = {"kind": "kind", "role": "role", "field": "field", "stance": "stance"}
            groups: dict[str, Sort] = {**found, "issue": "issue"}  # type: ignore[dict-item]
            sort = groups.get(place or "")
            return None if sort is None else (sort, NewEntry(self._now, sort))
        if place.sort == "field" and below:
            return "choice", NewEntry(self._now, "choice", place.key)
        if place.sort == "issue":
            issue = entry(self._now, place)
            assert isinstance(issue, Issue)
            parent = issue.id if below else issue.parent
            return "issue", NewEntry(self._now, "issue", parent=parent)
        return place.sort, NewEntry(self._now, place.sort, place.field)

    def merge(self, part: Part, why: str = "") -> None:
        """Ask into what, then say what that touches."""
        targets = merging.targets(self._now, part)
        name = entry(self._now, part).name
        if not targets:
            self.said.emit(f"There is nothing that “{name}” could be merged into.")
            return

        def chosen(value: Value) -> None:
            into = _part(value, part)
            self._confirm(lambda now: merging.merge(now, part, into), "Merge", into)

        asked = self._choice("Merge into", targets, part, chosen)
        self._asking.ask(f"Merge “{name}” into", "", self._asking.close_up, asked, why)

    def split(self, part: Part) -> None:
        """Ask for a name and for what goes over to it."""
        name = entry(self._now, part).name
        asked = SplitOff(self._now.using(uses(self._now.codebook, part)), describer(self._now))
        asked.ask_number(part.sort == "stance")

        def act() -> None:
            id = self._now.new_id()
            chosen, number = frozenset(asked.chosen), asked.number.text().strip()
            name = asked.name.text()

            def planned(now: Using) -> Plan:
                return splitting.split(now, part, name, chosen, id, self._avoid, number)[0]

            plan, new = splitting.split(self._now, part, name, chosen, id, self._avoid, number)
            self._finish(planned, new, plan)

        self._asking.ask(f"Split “{name}” in two", "Split", act, asked)
        asked.changed.connect(lambda: self._asking.tell(self._going_over(part, asked)))
        self._asking.tell(self._going_over(part, asked))

    def _going_over(self, part: Part, asked: SplitOff) -> str:
        used = count(self._now, part)
        if not used:
            return "Nothing uses it; the new one begins empty."
        go = "goes" if len(asked.chosen) == 1 else "go"
        return f"{len(asked.chosen)} of {used} {go} over, the rest stays."

    def move_under(self, part: Part) -> None:
        """Ask under which issue, then say what that touches."""
        if part.sort != "issue":
            self.said.emit("Only issues stand under one another.")
            return
        name = entry(self._now, part).name

        def chosen(value: Value) -> None:
            parent = None if value == _TOP else _part(value, part)
            self._confirm(lambda now: tree.move_under(now, part, parent), "Move", part)

        top = [Option(_TOP, "At the top", "under no other issue")]
        asked = self._choice("Move under", tree.places(self._now, part), part, chosen, top)
        self._asking.ask(f"Move “{name}” under", "", self._asking.close_up, asked)

    def retire(self, part: Part) -> None:
        """Say who keeps it, then retire it; offer a retired one again."""
        retired = entry(self._now, part).retired
        verb = "Offer again" if retired else "Retire"
        self._confirm(lambda now: changing.retire(now, part, not retired), verb, part)

    def delete(self, part: Part, nearest: Place | None) -> None:
        """Delete what nothing uses; ask into what a used one is to be merged."""
        try:
            merging.delete(self._now, part)
        except NotAllowed as why:
            used = bool(count(self._now, part))
            if used and merging.targets(self._now, part):
                self.merge(part, str(why))
            elif used and not entry(self._now, part).retired:
                retire: Planned = partial(changing.retire, part=part)
                act = partial(self._finish, retire, part, retire(self._now))
                self._asking.ask(str(why), "Retire", act)
            else:
                self.said.emit(str(why))
            return
        self._confirm(lambda now: merging.delete(now, part), "Delete", nearest)

    def order(self, part: Part, step: int) -> None:
        self.do(changing.order(self._now, part, step))

    def rekey(self, part: Part, key: str) -> None:
        """Another key for files; asks first when marks have to follow."""
        plan = merging.rekey(self._now, part, key)
        new = part if part.sort == "issue" else Part(part.sort, key, part.field)
        planned: Planned = partial(merging.rekey, part=part, key=key)
        if plan.touches and part.sort != "issue":
            self._confirm(planned, "Change the key", new)
        else:
            self._finish(planned, new, plan)

    def _confirm(self, planned: Planned, verb: str, place: Place | None) -> None:
        plan = planned(self._now)
        self._asking.ask(plan.says, verb, partial(self._finish, planned, place, plan))

    def _finish(self, planned: Planned, place: Place | None, plan: Plan) -> None:
        """Do what was planned, as things are by now; very much of it on a thread.

        ``plan`` is what was said of it, so that nothing is counted again while everybody waits.
        """
        self.do_long(plan.says, plan.size, lambda now: planned(now).make())
        self._end(place)

    def do_long(self, says: str, size: int, make: Callable[[Workspace], Edit]) -> None:
        """Do an edit of about so many changes, made as things are by then; very many on a thread.

        :class:`NotAllowed` says why it could not be.
        """
        self._attempt_to(
            lambda: self._desk.do_long(says, size, lambda now: now.do(lambda: make(now)))
        )

    def _end(self, place: Place | None) -> None:
        self._asking.close_up()
        self.done.emit(place)

    def _choice(
        self,
        name: str,
        parts: Iterable[Part],
        like: Part,
        chosen: Callable[[Value], None],
        first: Iterable[Option] = (),
    ) -> TypeAhead:
        """A line to choose one of some entries by a few letters."""
        listed = [*first, *(self._option(part) for part in parts)]

        def found(query: str) -> list[Option]:
            typed = query.casefold().split()
            fits = (o for o in listed if all(w in f"{o.text} {o.detail}".casefold() for w in typed))
            return [option for option, _ in zip(fits, range(_SHOWN), strict=False)]

        line = TypeAhead(name, "", found, f"Type the name of another {word(like.sort)}")
        line.chosen.connect(lambda value: self._attempt(partial(chosen, value)))
        line.escaped.connect(self._asking.close_up)
        return line

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except NotAllowed as why:
            self._asking.refuse(str(why))

    def _option(self, part: Part) -> Option:
        one = entry(self._now, part)
        detail = getattr(one, "proposition", "") or getattr(one, "definition", "")
        return Option(part.key, one.name, "retired" if one.retired else detail)


def _part(value: Value, like: Part) -> Part:
    return Part(like.sort, str(value), like.field)


def letters(frame: Frame) -> dict[str, str]:
    """The single keys of the article's commands, without those of kinds, and what they mean."""
    bare = msgspec.structs.replace(frame.desk.book, kinds={})
    return {
        key.upper(): command.text
        for command in commands(bare)
        for key in command.keys
        if command.where == "article" and len(key) == 1
    }
