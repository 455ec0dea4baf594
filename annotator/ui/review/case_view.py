"""One case opened: its table, what was decided, and what is said about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.analysis.cases import Case
from annotator.core.model import GOLD, Id
from annotator.core.review.records import REASONS, Comment, Verdict
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.review.comments import comment_frame
from annotator.ui.review.naming import Lane
from annotator.ui.review.quoting import differing
from annotator.ui.review.underlining import APART, Underlining
from annotator.ui.review.words import GOLD_HEADING, NOTHING, Reader, Row

DIFFERS = "≠"
_LOOKS = {"accepted": "success", "corrected": "warning", "rejected": "danger"}
_LEAST_COLUMN = 72
_CELL_WIDTH, _CELL_HEIGHT = 20, 9
"""What the style sheet adds around the words of a cell, in pixels."""


class CaseView(QWidget):
    """Shows a case; every row in which the layers differ carries a sign."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.decision = self._label()
        self.since = self._label("warning")
        self.table = CaseTable(theme, self)
        self.comments = QVBoxLayout()
        self.comments.setSpacing(6)
        self._said: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.decision)
        column.addWidget(self.since)
        column.addWidget(self.table)
        column.addLayout(self.comments)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = self.table.theme = theme
        self.table.draw()

    def show_case(self, reader: Reader | None, case: Case | None, chosen: frozenset[Id]) -> None:
        """Show a case with the layers that are chosen to be taken together."""
        self.setVisible(reader is not None and case is not None)
        if reader is None or case is None:
            return
        rows = reader.table(case)
        self.table.show_rows(reader.lanes, rows, chosen, bool(case.verdicts))
        self._say(self.decision, decision_words(case))
        look = _LOOKS.get(case.verdicts[0].decision, "muted") if case.verdicts else "muted"
        set_look(self.decision, look)
        self._say(self.since, changed_words(case, reader.lanes))

    def show_comments(
        self, comments: Sequence[tuple[Comment, str]], edited: Collection[Id]
    ) -> None:
        """Show comments with who wrote them and whether they said something else before; answers
        stand further in."""
        for widget in self._said:
            self.comments.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._said = [comment_frame(c, who, c.id in edited, self) for c, who in comments]
        for widget in self._said:
            self.comments.addWidget(widget)

    def _label(self, look: str = "muted") -> QLabel:
        label = plain_label(self, look)
        label.setContentsMargins(8, 3, 8, 3)
        return label

    @staticmethod
    def _say(label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def decision_words(case: Case) -> str:
    """What was decided, why, and what was noted."""
    if not case.verdicts:
        return "Undecided."
    return "\n".join(verdict_words(verdict) for verdict in case.verdicts)


def verdict_words(verdict: Verdict) -> str:
    name = verdict.decision.capitalize() if verdict.sources else "Added by a reviewer"
    reason = REASONS.get(verdict.reason, verdict.reason)
    said = ", ".join(filter(None, (reason, verdict.note)))
    gap = " · Guideline gap" if verdict.gap else ""
    return f"{name}{f': {said}' if said else ''}{gap}"


def changed_words(case: Case, lanes: Sequence[Lane]) -> str:
    """What is otherwise than when it was judged."""
    badges = {lane.id: lane.badge for lane in lanes}
    there = set(case.ids)
    said = []
    for source in case.changed:
        who = badges.get(source.layer, "A layer")
        gone = source.id not in there
        said.append(f"{who} took it away since" if gone else f"{who} changed it since")
    said += [f"{badges.get(layer, 'A layer')} says it too since" for layer in case.new]
    return "; ".join(dict.fromkeys(said)) + "." if said else ""


class CaseTable(QTableWidget):
    """Roles and fields by layer; as high as its rows, for it scrolls with what is around it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: tuple[Sequence[Lane], Sequence[Row], frozenset[Id], bool] | None = None
        self.setAccessibleName("The case: roles and fields by layer")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + 8)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(_LEAST_COLUMN)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionsClickable(False)
        self.setItemDelegate(Underlining(self))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fit)
        header.sectionResized.connect(self._soon.start)

    def show_rows(
        self, lanes: Sequence[Lane], rows: Sequence[Row], chosen: frozenset[Id], decided: bool
    ) -> None:
        self._shown = (lanes, rows, chosen, decided)
        self.draw()

    def draw(self) -> None:
        """Fill the table with what it shows, in the colours of the theme."""
        if self._shown is None:
            return
        lanes, rows, chosen, decided = self._shown
        layers = [*(lane.id for lane in lanes), *([GOLD] if decided else [])]
        self.clearSpans()
        self.clearContents()  # or cells that a span covers by now would still need their height
        self.setRowCount(len(rows))
        self.setColumnCount(len(layers) + 1)
        headings = [("✓ " if lane.id in chosen else "") + lane.heading for lane in lanes]
        names = ["", *headings, *([GOLD_HEADING] if decided else [])]
        self.setHorizontalHeaderLabels(names)
        for number, row in enumerate(rows):
            self._fill(number, row, [lane.id for lane in lanes], decided)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._fit()

    def _fill(self, number: int, row: Row, layers: Sequence[Id], decided: bool) -> None:
        said = f"{DIFFERS} {row.name}" if row.differs else row.name
        self._put(number, 0, said, "text" if row.differs else "text_muted", row.differs)
        cells = [row.cells.get(layer) or NOTHING for layer in layers]
        if not row.differs and len(layers) > 1 and len(set(cells)) == 1:
            self._put(number, 1, cells[0], "text_muted", False)
            as_it_is = decided and row.cells.get(GOLD, NOTHING) == cells[0]
            self.setSpan(number, 1, 1, len(layers) + as_it_is)
            decided = decided and not as_it_is
        else:
            there = [cell for cell in cells if cell != NOTHING]
            for column, cell in enumerate(cells, 1):
                marked = row.differs and (row.is_field or cell != NOTHING)
                item = self._put(number, column, cell, "text", marked)
                if marked and not row.is_field:
                    item.setData(APART, differing(cell, there))
        if decided:
            self._put(number, len(layers) + 1, row.cells.get(GOLD) or NOTHING, "success", False)

    def _put(
        self, row: int, column: int, words: str, colour: str, marked: bool
    ) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setForeground(self.theme.colour(colour))
        item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        item.setToolTip(tip(words))
        if marked and column == 0:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        if marked and column:
            item.setBackground(self.theme.colour("warning_background"))
        self.setItem(row, column, item)
        return item

    def _fit(self) -> None:
        """Rows as high as their words, and the table as high as its rows. Qt itself does not
        reckon with cells that reach over several columns."""
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(map(partial(self._needed, row), range(self.columnCount()))))
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 6
        height += sum(self.rowHeight(row) for row in range(self.rowCount()))
        if self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)

    def _needed(self, row: int, column: int) -> int:
        """The height a cell needs."""
        item = self.item(row, column)
        words = item.text() if item else ""
        reach = range(column, column + self.columnSpan(row, column))
        width = sum(map(self.columnWidth, reach)) - _CELL_WIDTH
        flags = int(Qt.TextFlag.TextWordWrap)
        area = QRect(0, 0, max(width, 20), 10_000)
        return int(self.fontMetrics().boundingRect(area, flags, words).height()) + _CELL_HEIGHT

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
