"""What the tests of the article view show: kinds, an article in many scripts, a shown window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.core.model import Block
from annotator.ui.article.geometry.drawn import Drawn, KindStyle
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.pointing import caret_box
from annotator.ui.article.view import ArticleView
from annotator.ui.look.theme import load_theme

KINDS = {
    "speaker": KindStyle("S", "kind.1", "solid", 3, True, "Speaker"),
    "claim": KindStyle("C", "kind.2", "solid", 2, False, "Claim"),
    "position": KindStyle("P", "kind.3", "dashed", 2, False, "Position"),
    "cue": KindStyle("Q", "kind.4", "dotted", 2, False, "Cue"),
}
SCRIPTS = (
    "Plain words, said the minister.\n"
    "\n"
    "Emoji 😀 and 👩‍🚀 and 𝒎𝒂𝒕𝒉, then more.\n"
    "Combining e\u0301 a\u0308 marks in cafe\u0301s.\n"
    "قال وزير الخارجية الروسي سيرغي لافروف إن الاجتماع (Moscow) غير مخطط له.\n"
    "Mixed: المتحدث المصري said “לא” twice.\n"
    "No\u00a0break\u00a0spaces\tand tabs."
)


def mark(text: str, words: str, kind: str = "claim", number: int = 1) -> Drawn:
    """A mark of one fragment on the first occurrence of the words."""
    start = text.index(words)
    return Drawn(number, kind, ((start, start + len(words)),), f"{kind}: {words}")


def shown(
    qtbot: QtBot,
    text: str,
    marks: Iterable[Drawn] = (),
    blocks: Sequence[Block] = (),
    size: tuple[int, int] = (800, 600),
) -> ArticleView:
    """A window that shows an article and has the keyboard."""
    view = ArticleView(load_theme("light"))
    qtbot.addWidget(view)
    view.set_styles(KINDS)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    view.show_article(text, blocks, marks)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def lanes(view: ArticleView) -> LaneLayout:
    """The view's layout."""
    layout = view.document().documentLayout()
    assert isinstance(layout, LaneLayout)
    return layout


def point_on(view: ArticleView, offset: int, below: float | None = None) -> QPoint:
    """A point of the viewport on a character; ``below`` so far under its line's text."""
    layout = lanes(view)
    left, right = caret_box(layout, offset), caret_box(layout, offset + 1, at_end=True)
    y = left.center().y() if below is None else left.bottom() + below
    return QPoint(round((left.x() + right.x()) / 2), round(y - view.verticalScrollBar().value()))
