"""Files with labels of their own, on their way in: what each label becomes is chosen by keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.formats import annotator_json
from annotator.formats.exchange.mapping_files import read_mapping
from annotator.ui.intake.labels import Labels
from annotator.ui.intake.window import Intake, open_intake
from annotator.ui.settings import Settings
from tests.ui.conftest import Hands

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = "“It was not discussed,” Lavrov said. He waited.\n"
ANN = (
    "T1\tSource 24 30\tLavrov\nT2\tRumour 31 35\tsaid\nT3\tContent 0 23\t“It was not discussed,”\n"
    "T4\tAttribution 24 30\tLavrov\nE1\tAttribution:T4 Source:T1 Content:T3\n"
    "A1\tAttitude T3 pro\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """brat with labels that the codebook knows and some that it does not."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.ann").write_text(ANN, encoding="utf-8")
    return folder


def shown(hands: Hands, *given: Path) -> Intake:
    intake = open_intake(hands.window)
    hands.qtbot.waitUntil(lambda: QApplication.activeWindow() is intake)
    intake.add(given)
    hands.qtbot.waitUntil(lambda: bool(intake.finds.all) and not intake.work.reader.is_busy)
    hands.qtbot.waitUntil(intake.details.labels.isVisible)
    return intake


def rows(labels: Labels) -> dict[str, str]:
    """Each label with what it becomes."""
    return {
        f"{label.sort} {label.name}": box.currentText()
        for label, box in zip(labels._labels, labels.boxes, strict=True)
    }


def to_row(hands: Hands, labels: Labels, name: str) -> None:
    """Tab from the preset to the row of a label."""
    at = list(rows(labels)).index(name)
    hands.qtbot.waitUntil(lambda: all(box.isVisible() for box in labels.boxes))
    labels.save.setFocus()
    hands.press(*[Key.Key_Tab] * (at + 1))
    assert QApplication.focusWidget() is labels.boxes[at]


def test_labels_are_shown_with_what_each_becomes(hands: Hands, corpus: Path) -> None:
    labels = shown(hands, corpus).details.labels
    assert rows(labels) == {
        "kind Content": "",
        "kind Rumour": "",
        "kind Source": "",
        "role Content": "",
        "role Source": "",
        "field Attitude": "",
        "analyst ": "corpus",
    }
    assert labels.presets.itemText(0) == "by key and name"
    assert {labels.presets.itemText(n) for n in range(labels.presets.count())} >= {"dna", "polnear"}


def test_enter_goes_to_what_means_nothing(hands: Hands, corpus: Path) -> None:
    intake = shown(hands, corpus)
    intake.list.setFocus()
    hands.press(Key.Key_Return)
    assert "Say what the kind Content" in intake._foot.message
    assert QApplication.focusWidget() is intake.details.labels.boxes[0]
    assert len(hands.window.desk.workspace.articles()) == 2


def test_a_preset_and_a_choice_by_keys(hands: Hands, corpus: Path) -> None:
    intake = shown(hands, corpus)
    labels = intake.details.labels
    labels.presets.setCurrentIndex(labels.presets.findText("polnear"))
    labels.presets.setFocus()
    labels.presets.activated.emit(labels.presets.currentIndex())
    said = rows(labels)
    assert (said["kind Source"], said["kind Content"]) == ("Speaker", "Claim")
    to_row(hands, labels, "kind Rumour")
    hands.type("cue")
    assert rows(labels)["kind Rumour"] == "Cue"
    to_row(hands, labels, "field Attitude")
    hands.type("leave")
    to_row(hands, labels, "analyst ")
    hands.type("Ada")
    hands.press(Key.Key_Return, modifier=CONTROL)
    hands.qtbot.waitUntil(lambda: len(hands.window.desk.workspace.articles()) == 3)
    workspace = hands.window.desk.workspace
    article = next(a for a in workspace.articles() if a.file == "a.txt")
    page = workspace.page(article.id)
    assert sorted((m.kind, m.quote) for m in page.marks.values()) == [
        ("claim", "“It was not discussed,”"),
        ("cue", "said"),
        ("speaker", "Lavrov"),
    ]
    assert [analyst.name for analyst in workspace.analysts()] == ["Ada"]
    assert Settings().import_mapping == "polnear"


def test_a_mapping_is_saved_and_used_the_next_time(hands: Hands, corpus: Path) -> None:
    intake = shown(hands, corpus)
    labels = intake.details.labels
    for name, meant in (("kind Source", "sp"), ("kind Content", "cl"), ("kind Rumour", "leave")):
        to_row(hands, labels, name)
        hands.type(meant)
    labels.presets.setFocus()
    hands.press("a", modifier=CONTROL)
    hands.type("mine")
    labels.save.setFocus()
    hands.press(Key.Key_Space)
    saved = read_mapping(paths.config_folder() / "mappings" / "mine.toml")
    assert saved.kinds == {"Source": "speaker", "Content": "claim", "Rumour": ""}
    intake.close()
    hands.qtbot.waitUntil(lambda: hands.window.findChild(Intake) is None)
    again = shown(hands, corpus).details.labels
    assert again.presets.currentText() == "mine"
    assert rows(again)["kind Rumour"] == "leave out"


def test_what_matches_nothing_is_added(hands: Hands, corpus: Path) -> None:
    intake = shown(hands, corpus)
    intake.details.labels.add.setFocus()
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, modifier=CONTROL)
    workspace = hands.window.desk.workspace
    hands.qtbot.waitUntil(lambda: len(workspace.articles()) == 3)
    assert {"source", "content", "rumour"} <= workspace.codebook.kinds.keys()
    assert workspace.check() == []


def test_values_become_stances(hands: Hands, tmp_path: Path) -> None:
    """A choice of another program that is our stance: each of its values is asked about."""
    result = [
        {
            "id": "r1",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": 0, "end": 23, "labels": ["Position"]},
        },
        {
            "id": "r1",
            "from_name": "stance",
            "to_name": "text",
            "type": "choices",
            "value": {"start": 0, "end": 23, "choices": ["pro"]},
        },
    ]
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": result}]}]))
    labels = shown(hands, path).details.labels
    assert rows(labels)["value pro"] == ""
    to_row(hands, labels, "value pro")
    hands.type("supp")
    assert rows(labels)["value pro"].startswith("supp")
    assert labels.mapping.values["stance"]["pro"] in (1, 2)


def test_our_own_files_ask_nothing(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(annotator_json.encode(hands.window.desk.workspace.bundle()))
    intake = open_intake(hands.window)
    intake.add([path])
    hands.qtbot.waitUntil(lambda: bool(intake.finds.all) and not intake.work.reader.is_busy)
    assert not intake.details.labels.isVisible()
