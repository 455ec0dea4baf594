"""What all agree on, by a rule that is shown with what it takes and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QWidget

from annotator.core.codebook import Codebook
from annotator.core.review.agreeing import WHY, Rule, Sorted, in_words, said_by
from annotator.core.text.cleaning import counted
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.review.several import Several
from annotator.ui.review.strips import Strip

_SAME, _NEAR, _OVERLAP = range(3)
_WIDE = 210
"""Pixels of what is chosen; one edge, whatever it says."""
_EDGES = ("are the same", "are at most … apart", "overlap the longest")


@dataclass(frozen=True)
class Asked:
    """What the strip needs to know."""

    sort: Callable[[Rule], Sorted]
    """What a rule would take, and what it would leave."""
    layers: int
    book: Codebook
    rule: Rule
    """The one that is asked about first."""


class AgreeStrip(Strip):
    """Four lines say when layers agree; below stands what comes of it, before anything is done."""

    def __init__(self, asked: Asked, parent: QWidget) -> None:
        super().__init__("", "Take them", parent)
        self._asked = asked
        rule, book = asked.rule, asked.book
        self.edges = QComboBox(self)
        self.edges.addItems(_EDGES)
        self.edges.setAccessibleName("Boundaries")
        self.boundary = QSpinBox(self)
        self.boundary.setRange(1, 50)
        self.boundary.setAccessibleName("Characters by which boundaries may differ")
        self.number = QComboBox(self)
        self.number.setAccessibleName("How many layers must say it")
        for least in range(asked.layers, 0, -1):
            self.number.addItem(said_by(least, asked.layers), least)
        fields = {key: field.name for key, field in book.fields.items()}
        self.fields = Several("fields", fields, rule.fields, self)
        kinds = {key: kind.name for key, kind in book.kinds.items()}
        self.kinds = Several("kinds", kinds, rule.kinds, self)
        self.words = plain_label(self)
        self.left_over = plain_label(self, "muted")
        self._lay_out()
        self._show_rule(rule)
        for changed in (
            self.edges.currentIndexChanged,
            self.boundary.valueChanged,
            self.number.currentIndexChanged,
        ):
            changed.connect(lambda _value: self._show())
        self.fields.changed.connect(self._show)
        self.kinds.changed.connect(self._show)
        self._show()

    @property
    def rule(self) -> Rule:
        """As it is set now."""
        edges = {_SAME: 0, _NEAR: self.boundary.value(), _OVERLAP: None}
        least = self.number.currentData()
        return Rule(
            boundary=edges[self.edges.currentIndex()],
            fields=self.fields.chosen,
            kinds=self.kinds.chosen,
            at_least=None if least == self._asked.layers else least,
        )

    def _show_rule(self, rule: Rule) -> None:
        near = bool(rule.boundary)
        self.edges.setCurrentIndex(_OVERLAP if rule.boundary is None else _NEAR if near else _SAME)
        self.boundary.setValue(rule.boundary or 1)
        self.number.setCurrentIndex(max(0, self.number.findData(rule.at_least)))

    def _show(self) -> None:
        near = self.edges.currentIndex() == _NEAR
        self.boundary.setVisible(near)
        self._characters.setVisible(near)
        rule = self.rule
        found = self._asked.sort(rule)
        number = len(found.taken)
        none = "By this rule there is no case to take; change it, or press Esc."
        asked = f"Take {counted(number, 'case')} on which all agree?"
        self.question.setText(asked if number else none)
        after = " One step, which can be undone." if number else ""
        self.words.setText(f"The rule: {in_words(rule, self._asked.layers)}.{after}")
        left = [f"{found.left[why]:,} {said}" for why, said in WHY.items() if found.left[why]]
        self.left_over.setText(f"Left as they are: {', '.join(left)}." if left else "")
        self.left_over.setVisible(bool(left))
        self.yes.setEnabled(number > 0)

    def begin(self) -> None:
        (self.yes if self.yes.isEnabled() else self.edges).setFocus()

    def _lay_out(self) -> None:
        self._characters = QLabel("characters", self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("Boundaries", (self.edges, self.boundary, self._characters)),
            ("Said by", (self.number,)),
            ("Equal in", (self.fields,)),
            ("In marks of", (self.kinds,)),
        )
        for at, (label, widgets) in enumerate(rows):
            widgets[0].setFixedWidth(_WIDE)
            asked = QLabel(label, self)
            asked.setBuddy(widgets[0])
            set_look(asked, "muted")
            grid.addWidget(asked, at, 0, Qt.AlignmentFlag.AlignVCenter)
            row = QHBoxLayout()
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            grid.addLayout(row, at, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.words)
        self.body.addWidget(self.left_over)
