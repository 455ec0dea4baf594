"""The codebook saved as a file and taken over from one, by keys in its window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from annotator.core.book.parts import Part
from annotator.formats import annotator_json, codebook_file
from annotator.ui.look.plain import PlainBox
from tests.ui.book.conftest import CONTROL, Reading

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is chosen in either dialog."""
    path = tmp_path / "book.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_saved_is_taken_over_changed(book: Reading, file: Path) -> None:
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    assert book.message == f"Saved as {file}."
    assert codebook_file.read(file).codebook.kinds.keys() == book.book.kinds.keys()
    change(file, 'name = "Speaker"\nkey', 'name = "Voice"\nkey')
    before = annotator_json.encode(book.workspace.bundle())
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    assert book.asking.startswith("Take book.toml over: 1 change, in one step")
    asked = book.window.asking._asked
    assert asked is not None
    assert "kind “Speaker” (speaker): renamed “Voice”, used by" in asked.item(0).text()  # type: ignore[attr-defined]
    book.press(ENTER)
    assert book.book.kinds["speaker"].name == "Voice"
    assert book.asking == ""
    assert next(iter(book.workspace.history())).label == "Codebook from book.toml"
    book.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert annotator_json.encode(book.workspace.bundle()) == before


def test_what_is_there_is_replaced_only_when_asked(
    book: Reading, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name was written without its ending, so the system's dialog could not ask."""
    file.write_text("mine", encoding="utf-8")
    asked: list[str] = []

    def no(box: PlainBox) -> int:
        asked.append(box.text())
        return box.standardButton(box.defaultButton()).value

    monkeypatch.setattr(PlainBox, "exec", no)
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    assert asked == ["book.toml is there already. Replace it?"]
    assert file.read_text(encoding="utf-8") == "mine"
    monkeypatch.setattr(PlainBox, "exec", lambda _box: PlainBox.StandardButton.Yes)
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    assert codebook_file.read(file).codebook.kinds.keys() == book.book.kinds.keys()


def test_esc_leaves_the_codebook_as_it_was(book: Reading, file: Path) -> None:
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    change(file, 'name = "Speaker"\nkey', 'name = "Voice"\nkey')
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    book.press(ESC)
    assert book.asking == ""
    assert book.window.isVisible()
    assert book.book.kinds["speaker"].name == "Speaker"


def test_a_file_that_cannot_be_is_refused_in_a_sentence(book: Reading, file: Path) -> None:
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    assert "cannot be read" in book.message
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    assert book.message == "book.toml says what the codebook says already."
    change(file, 'kinds = ["via", "speaker", "addressee"]', 'kinds = ["speaker", "addressee"]')
    book.press(Qt.Key.Key_O, modifier=CONTROL)
    assert "Statements still hold a via as their via" in book.message
    assert book.asking == ""


def test_actors_go_along_when_they_are_asked_for(
    book: Reading, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "Codebook with actors (*.toml)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), kind))
    book.take(Part("kind", "cue"))
    book.press(Qt.Key.Key_S, modifier=CONTROL)
    assert len(codebook_file.read(file).actors) == len(book.workspace.actors())
