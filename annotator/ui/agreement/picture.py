"""Every two layers as a picture, with the choice of what it shows and a line on the square one is on."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.analysis.agreement.figure import Figure
from annotator.analysis.agreement.report import Report, is_directed
from annotator.formats import agreement_text as words
from annotator.formats.definitions import definitions
from annotator.formats.review_round.content import Names
from annotator.ui.agreement.definition import DefinitionCard
from annotator.ui.agreement.lines import cells_of
from annotator.ui.agreement.matrix import Matrix
from annotator.ui.look.plain import plain_label
from annotator.ui.look.theme import Theme

_FIRST = "f1.overlap"
_ALL = "all kinds"


class Picture(QWidget):
    """The left of the window of agreement."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self._names: Names | None = None
        self.measure = QComboBox(self)
        self.of = QComboBox(self)
        self.matrix = Matrix(theme, self)
        self.told = plain_label(self)
        self.definition = DefinitionCard(self)
        self._lay_out()
        self.measure.currentIndexChanged.connect(lambda _index: self._chosen())
        self.of.currentIndexChanged.connect(lambda _index: self._show_matrix())
        self.matrix.moved.connect(self._tell)

    def show_report(self, report: Report, names: Names) -> None:
        """Figures that are new; what was chosen stays."""
        self._report, self._names = report, names
        self._fill_measures(report)
        self._show_matrix()

    def show_figure(self, measure: str, of: str) -> bool:
        """Choose a figure, if it is one of two layers; whether it is."""
        if self.measure.findData(measure) < 0:
            return False
        self.measure.setCurrentIndex(self.measure.findData(measure))
        self.of.setCurrentIndex(max(0, self.of.findData(of)))
        return True

    def toggle_definition(self) -> None:
        """What the figure is; again to hide it."""
        self.definition.setVisible(not self.definition.isVisible())

    def _fill_measures(self, report: Report) -> None:
        """The figures of two layers, and what they can be about."""
        there = {f.measure for f in report.figures if len(f.layers) == 2}
        kept = self.measure.currentData() or _FIRST
        self.measure.blockSignals(True)
        self.measure.clear()
        for one in definitions().values():
            if one.measure in there:
                self.measure.addItem(one.name, one.measure)
        self.measure.setCurrentIndex(max(0, self.measure.findData(kept)))
        self.measure.blockSignals(False)
        self._fill_of(report)

    def _fill_of(self, report: Report) -> None:
        measure, kept = self.measure.currentData(), self.of.currentData()
        found = dict.fromkeys(
            f.of for f in report.figures if f.measure == measure and len(f.layers) == 2
        )
        self.of.blockSignals(True)
        self.of.clear()
        for of in sorted(found, key=lambda of: of != ""):
            self.of.addItem(of or _ALL, of)
        self.of.setCurrentIndex(max(0, self.of.findData(kept)))
        self.of.setEnabled(self.of.count() > 1)
        self.of.blockSignals(False)

    def _chosen(self) -> None:
        if self._report is not None:
            self._fill_of(self._report)
            self._show_matrix()

    def _show_matrix(self) -> None:
        report, names = self._report, self._names
        if report is None or names is None:
            return
        measure, of = self.measure.currentData() or _FIRST, self.of.currentData() or ""
        cells, directed = cells_of(report, measure, of), is_directed(measure)
        self.matrix.show_cells(report.layers, names.layers, cells, directed)
        self._tell(self.matrix.current)
        self.definition.show_measure(measure)

    def _tell(self, figure: Figure | None) -> None:
        """The square one is on, in a line."""
        if figure is None or self._names is None:
            self.told.setText("")
            return
        between = words.pair(figure, self._names, ())
        spread = words.interval(figure)
        value = words.number(figure.value) if figure.value is not None else "undefined"
        about = f" ({spread})" if spread else ""
        rest = figure.undefined or words.rests_on(figure)
        self.told.setText(f"{between}: {value}{about}\n{rest}")

    def _lay_out(self) -> None:
        self.measure.setAccessibleName("Figure")
        self.of.setAccessibleName("Of which kind")
        help_ = QPushButton("?", self)
        help_.setAccessibleName("What this figure is")
        help_.setToolTip("What this figure is (?)")
        help_.setFixedWidth(38)
        help_.clicked.connect(lambda _checked: self.toggle_definition())
        choice = QHBoxLayout()
        choice.addWidget(self.measure, 5)
        choice.addWidget(self.of, 3)
        choice.addWidget(help_)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(choice)
        column.addWidget(self.definition)
        column.addWidget(self.matrix)
        column.addWidget(self.told)
        column.addStretch(1)
