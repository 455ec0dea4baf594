"""The window of agreement: what was compared, every two layers, figures, articles, differences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from annotator.analysis.agreement.report import Report
from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.revision import Revision
from annotator.formats.review_round.content import Names, Told
from annotator.ui.agreement.disagreements import Disagreements
from annotator.ui.agreement.head import Head
from annotator.ui.agreement.lines import (
    ALONE,
    article_lines,
    articles_table,
    figure_lines,
    figures_table,
    place_line,
    places_table,
    types_table,
)
from annotator.ui.agreement.picture import Picture
from annotator.ui.agreement.priority import PriorityDialog, told
from annotator.ui.agreement.reporting import ask_where, write_report
from annotator.ui.agreement.table import Line, Table
from annotator.ui.agreement.working import Working
from annotator.ui.dialogs import ask
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.notice import Notice
from annotator.ui.look.plain import plain_label
from annotator.ui.look.theme import Theme
from annotator.ui.side_window import SideWindow
from annotator.workspace.rounds import names_of

_DIFFERENCES = 2
"""The place of that tab."""

ToCase = Callable[[Id, Sequence[Id], Collection[Id]], bool]
"""Go to the case of these marks and statements of these layers on an article; False if there is
none, or it is not for whoever looks to decide."""


class AgreementWindow(SideWindow):
    """On the left every two layers as a picture, on the right tables."""

    name = "agreement"
    usual_size = (1240, 780)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Agreement")
        workspace = frame.desk.workspace
        self.report: Report | None = None
        self.to_case: ToCase | None = None
        self._names: Names = names_of(workspace)
        self._wanted: Id | None = None
        """The article to be shown as soon as it is counted."""
        self.working = Working(workspace, self)
        self.differences = Disagreements(workspace, self)
        self.head = Head(self)
        self.picture = Picture(frame.theme, self)
        self.tabs = QTabWidget(self)
        self.figures = figures_table(self)
        self.rests_on = plain_label(self, "muted")
        self.articles = articles_table(self)
        self.types = types_table(self)
        self.places = places_table(self)
        self._lay_out()
        self._connect()
        self._make_keys()
        self.begin()
        self.picture.matrix.setFocus()

    def begin(self) -> None:
        """Compare from the start."""
        self._take_priority()
        self.working.begin()
        chosen = self.working.comparison.wanted.layers if self.working.comparison else ()
        self.head.show_layers(self.working.candidates(), chosen, self._names)

    def set_theme(self, theme: Theme) -> None:
        self.picture.matrix.theme = theme
        self.picture.matrix.update()

    def show_article(self, article: Id) -> None:
        """Have the cursor on an article in the table of articles, as soon as it is there."""
        self._wanted = article
        self._go(self.articles)
        if self.report is not None:
            self._to_wanted(self.report)

    # What is shown

    def _show(self, report: Report) -> None:
        """Figures that are new."""
        first = self.report is None
        self.report = report
        self._names = names_of(self.desk.workspace)
        self.head.bar.hide()
        self.head.show_report(report, self._names)
        self._pages.setCurrentIndex(0 if report.worst else 1)
        self.picture.show_report(report, self._names)
        self.figures.put(figure_lines(report, self._names))
        self.articles.put(article_lines(report, self._names))
        self._to_wanted(report)
        if self.tabs.currentIndex() == _DIFFERENCES or first:
            self._to_tab(self.tabs.currentIndex())

    def _to_wanted(self, report: Report) -> None:
        if self._wanted is None:
            return
        if not self.articles.go_to(self._wanted) and report.worst:
            title = self._names.article(self._wanted)
            self.head.say(f"“{title}” is not among them: no two of these layers are done with it.")
        self._wanted = None

    def _show_types(self) -> None:
        self.head.bar.hide()
        tells = self.differences.teller
        self.types.put(
            [Line((tells.type(name), f"{n:,}"), name) for name, n in self.differences.counts()]
        )
        self._show_places()

    def _show_places(self) -> None:
        name = self.types.current
        found = self.differences.of(name) if isinstance(name, tuple) else []
        self.places.put([place_line(one, self._names) for one in found])

    # Where one goes from here

    def _to_article(self, article: object) -> None:
        """Open an article in the main window."""
        if isinstance(article, int):
            self.desk.open(article)
            self._to_frame()

    def _to_place(self, told: object) -> None:
        """Go to a difference: to its case in the review, or else to its words and marks."""
        if not isinstance(told, Told):
            return
        things = {*told.marks.values(), *told.statements.values()}
        layers = tuple(told.statements or told.marks)
        if self.to_case is None or not self.to_case(told.article, layers, things):
            self._to_words(told)

    def _to_words(self, told: Told) -> None:
        self.desk.open(told.article)
        page = self.desk.page
        own = page.layer if page else 0
        if told.start is not None and told.end is not None:
            self.frame.pane.view.select(told.start, told.end)
        if own in told.statements or own in told.marks:
            self.desk.take(told.statements.get(own), told.marks.get(own))
        self._to_frame()

    def _to_frame(self) -> None:
        self.frame.to_text()
        self.frame.raise_()
        self.frame.activateWindow()

    def _show_figure(self, figure: object) -> None:
        """Have a figure of the table in the picture, if it has one there."""
        if isinstance(figure, tuple) and self.picture.show_figure(figure[0], figure[1]):
            self.picture.matrix.setFocus()

    def _explain(self, figure: object) -> None:
        line = self.figures.line
        self.rests_on.setText(line.tip if line is not None else "")
        if isinstance(figure, tuple) and self.figures.hasFocus():
            self.picture.definition.show_measure(figure[0])

    def _follow_tab(self, place: int) -> None:
        """The keyboard goes into the table, unless it walks along the tabs."""
        if not self.tabs.tabBar().hasFocus():
            (self.figures, self.articles, self.types)[place].setFocus()

    def _to_tab(self, place: int) -> None:
        if place == _DIFFERENCES and self.working.is_complete:
            self.differences.look()

    # What changes

    def _pick(self, layers: tuple[Id, ...]) -> None:
        usual = self.desk.workspace.compared_layers()
        self.working.layers = None if layers == usual else layers
        self.begin()

    def _take_priority(self) -> None:
        """Rank the kinds as remembered, without those that the codebook has no longer."""
        kinds = self._kinds()
        kept = self.frame.settings.priority(self.desk.workspace.path)
        self.working.priority = tuple(kind for kind in kept if kind in kinds)
        self.head.show_overlaps(told(self.working.priority, kinds))

    def _rank(self) -> None:
        """Choose which of overlapping marks counts."""
        kinds = self._kinds()
        dialog = PriorityDialog(self.working.priority, kinds, self)
        if ask(dialog, self):
            self.frame.settings.keep_priority(self.desk.workspace.path, dialog.priority)
            self.begin()

    def _save_report(self) -> None:
        """Ask for a file, and write what is compared into it."""
        comparison, workspace = self.working.comparison, self.desk.workspace
        if comparison is None or not self.working.is_complete:
            return
        wanted = ask_where(self, self.frame.settings, workspace.path)
        if wanted is None:
            return
        try:
            write_report(*wanted, workspace, comparison, self.head.draw_progress)
        except AnnotatorError as error:
            self.head.say(str(error))
        else:
            self.head.say(f"Saved as {wanted[0]}", "success")

    def _kinds(self) -> dict[str, str]:
        """Names of the kinds of mark, by key."""
        return {key: kind.name for key, kind in self.desk.workspace.codebook.kinds.items()}

    def _revised(self, revision: Revision) -> None:
        if "codebook" in revision.kinds:
            self._take_priority()
        self.working.follow(revision)

    def _changed(self, articles: set[Id]) -> None:
        self.differences.forget(articles)
        if self.tabs.currentIndex() == _DIFFERENCES:
            self.differences.look()

    def _reported(self, report: Report) -> None:
        if self.differences.comparison is not self.working.comparison:
            self.differences.begin(self.working.comparison)
        self.head.say("")
        self._show(report)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.working.stop()
        self.differences.stop()
        super().closeEvent(event)

    # Putting it together

    def _connect(self) -> None:
        self.working.progressed.connect(self.head.show_progress)
        self.working.reported.connect(self._reported)
        self.working.failed.connect(self.head.say)
        self.working.changed.connect(self._changed)
        self.differences.progressed.connect(self.head.show_progress)
        self.differences.found.connect(self._show_types)
        self.differences.failed.connect(self.head.say)
        self.head.picked.connect(self._pick)
        self.head.ranking.connect(self._rank)
        self.head.reporting.connect(self._save_report)
        self.figures.walked.connect(self._explain)
        self.figures.taken.connect(self._show_figure)
        self.articles.taken.connect(self._to_article)
        self.types.walked.connect(lambda _name: self._show_places())
        self.types.taken.connect(lambda _name: self.places.setFocus())
        self.places.taken.connect(self._to_place)
        self.tabs.currentChanged.connect(self._to_tab)
        self.tabs.currentChanged.connect(self._follow_tab)
        self.desk.revised.connect(self._revised)

    def _make_keys(self) -> None:
        for place, pane in enumerate((self.figures, self.articles, self.types), 2):
            self._key(f"Ctrl+{place}", lambda pane=pane: self._go(pane))
        self._key("Ctrl+1", self.picture.matrix.setFocus)
        self._key("?", self.picture.toggle_definition)
        self._key("F1", self.picture.toggle_definition)
        self._key("Ctrl+M", self.picture.measure.setFocus)
        self._key("F5", self.begin)
        self._key("Ctrl+S", self._save_report)

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
        for side, least in ((self.picture, 344), (self._right(), 456)):
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
        column.addWidget(self.head)
        column.addWidget(self._pages, 1)

    def _right(self) -> QWidget:
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.setHandleWidth(8)
        both.addWidget(self.types)
        both.addWidget(self.places)
        both.setSizes([260, 320])
        figures = QWidget(self)
        below = QVBoxLayout(figures)
        below.setContentsMargins(0, 0, 0, 0)
        self.rests_on.setContentsMargins(10, 0, 10, 0)
        below.addWidget(self.figures, 1)
        below.addWidget(self.rests_on)
        self.rests_on.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.rests_on.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.tabs.addTab(figures, "&Figures")
        self.tabs.addTab(self.articles, "&Articles, the worst first")
        self.tabs.addTab(both, "&Differences")
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 12, 12)
        column.addWidget(self.tabs)
        return side
