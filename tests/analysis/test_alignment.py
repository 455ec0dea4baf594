"""Which statement is which: against trying every assignment, and cases one can see."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import paths
from annotator.analysis.alignment import Pair, align
from annotator.analysis.grouping import group_statements
from annotator.analysis.sheet import Sheet, scheme
from annotator.core.codebook import parse
from annotator.core.model import Id, Statement
from tests.analysis.sheets import BOOK, SCHEME, Layers, Part, layered

Words = dict[str, set[int]]


def words(sheet: Sheet, statement: Statement) -> Words:
    """The characters in each role."""
    found: Words = {}
    for member in statement.members:
        mark = sheet.mark(statement.layer, member.mark)
        assert mark is not None
        there = found.setdefault(member.role, set())
        there |= {at for f in mark.fragments for at in range(f.start, f.end)}
    return {role: held for role, held in found.items() if held}


def slow_score(one: Words, other: Words) -> float:
    if not any(one.get(role, set()) & other.get(role, set()) for role in ("cue", "what", "side")):
        return 0.0
    above = below = 0.0
    for role in one.keys() | other.keys():
        mine, theirs = one.get(role, set()), other.get(role, set())
        weight = 2 if role == "what" else 1
        above += weight * len(mine & theirs) / len(mine | theirs)
        below += weight
    return above / below


def best(scores: list[list[float]]) -> float:
    """The highest sum of any one-to-one assignment."""
    if not scores or not scores[0]:
        return 0.0
    if len(scores) > len(scores[0]):
        scores = [list(column) for column in zip(*scores, strict=True)]
    chosen = permutations(range(len(scores[0])), len(scores))
    return max(sum(row[column] for row, column in zip(scores, one, strict=True)) for one in chosen)


@given(layered())
def test_the_assignment_is_the_best_of_all(it: Layers) -> None:
    sheet = it.sheet()
    (aligned,) = align([sheet], SCHEME)
    for a, b in combinations(sheet.layers, 2):
        found = aligned[a, b]
        mine = {one.id: words(sheet, one) for one in sheet.of(a)}
        theirs = {one.id: words(sheet, one) for one in sheet.of(b)}
        for pair in found:
            score = slow_score(mine[pair.one], theirs[pair.other])
            assert pair.score == pytest.approx(score, abs=1e-9)
            assert pair.score > 0
        assert (
            len({pair.one for pair in found}) == len({pair.other for pair in found}) == len(found)
        )
        scores = [[slow_score(one, other) for other in theirs.values()] for one in mine.values()]
        # Fields only decide between assignments that are as good, to within a ten-thousandth each.
        assert sum(pair.score for pair in found) == pytest.approx(best(scores), abs=5e-4)


@settings(max_examples=50)
@given(layered(), layered())
def test_it_makes_no_difference_who_comes_first_or_what_else_is_aligned(
    it: Layers, that: Layers
) -> None:
    sheet = it.sheet()
    (aligned,) = align([sheet], SCHEME)
    (back,) = align([it.sheet(it.layers[::-1])], SCHEME)
    assert align([that.sheet(), sheet], SCHEME)[1] == aligned
    for (a, b), pairs in aligned.items():
        turned = {Pair(pair.other, pair.one, pair.score) for pair in back[b, a]}
        assert set(pairs) == turned
    groups = {tuple(sorted(g.statements.items())) for g in group_statements(sheet, SCHEME, aligned)}
    other = group_statements(it.sheet(it.layers[::-1]), SCHEME, back)
    assert groups == {tuple(sorted(g.statements.items())) for g in other}


@given(layered())
def test_groups_hold_every_statement_once_and_one_a_layer(it: Layers) -> None:
    sheet = it.sheet()
    (aligned,) = align([sheet], SCHEME)
    groups = group_statements(sheet, SCHEME, aligned)
    nodes = [node for group in groups for node in group.statements.items()]
    assert sorted(nodes) == sorted((s.layer, s.id) for s in it.statements)
    if len(it.layers) == 2:
        two = {tuple(g.statements.values()) for g in groups if len(g.statements) == 2}
        assert two == {(p.one, p.other) for p in aligned[it.layers[0], it.layers[1]]}


def test_what_is_said_decides_not_who_says_it() -> None:
    it = Layers(101, 102)
    who = ("who", ((0, 5),), {"actor": "7"})
    one = it.say(101, who, ("what", ((10, 20),), {}))
    it.say(101, who, ("what", ((30, 40),), {}))
    other = it.say(102, who, ("what", ((12, 20),), {}))
    it.say(102, who, ("what", ((50, 60),), {}))
    (aligned,) = align([it.sheet()], SCHEME)
    assert [(pair.one, pair.other) for pair in aligned[101, 102]] == [(one.id, other.id)]


def test_two_statements_in_the_same_words_go_by_their_fields() -> None:
    it = Layers(101, 102)
    claim: Part = ("what", ((0, 20),), {})
    first = [it.say(101, claim, ("side", ((0, 9),), {"issue": issue})).id for issue in "56"]
    second = [it.say(102, claim, ("side", ((0, 9),), {"issue": issue})).id for issue in "65"]
    (aligned,) = align([it.sheet()], SCHEME)
    assert {(p.one, p.other) for p in aligned[101, 102]} == set(
        zip(first, second[::-1], strict=True)
    )


def test_a_threshold_leaves_weak_pairs_unformed() -> None:
    it = Layers(101, 102)
    it.say(101, ("what", ((0, 10),), {}))
    it.say(102, ("what", ((5, 15),), {}))
    third = align([it.sheet()], SCHEME, 1 / 3 - 1e-9)[0]
    assert len(third[101, 102]) == 1
    assert align([it.sheet()], SCHEME, 1 / 3)[0][101, 102] == ()


def test_the_weights_of_the_usual_codebook() -> None:
    path = paths.resources() / "codebooks" / "statements.toml"
    usual = scheme(parse(path.read_text(encoding="utf-8"), path.name).codebook)
    assert usual.anchors() == ("cue", "claim", "position")
    assert usual.weights()["claim"] == 2
    assert {w for role, w in usual.weights().items() if role != "claim"} == {1}


def test_remarks_are_not_compared_unless_asked_for() -> None:
    assert SCHEME.ignored == {"note"}
    assert scheme(BOOK, ()).ignored == frozenset()
    assert "note" in scheme(BOOK, ()).fields_on("statement")


@given(st.permutations(range(3)))
def test_three_layers_make_one_group(order: list[int]) -> None:
    it = Layers(101, 102, 103)
    ids: dict[Id, Id] = {}
    for number in order:
        layer = it.layers[number]
        ids[layer] = it.say(layer, ("what", ((0, 10 + number),), {})).id
    sheet = it.sheet()
    (group,) = group_statements(sheet, SCHEME, align([sheet], SCHEME)[0])
    assert group.statements == ids
    assert tuple(group.statements) == it.layers
