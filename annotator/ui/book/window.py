"""The window of the codebook: all there is on the left, the form of one entry on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.book import changing
from annotator.core.book.parts import Part, count, entry
from annotator.core.errors import AnnotatorError, NotAllowed
from annotator.core.revision import Revision
from annotator.ui.book.asking import Asking
from annotator.ui.book.files import BookFiles
from annotator.ui.book.form import KEY_IN_FILES, EntryForm, heading
from annotator.ui.book.guidelines_editor import GuidelinesEditor
from annotator.ui.book.operations import Operations, letters
from annotator.ui.book.tree import GROUPS, BookTree, Place
from annotator.ui.frame import Frame
from annotator.ui.guard import guarded
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.look.theme import Theme
from annotator.ui.side_window import SideWindow

_COUNT_MS = 250
"""How long marks may come in before they are counted again."""
_GROUP_TEXTS = {
    "kind": "What a mark can be. Each kind has a key that marks the selection, and a line of its own.",
    "role": "The parts that marks play in a statement.",
    "field": "What is recorded about a mark or about a statement.",
    "stance": "The scale of positions. Unset is no step of it.",
    "issue": "What positions are about, worded as propositions. They form a tree.",
    "actors": "People, groups, organisations and states have a window of their own.",
}


class BookWindow(SideWindow):
    """Changes the codebook while people work with it; every change is one step that can be undone."""

    name = "codebook"
    usual_size = (960, 700)

    def __init__(self, frame: Frame, open_actors: Callable[[], None] | None = None) -> None:
        super().__init__(frame, "Codebook")
        self._open_actors = open_actors
        self._place: Place | None = None
        self._warned = False
        self.tree = BookTree(frame.theme, self)
        self.asking = Asking(self.tree.list, self)
        self._letters = letters(frame)
        self.operations = Operations(self.desk, self.asking, "".join(self._letters), self)
        self.files = BookFiles(self.desk.workspace, self.asking, self.operations.do_long, self)
        self.form = EntryForm(frame.theme, self)
        self.guidelines = GuidelinesEditor(self)
        self._lay_out()
        self._make_actions()
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(_COUNT_MS)
        self._count_later.timeout.connect(self._show_count)
        self.tree.taken.connect(self._show)
        self.tree.opened.connect(self._to_form)
        self.form.changed.connect(self._keep)
        self.guidelines.changed.connect(self._keep_book)
        self.operations.done.connect(self._look_at)
        self.operations.said.connect(partial(self.say, look="danger"))
        self.files.said.connect(self.say)
        self.desk.revised.connect(self._revised)
        self.desk.said.connect(self.say)
        self._fill()
        self.tree.list.setFocus()

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        self.tree.set_theme(theme)
        self.form.set_theme(theme)
        self._fill()

    def say(self, text: str, look: str = "muted") -> None:
        """One sentence at the bottom."""
        set_look(self._message, look)
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def look_at(self, place: Place) -> None:
        """Show an entry or a group."""
        self.tree.filter.clear()
        self.tree.take(place)
        self.tree.list.setFocus()

    def _look_at(self, place: Place | None) -> None:
        if place is not None:
            self.tree.take(place)
        self.tree.list.setFocus()

    def _fill(self) -> None:
        self.tree.fill(self.desk.book, self.desk.workspace.issues())

    def _show(self, place: Place) -> None:
        another = place != self._place
        if another:
            self.say("")
            if not self.asking.isHidden():
                self.asking.close_up()
        self._place = place
        if isinstance(place, Part):
            self._show_part(place)
        elif place == "guidelines":
            self._title.setText("Guidelines")
            self._sort.setText("Markdown")
            self._used.setText("")
            self.guidelines.show_book(self.desk.book)
            self._stack.setCurrentWidget(self.guidelines)
            if another:
                self.guidelines.from_the_top()
        else:
            self._title.setText(GROUPS[place].rstrip("…"))
            self._sort.setText("")
            self._used.setText("")
            add = "\n\nEnter opens it." if place == "actors" else "\n\nInsert adds one."
            self._notice.setText(_GROUP_TEXTS[place] + add)
            self._stack.setCurrentWidget(self._notice)
        for label in (self._sort, self._used):
            label.setVisible(bool(label.text()))
        self._enable()

    def _show_part(self, part: Part) -> None:
        try:
            one = entry(self.desk.workspace, part)
        except NotAllowed:
            self._fill()
            return
        self._title.setText(one.name)
        self._sort.setText(heading(part, one))
        self.form.show_entry(part, one, self.desk.book)
        self._hint_key(part)
        self._stack.setCurrentWidget(self._scroll)
        self._show_count()

    def _show_count(self) -> None:
        if isinstance(self._place, Part):
            used = count(self.desk.workspace, self._place)
            self._used.setText(f"Used by {used}" if used else "Nothing uses it yet")

    def _hint_key(self, part: Part) -> None:
        """Which command has no key any more because the kind has it."""
        if part.sort == "kind" and part.key in self.desk.book.kinds:
            lost = self._letters.get(self.desk.book.kinds[part.key].key.upper(), "")
            self.form.hint("key", f"This key meant “{lost}”, which has none now." if lost else "")

    def _revised(self, revision: Revision) -> None:
        if revision.kinds & {"codebook", "issue"}:
            gone = self.tree.nearest()
            self._fill()
            if (
                self.tree.place != self._place
                and gone is not None
                and isinstance(self._place, Part)
            ):
                self.tree.take(gone)
        else:
            self._count_later.start()

    # What is done

    def _keep(self, name: str, value: object) -> None:
        """Save a value of the form; what is wrong with it is said below it."""
        part = self.form.part
        if part is None:
            return
        try:
            if name == KEY_IN_FILES:
                self.operations.rekey(part, str(value).strip())
            else:
                said = str(value).upper() if name == "key" else value
                self.operations.change(part, **{name: said})
        except AnnotatorError as error:
            self.form.refuse(name, str(error))
            return
        if name == KEY_IN_FILES:
            self.form.editors[name].revert()  # until it was asked for and done
        self.form.accept(name)
        if self._place == part and name != KEY_IN_FILES:
            self._show_part(part)

    def _keep_book(self, name: str, value: object) -> None:
        try:
            self.operations.do(changing.describe(self.desk.workspace, **{name: str(value)}))
        except AnnotatorError as error:
            self.guidelines.refuse(str(error))
            return
        self.guidelines.refuse("")
        self.guidelines.show_book(self.desk.book)

    def _to_form(self) -> None:
        if isinstance(self._place, Part):
            self.form.focus_first()
        elif self._place == "guidelines":
            self.guidelines.text.setFocus()
        elif self._place == "actors" and self._open_actors is not None:
            self._open_actors()

    def _on_part(self, act: Callable[[Part], None]) -> None:
        """Do something to the entry that is looked at."""
        if isinstance(self._place, Part):
            self._attempt(partial(act, self._place))
        else:
            self.say("Choose an entry first.", "danger")

    def _attempt(self, act: Callable[[], None]) -> None:
        self._keep_what_is_written()
        try:
            self.say("")
            act()
        except AnnotatorError as error:
            self.say(str(error), "danger")

    def _keep_what_is_written(self) -> None:
        """A key pressed while a line is being changed means the line as it is now."""
        for editor in self.form.editors.values():
            if editor.hasFocus() and hasattr(editor, "keep"):
                editor.keep()

    def _make_actions(self) -> None:
        done = self.operations
        self._menu = QMenu(self)
        self.actions_by_name: dict[str, QAction] = {}
        self._action("add", "&Add…", "Ins", self.add, tree=True)
        self._action("add_below", "Add &below…", "Shift+Ins", partial(self.add, True), tree=True)
        self._action("rename", "Re&name", "F2", self._to_form)
        self._menu.addSeparator()
        self._action("merge", "&Merge into…", "Ctrl+M", lambda: self._on_part(done.merge))
        self._action("split", "&Split…", "Ctrl+L", lambda: self._on_part(done.split))
        self._action("move", "Move &under…", "Ctrl+U", lambda: self._on_part(done.move_under))
        self._action("up", "Up", "Alt+Up", lambda: self._on_part(partial(done.order, step=-1)))
        self._action("down", "Down", "Alt+Down", lambda: self._on_part(partial(done.order, step=1)))
        self._menu.addSeparator()
        self._action("retire", "&Retire", "Ctrl+R", lambda: self._on_part(done.retire))
        self._action("delete", "&Delete", "Del", self._delete, tree=True)
        self._menu.addSeparator()
        self._action("undo", "Undo", "Ctrl+Z", self.desk.undo)
        self._action("redo", "Redo", "Ctrl+Shift+Z", self.desk.redo)
        self._action("find", "&Find", "Ctrl+F", self._to_filter)
        self._menu.addSeparator()
        self._action("save", "Save as a file…", "Ctrl+S", lambda: self._attempt(self.files.save))
        take = self.files.take_over
        self._action("take", "Take a file over…", "Ctrl+O", lambda: self._attempt(take))
        self._button.setMenu(self._menu)

    def _action(
        self, name: str, text: str, key: str, act: Callable[[], object], tree: bool = False
    ) -> None:
        """A line of the menu with a key, which letters typed elsewhere are not, if only in the tree."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: act())
        if tree:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            self.addAction(action)
        self.tree.list.addAction(action)
        self._menu.addAction(action)
        self.actions_by_name[name] = action

    def add(self, below: bool = False) -> None:
        """Something new beside what is looked at, or below it."""
        self._attempt(partial(self.operations.add, self._place, below))

    def _delete(self) -> None:
        self._on_part(lambda part: self.operations.delete(part, self.tree.nearest()))

    def _to_filter(self) -> None:
        self.tree.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tree.filter.selectAll()

    def _enable(self) -> None:
        """What can be done to what is looked at."""
        part = self._place if isinstance(self._place, Part) else None
        sort = part.sort if part else ""
        for name, possible in (
            ("rename", bool(part)),
            ("merge", bool(part)),
            ("split", bool(part)),
            ("move", sort == "issue"),
            ("up", sort in ("kind", "role", "field", "choice")),
            ("down", sort in ("kind", "role", "field", "choice")),
            ("retire", bool(part)),
            ("delete", bool(part)),
            ("add", self._place not in ("guidelines", "actors")),
            ("add_below", self._holds_choices(part) or sort == "issue"),
        ):
            self.actions_by_name[name].setEnabled(possible)
        retired = part is not None and self._stack.currentWidget() is self._scroll
        one = entry(self.desk.workspace, part) if part and retired else None
        text = "Offer &again" if one is not None and one.retired else "&Retire"
        self.actions_by_name["retire"].setText(text)
        self._add.setEnabled(self.actions_by_name["add"].isEnabled())

    def _holds_choices(self, part: Part | None) -> bool:
        field = self.desk.book.fields.get(part.key) if part and part.sort == "field" else None
        return field is not None and field.type == "choice"

    # Inside

    def _lay_out(self) -> None:
        right = QWidget(self)
        set_look(right, "panel")
        self._title = plain_label(right, "title", wraps=False)
        self._sort = plain_label(right, "muted", wraps=False)
        self._used = plain_label(right, "muted", wraps=False)
        self._message = plain_label(right, "muted", wraps=False)
        self._message.setWordWrap(True)
        self._message.hide()
        self._add = QPushButton("Add…", right)
        self._add.clicked.connect(lambda _=False: self.add())
        self._button = QPushButton("Actions", right)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._sort)
        names.addWidget(self._title)
        names.addWidget(self._used)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._add, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(right)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.form)
        self._notice = plain_label(right, "muted", wraps=False)
        self._notice.setWordWrap(True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget(right)
        for page in (self._scroll, self.guidelines, self._notice):
            self._stack.addWidget(page)
        column = QVBoxLayout(right)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.asking)
        column.addWidget(self._message)
        self.tree.setMinimumWidth(190)
        right.setMinimumWidth(350)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([280, 680])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; what is written and cannot be saved is shown once before it is dropped."""
        self._keep_what_is_written()
        self.guidelines.name.keep()
        self.guidelines.text.keep()
        drafts = self.form.drafts()
        if drafts and not self._warned:
            self._warned = True
            self.look_at(drafts[0])
            self.say("This is not saved yet. Close again to drop it.", "danger")
            event.ignore()
            return
        super().closeEvent(event)
