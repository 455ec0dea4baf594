"""The window of the people: who there is, what is known of them, and all they say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Actor, Id
from annotator.core.revision import Revision
from annotator.store.people import Spoken
from annotator.ui.enter import ENTER
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.letters import least
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.look.wrapping import Wrapping
from annotator.ui.people.changing import Changing
from annotator.ui.people.details import Details
from annotator.ui.people.layers import Layers
from annotator.ui.people.listing import ActorPainter, Actors
from annotator.ui.people.nothing import nobody_found, nobody_known, silent
from annotator.ui.people.said_list import SaidList
from annotator.ui.side_window import SideWindow

_RECOUNT_MS = 700
"""How long after the last change the numbers in the list are counted anew."""


class PeopleWindow(SideWindow):
    """Every actor on the left, the one chosen on the right."""

    name = "people"
    usual_size = (1040, 760)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Actors")
        self._people = frame.desk.workspace.people
        self._shown: Id | None = None
        self.filter = QLineEdit(self)
        self.list = QListView(self)
        self.actors = Actors(frame.desk.workspace, self)
        self.details = Details(lambda: self._people.register, self)
        self.said = SaidList(frame.desk.workspace, frame.theme, self)
        self.layers = Layers(frame.desk.workspace, frame.settings, self)
        self.message = plain_label(self)
        self._changing = Changing(frame.desk, self)
        self._painter = ActorPainter(frame.theme, self.actors, self.list)
        self._empty = Notice("", self)
        self._silent = Notice("", self)
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(_RECOUNT_MS)
        self._lay_out()
        self._connect()
        self._make_keys()
        self._count_in_layer()
        self._reload(None)
        self.filter.setFocus()

    @property
    def actor(self) -> Actor | None:
        """The one shown."""
        return self._people.register.index.get(self._shown) if self._shown is not None else None

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.said.painter_.theme = theme
        self.list.viewport().update()
        self.said.viewport().update()

    def show_actor(self, actor: Id) -> None:
        """Go to an actor, whatever was looked for before."""
        if self.actors.row(actor) is None:
            self.filter.clear()
        self._reload(actor)

    def look_for(self, words: str) -> None:
        """List who may be called so."""
        self.filter.setText(words)
        self.filter.setFocus()

    # What is done

    def new_actor(self) -> None:
        """Add an actor, called what was looked for."""
        made = self._changing.add(self.filter.text().strip() or "New actor")
        if made is not None:
            self.show_actor(made.id)
            self.details.to_name()

    def delete(self) -> None:
        """Delete the actor shown, if nothing names them."""
        if self.actor is not None:
            self._changing.delete(self.actor)

    def merge(self) -> None:
        """Choose who else the actor shown is, and make both one."""
        if self.actor is not None:
            self._changing.merge(self.actor)

    def retire(self) -> None:
        """Offer the actor shown no longer, or again."""
        if self.actor is not None:
            self._changing.retire(self.actor)

    def split(self) -> None:
        """Choose which marks mean somebody else, who is new."""
        if self.actor is None:
            return
        made = self._changing.split(self.actor)
        if made is not None:
            label = self.message.text()
            self.show_actor(made)
            self._say(label)

    def _merge(self, other: Actor) -> None:
        if self.actor is not None:
            self._changing.merge_with(self.actor, other)

    def _give_away(self, alias: str) -> None:
        if self.actor is not None:
            self._changing.give_away(self.actor, alias)

    def _go_to(self, spoken: Spoken) -> None:
        """Take a statement in hand in the main window."""
        self.desk.open(spoken.article)
        if spoken.layer == self.desk.workspace.analyst.id:
            self.desk.take(spoken.statement)
        else:
            self.desk.said.emit("This statement is another analyst's; here is the article.")
        self.frame.to_text()
        self.frame.raise_()
        self.frame.activateWindow()

    def _say(self, text: str, look: str = "muted") -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_look(self.message, look)

    # What is shown

    def _reload(self, keep: Id | None) -> None:
        """List anew, with the one to keep still chosen if they are there."""
        self.actors.filter = self.filter.text()
        self.actors.reload()
        # While one types, the first found is shown; the rest need not be known for that.
        typed = keep is None and bool(self.filter.text().strip())
        row = 0 if typed else self.actors.row(keep if keep is not None else self._shown)
        self._select(row if row is not None else 0)
        known = bool(len(self._people.register.index))
        self._empty.label.setText(nobody_found() if known else nobody_known(self.desk.book))
        self._pages.setCurrentIndex(0 if self.actors.rowCount() else 1)

    def _select(self, row: int) -> None:
        index = self.actors.reach(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._show(self.actors.actor_at(row))

    def _show(self, actor: Actor | None) -> None:
        """Show somebody on the right; nobody leaves it as it is, below a notice."""
        if actor is None:
            self._shown = None
            return
        other = actor.id != self._shown
        self._shown = actor.id
        self.details.show_actor(actor)
        self._retiring.setText("Offe&r again" if actor.retired else "&Retire")
        if other:
            self._show_said()
            self._say("")

    def _show_said(self) -> None:
        place = self.said.said.spoken_at(self.said.currentIndex().row())
        self.said.said.show_actor(self._shown)
        row = self.said.said.row(place.statement if place else None)
        if row is not None:
            self.said.setCurrentIndex(self.said.said.reach(row))
        said = self.said.said
        number, elsewhere = said.number, said.numbers.total() - said.number
        self.layers.show_numbers(said.numbers)
        self._heading.setText("Statements" if self.layers.are_several else f"Statements ({number})")
        name = self.actor.name if self.actor else "them"
        self._silent.label.setText(silent(self.desk.book, name, elsewhere))
        self._below.setCurrentIndex(0 if number else 1)

    def _revised(self, revision: Revision) -> None:
        kinds = revision.kinds
        if "actor" in kinds:
            self._reload(self._shown)
        if kinds & {"mark", "statement", "article", "issue", "codebook"}:
            self._show_said()
            self._recount.start()

    def _count(self) -> None:
        self.actors.recount()
        self._count_in_layer()
        self._reload(self._shown)
        self._show_said()

    def _count_in_layer(self) -> None:
        """Offer the layers there are, and count and list the statements of the one chosen."""
        self.layers.offer(self.actors.by_layer)
        self.actors.count_in(self.layers.layer)
        self.said.said.layer = self.layers.layer
        for widget in (self.layers, self._counted):
            widget.setVisible(self.layers.are_several)
        self._counted.setText(f"The numbers are statements {self.layers.said}.")

    def _choose_layer(self) -> None:
        self._count_in_layer()
        self._reload(self._shown)
        self._show_said()

    def _sort(self) -> None:
        """By name, or those who say most first."""
        self.actors.by_count = not self.actors.by_count
        self._sorting.setText("&Sort: by statements" if self.actors.by_count else "&Sort: by name")
        self._reload(self._shown)

    def _group(self) -> None:
        """Statements by article, or by issue."""
        said = self.said.said
        said.grouping = "issue" if said.grouping == "article" else "article"
        self._grouping.setText(f"&Group: by {said.grouping}")
        self._show_said()

    # Inside

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._reload(None))
        self.filter.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.installEventFilter(self)
        self._changing.told.connect(self._say)
        self.details.changed.connect(lambda edit: self._changing.do(lambda: edit))
        self.details.failed.connect(lambda why: self._say(why, "danger"))
        self.details.alias_given_away.connect(self._give_away)
        self.details.merged.connect(self._merge)
        self.details.left.connect(self.list.setFocus)
        self.said.taken.connect(self._go_to)
        self._recount.timeout.connect(self._count)
        self.layers.chosen.connect(self._choose_layer)
        self.desk.revised.connect(self._revised)
        self.desk.failed.connect(self._on_failed)

    def _on_failed(self, why: str) -> None:
        """A method, so that Qt forgets it with the window; of a lambda it knows no window."""
        self._say(why, "danger")

    def _chosen(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid():
            self._show(self.actors.actor_at(index.row()))

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, key: Qt.Key) -> bool:
        """From the filter into the list, from the list to what they say; whether it is so."""
        enter = key in ENTER
        if watched is self.filter and (key == Qt.Key.Key_Down or enter):
            self.list.setFocus()
        elif watched is self.filter and key == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif watched is self.list and enter:
            self.said.setFocus()
        else:
            return False
        return True

    def _make_keys(self) -> None:
        standard = QKeySequence.StandardKey
        for keys, action in (
            ("Ctrl+F", self._to_filter),
            ("F2", self.details.to_name),
            ("Ctrl+N", self.new_actor),
            ("Ctrl+M", self.merge),
            ("Ctrl+L", self.split),
            ("Ctrl+R", self.retire),
            (standard.Undo, self.desk.undo),
            (standard.Redo, self.desk.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(action)

    def _to_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for side, pixels, letters in ((self._left(), 220, 30), (self._right(), 420, 44)):
            side.setMinimumWidth(least(pixels, letters, self))
            splitter.addWidget(side)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 740])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def _left(self) -> QWidget:
        self.filter.setPlaceholderText("Find by name (Ctrl+F)")
        self.filter.setAccessibleName("Find by name")
        set_look(self.filter, "search")
        self.list.setAccessibleName("Actors")
        self.list.setModel(self.actors)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        set_look(self.list, "cards")
        self._sorting = self._button("&Sort: by name", "quiet", self._sort)
        self._counted = plain_label(self, "muted")
        self._counted.setContentsMargins(6, 0, 6, 0)
        side = QWidget(self)
        set_look(side, "panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 10, 0, 8)
        column.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.addWidget(self.filter)
        top.addWidget(self._counted)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 8, 0)
        below.addWidget(self._sorting)
        below.addStretch(1)
        below.addWidget(self._button("&New…", "quiet", self.new_actor))
        column.addLayout(below)
        return side

    def _right(self) -> QWidget:
        self._heading = QLabel("Statements", self)
        set_look(self._heading, "title")
        self._grouping = self._button("&Group: by article", "quiet", self._group)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(self._heading)
        heading.addWidget(self.layers, 1)
        heading.addStretch(1)
        heading.addWidget(self._grouping)
        self._below = QStackedWidget(self)
        self._below.addWidget(self.said)
        self._below.addWidget(self._silent)
        self._retiring = self._button("&Retire", None, self.retire)
        buttons = (
            self._button("&Merge with…", None, self.merge),
            self._button("S&plit…", None, self.split),
            self._retiring,
            self._button("&Delete", None, self.delete),
        )
        self.message.hide()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Wrapping(buttons, self))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(10)
        column.addWidget(self.details)
        column.addLayout(heading)
        column.addWidget(self._below, 1)
        column.addWidget(self.message)
        column.addLayout(foot)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        return self._pages

    def _button(self, text: str, look: str | None, action: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        set_look(button, look)
        button.clicked.connect(lambda _checked: action())
        return button
