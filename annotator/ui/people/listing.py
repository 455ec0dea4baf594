"""The actors on the left: found by a few letters, sorted by name or by how much they say."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.model import Actor, Id
from annotator.core.text.cleaning import counted
from annotator.ui.guard import guarded
from annotator.ui.look.elide import draw_cut
from annotator.ui.look.ground import paint_ground
from annotator.ui.look.theme import Theme
from annotator.ui.panel.cards import Index
from annotator.ui.people.choosing import about
from annotator.ui.people.layers import EACH
from annotator.ui.people.paged import Paged
from annotator.workspace import Workspace

ROW = Qt.ItemDataRole.UserRole
_FIRST = 400
"""Of those who fit a filter; the rest is found when one scrolls that far."""
_PAD, _LEADING = 10, 2


class Actors(Paged[Id]):
    """One row an actor. Rows are ids; names are looked up when they are painted."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._places: dict[Id, int] = {}
        self._partial = False
        self.counts: Counter[Id] = Counter()
        """How many statements each actor makes, in the layer that is counted."""
        self.by_layer: dict[Id, Counter[Id]] = {}
        self.filter = ""
        self.by_count = False
        self.recount()

    def recount(self) -> None:
        """Count the statements anew, of every layer; :meth:`count_in` says which is shown."""
        self.by_layer = self._workspace.people.statement_counts()

    def count_in(self, layer: Id) -> None:
        """Show the numbers of a layer, or of all of them together."""
        self.counts = Counter()
        for owner, counts in self.by_layer.items():
            if layer in (EACH, owner):
                self.counts.update(counts)

    def reload(self) -> None:
        """List those who fit the filter."""
        index = self._workspace.people.register.index
        self._partial = False
        if self.filter.strip():
            most = None if self.by_count else _FIRST
            ids = [hit.actor.id for hit in index.search(self.filter, most)]
            self._partial = len(ids) == most
        else:
            ids = [actor.id for actor in index]
        if self.by_count:
            ids.sort(key=lambda id: -self.counts[id])
        self._places = {id: row for row, id in enumerate(ids)}
        self.put_rows(ids)

    @guarded(default=False)
    def canFetchMore(self, parent: Index) -> bool:
        if self._partial and not parent.isValid() and self._told == self.whole:
            self._find_rest()
        return bool(super().canFetchMore(parent))

    def _find_rest(self) -> None:
        """Those beyond the first who fit, in the order that goes on from there."""
        self._partial = False
        hits = self._workspace.people.register.index.search(self.filter, None)
        self._rows = [hit.actor.id for hit in hits]
        self._places = {id: row for row, id in enumerate(self._rows)}

    def actor_at(self, row: int) -> Actor | None:
        id = self.row_at(row)
        return None if id is None else self._workspace.people.register.index.get(id)

    def row(self, actor: Id | None) -> int | None:
        if self._partial and actor is not None and actor not in self._places:
            self._find_rest()
        return None if actor is None else self._places.get(actor)

    @guarded(default=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        actor = self.actor_at(index.row())
        if actor is None:
            return None
        if role == ROW:
            return actor
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = counted(self.counts[actor.id], "statement")
            retired = "retired, " if actor.retired else ""
            return f"{actor.name}, {retired}{actor.type}, {said}"
        return None


class ActorPainter(QStyledItemDelegate):
    """Draws a row: the name, below it the type and other names, at the right how much they say."""

    def __init__(self, theme: Theme, actors: Actors, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._actors = actors

    @guarded(default=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, 2 * (QFontMetrics(option.font).height() + _LEADING) + 2 * _PAD - 4)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        actor = index.data(ROW)
        if not isinstance(actor, Actor):
            return
        painter.save()
        self._write(painter, option, actor, paint_ground(painter, self.theme, option))
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, actor: Actor, selected: bool
    ) -> None:
        metrics = QFontMetrics(option.font)
        line = metrics.height() + _LEADING
        inner = option.rect.adjusted(_PAD + 4, _PAD - 3, -_PAD - 4, 0)
        inner.setHeight(line)
        number = str(self._actors.counts[actor.id] or "")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(option.font)
        painter.setPen(self.theme.colour("selection_text" if selected else "text_muted"))
        painter.drawText(inner, right, number)
        below = inner.translated(0, line)
        draw_cut(painter, below, about(actor))
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self.theme.colour("selection_text" if selected else "text"))
        beside = metrics.horizontalAdvance(number) + _PAD if number else 0
        draw_cut(painter, inner.adjusted(0, 0, -beside, 0), actor.name)
