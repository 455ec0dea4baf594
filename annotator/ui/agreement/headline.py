"""The figures that one looks for first, in large digits, with their intervals."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from annotator.analysis.agreement.figure import Figure
from annotator.analysis.agreement.report import Report
from annotator.formats import agreement_text as words
from annotator.formats.definitions import definitions
from annotator.ui.look.plain import plain_label, tip

_MEASURES = ("f1.overlap", "alpha.sets", "f1.aligned")
"""What reviewers of a paper ask for, what is corrected for chance, and what is said of statements."""


class _Tile(QWidget):
    """One figure of all layers."""

    def __init__(self, measure: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure = measure
        self.value = plain_label(self, "figure", wraps=False)
        self.name = plain_label(self, text=definitions()[measure].name, wraps=False)
        self.spread = plain_label(self, "muted", wraps=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.value, 0, 0, 2, 1)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.spread, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: Figure | None) -> None:
        value, spread, rest = words.NOTHING, "", ""
        if figure is not None:
            value = words.number(figure.value)
            spread = words.interval(figure) or ("undefined" if figure.undefined else "")
            rest = figure.undefined or words.rests_on(figure)
        self.value.setText(value)
        self.spread.setText(spread)
        self.setToolTip(tip(f"{definitions()[self.measure].says}\n\n{rest}"))
        said = f"{self.name.text()}: {self.value.text()} {self.spread.text()}".rstrip()
        self.setAccessibleName(said)


class Headline(QWidget):
    """Hidden while there is nothing to compare."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles = [_Tile(measure, self) for measure in _MEASURES]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 4)
        row.setSpacing(36)
        for tile in self.tiles:
            row.addWidget(tile)
        row.addStretch(1)
        self.hide()

    def show_report(self, report: Report) -> None:
        """The figures of all layers together."""
        for tile in self.tiles:
            tile.show_figure(report.figure(tile.measure, "", report.layers))
        self.setVisible(bool(report.worst))
