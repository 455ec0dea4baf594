"""The article in the middle: the desk's page shown in the article view, and what is done there."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.codebook import Codebook
from annotator.core.model import Id, Mark
from annotator.core.revision import Revision
from annotator.ui.article.geometry.drawn import Drawn, Highlight, KindStyle
from annotator.ui.article.overview import Overview
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.finding.find_bar import FindBar
from annotator.ui.look.notice import Notice
from annotator.ui.look.short import Short
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.panel.options import Known
from annotator.ui.panel.summary import mark_label

_MANY = 300
"""Marks changed in one step, from which on the rest of the window goes first."""
_NOTHING_OPEN = (
    "No article is open.\n\nChoose one on the left (Ctrl+1), import others with Ctrl+I or drop them"
    " here, or paste a text with Ctrl+Shift+V."
)
_NO_ARTICLE = (
    "This project has no article yet.\n\nImport text files with Ctrl+I or a folder with"
    " Ctrl+Shift+I, drop them here, or paste a text with Ctrl+Shift+V."
)


class ArticlePane(QWidget):
    """Keeps the view in step with the desk; touches only what a revision touched."""

    describe = Signal()
    """The analyst wants to change what is known of the article."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = ArticleView(theme, self)
        set_look(self.view, "paper")
        set_look(self, "panel")
        self.find_bar = FindBar(desk, self.view, theme, self)
        self.overview = Overview(theme, self.view.visible, self)
        self._about = Short(self)
        set_look(self._about, "muted")
        self._edit = QToolButton(self)
        self._edit.setText("Edit")
        self._edit.setAccessibleName("Edit title, date and outlet")
        self._edit.setToolTip("Title, date and outlet (F2)")
        self._edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._edit.clicked.connect(self.describe)
        self.header = QWidget(self)
        header = QHBoxLayout(self.header)
        header.setContentsMargins(16, 6, 8, 6)
        header.addWidget(self._about, 1)
        header.addWidget(self._edit)
        shown = QWidget(self)
        reading = QHBoxLayout(shown)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(0)
        reading.addWidget(self.view, 1)
        reading.addWidget(self.overview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        self._stack = QStackedLayout()
        self._stack.addWidget(shown)
        self._notice = Notice(_NOTHING_OPEN, self)
        self._stack.addWidget(self._notice)
        column.addLayout(self._stack, 1)
        self._waiting: set[Id] = set()
        """Marks that are other ones by now and not drawn yet."""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_waiting)
        self.view.mark_chosen.connect(desk.take_mark)
        self.view.boundary_moved.connect(lambda moved: desk.move_boundary(*moved))
        self.find_bar.found.connect(lambda hits: self.overview.show_hits(hits.places))
        self.overview.go_to.connect(self.view.go_to)
        scroll = self.view.verticalScrollBar()
        scroll.valueChanged.connect(self.overview.update)
        scroll.rangeChanged.connect(self._show_overview)
        desk.opened.connect(self._show)
        desk.revised.connect(self._revised)
        desk.at_hand.connect(self._highlight)
        self._show()

    def _show_overview(self, _least: int, most: int) -> None:
        """Nothing beside a text that is all to be seen; its place stays, or lines would move."""
        self.overview.show_marks(most > 0)
        self.view.verticalScrollBar().setEnabled(most > 0)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)
        self.overview.set_theme(theme)
        self.find_bar.set_theme(theme)

    def _show(self) -> None:
        page, known = self._desk.page, self._desk.known
        self._waiting = set()
        self._set_styles()
        self._stack.setCurrentIndex(0 if page else 1)
        if page is None or known is None:
            self._show_why()
            self.view.show_article("", (), ())
            self.overview.show_article(0, (), (), self._place)
        else:
            marks = [drawn(known, mark) for mark in page.marks.values()]
            decided = (drawn(known, mark) for mark in self._desk.beside)
            marks += (replace(one, state="gold") for one in decided)
            self.view.show_article(page.text, page.article.blocks, marks)
            unfinished = list(self._desk.unfinished_ids)
            self.overview.show_article(len(page.text), marks, unfinished, self._place)
        self.find_bar.look_again()
        self._show_about()

    @property
    def why_nothing(self) -> str:
        """Why no article is open, and what helps."""
        return " ".join(self._why().split())

    def _why(self) -> str:
        return _NO_ARTICLE if self._desk.workspace.lists.is_fewer(1) else _NOTHING_OPEN

    def _show_why(self) -> None:
        if self._notice.label.text() != self._why():
            self._notice.label.setText(self._why())

    def _set_styles(self) -> None:
        look = styles(self._desk.book)
        self.view.set_styles(look)
        self.overview.set_styles(look)

    def _place(self, statement: Id) -> int | None:
        """Where an unfinished statement begins."""
        page = self._desk.page
        if page is None or statement not in self._desk.unfinished_ids:
            return None
        marks = (page.marks.get(id) for id in page.statements[statement].marks())
        return min((m.start for m in marks if m and m.start is not None), default=None)

    def _show_about(self) -> None:
        article = self._desk.page.article if self._desk.page else None
        known = (article.outlet, article.author, article.published) if article else ()
        said = " · ".join(filter(None, known))
        self._about.say(said or ("No outlet or date yet" if article else ""))
        self._edit.setVisible(article is not None)

    def _revised(self, revision: Revision) -> None:
        page, known = self._desk.page, self._desk.known
        if page is None or known is None:
            return
        broad = "codebook" in revision.kinds
        if broad:
            self._set_styles()
        if page.article.id in revision.touched.ids("article"):
            self.view.update_blocks(page.article.blocks)
            self._show_about()
        touched = self._desk.touched_marks(revision)
        ids = revision.touched.ids
        named = {str(id) for id in (*ids("actor"), *ids("issue"))}
        if named:
            touched |= {
                m.id for m in page.marks.values() if named & set(map(str, m.fields.values()))
            }
        self._waiting |= touched
        if len(touched) > _MANY:
            self._later.start()
        else:
            self._draw_waiting()
        self.overview.update_statements(page.statements if broad else self._desk.touched(revision))
        self._highlight()

    def _draw_waiting(self) -> None:
        """Draw anew what a revision touched, as it is by now."""
        touched, self._waiting = self._waiting, set()
        page, known = self._desk.page, self._desk.known
        if page is None or known is None:
            return
        changed = [drawn(known, page.marks[id]) for id in touched if id in page.marks]
        removed = [id for id in touched if id not in page.marks]
        self.view.update_marks(changed, removed)
        self.overview.update_marks(changed, removed)

    def show_at_hand(self) -> None:
        """Have what is at hand in sight, where the text is laid out otherwise than before."""
        self._highlight()

    def _highlight(self) -> None:
        statement, mark = self._desk.current_statement, self._desk.current_mark
        together = frozenset(statement.marks()) if statement else frozenset()
        self.view.set_highlight(Highlight(mark.id if mark else None, together))
        page = self._desk.page
        shown = mark or next((page.marks[m] for m in together if page and m in page.marks), None)
        if shown is not None and shown.fragments:
            self.view.reveal(shown.fragments[0].start, shown.fragments[-1].end)


def styles(book: Codebook) -> dict[str, KindStyle]:
    """How the codebook's kinds are drawn."""
    return {
        key: KindStyle(k.key, k.colour, k.pattern, k.width, k.tint, k.name)
        for key, k in book.kinds.items()
    }


def drawn(known: Known, mark: Mark) -> Drawn:
    """A mark as the view draws it."""
    places = tuple((f.start, f.end) for f in mark.fragments)
    return Drawn(mark.id, mark.kind, places, mark_label(known, mark))
