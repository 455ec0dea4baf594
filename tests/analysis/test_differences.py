"""How layers differ: each type of difference, and none where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotator.analysis.aligned_marks import signature
from annotator.analysis.alignment import align
from annotator.analysis.differences import Difference, count, differences, name
from annotator.analysis.grouping import group_statements
from annotator.analysis.loose import loose_differences
from annotator.core.model import FieldValue
from tests.analysis.sheets import SCHEME, Layers, Part, layered

WHO: Part = ("who", ((0, 5),), {"actor": "7"})
CUE: Part = ("cue", ((6, 9),), {})
WHAT: Part = ("what", ((10, 20),), {})
SIDE: Part = ("side", ((12, 18),), {"issue": "5", "stance": 1})


def two(one: list[Part], other: list[Part]) -> list[Difference]:
    it = Layers(101, 102)
    it.say(101, *one)
    it.say(102, *other)
    return differences(it.sheet(), SCHEME)


def side(**fields: FieldValue) -> Part:
    return "side", ((12, 18),), {"issue": "5", "stance": 1, **fields}


@pytest.mark.parametrize(
    ("other", "expected", "values"),
    [
        ([WHO, CUE, ("what", ((10, 19),), {}), SIDE], ("boundary", "what", None), (((10, 20),), ((10, 19),))),
        ([WHO, CUE, WHAT], ("mark", "side", None), (((12, 18),), None)),
        ([("who", ((30, 32),), {"actor": "8"}), CUE, WHAT, SIDE], ("mark", "who", None), (((0, 5),), ((30, 32),))),
        ([("who", ((30, 32),), {"actor": "7"}), CUE, WHAT, SIDE], ("mention", "who", None), (((0, 5),), ((30, 32),))),
        ([("who", ((0, 5),), {"actor": "8"}), CUE, WHAT, SIDE], ("field", "who", "actor"), ("7", "8")),
        ([("who", ((0, 5),), {}), CUE, WHAT, SIDE], ("field", "who", "actor"), ("7", None)),
        ([WHO, CUE, WHAT, side(issue="6")], ("field", "side", "issue"), ("5", "6")),
        ([WHO, CUE, WHAT, side(stance=-1)], ("field", "side", "stance"), (1, -1)),
        ([WHO, CUE, WHAT, side(condition="if so")], ("field", "side", "condition"), (None, True)),
        ([("who:teller", ((0, 5),), {"actor": "7"}), CUE, WHAT, SIDE], ("kind", "who", None), ("who", "teller")),
        ([("via", ((0, 5),), {"actor": "7"}), CUE, WHAT, SIDE], ("kind", "who", None), ("who", "teller")),
        ([("via:who", ((0, 5),), {"actor": "7"}), CUE, WHAT, SIDE], ("link", "who", None), ("who", "via")),
    ],
)  # fmt: skip
def test_each_type(other: list[Part], expected: tuple[object, ...], values: object) -> None:
    found = two([WHO, CUE, WHAT, SIDE], other)
    assert expected in [name(one) for one in found]
    (difference,) = (one for one in found if name(one) == expected)
    assert tuple(difference.values.values()) == values
    assert difference.statements == {101: 1, 102: 2}
    if expected[1:] != ("who", None):
        assert len(found) == 1


def test_where_to_go() -> None:
    (found,) = two([WHAT, CUE], [("what", ((10, 25),), {}), CUE])
    assert (found.article, found.place) == (1, (10, 25))
    assert found.marks == {101: 1000, 102: 1002}


def test_only_one_has_the_statement() -> None:
    it = Layers(101, 102, 103)
    it.say(101, WHAT)
    it.say(103, WHAT)
    (found,) = differences(it.sheet(), SCHEME)
    assert name(found) == ("only", None, None)
    assert found.values == {101: True, 102: False, 103: True}
    assert (found.place, found.beside) == ((10, 20), {})


def test_one_statement_where_another_has_two() -> None:
    it = Layers(101, 102)
    whole = it.say(101, ("what", ((0, 20),), {}))
    it.say(102, ("what", ((0, 12),), {}))
    rest = it.say(102, ("what", ((12, 20),), {}))
    only = [one for one in differences(it.sheet(), SCHEME) if one.type == "only"]
    assert [one.statements for one in only] == [{102: rest.id}]
    assert only[0].beside == {101: (whole.id,)}


def test_a_mark_that_is_there_but_not_linked() -> None:
    it = Layers(101, 102)
    it.say(101, WHAT, WHO)
    it.say(102, WHAT)
    same = it.loose(102, WHO)
    (found,) = differences(it.sheet(), SCHEME)
    assert name(found) == ("link", "who", None)
    assert found.values == {101: "who", 102: None}
    assert found.marks[102] == same.id
    (loose,) = loose_differences(it.sheet(), SCHEME)
    assert name(loose) == ("link", None, None)
    assert loose.values == {102: False, 101: True}


def test_fields_of_the_statement_and_remarks() -> None:
    it = Layers(101, 102)
    it.say(101, WHAT, weight=1, note="hm")
    it.say(102, WHAT, weight=2)
    (found,) = differences(it.sheet(), SCHEME)
    assert name(found) == ("field", "statement", "weight")
    assert found.values == {101: 1, 102: 2}


def test_the_wording_of_a_text_is_no_difference() -> None:
    assert two([WHAT, side(condition="if so")], [WHAT, side(condition="given that")]) == []


def test_several_positions_are_told_apart_by_issue() -> None:
    found = two(
        [WHAT, side(issue="5", stance=2), side(issue="6", stance=-2)],
        [WHAT, side(issue="6", stance=-2), side(issue="5", stance=1)],
    )
    assert [name(one) for one in found] == [("field", "side", "stance")]
    assert found[0].values == {101: 2, 102: 1}


def test_three_layers_one_account_each() -> None:
    it = Layers(101, 102, 103)
    for layer, stance in ((101, 1), (102, 1), (103, -1)):
        it.say(layer, WHAT, side(stance=stance))
    (found,) = differences(it.sheet(), SCHEME)
    assert found.values == {101: 1, 102: 1, 103: -1}


def test_marks_outside_statements() -> None:
    it = Layers(101, 102)
    it.loose(101, ("cue", ((0, 5),), {}))
    it.loose(102, ("cue", ((0, 4),), {}))
    it.loose(102, ("cue", ((8, 9),), {}))
    it.loose(102, ("what", ((0, 4),), {}))
    found = loose_differences(it.sheet(), SCHEME)
    assert [name(one)[0] for one in found] == ["boundary", "only", "only"]
    assert found[0].values == {101: ((0, 5),), 102: ((0, 4),)}
    assert [one.place for one in found[1:]] == [(0, 4), (8, 9)]


def test_differences_are_counted_by_type_role_and_field() -> None:
    found = two([WHO, WHAT, SIDE], [WHAT, side(stance=2, issue="6")])
    assert count(found) == {
        ("mark", "who", None): 1,
        ("field", "side", "issue"): 1,
        ("field", "side", "stance"): 1,
    }


@given(layered(most=2))
def test_no_difference_exactly_when_identical(it: Layers) -> None:
    sheet = it.sheet()
    (aligned,) = align([sheet], SCHEME)
    statements = {(s.layer, s.id): s for s in it.statements}
    found = differences(sheet, SCHEME, aligned)
    for group in group_statements(sheet, SCHEME, aligned):
        own = [one for one in found if one.statements == group.statements]
        if len(group.statements) == 1:
            assert [one.type for one in own] == ["only"]
        else:
            one, other = (signature(sheet, SCHEME, statements[n]) for n in group.statements.items())
            assert (one == other) == (own == [])


@given(layered())
def test_a_layer_does_not_differ_from_itself(it: Layers) -> None:
    twin = Layers(101, 102)
    for layer in twin.layers:
        for statement in it.statements:
            if statement.layer == 101:
                marks = {m.id: m for m in it.marks}
                parts = [(m.role, marks[m.mark]) for m in statement.members]
                twin.say(
                    layer,
                    *(
                        (f"{r}:{m.kind}", tuple((f.start, f.end) for f in m.fragments), m.fields)
                        for r, m in parts
                    ),
                    **statement.fields,
                )
    anchored = [one for one in differences(twin.sheet(), SCHEME) if one.type != "only"]
    assert anchored == []


@given(layered())
def test_every_difference_names_what_is_there(it: Layers) -> None:
    sheet = it.sheet()
    statements = {(s.layer, s.id) for s in it.statements}
    marks = {(m.layer, m.id) for m in it.marks}
    for one in (*differences(sheet, SCHEME), *loose_differences(sheet, SCHEME)):
        assert set(one.statements.items()) <= statements
        assert set(one.marks.items()) <= marks
        assert len(set(one.values.values())) > 1 or one.type == "link"
