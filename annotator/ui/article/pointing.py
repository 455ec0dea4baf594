"""Which marks and which character are under a point, and where a caret stands.

Points are in document coordinates.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLine

from annotator.ui.article.flow import Flow, x_of
from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.geometry.lanes import in_lane
from annotator.ui.article.layout import LaneLayout
from annotator.ui.article.paint import bracket_extent, chip_box


def marks_under(layout: LaneLayout, point: QPointF) -> list[int]:
    """The ids of the marks under a point.

    In the margin those with a bracket there; in a lane the one drawn there and then the
    others on the same character; on the text all on the character, the shortest first.
    """
    number = layout.paragraph_at(point.y())
    flow = layout.flow(number)
    y = point.y() - layout.top_of(number)
    if not 0 <= y <= flow.height:
        return []
    if point.x() < layout.column.left - layout.measures.bracket_gap / 2:
        return _ids(_bracketed(layout, flow, point.x(), y))
    line = flow.lines[flow.line_at(y)]
    lane = layout.measures.lane_at(line, y)
    drawn = in_lane(line, lane, point.x()) if lane >= 0 else []
    offset = character_at(layout, point)
    return _ids(drawn + (layout.page.index.at(offset) if offset is not None else []))


def _bracketed(layout: LaneLayout, flow: Flow, x: float, y: float) -> list[Drawn]:
    found = []
    for bracket in flow.brackets:
        chip = chip_box(layout.measures, layout.column, flow, bracket)
        top, bottom = bracket_extent(layout.measures, flow, bracket)
        if chip.left() - 1 <= x <= chip.right() and min(top, chip.top()) <= y <= bottom:
            found.append(bracket.mark)
    return sorted(found, key=lambda mark: mark.rank)


def _ids(marks: list[Drawn]) -> list[int]:
    return list(dict.fromkeys(mark.id for mark in marks))


def character_at(layout: LaneLayout, point: QPointF) -> int | None:
    """The offset of the character under a point, or None where there is none."""
    number = layout.paragraph_at(point.y())
    flow = layout.flow(number)
    line_number = flow.line_at(point.y() - layout.top_of(number))
    line = flow.lines[line_number]
    if not line.left <= point.x() <= line.right or line.start == line.end:
        return None
    on = QTextLine.CursorPosition.CursorOnCharacter
    units = int(flow.text_layout.lineAt(line_number).xToCursor(point.x(), on))
    block = layout.document().findBlockByNumber(number)
    offset = layout.page.offsets.from_qt(block.position() + units)
    return max(line.start, min(offset, line.end - 1))


def caret_box(layout: LaneLayout, offset: int, at_end: bool = False) -> QRectF:
    """Where a caret before ``offset`` stands; ``at_end``: after the character before it."""
    look = offset - 1 if at_end and offset > 0 else offset
    number = layout.page.index.paragraph_of(look)
    flow = layout.flow(number)
    line_number = flow.line_of(look)
    line = flow.lines[line_number]
    runs = flow.extent(line_number)(look, look + 1) if look < line.end else []
    if runs:
        x = runs[-1][1] if look != offset else runs[0][0]
    else:
        x = x_of(flow.text_layout.lineAt(line_number), flow.to_block(min(offset, line.end)))
    return QRectF(x, layout.top_of(number) + line.top, 0, line.text_height)
