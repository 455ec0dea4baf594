"""Guidelines beside the text: found in at once, and nothing is fetched for them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from annotator.core.book import changing
from annotator.core.book.parts import Part
from annotator.core.review import judging
from annotator.ui.book.quiet import Quiet
from tests.ui.book.conftest import SHIFT, guidelines
from tests.ui.conftest import Hands
from tests.workshop import mark


def test_one_key_opens_them_and_typing_finds(hands: Hands) -> None:
    window = guidelines(hands)
    assert "What counts" in window.text.toPlainText()
    hands.type("noun phrase")
    assert window.hit.lower() == "noun phrase"  # in what the codebook says of kinds
    first = window.text.textCursor().position()
    total = window.told.text().removeprefix("1 of ")
    hands.press(Qt.Key.Key_Return)
    assert window.told.text() == f"2 of {total}"
    assert window.text.textCursor().position() > first
    hands.press(Qt.Key.Key_Return, modifier=SHIFT)
    hands.press(Qt.Key.Key_Return, modifier=SHIFT)
    assert window.told.text() == f"{total} of {total}"
    hands.press(Qt.Key.Key_Escape)
    assert window.told.text() == ""
    hands.type("nowhere at all")
    assert window.told.text() == "nothing found"
    hands.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is hands.window)


def test_definitions_examples_and_issues_are_in_them(hands: Hands) -> None:
    said = guidelines(hands).text.toPlainText()
    assert "Boundaries: The whole noun phrase" in said
    assert "Such as: Russian Foreign Minister" in said
    assert "Where the position stands on the issue." in said
    assert "A ceasefire should come before a peace deal." in said
    assert "−2" in said or "-2" in said


def test_what_a_reviewer_flagged_is_an_example(hands: Hands) -> None:
    window = guidelines(hands)
    assert "Flagged in review" not in window.text.toPlainText()
    workspace = hands.window.desk.workspace
    made = mark(workspace, "claim", (0, 30))
    article = workspace.articles()[0].id
    docket = workspace.docket(article)
    (said,) = workspace.page(article).statements
    hands.window.desk.do(judging.reject(docket, [said], "outside", "deeds alone?", gap=True))
    told = window.text.toPlainText()
    assert "Flagged in review" in told
    assert " ".join(made.quote.split()) in told
    assert "Because: outside the guidelines" in told
    assert "Note: deeds alone?" in told
    hands.window.desk.undo()
    assert "Flagged in review" not in window.text.toPlainText()


def test_they_follow_the_codebook(hands: Hands) -> None:
    window = guidelines(hands)
    desk = hands.window.desk
    markup = "<b>bold</b> & *stars*"
    plan = changing.change(desk.workspace, Part("kind", "cue"), definition=markup)
    desk.do(plan.make())
    assert markup in window.text.toPlainText()  # as it was written


def test_nothing_is_loaded_that_guidelines_name(hands: Hands, tmp_path: Path) -> None:
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    path = tmp_path / "spy.png"
    assert picture.save(str(path))
    desk = hands.window.desk
    url = QUrl.fromLocalFile(str(path)).toString()
    text = f"![x]({url})\n\n![y]({path})\n\n![z](http://localhost:1/x.png)\n\n<img src='{url}'>"
    book = desk.workspace.codebook
    desk.do(changing.describe(desk.workspace, guidelines=text))
    assert desk.workspace.codebook != book
    view = guidelines(hands).text
    for name in (url, str(path), "http://localhost:1/x.png"):
        loaded = view.document().resource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(name)
        )
        assert isinstance(loaded, QImage)
        assert (loaded.width(), loaded.height()) == (1, 1)
    assert "<img" in view.toPlainText()


def test_links_lead_nowhere(hands: Hands) -> None:
    view = guidelines(hands).text
    assert isinstance(view, Quiet)
    assert not view.openLinks()
    assert not view.openExternalLinks()


def test_retired_things_say_so(hands: Hands) -> None:
    desk = hands.window.desk
    book = desk.workspace.codebook
    assert not msgspec.structs.asdict(book.kinds["cue"])["retired"]
    desk.do(changing.retire(desk.workspace, Part("kind", "cue")).make())
    assert "Cue  Q (retired)" in guidelines(hands).text.toPlainText()
