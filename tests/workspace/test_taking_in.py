"""A file that is taken in while it is read: one step, all of it or nothing, with little in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Start
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.core.intake import Came
from annotator.core.model import Fragment, Id, Mark, Member, Statement
from annotator.core.revision import Change, Edit, Entry, flatten
from annotator.core.rules import Glance, broken
from annotator.formats import annotator_json
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.own.file import FORMAT as JSON
from annotator.formats.exchange.own.lines import FORMAT as LINES
from annotator.store.lookup import Lookup
from annotator.store.made import Made
from annotator.workspace import Workspace, taking
from tests.formats.bundles import small_bundle
from tests.formats.numbered import ARTICLES, article, given, some


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few articles are several."""
    monkeypatch.setattr(taking, "_PORTION", 8)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Workspace]:
    whole = small_bundle()
    start = Start(whole.codebook, whole.actors, whole.issues)
    with Workspace.create(tmp_path / "p.annotator", start, "Cy") as workspace:
        yield workspace


@pytest.fixture(params=[JSON, LINES], ids=lambda format: format.name)
def format(request: pytest.FixtureRequest) -> Format:
    found: Format = request.param
    return found


def file(format: Format, folder: Path, articles: Iterable[ArticleBundle]) -> Path:
    assert format.write is not None
    path = folder / f"out{format.suffixes[0]}"
    format.write(given(articles), path, format.asked())
    return path


def streamed(format: Format, path: Path) -> Outgoing:
    assert format.stream is not None
    return format.stream(path, format.asked())


def said(workspace: Workspace) -> bytes:
    return annotator_json.encode(workspace.bundle())


def test_it_says_what_the_file_says_and_is_one_step(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    before = said(project)
    heard: list[list[Entry]] = []
    project.subscribe(lambda revision: heard.append(list(revision.entries)))
    path = file(format, tmp_path, some())
    came = project.take_in_parts(streamed(format, path), "Import it")
    assert (len(came.articles), came.marks, came.anything, came.kept) == (7, 14, True, ())
    (revision,) = project.history(1)
    assert revision.label == "Import it"
    assert heard == [list(revision.entries)]
    assert [project.article(part.article.id) for part in some()] == [p.article for p in some()]
    assert {part.article.id: part.marks for part in project.bundle().articles} == {
        part.article.id: part.marks for part in some()
    }
    assert project.check() == []
    project.undo()
    assert said(project) == before
    assert project.check() == []
    project.redo()
    assert len(project.articles()) == ARTICLES
    assert project.check() == []


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


def test_again_it_brings_nothing_and_writes_nothing(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    path = file(format, tmp_path, some())
    project.take_in_parts(streamed(format, path), "Import")
    last = project.history(1)
    came = project.take_in_parts(streamed(format, path), "Import")
    assert not came.anything
    assert came.kept == ()
    assert list(project.history(1)) == list(last)


def test_looking_through_it_tells_what_taking_it_in_brings(
    project: Workspace, format: Format, tmp_path: Path
) -> None:
    before, last = said(project), list(project.history(1))
    path = file(format, tmp_path, some())
    would = project.look_through(streamed(format, path), "Import")
    assert (said(project), list(project.history(1))) == (before, last)
    came = project.take_in_parts(streamed(format, path), "Import")
    assert would == came
    assert came.new["statement"] == ARTICLES
    again = project.look_through(streamed(format, path), "Import")
    assert (again.anything, again.new) == (False, {})


def test_how_far_the_reading_is(format: Format, tmp_path: Path) -> None:
    found = streamed(format, file(format, tmp_path, some()))
    shares = [found.reached.share for _ in found.articles]
    assert shares == sorted(set(shares))
    assert 0 < shares[0] < 0.5
    assert 0.9 < shares[-1] <= 1


def test_what_another_program_brings_while_it_waits_is_not_brought_again(
    project: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = project._file.turns
    begin = turns._begin

    def late(wait: bool) -> None:
        monkeypatch.setattr(turns, "_begin", begin)
        with Workspace.open(project.path, "Cy") as other:
            other.take_in_parts(given(some()[:4]), "Import")
        begin(wait)

    monkeypatch.setattr(turns, "_begin", late)
    came = project.take_in_parts(given(some()), "Import")
    assert (len(came.articles), came.marks, came.kept) == (3, 6, ())
    assert project.check() == []


def test_a_half_that_is_there_is_not_brought_again(project: Workspace) -> None:
    project.take_in_parts(given(some()[:4]), "Import")
    came = project.take_in_parts(given(some()), "Import")
    assert (len(came.articles), came.marks) == (3, 6)
    assert project.check() == []


@pytest.mark.parametrize("broken_at", [0, 3, ARTICLES - 1])
def test_an_error_in_any_line_leaves_nothing_behind(
    project: Workspace, tmp_path: Path, broken_at: int
) -> None:
    before, steps = said(project), len(list(project.history()))
    path = file(LINES, tmp_path, some())
    lines = path.read_bytes().splitlines(keepends=True)
    lines[broken_at + 1] = lines[broken_at + 1][:-20] + b"\n"
    path.write_bytes(b"".join(lines))
    with pytest.raises(BadInput, match=f"line {broken_at + 2}"):
        project.take_in_parts(streamed(LINES, path), "Import")
    assert said(project) == before
    assert len(list(project.history())) == steps
    assert project.check() == []
    came = project.take_in_parts(given(some()), "Import")
    assert len(came.articles) == ARTICLES


def test_a_rule_that_the_last_article_breaks_keeps_all_out(project: Workspace) -> None:
    *good, last = some()
    wrong = msgspec.structs.replace(last.marks[0], kind="nothing")
    bad = replace(last, marks=(wrong, *last.marks[1:]), statements=())
    with pytest.raises(
        BadInput, match="Import: mark 70 in “Day 6”: The codebook has no kind nothing"
    ):
        project.take_in_parts(given([*good, bad]), "Import")
    assert project.articles() == []
    assert project.check() == []


def test_who_stops_it_leaves_nothing_behind(project: Workspace) -> None:
    def stopped() -> Iterator[ArticleBundle]:
        yield from islice(some(), 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.take_in_parts(given(stopped()), "Import")
    assert project.articles() == []
    assert project.check() == []
    assert project.take_in_parts(given(some()), "Import").marks == 2 * ARTICLES


@pytest.mark.parametrize("portion", [1, 8, 10_000])
def test_a_foreign_file_with_one_number_twice_is_refused_whatever_the_portions(
    project: Workspace, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """What the file has brought before is nothing of the project that it would stand beside."""
    monkeypatch.setattr(taking, "_PORTION", portion)
    first, second, *others = some()
    again = msgspec.structs.replace(second.marks[0], id=first.marks[0].id)
    twice = replace(second, marks=(again, second.marks[1]), statements=())
    whole = replace(small_bundle(), articles=(first, twice, *others))
    before, steps = said(project), len(list(project.history()))
    with pytest.raises(BadInput, match=r"Import: .*(in the file twice|changes a record once)"):
        project.take_in(whole, "Import", LabelMapping(add=True))
    assert said(project) == before
    assert len(list(project.history())) == steps


def test_a_foreign_file_is_one_step_of_several_portions(project: Workspace) -> None:
    whole = replace(small_bundle(), articles=tuple(some()))
    before = said(project)
    heard: list[int] = []
    project.subscribe(lambda revision: heard.append(len(revision.entries)))
    came = project.take_in(whole, "Import", LabelMapping(add=True))
    assert (len(came.articles), came.marks) == (7, 14)
    assert heard == [sum(came.new.values()) + sum(came.changed.values())]
    assert project.check() == []
    again = project.take_in(whole, "Import", LabelMapping(add=True))
    assert not again.anything
    project.undo()
    assert said(project) == before


def test_a_thing_that_is_in_the_file_twice_is_refused(project: Workspace) -> None:
    first, *others = some()
    again = replace(others[-1], marks=first.marks, statements=())
    for articles in ([first, again], [*some(), first], [first, *others[:-1], again]):
        with pytest.raises(BadInput, match=r"^Import: "):
            project.take_in_parts(given(articles), "Import")
        assert project.articles() == []


def test_a_copy_may_come_before_what_it_is_a_copy_of(project: Workspace) -> None:
    plain = some()
    copies = [article(n, copy_of=plain[n + 1].article.id) for n in range(3)]
    unknown = article(5, copy_of=article(99).article.id)
    came = project.take_in_parts(given([*copies, *plain[3:5], unknown]), "Import")
    assert [kept for kept in came.kept if "comes without" in kept] == [
        "The article “Day 5” comes without the article that it is a copy of"
    ]
    there = {a.title: a.copy_of for a in project.articles()}
    assert there["Day 0"] == plain[1].article.id
    assert there["Day 2"] == plain[3].article.id
    assert there["Day 5"] is None
    assert project.check() == []


def test_a_reader_of_a_project_takes_nothing_in(project: Workspace, tmp_path: Path) -> None:
    with Workspace.open(project.path) as nobody, pytest.raises(Exception, match="reading only"):
        nobody.take_in_parts(given(some()), "Import")


def test_json_that_others_have_laid_out_is_read_as_well(project: Workspace, tmp_path: Path) -> None:
    """From the article on that differs, and all of it where the beginning does."""
    path = file(JSON, tmp_path, some())
    ours = path.read_bytes()
    for other in (
        ours.replace(b'"Day 4"', b'"Day\\u00204"'),
        ours.replace(b'      "title": "Day 4"', b'  "title": "Day 4"'),
        msgspec.json.format(ours, indent=0),
        b"\xef\xbb\xbf" + ours,
        ours.replace(b"\n", b"\r\n"),
        ours + b"\n\n",
    ):
        path.write_bytes(other)
        assert list(streamed(JSON, path).articles) == some()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"    },\n    {", b"    }\n    {", "not valid JSON"),
        (b'"articles": [\n    {', b'"articles": [\n    ,\n    {', "not valid JSON"),
        (b'      "title": "Day 6"', b'      "title": "x",\n      "title": "Day 6"', "twice"),
        (b'"title": "Day 6"', b'"title": 6', "Expected `str`"),
        (b'"seed": 7', b'"seed": ', "not valid JSON"),
    ],
)
def test_json_that_is_wrong_is_refused_while_it_is_read(
    project: Workspace, tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    path = file(JSON, tmp_path, some())
    wrong = path.read_bytes()
    assert old in wrong
    path.write_bytes(new.join(wrong.rsplit(old, 1)))
    with pytest.raises(BadInput, match=said):
        project.take_in_parts(streamed(JSON, path), "Import")
    assert project.articles() == []


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
