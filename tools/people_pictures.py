"""Pictures of the window of the people: ``python -m tools.people_pictures``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.codebook import Start, actor_id, issue_id
from annotator.core.marking import set_field
from annotator.core.model import Actor, Block, Id, Mark
from annotator.core.people.keeping import new_actor, set_wikidata
from annotator.core.review import judging
from annotator.ui.people.window import PeopleWindow
from annotator.ui.settings import Settings
from annotator.ui.start import Desktop
from annotator.ui.window import Window
from annotator.workspace import Workspace
from tools.stage import stage

_SETTLE_MS = 120
_ARTICLES = (
    ("Lavrov sets conditions for a summit", "NBC News", "2025-08-22"),
    ("No meeting planned, Moscow says", "Reuters", "2025-08-22"),
    ("Talks only when the agenda is ready", "BBC", "2025-08-24"),
)
_SAYINGS: tuple[tuple[str, str, str, int | None], ...] = (
    ("Lavrov", "There is no meeting planned.", "summit", -1),
    ("Lavrov", "Putin is ready to meet Zelensky when the agenda would be ready.", "preparation", 2),
    ("Zelensky", "We are ready for a meeting in any format.", "summit", 2),
    ("Putin", "The groundwork has to be laid before anybody travels.", "preparation", None),
)


def main() -> int:
    """Write every picture; prints their paths."""
    with stage(FOLDER) as start:
        _draw(start)
    return 0


def _draw(start: Start) -> None:
    settings = Settings()
    settings.theme = "light"
    workspace = Workspace.create(Path("summit.annotator"), start, "Ada")
    zelensky = _fill(workspace)
    window = Desktop("Ada", start, settings).show(workspace)
    people = _people(window)
    people.show_actor(actor_id("lavrov"))
    _shoot(people, "people")
    people._group()
    people.resize(760, 620)
    _shoot(people, "people-narrow")
    people.resize(*people.usual_size)
    people._group()
    people.show_actor(zelensky)
    _shoot(people, "people-duplicates")
    QTimer.singleShot(0, _shoot_dialog)
    people.details.merged.emit(workspace.people.register.index.named("Zelenskyy")[0])
    people.show_actor(actor_id("usa"))
    _shoot(people, "people-silent")
    people.look_for("nobody of that name")
    _shoot(people, "people-not-found")
    people.show_actor(actor_id("lavrov"))
    window.settings.theme = "dark"
    window.show_theme()
    _shoot(people, "people-dark")
    window.settings.theme = "light"
    window.show_theme()
    _share(workspace)
    people.close()
    QTest.qWait(_SETTLE_MS)
    people = _people(window)
    people.resize(*people.usual_size)
    people.show_actor(actor_id("lavrov"))
    people.layers.setFocus()
    _shoot(people, "people-layers")
    window.close()


def _people(window: Window) -> PeopleWindow:
    window.actions_by_id["people"].trigger()
    found = window.findChild(PeopleWindow)
    assert isinstance(found, PeopleWindow)
    return found


def _shoot_dialog() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        _shoot(dialog, "people-merge")
        dialog.close()


def _fill(workspace: Workspace) -> Id:
    """A few articles with statements; one person under two names."""
    edit, zelensky = new_actor(workspace.new_id(), "Volodymyr Zelensky")
    workspace.do(edit)
    edit, twin = new_actor(workspace.new_id(), "Zelenskyy")
    workspace.do(edit)
    lavrov = workspace.record("actor", actor_id("lavrov"))
    assert isinstance(lavrov, Actor)
    workspace.do(set_wikidata(lavrov, "Q58217"))
    who = {"Lavrov": actor_id("lavrov"), "Putin": actor_id("putin"), "Zelensky": zelensky.id}
    for number, (title, outlet, date) in enumerate(_ARTICLES):
        said = [f"{name} said: “{words}”" for name, words, _, _ in _SAYINGS]
        text = f"{title}. ({outlet} {number})\n" + "\n".join(said)
        made, article = new_article(
            text, title=title, blocks=(Block(0, len(text), "body"),), outlet=outlet, published=date
        )
        workspace.do(made)
        for name, words, issue, stance in _SAYINGS:
            meant = twin.id if number and name == "Zelensky" else who[name]
            _say(workspace, article.id, name, words, meant, issue, stance)
    return zelensky.id


def _share(workspace: Workspace) -> None:
    """Ben marks some of it too, and a part of that is taken into gold."""
    article = workspace.articles()[0].id
    with workspace.as_analyst("Ben") as ben:
        for name, words, issue, stance in _SAYINGS[:2]:
            _say(ben, article, name, words, actor_id("lavrov"), issue, stance)
        said = next(iter(ben.page(article).statements))
    workspace.poll()
    workspace.do(judging.take(workspace.docket(article), [said], [said], workspace.new_id))


def _say(
    workspace: Workspace,
    article: Id,
    name: str,
    words: str,
    actor: Id,
    issue: str,
    stance: int | None,
) -> None:
    book, text = workspace.codebook, workspace.page(article).text
    at = text.index(words)
    start = text.rindex(name, 0, at)
    hand: Id | None = None
    made: dict[str, Mark] = {}
    for kind, span in (
        ("speaker", (start, start + len(name))),
        ("claim", (at, at + len(words))),
        ("position", (at, at + len(words))),
    ):
        page = workspace.page(article)
        edit, mark, statement = marking.mark(page, book, kind, [span], workspace.new_id, hand)
        workspace.do(edit)
        hand, made[kind] = statement.id, mark
    values: list[tuple[str, str, str | int]] = [
        ("speaker", "actor", str(actor)),
        ("position", "issue", str(issue_id(issue))),
    ]
    if stance is not None:
        values.append(("position", "stance", stance))
    for kind, field, value in values:
        now = workspace.record("mark", made[kind].id)
        assert isinstance(now, Mark)
        workspace.do(set_field(now, book, field, value))


def _shoot(widget: QWidget, name: str) -> None:
    QTest.qWait(_SETTLE_MS)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    print(path.name)


if __name__ == "__main__":
    sys.exit(main())
