"""What a file brings portion by portion is what one edit would bring, in rows, journal and rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from annotator.core.bundle import Bundle
from annotator.core.codebook import Start
from annotator.core.intake import Came
from annotator.core.model import Fragment, Id, Mark, Member, Statement
from annotator.core.revision import Change, Edit, Entry, flatten
from annotator.core.rules import Glance, broken
from annotator.formats.exchange.format import Format, Outgoing
from annotator.store.lookup import Lookup
from annotator.store.made import Made
from annotator.workspace import Workspace, taking
from tests.formats.bundles import small_bundle
from tests.formats.numbered import article, given, some
from tests.workspace.intake.files import file, streamed


def test_it_is_the_same_as_taken_in_at_once(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    path = file(format, tmp_path, some())
    project.take_in_parts(streamed(format, path), "Import")
    whole = small_bundle()
    start = Start(whole.codebook, whole.actors, whole.issues)
    with Workspace.create(tmp_path / "other.annotator", start, "Cy") as other:
        assert format.read is not None
        other.do(all_at_once(other, format.read(path, format.asked()).bundle))
        ours, theirs = (next(iter(w.history(1))).entries for w in (project, other))
        assert sorted(ours, key=_place) == sorted(theirs, key=_place)


def all_at_once(workspace: Workspace, whole: Bundle) -> Edit:
    """What brings a bundle in, as one edit that goes the usual way."""
    edits = list(workspace._edits(Outgoing.of(whole), "Import", Came()))
    changes = tuple(change for edit in edits for change in edit.changes)
    texts = tuple(text for edit in edits for text in edit.texts)
    return Edit("Import", changes, texts, foreign="import")


def _place(entry: Entry) -> tuple[str, Id]:
    return entry.kind, entry.id


def test_the_journal_has_of_what_is_new_what_it_has_of_all_else() -> None:
    """Two ways to say it, so both are compared: the quick one of imports, and the usual one."""
    (part,) = small_bundle().articles
    for record in (*part.said, *article(1).said):
        made = Made()
        quick = made.mark(record) if isinstance(record, Mark) else made.statement(record)
        assert msgspec.json.decode(quick) == msgspec.json.decode(
            msgspec.json.encode(flatten(record))
        )


def test_what_is_sound_at_a_glance_breaks_no_rule(project: Workspace) -> None:
    """And what breaks one is never sound."""
    project.take_in_parts(given(some()), "Import")
    part = some()[0]
    author = project.analyst.id
    reading = Lookup(project._file)
    mark, statement = part.marks[0], part.statements[0]
    change = msgspec.structs.replace
    wrong: list[Mark | Statement] = [
        change(mark, kind="nothing"),
        change(mark, article=1),
        change(mark, layer=1),
        change(mark, fields={"nothing": "x"}),
        change(mark, fragments=(Fragment(1, 8, "another"),)),
        change(mark, fragments=(Fragment(5, 5, ""),)),
        change(mark, fragments=(Fragment(11, 14, "she"), Fragment(1, 8, "Not now"))),
        change(statement, members=()),
        change(statement, members=(Member("claim", 999),)),
        change(statement, members=(Member("nothing", mark.id),)),
        change(statement, members=(Member("speaker", mark.id),)),
        change(statement, members=(statement.members[0], statement.members[0])),
        change(statement, article=some()[1].article.id),
        change(statement, fields={"stance": 99}),
    ]
    for record in wrong:
        assert list(broken(Change(None, record), author, True, reading)), record
        assert not Glance(author, reading).is_sound(record), record
    for right in part.said:
        assert not list(broken(Change(None, right), author, True, reading))
        assert Glance(author, reading).is_sound(right)


def test_a_value_that_was_right_once_is_not_taken_for_one_that_equals_it(
    project: Workspace,
) -> None:
    """True equals 1, and 1 equals 1.0; a flag and a stance are each only one of them."""
    project.take_in_parts(given(some()), "Import")
    mark, statement = some()[0].marks[0], some()[0].statements[0]
    change = msgspec.structs.replace
    glance = Glance(project.analyst.id, Lookup(project._file))
    for record, key, right, wrong in (
        (statement, "sure", True, 1),
        (mark, "stance", 1, 1.0),
        (mark, "stance", 1, True),
        (mark, "weight", 1, True),
    ):
        fields = {key: right}
        assert glance.is_sound(change(record, fields=fields))
        assert glance.is_sound(change(record, fields=fields))
        change_made = Change(None, change(record, fields={key: wrong}))
        reading = Lookup(project._file)
        is_broken = any(broken(change_made, project.analyst.id, True, reading))
        assert glance.is_sound(change(record, fields={key: wrong})) != is_broken


@pytest.mark.parametrize("portion", [1, 8, 10_000])
def test_in_parts_the_rows_and_the_journal_are_those_of_one_edit(
    project: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """Of all there is: what is quick for new marks and statements, and what is usual."""
    monkeypatch.setattr(taking, "_PORTION", portion)
    whole = replace(small_bundle(), articles=(*small_bundle().articles, *some()))
    start = Start(whole.codebook, whole.actors, whole.issues)
    with Workspace.create(tmp_path / "other.annotator", start, "Cy") as other:
        project.take_in_parts(Outgoing.of(whole), "Import")
        other.do(all_at_once(other, whole))
        for table in _TABLES:
            ours, theirs = (_rows(workspace, table) for workspace in (project, other))
            assert ours == theirs, table
            assert ours, table
        assert project.check() == other.check() == []


_TABLES = {
    "mark": "*",
    "statement": "*",
    "member": "*",
    "tally": "*",
    "listed": "article, words, outlet, published",
    "change": "kind, id, before, after, seen",
}


def _rows(workspace: Workspace, table: str) -> list[tuple[object, ...]]:
    """JSON as what it says, since the keys of the journal's may be in any order."""
    found = workspace._file.connection.execute(f"SELECT {_TABLES[table]} FROM {table}").fetchall()
    return sorted(tuple(map(_said, row)) for row in found if row[0] != "analyst")


def _said(value: object) -> str:
    if isinstance(value, str) and value[:1] in ("{", "["):
        told = msgspec.json.decode(value)
        if isinstance(told, dict):
            told = {key: told[key] for key in sorted(told)}
        return repr(told)
    return repr(value)
