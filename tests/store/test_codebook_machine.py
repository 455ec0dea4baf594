"""A machine that changes the codebook while two analysts mark: no mark ever becomes invalid.

And each change is one step: undo gives back exactly what was, to the byte in the export.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotator.core import marking
from annotator.core.book import applying, changing, merging, splitting, tree
from annotator.core.book.parts import SORTS, Part, Sort, entry, siblings, uses
from annotator.core.book.plan import Plan
from annotator.core.book.toml_out import encode
from annotator.core.codebook import Start, parse
from annotator.core.errors import NotAllowed
from annotator.core.model import Mark, Statement
from annotator.core.revision import Edit
from annotator.formats import annotator_json
from annotator.workspace import Workspace
from tests.workshop import add_article, field_in_file

TEXT = "Ann said that it rains. Ben did not agree."
CHOICES = """\
choices.calm.name = "Calm"
choices.angry.name = "Angry"
"""
MANY = "many = true\n"
FIELDS = (
    field_in_file("tone", "choice", "words", "statement", more=CHOICES),
    field_in_file("moods", "choice", "words", "voice", more=MANY + CHOICES),
    field_in_file("stance", "stance", "side"),
    field_in_file("issue", "issue", "side", "words"),
    field_in_file("issues", "issue", "statement", more=MANY),
    field_in_file("leaning", "stance", "side", "statement"),
    field_in_file("why", "text", "side", "statement"),
    field_in_file("reason", "text", "side"),
    field_in_file("sure", "flag", "side", "voice"),
    field_in_file("certain", "flag", "side"),
)
TOML = """
name = "Small"
[kinds.voice]
name = "Voice"
key = "V"
colour = "kind.1"
pattern = "solid"
[kinds.words]
name = "Words"
key = "W"
colour = "kind.2"
pattern = "dotted"
[kinds.side]
name = "Side"
key = "S"
colour = "kind.3"
pattern = "dotted"
[roles.who]
name = "Who"
kinds = ["voice"]
[roles.via]
name = "Via"
kinds = ["voice", "words"]
[roles.what]
name = "What"
kinds = ["words", "voice"]
[roles.side]
name = "Side"
kinds = ["side"]
"""
TOML += "".join(FIELDS)
TOML += """
[stances.-1]
name = "Against"
[stances.0]
name = "Between"
[stances.1]
name = "For"
[issues.rain]
name = "Rain"
[issues.snow]
name = "Snow"
parent = "rain"
[issues.hail]
name = "Hail"
parent = "snow"
"""
PICK = st.integers(0, 20)
NAME = st.sampled_from(["New", "Other", "Calm", "Ärger", "voice", "x"])


class Machine(RuleBasedStateMachine):
    """Ada changes the codebook; she and Bo mark."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "machine.annotator"
        self.ada = Workspace.create(path, parse(TOML, "small"), "Ada")
        self.article = add_article(self.ada, TEXT).id
        self.bo = Workspace.open(path, "Bo")
        self.states = [self.snapshot()]
        self.undone: list[bytes] = []

    def teardown(self) -> None:
        self.ada.close()
        self.bo.close()
        shutil.rmtree(self.folder)

    def snapshot(self) -> bytes:
        return annotator_json.encode(self.ada.bundle())

    def do(self, edit: Edit) -> None:
        if self.ada.do(edit) is not None:
            self.states.append(self.snapshot())
            self.undone = []

    def attempt(self, make: Callable[[], Plan | Edit]) -> None:
        """Do it, or hear why not; then nothing may have changed."""
        said = ""
        try:
            made = make()
            self.do(made if isinstance(made, Edit) else made.make())
        except NotAllowed as no:
            said = str(no)
        assert not said or said.endswith(".")
        assert not said or self.snapshot() == self.states[-1]

    def part(self, sort: Sort, pick: int) -> Part:
        book = self.ada.codebook
        fields = [key for key, field in book.fields.items() if field.choices]
        field = fields[pick % len(fields)] if fields and sort == "choice" else ""
        found = list(siblings(self.ada, Part(sort, "", field)))
        assume(found)
        return found[pick % len(found)]

    @rule(pick=PICK, at=st.integers(0, 30), both=st.booleans())
    def mark(self, pick: int, at: int, both: bool) -> None:
        """Bo marks; as he is another analyst, this is no step of Ada's."""
        book = self.bo.codebook
        kinds = list(book.kinds)
        page = self.bo.page(self.article)
        hand = next(iter(page.statements), None) if both else None
        with contextlib.suppress(NotAllowed):
            edit, _, _ = marking.mark(
                page, book, kinds[pick % len(kinds)], [(at, at + 3)], self.bo.new_id, hand
            )
            self.bo.do(edit)
        self.forget()

    @rule(pick=PICK, field=PICK, value=PICK, more=PICK)
    def fill_in(self, pick: int, field: int, value: int, more: int) -> None:
        page, book = self.bo.page(self.article), self.bo.codebook
        things: list[Mark | Statement] = [*page.marks.values(), *page.statements.values()]
        assume(things)
        thing = things[pick % len(things)]
        fields = list(book.fields_on(thing.kind if isinstance(thing, Mark) else "statement"))
        assume(fields)
        key = fields[field % len(fields)]
        one = book.fields[key]
        choices: dict[str, list[str | int | bool]] = {
            "text": ["x", "y"],
            "flag": [True, False],
            "choice": [*one.choices],
            "issue": [str(issue.id) for issue in self.bo.issues()],
            "stance": [int(step) for step in book.stances],
        }
        every = choices[one.type]
        assume(every)
        chosen = every[value % len(every)]
        given = sorted({str(chosen), str(every[more % len(every)])}) if one.many else chosen
        self.bo.do(marking.set_field(thing, book, key, given))
        self.forget()

    def forget(self) -> None:
        """What Bo did cannot be compared with what was before; Ada's undo begins here."""
        self.states = [self.snapshot()]
        self.undone = []

    @rule(sort=st.sampled_from(SORTS), pick=PICK, name=NAME)
    def rename(self, sort: Sort, pick: int, name: str) -> None:
        part = self.part(sort, pick)
        self.attempt(lambda: changing.change(self.ada, part, name=name))

    @rule(sort=st.sampled_from(SORTS), pick=PICK)
    def retire(self, sort: Sort, pick: int) -> None:
        part = self.part(sort, pick)
        retired = entry(self.ada, part).retired
        self.attempt(lambda: changing.retire(self.ada, part, not retired))

    @rule(sort=st.sampled_from(SORTS), pick=PICK, into=PICK)
    def merge(self, sort: Sort, pick: int, into: int) -> None:
        part = self.part(sort, pick)
        others = merging.targets(self.ada, part)
        assume(others)
        before = self.ada.count_using([])
        assert not before
        self.attempt(lambda: merging.merge(self.ada, part, others[into % len(others)]))

    @rule(sort=st.sampled_from(SORTS), pick=PICK, some=PICK, name=NAME)
    def split(self, sort: Sort, pick: int, some: int, name: str) -> None:
        part = self.part(sort, pick)
        page = self.bo.page(self.article)
        things = [*page.marks, *page.statements]
        chosen = frozenset(things[: some % (len(things) + 1)])
        self.attempt(
            lambda: splitting.split(
                self.ada, part, name, chosen, self.ada.new_id(), number=str(some)
            )[0]
        )

    @rule(sort=st.sampled_from(SORTS), pick=PICK)
    def delete(self, sort: Sort, pick: int) -> None:
        part = self.part(sort, pick)
        self.attempt(lambda: merging.delete(self.ada, part))

    @rule(sort=st.sampled_from(SORTS), pick=PICK, key=st.sampled_from(["7", "a", "b", "statement"]))
    def rekey(self, sort: Sort, pick: int, key: str) -> None:
        part = self.part(sort, pick)
        assume(sort != "stance" or key == "7")
        self.attempt(lambda: merging.rekey(self.ada, part, key))

    @rule(pick=PICK, above=st.none() | PICK)
    def move_under(self, pick: int, above: int | None) -> None:
        part = self.part("issue", pick)
        parent = None if above is None else self.part("issue", above)
        self.attempt(lambda: tree.move_under(self.ada, part, parent))

    @rule(pick=PICK, many=st.booleans())
    def one_or_several(self, pick: int, many: bool) -> None:
        part = self.part("field", pick)
        self.attempt(lambda: changing.change(self.ada, part, many=many))

    @rule(pick=PICK, gone=PICK)
    def narrow(self, pick: int, gone: int) -> None:
        part = self.part("field", pick)
        on = list(self.ada.codebook.fields[part.key].on)
        assume(len(on) > 1)
        del on[gone % len(on)]
        self.attempt(lambda: changing.change(self.ada, part, on=tuple(on)))

    @rule(pick=PICK, gone=PICK)
    def narrow_role(self, pick: int, gone: int) -> None:
        part = self.part("role", pick)
        kinds = list(self.ada.codebook.roles[part.key].kinds)
        del kinds[gone % len(kinds)]
        self.attempt(lambda: changing.change(self.ada, part, kinds=tuple(kinds)))

    @rule(sort=st.sampled_from(SORTS), pick=PICK, step=st.sampled_from([-1, 1]))
    def order(self, sort: Sort, pick: int, step: int) -> None:
        part = self.part(sort, pick)
        self.attempt(lambda: changing.order(self.ada, part, step))

    @rule(name=NAME, sort=st.sampled_from(SORTS), pick=PICK)
    def add(self, name: str, sort: Sort, pick: int) -> None:
        adds: dict[Sort, Callable[[], Edit]] = {
            "kind": lambda: changing.add_kind(self.ada, name)[0],
            "role": lambda: changing.add_role(self.ada, name, (self.part("kind", pick).key,))[0],
            "field": lambda: changing.add_field(self.ada, name, "choice", choices=(name, "B"))[0],
            "choice": lambda: changing.add_choice(self.ada, self.part("choice", pick).field, name)[
                0
            ],
            "stance": lambda: changing.add_stance(self.ada, str(pick), name)[0],
            "issue": lambda: changing.add_issue(self.ada, name, None, self.ada.new_id())[0],
        }
        self.attempt(adds[sort])

    @rule()
    def out_and_in(self) -> None:
        """The file of a codebook changes nothing in the project it is of."""
        start = Start(self.ada.codebook, (), tuple(self.ada.issues()))
        read = parse(encode(start), "its own")
        applied = applying.apply(self.ada, read, "its own")
        assert applied.lines == ()
        assert not applied.edit

    @rule()
    def take_the_first_file(self) -> None:
        self.attempt(lambda: applying.apply(self.ada, parse(TOML, "small"), "small").edit)

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def undo(self) -> None:
        assert self.ada.undo() is not None
        self.undone.append(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        assert self.ada.redo() is not None
        self.states.append(self.undone.pop())

    @invariant()
    def each_step_is_as_it_was_left(self) -> None:
        assert self.snapshot() == self.states[-1]

    @invariant()
    def nothing_is_wrong_with_the_project(self) -> None:
        with Workspace.open(self.ada.path) as fresh:
            assert fresh.check() == []

    @invariant()
    def what_is_counted_is_what_is_found(self) -> None:
        for sort in SORTS:
            for field in [""] if sort != "choice" else list(self.ada.codebook.fields):
                for part in siblings(self.ada, Part(sort, "", field)):
                    asked = uses(self.ada.codebook, part)
                    counted = self.ada.count_using(asked)
                    found = self.ada.using(asked)
                    assert counted.marks == sum(isinstance(t, Mark) for t in found)
                    assert counted.statements == len(found) - counted.marks
                    assert counted.articles == len({t.article for t in found})


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
