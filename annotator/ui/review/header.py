"""What is said of the review as a whole: the article, its state, whose layers, how many are done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.look.plain import plain_label, tip
from annotator.ui.look.short import Short
from annotator.ui.look.style import set_look
from annotator.ui.review.bench import Bench, in_review
from annotator.ui.review.choosing import shows

_LOOKS = {"decided": "success", "in review": "warning", "unreviewed": "chip"}


class Header(QWidget):
    """Two lines above the text, and the box of what is listed, which stands above the list."""

    wanted = Signal(object)
    """What is to be listed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "panel")
        self.title = Short(self)
        set_look(self.title, "title")
        self.state = plain_label(self, "chip", wraps=False)
        self.coverage = plain_label(self, "muted", wraps=False)
        self.layers = plain_label(self, "muted")
        self.show_box = QComboBox(parent)
        self.show_box.setAccessibleName("Show only")
        self.show_box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_box.activated.connect(self._want)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.title, 1)
        first.addWidget(self.state)
        first.addWidget(self.coverage)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.layers)

    def show_bench(self, bench: Bench) -> None:
        page, workspace = bench.desk.page, bench.desk.workspace
        self.title.say(page.article.title if page else "No article is open")
        self.title.setToolTip(tip(self.title.whole))
        review = workspace.review(page.article.id) if page and bench.docket else None
        state = review.state if review else "unreviewed"
        there = bench.docket is not None
        rest = len(bench.undecided) if state == "decided" else 0
        self.state.setText(f"Decided but for {rest}" if rest else state.capitalize())
        set_look(self.state, _LOOKS["in review" if rest else state])
        left = f" · {in_review(bench.cases)}" if bench.cases else ""
        self.coverage.setText(f"{bench.coverage.words}{left}")
        for widget in (self.state, self.coverage, self.layers, self.show_box):
            widget.setVisible(there)
        self.layers.setText(_whose(bench))
        self._fill(bench)

    def _fill(self, bench: Bench) -> None:
        self._shows = shows(bench)
        self.show_box.blockSignals(True)
        self.show_box.clear()
        self.show_box.addItems([said for _, said in self._shows])
        keys = [key for key, _ in self._shows]
        self.show_box.setCurrentIndex(keys.index(bench.show) if bench.show in keys else -1)
        self.show_box.blockSignals(False)

    def _want(self, at: int) -> None:
        self.wanted.emit(self._shows[at][0])


def _whose(bench: Bench) -> str:
    """The layers with their letters, and who is not compared."""
    lanes = [lane.heading + ("" if lane.done else " (not done)") for lane in bench.lanes]
    hidden = any(lane.heading == lane.badge for lane in bench.lanes)
    parts = ["Names hidden", *lanes] if hidden else lanes
    left = bench.coverage.left_out
    if left:
        who = f"{len(left)} who are not done" if hidden else ", ".join(left)
        parts.append(f"not compared: {who}")
    beyond = bench.coverage.beyond
    if beyond:
        who = f"{len(beyond)} more" if hidden else ", ".join(beyond)
        parts.append(f"not beside the text: {who} (V chooses)")
    return "   ".join(parts)
