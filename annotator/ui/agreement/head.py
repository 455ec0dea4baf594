"""The top of the window of agreement: what was compared, what came out, and how it was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
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
from annotator.ui.agreement.headline import Headline
from annotator.ui.agreement.lines import coverage_line
from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.style import set_look


class Head(QWidget):
    """Two lines, the first figures, a bar while something is counted, and what can be chosen."""

    picked = Signal(object)
    """The layers to be compared, as a tuple of ids."""
    reporting = Signal()
    """A report of the round is wanted."""
    ranking = Signal()
    """Which of overlapping marks counts is to be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "panel")
        self.coverage = plain_label(self, "title")
        self.left_out = plain_label(self, "muted")
        self.message = plain_label(self, "danger")
        self.bar = QProgressBar(self)
        self.headline = Headline(self)
        self.report = QPushButton("&Report…", self)
        self.report.setToolTip("Save a report of this round, to be printed or worked on (Ctrl+S)")
        self.report.clicked.connect(lambda _checked: self.reporting.emit())
        self.layers = QPushButton("&Layers", self)
        self.overlaps = QPushButton("&Overlaps", self)
        self.overlaps.setToolTip(
            "Which mark counts where several overlap and a character can have only one kind"
        )
        self.overlaps.clicked.connect(lambda _checked: self.ranking.emit())
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
        self.headline.show_report(report)
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

    def show_overlaps(self, chosen: str) -> None:
        """Which mark counts, in a few words."""
        self.overlaps.setText(f"&Overlaps: {chosen.replace('&', '&&')}…")

    def show_progress(self, share: float) -> None:
        self.bar.setVisible(share < 1)
        self.bar.setValue(round(100 * share))

    def draw_progress(self, share: float) -> None:
        """The same at once, for work that lets nothing else happen meanwhile."""
        self.show_progress(share)
        self.bar.repaint()

    def say(self, text: str, look: str = "danger") -> None:
        """What could not be done, or was; nothing takes the sentence away."""
        self.bar.hide()
        set_look(self.message, look)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _pick(self, _action: QAction) -> None:
        self.picked.emit(tuple(a.data() for a in self._menu.actions() if a.isChecked()))

    def _lay_out(self) -> None:
        self.coverage.setText("Comparing…")
        row = QHBoxLayout()
        row.addWidget(self.coverage, 1)
        row.addWidget(self.report, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.overlaps, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.layers, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.left_out)
        column.addWidget(self.headline)
        column.addWidget(self.message)
        self.message.hide()
        self.left_out.hide()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the comparison is")
        column.addWidget(self.bar)
