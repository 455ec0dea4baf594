"""Two fields made one: every value there was is found afterwards, in the field or in the note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.book import merging
from annotator.core.book.parts import Part
from annotator.core.book.uses import Count, Use
from annotator.core.codebook import SEVERAL, Choice, Codebook, Field, parse
from annotator.core.errors import NotAllowed
from annotator.core.model import CODEBOOK, FieldValue, Id, Issue, Mark, Record, Statement, several
from annotator.core.review.records import Verdict
from annotator.core.rules import faults
from tests.workshop import start

START = start()
ISSUES = START.issues
VALUES: dict[str, list[FieldValue]] = {
    "actor": [str(actor.id) for actor in START.actors[:3]],
    "issue": [str(issue.id) for issue in ISSUES[:3]],
    "stance": [-1, 0, 1],
    "choice": ["calm", "angry", "both"],
    "flag": [True, False],
    "number": [1, 2.5, -3],
    "date": ["2025", "2025-08", "2025-08-24"],
    "text": ["when it rains", "if he comes", "a; b"],
}
OLD = {"calm": Choice(name="Calm"), "angry": Choice(name="Angry"), "both": Choice(name="Torn")}
KEPT = {"quiet": Choice(name="calm"), "angry": Choice(name="Upset"), "other": Choice(name="Other")}
NAMES = {"calm": "calm", "angry": "Angry", "both": "Torn"}


@dataclass
class Now:
    """A project of marks alone, as far as a change of the codebook looks at it."""

    codebook: Codebook
    marks: list[Mark] = field(default_factory=list)

    def issues(self) -> Sequence[Issue]:
        return ISSUES

    def record(self, kind: str, id: Id) -> Record | None:
        if kind == "codebook" and id == CODEBOOK:
            return self.codebook
        known = {r.id: r for r in (*ISSUES, *START.actors, *self.marks)}
        return known.get(id)

    def using(self, uses: Iterable[Use]) -> Sequence[Mark | Statement]:
        return [m for m in self.marks if any(self._fits(m, use) for use in uses)]

    def _fits(self, mark: Mark, use: Use) -> bool:
        assert use.field is not None
        if use.field not in mark.fields:
            return False
        return use.listed is None or use.listed == isinstance(mark.fields[use.field], list)

    def count_using(self, uses: Iterable[Use]) -> Count:
        found = self.using(uses)
        return Count(len(found), 0, 1 if found else 0)


def project(type: str, many: tuple[bool, bool], held: list[dict[str, FieldValue]]) -> Now:
    book = parse(
        """
        name = "Two"
        [kinds.one]
        name = "One"
        key = "O"
        colour = "kind.1"
        pattern = "solid"
        [kinds.two]
        name = "Two"
        key = "T"
        colour = "kind.2"
        pattern = "solid"
        [roles]
        [fields]
        [stances.-1]
        name = "Against"
        [stances.0]
        name = "Between"
        [stances.1]
        name = "For"
        """,
        "two",
    ).codebook
    choices = (OLD, KEPT) if type == "choice" else ({}, {})
    fields = {
        "old": Field(name="Old", type=type, on=("one",), many=many[0], choices=choices[0]),  # type: ignore[arg-type]
        "kept": Field(name="Kept", type=type, on=("one",), many=many[1], choices=choices[1]),  # type: ignore[arg-type]
    }
    marks = [
        Mark(id=100 + n, article=1, layer=5, kind="one", fields=values, note="n" * (n % 2))
        for n, values in enumerate(held)
    ]
    return Now(msgspec.structs.replace(book, fields=fields), marks)


@st.composite
def projects(draw: st.DrawFn) -> tuple[str, Now]:
    type = draw(st.sampled_from(list(VALUES)))
    many = draw(st.tuples(st.booleans(), st.booleans())) if type in SEVERAL else (False, False)
    listed = {"old": VALUES[type], "kept": list(KEPT) if type == "choice" else VALUES[type]}

    def values(name: str, several: bool) -> st.SearchStrategy[FieldValue]:
        one = st.sampled_from(listed[name])
        return st.lists(one.map(str), unique=True, min_size=1, max_size=3) if several else one

    held = st.fixed_dictionaries(
        {}, optional={n: values(n, m) for n, m in zip(("old", "kept"), many, strict=True)}
    )
    return type, project(type, many, draw(st.lists(held, max_size=6)))


def merged(now: Now) -> tuple[Now, str]:
    """The project afterwards, and what was said."""
    plan = merging.merge(now, Part("field", "old"), Part("field", "kept"))
    after = {m.id: m for m in now.marks}
    book = now.codebook
    for change in plan.make().changes:
        assert change.before in (book, after.get(change.id))
        if isinstance(change.after, Codebook):
            book = change.after
        elif isinstance(change.after, Mark):
            after[change.id] = change.after
    return Now(book, list(after.values())), plan.says


def names(book: Codebook, type: str, thing: Mark, key: str) -> list[str]:
    """The values of a field as people read them."""
    if key not in thing.fields:
        return []
    found = several(thing.fields[key])
    if type == "choice":
        return [book.fields[key].choices[str(one)].name.casefold() for one in found]
    return [str(one) for one in found]


@given(projects())
def test_nothing_is_lost(made: tuple[str, Now]) -> None:
    type, now = made
    then, _ = merged(now)
    assert list(then.codebook.fields) == ["kept"]
    for before, after in zip(now.marks, then.marks, strict=True):
        there = names(then.codebook, type, after, "kept")
        new = after.note.removeprefix(before.note)
        for key in ("old", "kept"):
            for one in names(now.codebook, type, before, key):
                kept = one in (there[0] if type == "text" else there)
                assert kept or (key == "old" and _noted(type, one, new)), (before, after)
        assert after.note.startswith(before.note)
        if "old" not in before.fields and not then.codebook.fields["kept"].many:
            assert after == before
        assert set(after.fields) <= {"kept"}
        assert not [f for f in faults(after, _Reading(then)) if " belongs to " not in f]


def _noted(type: str, value: str, note: str) -> bool:
    said = {"True": "yes", "False": "no"}.get(value, value)
    return f"({value})" in note if type == "stance" else note.strip() == f"Old: {said}"


class _Reading:
    """The rules' look at it."""

    def __init__(self, now: Now) -> None:
        self.record = now.record

    def text(self, sha256: str) -> str | None:
        return None

    def verdicts(self, article: Id) -> list[Verdict]:
        return []

    def others_than(self, analyst: Id) -> bool:
        return False

    def used(self, kind: str, id: Id) -> bool:
        return False

    def holds(self, use: Use) -> bool:
        return False


def test_choices_of_one_name_are_one_and_those_of_one_key_stay_two() -> None:
    now = project("choice", (False, False), [{"old": "calm"}, {"old": "angry"}, {"old": "both"}])
    then, _ = merged(now)
    choices = {key: one.name for key, one in then.codebook.fields["kept"].choices.items()}
    assert choices == {
        "quiet": "calm",
        "angry": "Upset",
        "other": "Other",
        "angry_2": "Angry",
        "both": "Torn",
    }
    assert [m.fields["kept"] for m in then.marks] == ["quiet", "angry_2", "both"]


def test_what_is_filled_in_in_both_is_said_before_it_is_done() -> None:
    same: dict[str, FieldValue] = {"old": "x", "kept": "x"}
    differ: dict[str, FieldValue] = {"old": "x", "kept": "y"}
    then, says = merged(project("text", (False, False), [same, differ]))
    assert says == (
        "Merge “Old” into “Kept”: 2 marks in 1 article become “Kept”."
        " One mark or statement holds different values in both: the two are joined."
    )
    assert [m.fields["kept"] for m in then.marks] == ["x", "y; x"]
    then, says = merged(project("stance", (False, False), [{"old": 1, "kept": 0}] * 2))
    assert says.endswith(
        " 2 of them hold different values in both:"
        " “Kept” stays and the other is written into the note."
    )
    assert [m.note for m in then.marks] == ["Old: For (1)", "n\nOld: For (1)"]
    issue, other = VALUES["issue"][:2]
    then, says = merged(project("issue", (False, False), [{"old": issue, "kept": other}]))
    assert says.endswith("“Kept” holds several values from then on.")
    assert then.marks[0].fields == {"kept": [other, issue]}


def test_a_field_is_merged_into_one_of_its_sort_alone() -> None:
    now = project("text", (False, False), [])
    fields = {**now.codebook.fields, "day": Field(name="Day", type="date", on=("one",))}
    now = Now(msgspec.structs.replace(now.codebook, fields=fields))
    assert merging.targets(now, Part("field", "old")) == [Part("field", "kept")]
    with pytest.raises(NotAllowed, match="“Old” holds a text and “Day” a date; they stay two"):
        merging.merge(now, Part("field", "old"), Part("field", "day"))


def test_the_field_that_stays_is_recorded_wherever_one_of_them_was() -> None:
    now = project("text", (False, False), [])
    old = msgspec.structs.replace(now.codebook.fields["old"], on=("statement", "two", "one"))
    now = Now(msgspec.structs.replace(now.codebook, fields={**now.codebook.fields, "old": old}))
    then, _ = merged(now)
    assert then.codebook.fields["kept"].on == ("one", "statement", "two")
