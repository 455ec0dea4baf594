"""The text with a lane for each layer and one for what is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.analysis.cases import Case, marks_of
from annotator.core.model import GOLD, Id
from annotator.core.review.docket import Docket
from annotator.ui.article.geometry.drawn import Drawn, Highlight, LayerStyle, State
from annotator.ui.article.geometry.measures import Reading
from annotator.ui.article.view import ArticleView
from annotator.ui.article_pane import drawn, styles
from annotator.ui.desk import Desk
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.review.bench import Bench
from annotator.ui.review.words import GOLD_HEADING


class LayersText(QWidget):
    """Keeps the view in step with the bench; only what differs is drawn anew."""

    mark_chosen = Signal(object)
    """``(mark, marks drawn with it)``"""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = ArticleView(theme, self)
        self.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        set_look(self.view, "paper")
        self._shown: dict[Id, Drawn] = {}
        self._of: tuple[object, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        self.view.mark_chosen.connect(self._tell)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def set_size(self, zoom: int, reading: Reading) -> None:
        """As large as in the main window."""
        self.view.set_zoom(zoom)
        self.view.set_reading(reading)

    def show_layers(self, bench: Bench) -> None:
        """Show all marks of the bench's layers and of gold."""
        page = self._desk.page
        if page is None or bench.docket is None:
            self.view.show_article("", (), ())
            self._shown, self._of = {}, ()
            return
        now = {mark.id: mark for mark in _marks(bench)}
        of = (page.article.id, bench.lanes, self._desk.book)
        if of != self._of:
            layers = [LayerStyle(lane.badge, lane.name) for lane in bench.lanes]
            layers.append(LayerStyle("G", GOLD_HEADING))
            self.view.set_styles(styles(self._desk.book))
            self.view.show_article(page.text, page.article.blocks, now.values(), layers)
        else:
            changed = [mark for id, mark in now.items() if self._shown.get(id) != mark]
            removed = [id for id in self._shown if id not in now]
            if changed or removed:
                self.view.update_marks(changed, removed)
        self._shown, self._of = now, of

    def show_case(self, bench: Bench) -> None:
        """Show the marks of the case at hand among the others."""
        case, docket = bench.case, bench.docket
        marks = frozenset(marks_of(docket, case)) if case and docket else frozenset()
        self.view.set_highlight(Highlight(None, marks & self._shown.keys()))
        if case is not None and case.place is not None:
            self.view.reveal(*case.place)

    def _tell(self, mark: Id) -> None:
        self.mark_chosen.emit((mark, self.view.agreeing(mark)))


def _marks(bench: Bench) -> Iterator[Drawn]:
    assert bench.docket is not None
    assert bench.reader is not None
    aside = _set_aside(bench.docket, bench.cases)
    for place, lane in enumerate(bench.lanes):
        known = bench.reader.known[lane.id]
        for mark in bench.docket.pages[lane.id].marks.values():
            state: State = "aside" if mark.id in aside else "own"
            yield msgspec.structs.replace(drawn(known, mark), state=state, owners=(place,))
    known = bench.reader.known[GOLD]
    for mark in bench.docket.gold.marks.values():
        owners = (len(bench.lanes),)
        yield msgspec.structs.replace(drawn(known, mark), state="gold", owners=owners)


def _set_aside(docket: Docket, cases: Iterable[Case]) -> set[Id]:
    """The marks that were decided about. Those of them that are in gold are drawn with gold, and
    the others look left out; what has changed since asks to be looked at and does not."""
    decided: set[Id] = set()
    still_open: set[Id] = set()
    for case in cases:
        left = case.state == "undecided" or case.stale
        (still_open if left else decided).update(marks_of(docket, case))
    return decided - still_open
