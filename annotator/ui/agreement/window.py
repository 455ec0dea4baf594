"""The window of agreement: what was compared, every two layers, figures, articles, differences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.analysis.agreement.figure import Figure
from annotator.analysis.agreement.report import Report, is_directed
from annotator.core.model import GOLD, Id
from annotator.core.revision import Revision
from annotator.formats import agreement_text as words
from annotator.formats.definitions import definitions
from annotator.formats.review_round.content import Names, Told
from annotator.ui.agreement.definition import DefinitionCard
from annotator.ui.agreement.disagreements import Disagreements
from annotator.ui.agreement.lines import (
    ALONE,
    article_lines,
    articles_table,
    cells_of,
    coverage_line,
    figure_lines,
    figures_table,
    place_line,
    places_table,
    types_table,
)
from annotator.ui.agreement.matrix import Matrix
from annotator.ui.agreement.table import Line, Table
from annotator.ui.agreement.working import Working
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.notice import Notice
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.side_window import SideWindow
from annotator.workspace.rounds import names_of

_FIRST = "f1.overlap"
_ALL = "all kinds"
_DIFFERENCES = 2
"""The place of that tab."""


class AgreementWindow(SideWindow):
    """On the left every two layers as a picture, on the right tables."""

    name = "agreement"
    usual_size = (1240, 780)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Agreement")
        workspace = frame.desk.workspace
        self.report: Report | None = None
        self._names: Names = names_of(workspace)
        self.working = Working(workspace, self)
        self.differences = Disagreements(workspace, self)
        self.matrix = Matrix(frame.theme, self)
        self.measure = QComboBox(self)
        self.of = QComboBox(self)
        self.coverage = QLabel(self)
        self.left_out = QLabel(self)
        self.told = QLabel(self)
        self.definition = DefinitionCard(self)
        self.tabs = QTabWidget(self)
        self.figures = figures_table(self)
        self.articles = articles_table(self)
        self.types = types_table(self)
        self.places = places_table(self)
        self.bar = QProgressBar(self)
        self.message = QLabel(self)
        self._layers_menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._make_keys()
        self.begin()
        self.matrix.setFocus()

    def begin(self) -> None:
        """Compare from the start."""
        self.working.begin()
        self._fill_layers()

    def set_theme(self, theme: Theme) -> None:
        self.matrix.theme = theme
        self.matrix.update()

    # What is shown

    def _show(self, report: Report) -> None:
        """Figures that are new."""
        first = self.report is None
        self.report = report
        self._names = names_of(self.desk.workspace)
        self.bar.hide()
        self._show_coverage(report)
        self._pages.setCurrentIndex(0 if report.worst else 1)
        self._fill_measures(report)
        self._show_matrix()
        self.figures.put(figure_lines(report, self._names))
        self.articles.put(article_lines(report, self._names))
        if self.tabs.currentIndex() == _DIFFERENCES or first:
            self._to_tab(self.tabs.currentIndex())

    def _show_coverage(self, report: Report) -> None:
        found = report.coverage
        self.coverage.setText(coverage_line(report, self._names))
        left = words.excluded((*found.excluded, *report.excluded))
        self.left_out.setText(f"Left out: {left}." if left else "")
        self.left_out.setVisible(bool(left))
        self.coverage.setToolTip("\n".join(words.coverage_lines(report, self._names)))

    def _fill_measures(self, report: Report) -> None:
        """The figures of two layers, and what they can be about; what was chosen stays."""
        pairs = [f for f in report.figures if len(f.layers) == 2]
        there = {f.measure for f in pairs}
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

    def _show_matrix(self) -> None:
        report = self.report
        if report is None:
            return
        measure, of = self.measure.currentData() or _FIRST, self.of.currentData() or ""
        cells, directed = cells_of(report, measure, of), is_directed(measure)
        self.matrix.show_cells(report.layers, self._names.layers, cells, directed)
        self._tell(self.matrix.current)
        self.definition.show_measure(measure)

    def _tell(self, figure: Figure | None) -> None:
        """The square one is on, in a line."""
        if figure is None:
            self.told.setText("")
            return
        between = words.pair(figure, self._names, ())
        spread = words.interval(figure)
        value = words.number(figure.value) if figure.value is not None else "undefined"
        about = f" ({spread})" if spread else ""
        rest = figure.undefined or f"{words.units(figure)} on {figure.articles:,} articles"
        self.told.setText(f"{between}: {value}{about}\n{rest}")

    def _show_types(self) -> None:
        self.bar.hide()
        tells = self.differences.teller
        self.types.put(
            [Line((tells.type(name), f"{n:,}"), name) for name, n in self.differences.counts()]
        )
        self._show_places()

    def _show_places(self) -> None:
        name = self.types.current
        found = self.differences.of(name) if isinstance(name, tuple) else []
        self.places.put([place_line(one, self._names) for one in found])

    # What is done

    def _to_article(self, article: object) -> None:
        """Open an article in the main window."""
        if isinstance(article, int):
            self.desk.open(article)
            self._to_frame()

    def _to_place(self, told: object) -> None:
        """Go to a difference in the main window."""
        if isinstance(told, Told):
            self.desk.open(told.article)
            if told.start is not None and told.end is not None:
                self.frame.pane.view.select(told.start, told.end)
            self._to_frame()

    def _to_frame(self) -> None:
        self.frame.to_text()
        self.frame.raise_()
        self.frame.activateWindow()

    def _show_figure(self, figure: object) -> None:
        """Have a figure of the table in the picture, if it has one there."""
        if isinstance(figure, tuple):
            measure, of, _layers = figure
            if self.measure.findData(measure) >= 0:
                self.measure.setCurrentIndex(self.measure.findData(measure))
                self.of.setCurrentIndex(max(0, self.of.findData(of)))
                self.matrix.setFocus()

    def _explain(self, figure: object) -> None:
        if isinstance(figure, tuple) and self.figures.hasFocus():
            self.definition.show_measure(figure[0])

    def _to_tab(self, place: int) -> None:
        if place == _DIFFERENCES and self.working.is_complete:
            self.differences.look()

    def toggle_definition(self) -> None:
        """What the figure is; again to hide it."""
        self.definition.setVisible(not self.definition.isVisible())

    def _choose_layer(self, action: QAction) -> None:
        layers = [a.data() for a in self._layers_menu.actions() if a.isChecked()]
        usual = self.desk.workspace.compared_layers()
        self.working.layers = None if tuple(layers) == usual else tuple(layers)
        self.begin()

    def _fill_layers(self) -> None:
        chosen = self.working.comparison.wanted.layers if self.working.comparison else ()
        self._layers_menu.clear()
        for layer in self.working.candidates():
            action = self._layers_menu.addAction(self._names.layer(layer).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(layer)
            action.setChecked(layer in chosen)
        names = [self._names.layer(layer) for layer in chosen if layer != GOLD]
        label = f"{len(names)} analysts" if len(names) != 1 else names[0].replace("&", "&&")
        self._layers.setText(f"&Layers: {label}{' and gold' if GOLD in chosen else ''}")

    def _revised(self, revision: Revision) -> None:
        self.working.follow(revision)

    def _changed(self, articles: set[Id]) -> None:
        self.differences.forget(articles)
        if self.tabs.currentIndex() == _DIFFERENCES:
            self.differences.look()

    def _progress(self, share: float) -> None:
        self.bar.setVisible(share < 1)
        self.bar.setValue(round(100 * share))

    def _say(self, text: str) -> None:
        self.bar.hide()
        self.message.setText(text)
        self.message.setVisible(bool(text))

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.working.stop()
        self.differences.stop()
        super().closeEvent(event)

    # Inside

    def _connect(self) -> None:
        self.working.progressed.connect(self._progress)
        self.working.reported.connect(self._reported)
        self.working.failed.connect(self._say)
        self.working.changed.connect(self._changed)
        self.differences.progressed.connect(self._progress)
        self.differences.found.connect(self._show_types)
        self.differences.failed.connect(self._say)
        self.measure.currentIndexChanged.connect(lambda _index: self._chosen())
        self.of.currentIndexChanged.connect(lambda _index: self._show_matrix())
        self.matrix.moved.connect(self._tell)
        self.figures.walked.connect(self._explain)
        self.figures.taken.connect(self._show_figure)
        self.articles.taken.connect(self._to_article)
        self.types.walked.connect(lambda _name: self._show_places())
        self.types.taken.connect(lambda _name: self.places.setFocus())
        self.places.taken.connect(self._to_place)
        self.tabs.currentChanged.connect(self._to_tab)
        self._layers_menu.triggered.connect(self._choose_layer)
        self.desk.revised.connect(self._revised)

    def _reported(self, report: Report) -> None:
        if self.differences.comparison is not self.working.comparison:
            self.differences.begin(self.working.comparison)
        self._say("")
        self._show(report)

    def _chosen(self) -> None:
        if self.report is not None:
            self._fill_of(self.report)
            self._show_matrix()

    def _make_keys(self) -> None:
        for place, pane in enumerate((self.figures, self.articles, self.types), 2):
            self._key(f"Ctrl+{place}", lambda pane=pane: self._go(pane))
        self._key("Ctrl+1", self.matrix.setFocus)
        self._key("?", self.toggle_definition)
        self._key("F1", self.toggle_definition)
        self._key("Ctrl+M", self.measure.setFocus)
        self._key("F5", self.begin)

    def _key(self, keys: str, action: object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _go(self, pane: Table) -> None:
        place = (self.figures, self.articles, self.types).index(pane)
        self.tabs.setCurrentIndex(place)
        pane.setFocus()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for side, least in ((self._left(), 330), (self._right(), 380)):
            side.setMinimumWidth(least)
            splitter.addWidget(side)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([430, 810])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(splitter)
        self._pages.addWidget(Notice(ALONE, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self._pages, 1)

    def _top(self) -> QWidget:
        """What was compared, and with whom."""
        for label, look in (
            (self.coverage, "title"),
            (self.left_out, "muted"),
            (self.message, "danger"),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            set_look(label, look)
        self.coverage.setText("Comparing…")
        self._layers = QPushButton("&Layers", self)
        self._layers.setMenu(self._layers_menu)
        row = QHBoxLayout()
        row.addWidget(self.coverage, 1)
        row.addWidget(self._layers, 0, Qt.AlignmentFlag.AlignTop)
        top = QWidget(self)
        set_look(top, "panel")
        column = QVBoxLayout(top)
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
        return top

    def _left(self) -> QWidget:
        self.measure.setAccessibleName("Figure")
        self.of.setAccessibleName("Of which kind")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        help_ = QPushButton("?", self)
        help_.setAccessibleName("What this figure is")
        help_.setToolTip("What this figure is (?)")
        help_.setFixedWidth(38)
        help_.clicked.connect(lambda _checked: self.toggle_definition())
        choice = QHBoxLayout()
        choice.addWidget(self.measure, 3)
        choice.addWidget(self.of, 2)
        choice.addWidget(help_)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(choice)
        column.addWidget(self.definition)
        column.addWidget(self.matrix)
        column.addWidget(self.told)
        column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.setHandleWidth(8)
        both.addWidget(self.types)
        both.addWidget(self.places)
        both.setSizes([260, 320])
        self.tabs.addTab(self.figures, "&Figures")
        self.tabs.addTab(self.articles, "&Articles, the worst first")
        self.tabs.addTab(both, "&Differences")
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 12, 12)
        column.addWidget(self.tabs)
        return side
