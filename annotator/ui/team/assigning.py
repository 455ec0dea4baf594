"""Giving articles to analysts: all, some at random, by hand; and who has how much."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.model import Id
from annotator.core.review.assigning import Load, give, give_at_random, load, take_back
from annotator.core.revision import Edit, Revision
from annotator.core.text.cleaning import counted
from annotator.ui.frame import Frame
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.side_window import SideWindow

_COLUMNS = ("Analyst", "Assigned", "New", "In progress", "Done", "Reopened")
_HIGHEST_SEED = 999_999


class AssignWindow(SideWindow):
    """Tick analysts with Space, choose how, press Assign. One step, which can be undone."""

    name = "assign"
    usual_size = (680, 560)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Assign articles")
        self.chosen = QRadioButton(self)
        self.every = QRadioButton(self)
        self.all = QRadioButton("To each of the analysts ticked below", self)
        self.random = QRadioButton("At random, to this many of them each:", self)
        self.each = QSpinBox(self)
        self.seed = QSpinBox(self)
        self.table = QTableWidget(0, len(_COLUMNS), self)
        self.give_button = QPushButton("Assign", self)
        self.back_button = QPushButton("Take back", self)
        self._said = plain_label(self)
        self._ticked: set[Id] = set()
        self._lay_out()
        self.all.setChecked(True)
        self.table.itemChanged.connect(self._tick)
        self.give_button.clicked.connect(self.give)
        self.back_button.clicked.connect(self.take_back)
        self.random.toggled.connect(self._show_random)
        self.desk.revised.connect(self._revised)
        self._count()
        self.chosen.setChecked(len(self._picked()) > 1)
        self.every.setChecked(len(self._picked()) <= 1)
        self._show_random(False)
        self.reload()
        self.table.setFocus()

    # What is shown

    def reload(self) -> None:
        """The load of each analyst as it is now."""
        self._count()
        workspace = self.desk.workspace
        people = workspace.analysts_by_name()
        names = {analyst.id: analyst.name for analyst in people}
        loads = load(names, workspace.assignments(), workspace.progress())
        self.each.setRange(1, max(1, len(people)))
        self.table.blockSignals(True)
        self.table.setRowCount(len(loads))
        for row, one in enumerate(loads):
            self._fill(row, one, names[one.analyst])
        self.table.blockSignals(False)
        if self.table.currentRow() < 0 and loads:
            self.table.setCurrentCell(0, 0)

    def _fill(self, row: int, one: Load, name: str) -> None:
        numbers = (one.assigned, one.new, one.in_progress, one.done, one.reopened)
        first = QTableWidgetItem(name)
        first.setData(Qt.ItemDataRole.UserRole, str(one.analyst))
        first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        on = one.analyst in self._ticked
        first.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.table.setItem(row, 0, first)
        for column, number in enumerate(numbers, 1):
            item = QTableWidgetItem(str(number))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _count(self) -> None:
        picked = self._picked()
        self.chosen.setText(f"The articles chosen in the list: {len(picked)}")
        self.chosen.setEnabled(bool(picked))
        self.every.setText("All articles of the project")

    def _picked(self) -> list[Id]:
        page = self.desk.page
        return list(self.frame.articles.chosen()) or ([page.article.id] if page else [])

    def _articles(self) -> list[Id]:
        if self.chosen.isChecked():
            return self._picked()
        return [article.id for article in self.desk.workspace.articles()]

    # What is done here

    def give(self) -> None:
        """Assign as it is set; what they have they keep."""
        articles, people = self._articles(), self._people()
        now = self.desk.workspace.assignments()
        try:
            if self.random.isChecked():
                edit = give_at_random(articles, people, self.each.value(), self.seed.value(), now)
            else:
                edit = give(articles, people, now)
        except AnnotatorError as error:
            self._say(str(error), "danger")
            return
        self._do(edit, "new assignment", "They have these articles already.")

    def take_back(self) -> None:
        """The analysts ticked are no longer to mark these articles; what they marked stays."""
        articles, people = set(self._articles()), set(self._people())
        now = self.desk.workspace.assignments()
        given = [g for g in now if g.article in articles and g.analyst in people]
        self._do(take_back(given), "assignment", "They do not have these articles.")

    def _do(self, edit: Edit, what: str, nothing: str) -> None:
        if not self._people():
            self._say("Tick at least one analyst, with Space.", "warning")
        elif not edit:
            self._say(nothing, "warning")
        elif self.desk.do(edit):
            number = counted(len(edit.changes), what)
            verb = "taken back" if what == "assignment" else "made"
            self._say(f"{number} {verb}. Ctrl+Z in the main window takes it back.", "success")

    def _people(self) -> list[Id]:
        found = []
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.checkState() == Qt.CheckState.Checked:
                found.append(int(item.data(Qt.ItemDataRole.UserRole)))
        return found

    def _tick(self, _item: QTableWidgetItem) -> None:
        self._ticked = set(self._people())
        self.each.setMaximum(max(1, len(self._ticked) or self.table.rowCount()))

    def _say(self, words: str, look: str) -> None:
        self._said.setText(words)
        set_look(self._said, look)

    def _show_random(self, on: bool) -> None:
        for widget in self._of_random:
            widget.setEnabled(on)

    def _revised(self, revision: Revision) -> None:
        if revision.kinds & {"assignment", "status", "analyst"}:
            self.reload()

    # Putting it together

    def _lay_out(self) -> None:
        which, how = QWidget(self), QWidget(self)  # so that the two choices are apart
        first = QVBoxLayout(which)
        second = QVBoxLayout(how)
        for layout in (first, second):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
        first.addWidget(self.chosen)
        first.addWidget(self.every)
        self.seed.setRange(0, _HIGHEST_SEED)
        self.each.setAccessibleName("How many analysts each article is given to")
        self.seed.setAccessibleName("Seed: the same one gives the same result")
        seed = QLabel("seed", self)
        seed.setToolTip("The same seed gives the same result")
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (self.random, self.each, seed, self.seed):
            row.addWidget(widget)
        row.addStretch(1)
        second.addWidget(self.all)
        second.addLayout(row)
        self._of_random = (self.each, seed, self.seed)
        self._shape_table()
        set_look(self.give_button, "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.give_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        for title, part in (("Which articles", which), ("To whom", how)):
            heading = QLabel(title, self)
            set_look(heading, "title")
            column.addWidget(heading)
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def _shape_table(self) -> None:
        table = self.table
        table.setAccessibleName("Analysts with what they were given")
        table.setHorizontalHeaderLabels(list(_COLUMNS))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
