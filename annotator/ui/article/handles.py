"""The handles at the ends of the mark at hand, and dragging them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.ui.article.geometry.boundaries import moved, snap, within
from annotator.ui.article.geometry.drawn import Drawn, Side
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.pointing import caret_box

_REACH = 7.0
"""How near the pointer must come to a handle, in pixels."""


@dataclass(frozen=True, slots=True)
class Handle:
    """One end of one fragment."""

    fragment: int
    side: Side


@dataclass(slots=True)
class Drag:
    """A handle on its way: the mark as it was, and as it would be if let go now."""

    before: Drawn
    handle: Handle
    now: Drawn

    @property
    def offset(self) -> int:
        start, end = self.now.fragments[self.handle.fragment]
        return start if self.handle.side == "start" else end


def handles_of(mark: Drawn) -> list[Handle]:
    """All handles of a mark, in text order."""
    sides: tuple[Side, Side] = ("start", "end")
    return [Handle(number, side) for number in range(len(mark.fragments)) for side in sides]


def box(layout: LaneLayout, mark: Drawn, handle: Handle) -> QRectF:
    """The line a handle stands on, in document coordinates; it has no width."""
    start, end = mark.fragments[handle.fragment]
    at_end = handle.side == "end"
    return caret_box(layout, end if at_end else start, at_end)


def knob(stand: QRectF, side: Side) -> QPointF:
    """The middle of a handle's knob: above the start of a fragment, below its end."""
    return QPointF(stand.x(), stand.top() if side == "start" else stand.bottom())


def handle_at(layout: LaneLayout, mark: Drawn, point: QPointF) -> Handle | None:
    """The handle under a point in document coordinates."""
    found: tuple[float, Handle] | None = None
    for handle in handles_of(mark):
        stand = box(layout, mark, handle)
        middle = knob(stand, handle.side)
        aside, away = abs(point.x() - stand.x()), (point - middle).manhattanLength()
        on_line = aside <= _REACH / 2 and stand.top() <= point.y() <= stand.bottom()
        if (on_line or away <= _REACH) and (found is None or aside < found[0]):
            found = (aside, handle)
    return found[1] if found else None


def drag_to(layout: LaneLayout, drag: Drag, offset: int, by_character: bool) -> Drawn:
    """The mark as it would be with the dragged handle at an offset."""
    text, handle = layout.page.text, drag.handle
    if not by_character:
        offset = snap(text, offset, handle.side)
    offset = within(drag.before, handle.fragment, handle.side, offset, len(text))
    return moved(drag.before, handle.fragment, handle.side, offset)


def draw_handles(
    painter: QPainter, layout: LaneLayout, mark: Drawn, colour: QColor, paper: QColor
) -> None:
    """Draw a mark's handles; the painter is in document coordinates."""
    measures = layout.measures
    radius, stroke = measures.scale * 3.5, measures.width(2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for handle in handles_of(mark):
        stand = box(layout, mark, handle)
        x = round(stand.x()) - (stroke if handle.side == "start" else 0)
        painter.fillRect(QRectF(x, stand.top(), stroke, stand.height()), colour)
        painter.setPen(paper)
        painter.setBrush(colour)
        middle = knob(QRectF(x + stroke / 2, stand.top(), 0, stand.height()), handle.side)
        painter.drawEllipse(middle, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
