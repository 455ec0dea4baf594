"""The people of a large project: 100,000 marks, 20,000 actors, one of whom makes 10,000 statements.

    python -m benchmarks.people

What is read once, what a key press in the window of the people costs, and a merge. Beside the
reading, in the same run, a plain one: every mark as a record, counted in Python.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from annotator import paths
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import Actor, Block, Fragment, Id, Mark, Member, Statement
from annotator.core.revision import Change, Edit
from annotator.workspace import Workspace

ACTORS, STATEMENTS, ARTICLES, BUSY = 20_000, 50_000, 500, 10_000
_STEP = 10_000


def main() -> None:
    """Print the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        os.environ["ANNOTATOR_CONFIG"] = os.environ["ANNOTATOR_DATA"] = name
        workspace = _make(Path(name) / "large.annotator")
        print(f"{2 * STATEMENTS:,} marks, {ACTORS:,} actors, {BUSY:,} statements of one of them")
        people = workspace.people
        ours = _print("names and filings, once", lambda: people.register)
        plain = _print("plain reading of the marks", lambda: _plain(workspace))
        print(f"{'ratio':44}{ours / plain:>9.2f}")
        busy = next(a for a in workspace.actors() if a.name == "Actor 0")
        other = next(a for a in workspace.actors() if a.name == "Actor 1")
        _print("statements of each, counted", people.statement_counts)
        _print("10,000 statements of one, in order", lambda: people.statements(busy.id))
        _window(workspace, busy.id)
        edit = people.merge(other, busy)
        _print(f"merging {len(edit.changes):,} records, to disk", lambda: workspace.do(edit))
        _print("taking that back", workspace.undo)
        workspace.close()


def _window(workspace: Workspace, busy: Id) -> None:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.application import application
    from annotator.ui.people.window import PeopleWindow
    from annotator.ui.settings import Settings
    from annotator.ui.window import Window

    application()
    window = Window(workspace, Settings(), lambda _path, _new: None)
    window.show()
    QApplication.processEvents()

    def shown(action: Callable[[], object]) -> Callable[[], None]:
        def go() -> None:
            action()
            QApplication.processEvents()

        return go

    people: list[PeopleWindow] = []

    def open_it() -> None:
        people.append(PeopleWindow(window))
        people[0].show()

    _print("opening the window", shown(open_it))
    _print("an actor with 10,000 statements", shown(lambda: people[0].show_actor(busy)))
    _print("the same by issue", shown(people[0]._group))
    typed = "Actor 12"
    for end in (1, len(typed)):
        _print(f"typing {typed[:end]!r}", shown(lambda e=end: people[0].filter.setText(typed[:e])))  # type: ignore[misc]


def _plain(workspace: Workspace) -> Counter[object]:
    found: Counter[object] = Counter()
    for article in workspace.articles():
        found.update(m.fields.get("actor") for m in workspace.page(article.id).marks.values())
    return found


def _print(what: str, action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    taken = (time.perf_counter() - started) * 1000
    print(f"{what:44}{taken:>9.1f} ms")
    return taken


def _make(path: Path) -> Workspace:
    book = paths.resources() / "codebooks" / "statements.toml"
    workspace = Workspace.create(path, parse(book.read_text("utf-8"), book.name), "Ada")
    chance = random.Random(4)
    actors = [Actor(id=workspace.new_id(), name=f"Actor {n}") for n in range(ACTORS)]
    workspace.do(Edit("Actors", tuple(Change(None, actor) for actor in actors)))
    articles: list[Id] = []
    for number in range(ARTICLES):
        text = f"{number} said that it was so."
        edit, article = new_article(text, title=text, blocks=(Block(0, len(text), "body"),))
        workspace.do(edit)
        articles.append(article.id)
    issues = workspace.issues()
    changes: list[Change] = []
    for number in range(STATEMENTS):
        whom = actors[0] if number < BUSY else chance.choice(actors)
        about = str(chance.choice(issues).id)
        article_id = articles[number % ARTICLES]
        words = (Fragment(0, 1, str(number % ARTICLES)[0]),)
        marks = [
            _mark(workspace, article_id, "speaker", words, {"actor": str(whom.id)}),
            _mark(workspace, article_id, "position", words, {"issue": about, "stance": "1"}),
        ]
        statement = Statement(
            id=workspace.new_id(),
            article=article_id,
            layer=workspace.analyst.id,
            members=tuple(Member(mark.kind, mark.id) for mark in marks),
        )
        changes += [Change(None, record) for record in (*marks, statement)]
        if len(changes) >= _STEP:
            workspace.do(Edit("Statements", tuple(changes)))
            changes.clear()
    workspace.do(Edit("Statements", tuple(changes)))
    return workspace


def _mark(
    workspace: Workspace, article: Id, kind: str, words: tuple[Fragment, ...], said: dict[str, str]
) -> Mark:
    fields = {k: int(v) if k == "stance" else v for k, v in said.items()}
    return Mark(
        id=workspace.new_id(),
        article=article,
        layer=workspace.analyst.id,
        kind=kind,
        fragments=words,
        fields=dict(fields),
    )


if __name__ == "__main__":
    main()
