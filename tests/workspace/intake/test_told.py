"""What is told of a file: what the project has already, what differs, what nobody may bring in."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Kind
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import NO_MAPPING, LabelMapping
from annotator.core.model import GOLD, Mark, Member
from annotator.core.review.permissions import refusal
from annotator.workspace import Workspace
from tests.formats.bundles import small_bundle
from tests.formats.numbered import article, given, some

change = msgspec.structs.replace
_PORT = Kind(name="Port", key="9", colour="kind.1", pattern="solid")


def foreign(*articles: ArticleBundle) -> Bundle:
    return replace(small_bundle(), articles=articles)


def test_decisions_in_any_article_are_told_to_who_may_not_bring_them_in(project: Workspace) -> None:
    first, *others = some()
    gold = change(first.marks[0], layer=GOLD, id=9_999)
    with_gold = replace(first, marks=(*first.marks, gold))
    with project.as_analyst("Eve") as eve:
        came = eve.take_in_parts(given([with_gold, *others]), "Import")
    assert came.kept == (refusal("bring in decisions"),)
    assert (len(came.articles), came.marks) == (7, 14)


def test_of_decisions_that_may_not_come_in_a_foreign_file_tells_nothing_else(
    project: Workspace,
) -> None:
    first = some()[0]
    gold = change(first.marks[0], layer=GOLD, id=9_999)
    whole = foreign(replace(first, marks=(*first.marks, gold)))
    assert project.take_in(whole, "Import", LabelMapping(add=True)).marks == 3
    other = change(gold, fields={"weight": 2})
    again = foreign(replace(first, marks=(*first.marks, other)))
    with project.as_analyst("Eve") as eve:
        came = eve.take_in(again, "Import", NO_MAPPING)
    assert (came.anything, came.kept) == (False, (refusal("bring in decisions"),))


def test_a_copy_of_what_only_the_project_has_is_one(project: Workspace) -> None:
    first = some()[0]
    project.take_in_parts(given([first]), "Import")
    came = project.take_in_parts(given([article(5, copy_of=first.article.id)]), "Import")
    assert came.kept == ()
    assert [one.copy_of for one in came.articles] == [first.article.id]


def test_a_label_that_means_nothing_here_is_told_with_the_name_of_the_file(
    project: Workspace,
) -> None:
    whole = small_bundle()
    book = change(whole.codebook, kinds={**whole.codebook.kinds, "port": _PORT})
    first = some()[0]
    marked = replace(first, marks=(change(first.marks[0], kind="port"),), statements=())
    with pytest.raises(BadInput, match=r"^Import x: The codebook .* has not the kind Port"):
        project.take_in(replace(whole, codebook=book, articles=(marked,)), "Import x", NO_MAPPING)


def test_a_foreign_id_that_something_else_has_becomes_another(project: Workspace) -> None:
    project.take_in_parts(given(some()), "Import")
    there, new = some()[0], article(99)
    marks = tuple(change(n, id=t.id) for n, t in zip(new.marks, there.marks, strict=True))
    members = tuple(Member(mark.kind, mark.id) for mark in marks)
    statement = change(new.statements[0], id=there.statements[0].id, members=members)
    came = project.take_in(
        foreign(replace(new, marks=marks, statements=(statement,))), "Import", NO_MAPPING
    )
    assert (came.marks, came.new["statement"], came.kept) == (2, 1, ())
    assert project.check() == []
    (mine,) = (part for part in project.bundle().articles if part.article == new.article)
    assert {mark.quote for mark in mine.marks} == {mark.quote for mark in new.marks}
    assert {m.mark for s in mine.statements for m in s.members} == {m.id for m in mine.marks}
    assert not {mark.id for mark in mine.marks} & {mark.id for mark in there.marks}


def test_an_article_that_is_called_otherwise_keeps_its_title_and_that_is_told(
    project: Workspace,
) -> None:
    first = some()[0]
    project.take_in_parts(given([first]), "Import")
    renamed = replace(first, article=change(first.article, title="Another day"))
    came = project.take_in(foreign(renamed), "Import", NO_MAPPING)
    assert came.kept == (
        "1 article differing in the file: the project’s own is kept, first “Day 0”",
    )
    assert project.articles() == [first.article]


def test_what_is_just_the_same_is_found_before_what_says_more(project: Workspace) -> None:
    """Else what says less would take the place of what says more, which would come in again."""
    first = some()[0]

    def two(number: int, *fields: dict[str, int]) -> ArticleBundle:
        made: list[Mark] = [
            change(first.marks[0], id=number + n, fields=dict(one)) for n, one in enumerate(fields)
        ]
        return replace(first, marks=tuple(made), statements=())

    project.take_in_parts(given([two(100, {"weight": 1}, {})]), "Import")
    came = project.take_in(foreign(two(200, {}, {"weight": 1})), "Import", NO_MAPPING)
    assert (came.marks, came.anything) == (0, False)
    assert came.kept == ("2 marks that the project has already are not added again",)
