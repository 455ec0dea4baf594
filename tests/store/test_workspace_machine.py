"""A machine that marks, links, fills in, moves, deletes, undoes, redoes and reopens at random.

What must never be possible: a quote that is not the text's, a statement with a mark that does
not exist, an undo that does not bring back exactly what was, a row that the journal does not
explain, a window that shows anything but what is on disk.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotator.core import articles, linking, marking, people
from annotator.core.errors import NotAllowed
from annotator.core.model import Mark, Progress, Statement
from annotator.core.page import Page
from annotator.core.revision import Edit, Revision
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import add_article, start

TEXT = (
    "Zelensky said: “It’s possible 😀 he doesn’t.”\n"
    "قال الرئيس إن السلام ممكن 👩‍👩‍👧‍👦 שלום עולם\n"
    "Cafe\u0301 o\u0308 — no\u00a0break — 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 end"
)
START = start()
KINDS = sorted(START.codebook.kinds)
ROLES = sorted(START.codebook.roles)


with_marks = precondition(lambda self: self.page.marks)
with_statements = precondition(lambda self: self.page.statements)


class Machine(RuleBasedStateMachine):
    """One analyst at work on one article."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "machine.annotator"
        self.workspace = Workspace.create(self.path, START, "Ada")
        self.article = add_article(self.workspace, TEXT).id
        self.open_page()
        self.states = [self.snapshot()]
        self.undone: list[bytes] = []

    def teardown(self) -> None:
        assert self.workspace.check() == []
        self.workspace.close()
        shutil.rmtree(self.folder)

    def open_page(self) -> None:
        self.page = self.workspace.page(self.article)
        self.workspace.subscribe(self.listen)

    def listen(self, revision: Revision) -> None:
        for e in revision.entries:
            self.page.refresh(e.kind, e.id, self.workspace.record(e.kind, e.id))

    def snapshot(self) -> bytes:
        return annotator_json.encode(self.workspace.bundle())

    def do(self, edit: Edit) -> None:
        if self.workspace.do(edit) is not None:
            self.states.append(self.snapshot())
            self.undone = []

    def a_mark(self, pick: int) -> Mark:
        return self.page.marks[sorted(self.page.marks)[pick % len(self.page.marks)]]

    def a_statement(self, pick: int) -> Statement:
        return self.page.statements[sorted(self.page.statements)[pick % len(self.page.statements)]]

    @rule(
        kind=st.sampled_from(KINDS),
        spans=st.lists(
            st.tuples(st.integers(-2, len(TEXT) + 2), st.integers(-2, len(TEXT) + 2)), max_size=3
        ),
        hand=st.none() | st.integers(0, 9),
    )
    def mark(self, kind: str, spans: list[tuple[int, int]], hand: int | None) -> None:
        at_hand = None if hand is None or not self.page.statements else self.a_statement(hand).id
        good = all(0 <= s < e <= len(TEXT) for s, e in spans)
        try:
            edit, made, _ = marking.mark(
                self.page, START.codebook, kind, spans, self.workspace.new_id, at_hand
            )
        except NotAllowed:
            assert not good
            return
        assert good
        assert [f.quote for f in made.fragments] == [TEXT[f.start : f.end] for f in made.fragments]
        self.do(edit)

    @with_marks
    @rule(pick=st.integers(0, 9), a=st.integers(0, len(TEXT)), b=st.integers(0, len(TEXT)))
    def add_fragment(self, pick: int, a: int, b: int) -> None:
        assume(a != b)
        self.do(marking.add_fragment(self.page, self.a_mark(pick).id, (min(a, b), max(a, b))))

    @with_marks
    @rule(
        pick=st.integers(0, 9),
        index=st.integers(0, 2),
        edge=st.sampled_from(["start", "end"]),
        to=st.integers(-1, len(TEXT) + 1),
    )
    def move_boundary(self, pick: int, index: int, edge: marking.Edge, to: int) -> None:
        with contextlib.suppress(NotAllowed):
            self.do(marking.move_boundary(self.page, self.a_mark(pick).id, index, edge, to))

    @with_marks
    @rule(pick=st.integers(0, 9), index=st.integers(0, 2))
    def remove_fragment(self, pick: int, index: int) -> None:
        mark = self.a_mark(pick)
        assume(len(mark.fragments) > max(1, index))
        self.do(marking.remove_fragment(self.page, mark.id, index))

    @with_marks
    @rule(pick=st.integers(0, 9), kind=st.sampled_from(KINDS))
    def retype(self, pick: int, kind: str) -> None:
        self.do(marking.retype(self.page, START.codebook, self.a_mark(pick).id, kind))

    @with_marks
    @rule(picks=st.lists(st.integers(0, 9), min_size=1, max_size=3))
    def delete(self, picks: list[int]) -> None:
        self.do(marking.delete(self.page, {self.a_mark(p).id for p in picks}))

    @with_marks
    @rule(pick=st.integers(0, 9), stance=st.none() | st.integers(-3, 3))
    def set_stance(self, pick: int, stance: int | None) -> None:
        mark = self.a_mark(pick)
        allowed = mark.kind == "position" and (stance is None or -2 <= stance <= 2)
        edit = marking.set_field(mark, START.codebook, "stance", stance)
        if edit and not allowed:
            before = self.snapshot()
            try:
                self.workspace.do(edit)
            except NotAllowed:
                assert self.snapshot() == before
                return
            raise AssertionError("a stance that is not on the scale was stored")
        self.do(edit)

    @with_marks
    @rule(pick=st.integers(0, 9), name=st.sampled_from(["Zelensky", "He", "قال", "Kyiv"]))
    def file_under(self, pick: int, name: str) -> None:
        mark = self.a_mark(pick)
        assume("actor" in START.codebook.fields_on(mark.kind))
        actors = [a for a in self.workspace.actors() if a.name == name]
        if actors:
            self.do(people.file_under(START.codebook, mark, "actor", actors[0]))
        else:
            new_id = self.workspace.new_id()
            self.do(people.file_under_new(START.codebook, mark, "actor", name, "person", new_id)[0])

    @with_statements
    @rule(pick=st.integers(0, 9), note=st.sampled_from(["", "look again", "\u2066x"]))
    def note(self, pick: int, note: str) -> None:
        self.do(marking.set_note(self.a_statement(pick), note))

    @with_marks
    @with_statements
    @rule(into=st.integers(0, 9), pick=st.integers(0, 9), role=st.sampled_from([None, *ROLES]))
    def link(self, into: int, pick: int, role: str | None) -> None:
        try:
            self.do(
                linking.link(
                    self.page,
                    START.codebook,
                    self.a_statement(into).id,
                    self.a_mark(pick).id,
                    role,
                )
            )
        except NotAllowed:
            assert role is not None

    @with_marks
    @with_statements
    @rule(out=st.integers(0, 9), pick=st.integers(0, 9))
    def unlink(self, out: int, pick: int) -> None:
        self.do(linking.unlink(self.page, self.a_statement(out).id, self.a_mark(pick).id))

    @with_marks
    @with_statements
    @rule(pick=st.integers(0, 9), into=st.integers(0, 9))
    def move(self, pick: int, into: int) -> None:
        mark = self.a_mark(pick)
        holders = self.page.holders(mark.id)
        assume(holders)
        self.do(linking.move(self.page, mark.id, holders[0].id, self.a_statement(into).id))

    @with_marks
    @rule(pick=st.integers(0, 9))
    def new_statement(self, pick: int) -> None:
        edit, _ = linking.new_statement(
            self.page, START.codebook, self.a_mark(pick).id, self.workspace.new_id()
        )
        self.do(edit)

    @with_statements
    @rule(pick=st.integers(0, 9))
    def delete_statement(self, pick: int) -> None:
        self.do(linking.delete_statement(self.page, self.a_statement(pick).id))

    @rule(progress=st.sampled_from([None, "in progress", "done"]))
    def progress(self, progress: Progress | None) -> None:
        old = self.workspace.status(self.article)
        layer = self.workspace.analyst.id
        self.do(articles.set_progress(self.article, layer, old, progress))

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def undo(self) -> None:
        self.workspace.undo()
        self.undone.append(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.workspace.redo()
        self.states.append(self.undone.pop())

    @rule()
    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.path, "Ada")
        self.open_page()

    @invariant()
    def what_is_shown_is_what_is_there(self) -> None:
        assert self.snapshot() == self.states[-1]
        fresh = self.workspace.page(self.article)
        assert_same_page(self.page, fresh)

    @invariant()
    def quotes_are_the_texts(self) -> None:
        for mark in self.page.marks.values():
            for piece in mark.fragments:
                assert TEXT[piece.start : piece.end] == piece.quote != ""

    @invariant()
    def statements_hold_marks_that_exist(self) -> None:
        for statement in self.page.statements.values():
            assert statement.members
            assert set(statement.marks()) <= self.page.marks.keys()

    @invariant()
    def the_stacks_are_as_deep_as_they_should_be(self) -> None:
        assert (self.workspace.next_redo() is not None) == bool(self.undone)


def assert_same_page(left: Page, right: Page) -> None:
    assert msgspec.to_builtins(left.marks) == msgspec.to_builtins(right.marks)
    assert left.statements == right.statements
    for mark in left.marks:
        assert left.holders(mark) == right.holders(mark)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
