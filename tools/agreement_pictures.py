"""Pictures of the window of agreement and its report: ``python -m tools.agreement_pictures``."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.codebook import Start, actor_id, issue_id
from annotator.core.marking import set_field
from annotator.core.model import Block, Id, Mark, Status, status_id
from annotator.core.revision import Change, Edit
from annotator.ui.agreement.priority import PriorityDialog
from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.stage import stage

_SETTLE_MS, _WAIT_MS = 150, 20_000
_TITLES = (
    "Lavrov sets conditions for a summit",
    "No meeting planned, Moscow says",
    "Talks only when the agenda is ready",
    "Kyiv asks for guarantees before any talks",
    "The Kremlin denies a date for the meeting",
    "European leaders back a trilateral format",
    "A second round of talks is possible, Trump says",
    "Zelensky ready to meet in any format",
    "Russia rejects Western troops as guarantors",
)
_SAYINGS = (
    ("Lavrov", "There is no meeting planned between the presidents.", "summit", -1, "lavrov"),
    ("Putin", "The groundwork has to be laid before anybody travels.", "preparation", 2, "putin"),
    ("Zelensky", "We are ready for a meeting in any format at all.", "summit", 2, "ukraine"),
    ("Trump", "It could be two weeks, it could be never.", "summit", 0, "trump"),
    ("Lavrov", "Such guarantees are discussed with us or not at all.", "guarantees", -1, "lavrov"),
)
_LAPSES = {"Ada": 0.04, "Ben": 0.12, "Chidi": 0.18, "Dorothea Lindqvist": 0.45}
"""How often somebody does something else than most would."""


def main() -> int:
    """Write every picture; prints their paths."""
    with stage(FOLDER) as start:
        _draw(start)
    return 0


def fill(path: Path, start: Start, analysts: tuple[str, ...] = tuple(_LAPSES)) -> None:
    """A project in which these have marked the same articles, each in their way."""
    workspace = Workspace.create(path, start, analysts[0])
    for number, title in enumerate(_TITLES):
        said = "\n".join(f"{who} said: “{what}”" for who, what, _, _, _ in _SAYINGS)
        text = f"{title}\n{said}\n"
        edit, _ = new_article(text, title=title, blocks=(Block(0, len(text), "body"),))
        workspace.do(edit)
        for place, name in enumerate(analysts):
            with workspace.as_analyst(name) as own:
                article = next(a for a in own.articles() if a.title == title).id
                _mark_all(own, article, _LAPSES[name], random.Random(f"{number}/{place}"))
                if (number + place) % 7:
                    _done(own, article)
    workspace.close()


def _mark_all(workspace: Workspace, article: Id, lapse: float, draw: random.Random) -> None:
    for who, what, issue, stance, actor in _SAYINGS:
        if draw.random() < lapse:
            continue
        text = workspace.page(article).text
        at = text.index(what)
        end = at + len(what) - (draw.randint(1, 12) if draw.random() < 2 * lapse else 0)
        begin = text.rindex(who, 0, at)
        value = stance if draw.random() > lapse else max(-2, stance - 1)
        meant = "putin" if draw.random() < lapse / 2 else actor
        spans = {"speaker": (begin, begin + len(who)), "claim": (at, end), "position": (at, end)}
        made = _marks(workspace, article, spans)
        _set(workspace, made["speaker"], "actor", str(actor_id(meant)))
        _set(workspace, made["position"], "issue", str(issue_id(issue)))
        if draw.random() > lapse / 3:
            _set(workspace, made["position"], "stance", value)


def _marks(workspace: Workspace, article: Id, spans: dict[str, tuple[int, int]]) -> dict[str, Id]:
    hand: Id | None = None
    made: dict[str, Id] = {}
    for kind, span in spans.items():
        page = workspace.page(article)
        edit, mark, statement = marking.mark(
            page, workspace.codebook, kind, [span], workspace.new_id, hand
        )
        workspace.do(edit)
        hand, made[kind] = statement.id, mark.id
    return made


def _set(workspace: Workspace, mark: Id, field: str, value: str | int) -> None:
    now = workspace.record("mark", mark)
    assert isinstance(now, Mark)
    workspace.do(set_field(now, workspace.codebook, field, value))


def _done(workspace: Workspace, article: Id) -> None:
    layer = workspace.analyst.id
    status = Status(id=status_id(article, layer), article=article, layer=layer, progress="done")
    workspace.do(Edit("Done", (Change(workspace.record("status", status.id), status),)))


def _draw(start: Start) -> None:
    fill(Path("round.annotator"), start)
    settings = Settings()
    settings.theme = "light"
    window = Desktop("Ada", start, settings).show(Workspace.open(Path("round.annotator"), "Ada"))
    shown = _agreement(window)
    shown.picture.matrix.setFocus()
    _shoot(shown, "agreement")
    _overlaps(shown)
    shown.picture.toggle_definition()
    shown.tabs.setCurrentIndex(1)
    shown.resize(820, 620)
    _shoot(shown, "agreement-narrow")
    shown.picture.toggle_definition()
    shown.resize(*shown.usual_size)
    shown.picture.measure.setCurrentIndex(shown.picture.measure.findData("found.statements"))
    shown.tabs.setCurrentIndex(2)
    shown.types.setFocus()
    _wait(lambda: bool(shown.types.rows.lines))
    window.settings.theme = "dark"
    window.show_theme()
    _shoot(shown, "agreement-dark")
    shown.picture.measure.setCurrentIndex(shown.picture.measure.findData("f1.overlap"))
    shown.picture.of.setCurrentIndex(shown.picture.of.findData("via"))
    shown.tabs.setCurrentIndex(0)
    shown.figures.selectRow(len(shown.figures.rows.lines) - 1)
    shown.figures.scrollToBottom()
    _shoot(shown, "agreement-undefined")
    window.close()
    fill(Path("alone.annotator"), start, ("Ada",))
    settings.theme = "light"
    window = Desktop("Ada", start, settings).show(Workspace.open(Path("alone.annotator"), "Ada"))
    _shoot(_agreement(window), "agreement-alone")
    window.close()


def _overlaps(shown: AgreementWindow) -> None:
    """The question which of overlapping marks counts."""
    kinds = {key: kind.name for key, kind in shown.desk.workspace.codebook.kinds.items()}
    dialog = PriorityDialog(("claim",), kinds, shown)
    dialog.show()
    _shoot(dialog, "agreement-overlaps")
    dialog.close()


def _agreement(window: Window) -> AgreementWindow:
    window.actions_by_id["agreement"].trigger()
    found = window.findChild(AgreementWindow)
    assert isinstance(found, AgreementWindow)
    _wait(lambda: found.working.is_complete and found.report is not None)
    _wait(lambda: _has_intervals(found))
    return found


def _has_intervals(window: AgreementWindow) -> bool:
    report = window.report
    assert report is not None
    return report.resamples > 0


def _wait(condition: Callable[[], bool]) -> None:
    for _ in range(_WAIT_MS // _SETTLE_MS):
        if condition():
            return
        QTest.qWait(_SETTLE_MS)
    raise TimeoutError("The window is not ready.")


def _shoot(widget: QWidget, name: str) -> None:
    QTest.qWait(_SETTLE_MS)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    print(path.name)


if __name__ == "__main__":
    sys.exit(main())
