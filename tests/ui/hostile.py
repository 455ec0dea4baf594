"""A project in which every name is a trap, and a look at everything a window shows.

Qt takes a text for a page with links and pictures when it finds a tag in it, unless it is told
that the text is plain. So whatever comes from a project or a file is either plain or escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from annotator.core import articles, linking, marking
from annotator.core.articles import new_article
from annotator.core.codebook import Start
from annotator.core.marking import set_field, set_flagged, set_note
from annotator.core.model import Block, Mark
from annotator.core.people.keeping import new_actor
from annotator.core.review.assigning import give
from annotator.core.review.commenting import comment
from annotator.workspace import Workspace
from tests.workshop import start

TRAP = (
    '<b>X</b><img src="file:///etc/hostname"><a href="http://example.org/trap">go</a>'
    "<h1>\u202eback\u2066 \x07\x1b[31m&lt;&amp; </h1>"
)
"""Markup, a picture, a link, a bidi override that nobody ends, a bell and a terminal's colour."""
TEXT = f"{TRAP} said that {TRAP} would wait. “It was not discussed,” said {TRAP}. He agreed.\n" * 5
_NAMED = frozenset(
    {"name", "definition", "rule", "guidelines", "proposition", "note", "wikidata"}
)  # fmt: skip


def _trapped(record: Any) -> Any:
    """A record, or a part of one, with a trap in each of its words."""
    if isinstance(record, msgspec.Struct):
        changed: dict[str, object] = {}
        for field in msgspec.structs.fields(record):
            value = getattr(record, field.name)
            if field.name in _NAMED and isinstance(value, str):
                changed[field.name] = f"{TRAP} {value}"
            elif field.name in ("examples", "aliases"):
                changed[field.name] = (TRAP,)
            elif isinstance(value, dict):
                changed[field.name] = {key: _trapped(one) for key, one in value.items()}
        return msgspec.structs.replace(record, **changed)
    return record


def trapped_start() -> Start:
    """The usual codebook with a trap in every name and definition, and so issues and actors."""
    usual = start()
    issues = tuple(_trapped(issue) for issue in usual.issues)
    return Start(_trapped(usual.codebook), issues, tuple(map(_trapped, usual.actors)))


def trapped_project(path: Path) -> Workspace:
    """Everything a project can hold, each with a trap where there are words."""
    ada = Workspace.create(path, trapped_start(), f"Ada {TRAP}")
    for n in range(2):
        text = TEXT * (n + 1)
        edit, article = new_article(
            text, title=f"{TRAP} {n}", file=f"{TRAP}.txt", blocks=(Block(0, len(text), "body"),)
        )
        ada.do(edit)
        ada.do(
            articles.describe(
                article, outlet=TRAP, author=TRAP, url="javascript:alert(1)", published="2025-08-24"
            )
        )
    ada.do(new_actor(ada.new_id(), TRAP)[0])
    _mark(ada)
    ben = Workspace.open(path, f"Ben {TRAP}")
    _mark(ben)
    ben.close()
    ada.do(give([a.id for a in ada.articles()], [a.id for a in ada.analysts()], []))
    return ada


def _mark(who: Workspace) -> None:
    article, book = who.articles()[0], who.codebook
    page = who.page(article.id)
    edit, claim, statement = marking.mark(page, book, "claim", [(0, len(TRAP))], who.new_id)
    who.do(edit)
    for kind, at in (("speaker", len(TRAP) + 12), ("position", 5)):
        page = who.page(article.id)
        who.do(marking.mark(page, book, kind, [(at, at + 9)], who.new_id, statement.id)[0])
    page = who.page(article.id)
    position = next(m for m in page.marks.values() if m.kind == "position")
    who.do(set_field(_now(who, position), book, "issue", str(who.issues()[0].id)))
    who.do(set_field(_now(who, position), book, "stance", 1))
    speaker = next(m for m in page.marks.values() if m.kind == "speaker")
    who.do(set_field(_now(who, speaker), book, "actor", str(who.actors()[0].id)))
    who.do(set_note(_now(who, claim), TRAP))
    now = who.page(article.id).statements[statement.id]
    who.do(set_note(now, TRAP))
    who.do(set_flagged(who.page(article.id).statements[statement.id], True))
    who.do(comment(who.page(article.id).statements[statement.id], TRAP, who.new_id())[0])
    page = who.page(article.id)
    who.do(linking.new_statement(page, book, claim.id, who.new_id())[0])
    who.do(articles.set_progress(article.id, who.analyst.id, _status(who, article.id), "done"))


def _status(who: Workspace, article: int) -> Any:
    return who.status(article)


def _now(who: Workspace, made: Mark) -> Mark:
    return who.page(made.article).mark(made.id)


def faults(widget: QWidget) -> Iterator[str]:
    """What in a window and all within it would be taken for more than plain text."""
    for part in (widget, *widget.findChildren(QWidget)):
        name = f"{type(part).__name__} in {type(widget).__name__}"
        if acts(part.toolTip()):
            yield f"tool tip of {name}: {part.toolTip()[:80]}"
        if isinstance(part, QLabel):
            yield from _label(part, name)
        if isinstance(part, QMessageBox) and part.textFormat() != Qt.TextFormat.PlainText:
            yield f"message of {name}"
        if isinstance(part, QTextEdit):
            yield from _document(part.document(), name)
        if isinstance(part, QPlainTextEdit):
            yield from _document(part.document(), name)
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            yield from _items(part.model(), QModelIndex(), name)


def acts(text: str) -> bool:
    """Whether a text without a format of its own would be a page, with a trap of ours in it."""
    return "<img" in text


def _label(label: QLabel, name: str) -> Iterator[str]:
    if label.openExternalLinks():
        yield f"{name} opens links"
    if label.textFormat() == Qt.TextFormat.PlainText or "<img" not in label.text():
        return
    yield f"label of {name}: {label.text()[:80]}"


def _document(document: QTextDocument, name: str) -> Iterator[str]:
    block = document.begin()
    while block.isValid():
        for found in block.textFormats():
            if found.format.isAnchor() or found.format.isImageFormat():
                yield f"a link or picture in {name}: {block.text()[:80]}"
        block = block.next()


def _items(model: QAbstractItemModel, parent: QModelIndex, name: str) -> Iterator[str]:
    # A list's own count of columns is private, and so is whether there is anything below.
    is_tree = not isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            told = index.data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(told, str) and acts(told):
                yield f"tool tip of an item of {name}: {told[:80]}"
            if is_tree and model.hasChildren(index):
                yield from _items(model, index, name)


def all_faults() -> list[str]:
    """Of every window that is open now, and of the tool tip that is shown."""
    found = [fault for top in QApplication.topLevelWidgets() for fault in faults(top)]
    if acts(QToolTip.text()):
        found.append(f"the tool tip shown: {QToolTip.text()[:80]}")
    return found
