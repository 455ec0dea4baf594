"""The article in the middle: the desk's page shown in the article view, and what is done there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.core.codebook import Codebook
from annotator.core.model import Mark
from annotator.core.revision import Revision
from annotator.ui.article.drawn import Drawn, Highlight, KindStyle
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.panel.options import Known
from annotator.ui.panel.summary import mark_label
from annotator.ui.style import set_look
from annotator.ui.theme import Theme


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
        self._about = QLabel(self)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        set_look(self._about, "muted")
        self._edit = QToolButton(self)
        self._edit.setText("Edit")
        self._edit.setAccessibleName("Edit title, date and outlet")
        self._edit.setToolTip("Title, date and outlet (F2)")
        self._edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._edit.clicked.connect(self.describe)
        header = QHBoxLayout()
        header.setContentsMargins(16, 6, 8, 6)
        header.addWidget(self._about, 1)
        header.addWidget(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self.view, 1)
        self.view.mark_chosen.connect(desk.take_mark)
        self.view.boundary_moved.connect(lambda moved: desk.move_boundary(*moved))
        desk.opened.connect(self._show)
        desk.revised.connect(self._revised)
        desk.at_hand.connect(self._highlight)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def _show(self) -> None:
        page, known = self._desk.page, self._desk.known
        self.view.set_styles(styles(self._desk.book))
        if page is None or known is None:
            self.view.show_article("", (), ())
        else:
            marks = [drawn(known, mark) for mark in page.marks.values()]
            self.view.show_article(page.text, page.article.blocks, marks)
        self._show_about()

    def _show_about(self) -> None:
        article = self._desk.page.article if self._desk.page else None
        known = (article.outlet, article.author, article.published) if article else ()
        said = " · ".join(filter(None, known))
        self._about.setText(said or ("No outlet or date yet" if article else ""))
        self._edit.setVisible(article is not None)

    def _revised(self, revision: Revision) -> None:
        page, known = self._desk.page, self._desk.known
        if page is None or known is None:
            return
        if any(e.kind == "codebook" for e in revision.entries):
            self.view.set_styles(styles(self._desk.book))
        if any(e.id == page.article.id for e in revision.entries):
            self.view.update_blocks(page.article.blocks)
            self._show_about()
        touched = {e.id for e in revision.entries if e.kind == "mark"}
        named = {str(e.id) for e in revision.entries if e.kind in ("actor", "issue")}
        if named:
            touched |= {
                m.id for m in page.marks.values() if named & set(map(str, m.fields.values()))
            }
        changed = [drawn(known, page.marks[id]) for id in touched if id in page.marks]
        self.view.update_marks(changed, [id for id in touched if id not in page.marks])
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
    spans = tuple((f.start, f.end) for f in mark.fragments)
    return Drawn(mark.id, mark.kind, spans, mark_label(known, mark))
