"""The top of the window of agreement: what was compared, what was left out, and whose layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.analysis.agreement.report import Report
from annotator.core.model import GOLD, Id
from annotator.formats import agreement_text as words
from annotator.formats.review_round.content import Names
from annotator.ui.agreement.lines import coverage_line
from annotator.ui.look.plain import tip
from annotator.ui.look.style import set_look


class Head(QWidget):
    """Two lines, a bar while something is counted, and the menu of layers."""

    picked = Signal(object)
    """The layers to be compared, as a tuple of ids."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "panel")
        self.coverage = self._label("title")
        self.left_out = self._label("muted")
        self.message = self._label("danger")
        self.bar = QProgressBar(self)
        self.layers = QPushButton("&Layers", self)
        self._menu = QMenu(self)
        self.layers.setMenu(self._menu)
        self._menu.triggered.connect(self._pick)
        self._lay_out()

    def show_report(self, report: Report, names: Names) -> None:
        """What a report was made from."""
        found = report.coverage
        self.coverage.setText(coverage_line(report, names))
        left = words.excluded((*found.excluded, *report.excluded))
        self.left_out.setText(f"Left out: {left}." if left else "")
        self.left_out.setVisible(bool(left))
        self.coverage.setToolTip(tip("\n".join(words.coverage_lines(report, names))))

    def show_layers(self, able: Iterable[Id], chosen: Sequence[Id], names: Names) -> None:
        """Which layers can be compared, and which are."""
        self._menu.clear()
        for layer in able:
            action = self._menu.addAction(names.layer(layer).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(layer)
            action.setChecked(layer in chosen)
        named = [names.layer(layer) for layer in chosen if layer != GOLD]
        label = f"{len(named)} analysts" if len(named) != 1 else named[0].replace("&", "&&")
        self.layers.setText(f"&Layers: {label}{' and gold' if GOLD in chosen else ''}")

    def show_progress(self, share: float) -> None:
        self.bar.setVisible(share < 1)
        self.bar.setValue(round(100 * share))

    def say(self, text: str) -> None:
        """What could not be done; nothing takes the sentence away."""
        self.bar.hide()
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _pick(self, _action: QAction) -> None:
        self.picked.emit(tuple(a.data() for a in self._menu.actions() if a.isChecked()))

    def _label(self, look: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        set_look(label, look)
        return label

    def _lay_out(self) -> None:
        self.coverage.setText("Comparing…")
        row = QHBoxLayout()
        row.addWidget(self.coverage, 1)
        row.addWidget(self.layers, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.left_out)
        column.addWidget(self.message)
        self.message.hide()
        self.left_out.hide()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the comparison is")
        column.addWidget(self.bar)
