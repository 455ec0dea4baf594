"""One key is one issue, whatever its id; two of one name are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.model import GOLD, Actor, Analyst, Id, Issue
from annotator.core.page import Page
from annotator.core.review.docket import digest
from annotator.core.same_things import SameThings
from tests.formats.bundles import small_bundle


def under_other_ids(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    return tuple(
        msgspec.structs.replace(
            one, id=one.id + 500, parent=None if one.parent is None else one.parent + 500
        )
        for one in issues
    )


def met(file: Bundle, issues: tuple[Issue, ...]) -> SameThings:
    return SameThings(replace(file, articles=()), issues, file.actors, file.analysts)


def named(bundle: Bundle) -> set[Any]:
    return {mark.fields.get("issue") for part in bundle.articles for mark in part.marks} - {None}


def test_an_issue_of_the_same_key_and_wording_is_the_projects() -> None:
    file = small_bundle()
    ours = under_other_ids(file.issues)
    same = met(file, ours)
    assert same.head.issues == ()
    (line,) = same.told
    assert line.startswith("2 issues of the file are the project's of the same keys, under other")
    assert line.endswith(", ".join(one.key for one in ours))
    taken = replace(file, articles=tuple(map(same.article, file.articles)))
    assert named(taken) == {str(int(str(id)) + 500) for id in named(file)}


def test_what_was_judged_is_as_it_was_when_its_issue_has_the_projects_id() -> None:
    file = small_bundle()
    (part,) = file.articles
    judged = next(mark for mark in part.marks if "issue" in mark.fields)

    def signed(id: Id) -> str:
        page = Page(part.article, part.text, GOLD, made.marks, made.statements)
        return digest(page.marks[id], page)

    made = part
    verdict = part.verdicts[0]
    sources = (
        msgspec.structs.replace(verdict.sources[0], id=judged.id, digest=signed(judged.id)),
        msgspec.structs.replace(verdict.sources[0], id=judged.id, digest="otherwise"),
    )
    part = replace(part, verdicts=(msgspec.structs.replace(verdict, sources=sources),))
    made = met(file, under_other_ids(file.issues)).article(part)
    after = [source.digest for source in made.verdicts[0].sources]
    assert after == [signed(judged.id), "otherwise"]
    assert after[0] != sources[0].digest


def test_what_else_differs_is_told_and_what_is_below_comes_under_the_projects() -> None:
    file = small_bundle()
    top = file.issues[0]
    ours = msgspec.structs.replace(top, id=99, definition="Ours.")
    below = Issue(id=98, key="below", name="Below", proposition="It is below.", parent=top.id)
    same = met(replace(file, issues=(top, below)), (ours,))
    assert [(one.id, one.parent) for one in same.head.issues] == [(98, 99)]
    assert any(f"The issue “{top.name}” differs in the file (definition" in s for s in same.told)


def test_an_issue_that_says_something_else_under_the_same_key_comes_in_under_another() -> None:
    file = small_bundle()
    (top, *_) = file.issues
    ours = msgspec.structs.replace(top, id=99, proposition="Something quite different.")
    same = met(replace(file, issues=(top,)), (ours,))
    assert [(one.id, one.key) for one in same.head.issues] == [(top.id, f"{top.key}_2")]
    assert any(f"so it comes in as {top.key}_2; merge" in line for line in same.told)
    (part,) = file.articles
    assert same.article(part) is part


def test_people_of_one_name_are_told() -> None:
    file = small_bundle()
    actor, analyst = Actor(id=97, name="the CAFÉ"), Analyst(id=96, name="Ada")
    head = replace(file, articles=(), actors=(actor,), analysts=(analyst,))
    same = SameThings(head, file.issues, file.actors, file.analysts)
    assert same.head == head
    actors, analysts = same.told
    assert actors.startswith("1 actor of the file has another id than who has the same name here")
    assert "the CAFÉ; if they are one, merge them" in actors
    assert "Ada; rename one of them" in analysts


def test_what_the_project_has_by_its_id_is_not_told() -> None:
    file = small_bundle()
    same = met(file, file.issues)
    assert (same.told, same.head) == ([], replace(file, articles=()))
