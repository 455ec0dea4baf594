"""One actor, to be looked at and changed; what is changed is said as a verb, done by the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.model import ACTOR_TYPES, Actor, Affiliation
from annotator.core.people import keeping
from annotator.core.people.filed import Filings
from annotator.core.people.likeness import possible_duplicates
from annotator.core.people.register import Register
from annotator.core.revision import Edit
from annotator.ui.look.plain import plain_label
from annotator.ui.panel.entry import Entry, TypeAhead
from annotator.ui.panel.options import Option
from annotator.ui.people.choosing import actor_options
from annotator.ui.people.names_list import NamesList

_GAP = 8


class Details(QWidget):
    """The lines and lists of the actor shown."""

    changed = Signal(object)
    """The :class:`Edit` to be done."""
    failed = Signal(str)
    """Why something cannot be; one sentence."""
    alias_given_away = Signal(str)
    """The alias is somebody else's."""
    merged = Signal(object)
    """The :class:`Actor` that is this one too."""
    left = Signal()
    """Esc in a line."""

    def __init__(self, register: Callable[[], Register[Filings]], parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self._actor: Actor | None = None
        self.name = self._line("Name", "", keeping.rename)
        self.type = QComboBox(self)
        self.type.setAccessibleName("Type")
        self.type.addItems(list(ACTOR_TYPES))
        self.type.activated.connect(self._retype)
        self.wikidata = self._line("Wikidata id", "Such as Q7747", keeping.set_wikidata)
        self.note = self._line("Note", "What else is worth knowing", keeping.set_actor_note)
        self.aliases = NamesList("Other names", 3, 3, self)
        self.alias = self._line("Another name", "Add another name", keeping.add_alias)
        self.groups = NamesList("Belongs to", 2, 2, self)
        self.group = TypeAhead("Belongs to", "", self._groups, "Add whom they belong to", self)
        self.since = Entry("Since", "", "Since 2004-03", self)
        self.until = Entry("Until", "", "Until", self)
        self.twins = NamesList("Perhaps the same", 1, 3, self)
        self._twins = self._titled("Perhaps the same  ·  Enter merges", self.twins)
        self._lay_out()
        self._connect()

    def show_actor(self, actor: Actor) -> None:
        """Show somebody, or the one shown as they are now; what is being typed stays."""
        if self._actor is not None and actor.id != self._actor.id:
            for line in (self.alias, self.group):
                line.line.clear()
        self._actor = actor
        for line, text in (
            (self.name, actor.name),
            (self.wikidata, actor.wikidata),
            (self.note, " ".join(actor.note.splitlines())),
        ):
            line.show_value(text, line.line.placeholderText())
        self.type.setCurrentText(actor.type)
        self.aliases.show_lines((alias, alias) for alias in actor.aliases)
        self.groups.show_lines((self._belonging(a), a) for a in actor.affiliations)
        twins = possible_duplicates(self._register().index, actor)
        self.twins.show_lines((f"{t.actor.name} — {t.reason}", t.actor) for t in twins)
        self._twins.setVisible(bool(twins))
        self._show_dates(self.groups.value)

    def to_name(self) -> None:
        """Put the keyboard on the name, all of it selected."""
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line.selectAll()

    # Inside

    def _line(self, name: str, placeholder: str, verb: Callable[[Actor, str], Edit]) -> Entry:
        line = Entry(name, "", placeholder, self)
        line.chosen.connect(lambda text: self._do(line, verb, text or ""))
        line.escaped.connect(self.left)
        return line

    def _do(self, line: Entry, verb: Callable[[Actor, str], Edit], text: str) -> None:
        """Change the actor; what cannot be is written back as it was."""
        if self._actor is None:
            return
        actor = self._actor
        try:
            edit = verb(actor, text)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            self._write_back(line, actor)
            return
        if line is self.alias:
            self._empty(line)
        self.changed.emit(edit)

    def _write_back(self, line: Entry, actor: Actor) -> None:
        line.current = {self.name: actor.name, self.wikidata: actor.wikidata}.get(line, "")
        line.line.setText(line.current)

    @staticmethod
    def _empty(line: Entry) -> None:
        line.current = ""
        line.line.clear()

    def _verb(self, verb: Callable[[Actor], Edit]) -> None:
        if self._actor is None:
            return
        try:
            self.changed.emit(verb(self._actor))
        except AnnotatorError as error:
            self.failed.emit(str(error))

    def _retype(self, row: int) -> None:
        self._verb(lambda actor: keeping.retype(actor, ACTOR_TYPES[row]))

    def _groups(self, typed: str) -> list[Option]:
        actor = self._actor
        if actor is None or not typed.strip():
            return []
        return actor_options(self._register(), typed, actor.id)

    def _add_group(self, value: object) -> None:
        group = self._register().index.get(str(value))
        self.group.line.clear()
        if group is not None:
            self._verb(lambda actor: keeping.add_affiliation(actor, group))
            self.groups.setCurrentRow(self.groups.count() - 1)
            self.groups.setFocus(Qt.FocusReason.OtherFocusReason)

    def _date(self, _text: object) -> None:
        old = self.groups.value
        if isinstance(old, Affiliation):
            since, until = self.since.line.text().strip(), self.until.line.text().strip()
            self._verb(lambda actor: keeping.date_affiliation(actor, old, since, until))
            self._show_dates(self.groups.value)

    def _show_dates(self, affiliation: object) -> None:
        here = isinstance(affiliation, Affiliation)
        for line, text in (
            (self.since, affiliation.since if isinstance(affiliation, Affiliation) else ""),
            (self.until, affiliation.until if isinstance(affiliation, Affiliation) else ""),
        ):
            line.current = text
            line.line.setText(text)
            line.setVisible(here)

    def _belonging(self, affiliation: Affiliation) -> str:
        group = self._register().index.get(affiliation.actor)
        name = group.name if group else "?"
        if not affiliation.since and not affiliation.until:
            return name
        return f"{name}, {affiliation.since or '…'} – {affiliation.until or '…'}"

    def _remove_group(self, value: object) -> None:
        if isinstance(value, Affiliation):
            self._verb(lambda actor: keeping.remove_affiliation(actor, value))

    def _connect(self) -> None:
        self.aliases.entered.connect(
            lambda alias: self._verb(lambda actor: keeping.make_main_name(actor, str(alias)))
        )
        self.aliases.removed.connect(
            lambda alias: self._verb(lambda actor: keeping.remove_alias(actor, str(alias)))
        )
        self.aliases.given_away.connect(lambda alias: self.alias_given_away.emit(str(alias)))
        self.groups.removed.connect(self._remove_group)
        self.groups.picked.connect(self._show_dates)
        self.groups.entered.connect(lambda _value: self.since.setFocus())
        self.group.chosen.connect(self._add_group)
        self.group.escaped.connect(self.left)
        for line in (self.since, self.until):
            line.chosen.connect(self._date)
            line.escaped.connect(self.groups.setFocus)
        self.since.skipped.connect(self.until.setFocus)
        self.twins.entered.connect(self.merged)

    def _lay_out(self) -> None:
        dates = QHBoxLayout()
        dates.setSpacing(_GAP)
        dates.addWidget(self.since)
        dates.addWidget(self.until)
        left, right = QVBoxLayout(), QVBoxLayout()
        for title, widget in (
            ("Name", self.name),
            ("Type", self.type),
            ("Wikidata", self.wikidata),
            ("Note", self.note),
        ):
            left.addWidget(self._titled(title, widget))
        left.addWidget(self._twins)
        names = self._titled("Other names  ·  Enter main name, B somebody else’s", self.aliases)
        right.addWidget(names)
        right.addWidget(self.alias)
        right.addSpacing(_GAP)
        right.addWidget(self._titled("Belongs to  ·  Enter dates, Del removes", self.groups))
        right.addLayout(dates)
        right.addWidget(self.group)
        for column in (left, right):
            column.setSpacing(_GAP)
            column.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _titled(self, title: str, widget: QWidget) -> QWidget:
        """A widget below its name."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        label = plain_label(box, "muted", title)
        column.addWidget(label)
        column.addWidget(widget)
        return box
