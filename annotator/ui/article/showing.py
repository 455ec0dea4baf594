"""The part of the article view that is told what to show: article, marks, looks and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from annotator.core.model import Block
from annotator.ui.article.canvas import Canvas
from annotator.ui.article.geometry.drawn import Drawn, Highlight, KindStyle, LayerStyle
from annotator.ui.article.geometry.layers import Together
from annotator.ui.article.geometry.measures import Reading
from annotator.ui.article.hits import Hits
from annotator.ui.article.inks import Colours
from annotator.ui.article.page import Page

LEAST_ZOOM, MOST_ZOOM = 50, 300


class Showing(Canvas):
    """Shows one article with its marks. All offsets are code points, half-open."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._reading = Reading()
        self._together: Together | None = None
        """Where layers are shown beside each other."""
        self.verticalScrollBar().valueChanged.connect(self._start_work)
        self.setAccessibleName("Article")
        self.setAccessibleDescription("No article")
        self.set_theme(colours)

    def show_article(
        self,
        text: str,
        blocks: Sequence[Block],
        marks: Iterable[Drawn],
        layers: Sequence[LayerStyle] = (),
    ) -> None:
        """Show an article from its beginning. Its lines end in ``\n`` and nothing else.

        With ``layers`` each mark has one owner, the place of its layer in that list: marks are
        drawn in that order below the text, each with its owner's badge, and those that agree
        once. Nobody's boundaries can be dragged then.
        Raises ValueError if Qt would show another text, which would move every offset.
        """
        self._forget()
        self._together = Together(layers, marks) if layers else None
        drawn = self._together.drawn() if self._together else marks
        self._load(Page(text, blocks, drawn, layers))
        self.setAccessibleDescription(f"Read-only, paragraphs: {len(self._page.starts)}")
        self._start_work()

    def _forget(self) -> None:
        """Another article is to be shown, or other marks: what was on the way is over."""

    def update_marks(self, changed: Iterable[Drawn], removed: Iterable[int] = ()) -> None:
        """Show marks added or altered, and no longer those removed; nothing else is touched."""
        if self._together is not None:
            changed, removed = self._together.change(changed, removed)
        place = self._place()
        anew: dict[int, Drawn | None] = dict.fromkeys(removed)
        dirty = self._lanes.change(anew | {mark.id: mark for mark in changed})
        self._return_to(place)
        self._update(dirty)
        self._start_work()

    def agreeing(self, mark: int) -> tuple[int, ...]:
        """The marks drawn together with one, itself included, in the order of the layers."""
        return self._together.agreeing(mark) if self._together else (mark,)

    def _update(self, dirty: Iterable[QRectF]) -> None:
        """Repaint areas of the document."""
        top = self.verticalScrollBar().value()
        for area in dirty:
            self.viewport().update(area.translated(0, -top).toAlignedRect())

    def update_blocks(self, blocks: Sequence[Block]) -> None:
        """Set paragraphs as these blocks say."""
        place = self._place()
        self._page.set_blocks(blocks)
        self._lanes.start_over()
        self._lanes.announce()
        self._return_to(place)
        self.viewport().update()

    def set_highlight(self, highlight: Highlight) -> None:
        """Say what is at hand; see :class:`Highlight`."""
        if self._together is not None:
            under = self._together.under
            mark = under(highlight.mark) if highlight.mark is not None else None
            highlight = Highlight(mark, frozenset(map(under, highlight.statement)))
        if highlight != self._page.highlight:
            self._lanes.set_highlight(highlight)
            self.viewport().update()

    def show_hits(self, hits: Hits) -> None:
        """Show what a search has found; another article has none."""
        self._lanes.hits = hits
        self.viewport().update()

    def set_styles(self, kinds: Mapping[str, KindStyle]) -> None:
        """Draw kinds of marks so; a kind without a style is grey."""
        self._kinds = dict(kinds)
        self._lanes.set_look(self._kinds, self._colours)
        self.viewport().update()

    def set_theme(self, theme: Colours) -> None:
        """Draw in these colours."""
        self._colours = theme
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Base, theme.colour("paper"))
            palette.setColor(group, QPalette.ColorRole.Text, theme.colour("text"))
            palette.setColor(group, QPalette.ColorRole.Highlight, theme.colour("selection"))
            palette.setColor(
                group, QPalette.ColorRole.HighlightedText, theme.colour("selection_text")
            )
        self.setPalette(palette)
        self._lanes.set_look(self._kinds, theme)
        self.viewport().update()

    def set_zoom(self, percent: int) -> None:
        """Show everything ``percent`` of its size, from 50 to 300."""
        self._set_size(max(LEAST_ZOOM, min(percent, MOST_ZOOM)), self._reading)

    def set_reading(self, reading: Reading) -> None:
        """Set the text with lines so long and so far apart, within reason."""
        self._set_size(self._zoom, reading.within_reason())

    @property
    def reading(self) -> Reading:
        return self._reading

    def _set_size(self, percent: int, reading: Reading) -> None:
        if (percent, reading) != (self._zoom, self._reading):
            place = self._place()
            self._zoom, self._reading = percent, reading
            self._lanes.set_zoom(percent, reading)
            self._lanes.announce()
            self._return_to(place)
            self.viewport().update()
            self._start_work()

    @property
    def zoom(self) -> int:
        """In percent."""
        return self._zoom
