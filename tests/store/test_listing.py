"""The list of articles: filtered, sorted and grouped as one would by looking at every article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import get_args

import pytest

from annotator.core import articles, marking
from annotator.core.marking import set_flagged
from annotator.core.missing import missing
from annotator.core.model import GOLD, Id
from annotator.core.review import commenting
from annotator.core.review.procedure import set_procedure, set_review
from annotator.core.revision import Edit
from annotator.store.finding.listing import Entry, Group, Sort, Wanted
from annotator.store.finding.reader import Reader
from annotator.store.finding.reviewed import Overview
from annotator.workspace import Workspace
from tests.workshop import add_article, start

OUTLETS = ("The Example", "", "älter", "The Example")
DATES = ("2025-01-05", "2025-01-06T10:00", "", "2024")


@dataclass
class Shelf:
    """Eight articles that two analysts have worked on."""

    ada: Workspace
    bo: Id
    ids: list[Id]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    path = tmp_path_factory.mktemp("shelf") / "p.annotator"
    ada = Workspace.create(path, start(), "Ada")
    ids = []
    for n in range(8):
        article = add_article(ada, f"“Peace {n},” he said.\n", title=f"{'ZYÄxwVüa'[n]} story {n}")
        ada.do(articles.describe(article, outlet=OUTLETS[n % 4], published=DATES[n % 4]))
        ids.append(article.id)
    bo = Workspace.open(path, "Bo")
    for who, some in ((ada, ids[:5]), (bo, ids[3:6])):
        for n, id in enumerate(some):
            for _ in range(n + 1):
                make, _mark, _statement = marking.mark(
                    who.page(id), who.codebook, "claim", [(1, 6)], who.new_id
                )
                who.do(make)
    for n, progress in ((0, "in progress"), (1, "done"), (2, "done")):
        ada.do(articles.set_progress(ids[n], ada.analyst.id, None, progress))  # type: ignore[arg-type]
    (statement, *_) = bo.page(ids[4]).statements.values()
    bo.do(set_flagged(statement, True))
    ada.poll()
    ada.do(articles.assign(ids[7], ada.analyst.id))
    ada.do(articles.assign(ids[0], bo.analyst.id))
    yield Shelf(ada, bo.analyst.id, ids)
    bo.close()
    ada.close()


def numbers(shelf: Shelf, wanted: Wanted) -> list[int]:
    found = shelf.ada.lists.find(wanted).ids.tolist()
    assert shelf.ada.lists.count(wanted) == len(set(found))
    if not wanted.group:
        for most in (3, len(shelf.ids)):  # which SQLite sorts all by itself
            assert shelf.ada.lists.first_page(wanted, most) == found[:most]
    return [shelf.ids.index(id) for id in found]


def test_titles_are_sorted_and_found_without_accents_and_capitals(shelf: Shelf) -> None:
    assert numbers(shelf, Wanted()) == [2, 7, 6, 5, 4, 3, 1, 0]  # Ä a ü V w x Y Z
    assert numbers(shelf, Wanted(typed='"A STORY"')) == [2, 7]
    assert numbers(shelf, Wanted(typed="alter")) == [2, 6]
    assert numbers(shelf, Wanted(typed="stor -exam 1 OR 5")) == [5, 1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(stage="new"), {3, 4, 5, 6, 7}),
        (Wanted(stage="in progress"), {0}),
        (Wanted(stage="done"), {1, 2}),
        (Wanted(outlet="The Example"), {0, 3, 4, 7}),
        (Wanted(outlet=""), {1, 5}),
        (Wanted(since="2025"), {0, 1, 4, 5}),
        (Wanted(until="2025-01-05"), {0, 3, 4, 7}),
        (Wanted(until="2025-01"), {0, 1, 3, 4, 5, 7}),
        (Wanted(since="2025-01-06", until="2025-01-06"), {1, 5}),
        (Wanted(flagged=True), {4}),
        (Wanted(stage="done", outlet="älter"), {2}),
    ],
    ids=str,
)
def test_filters(shelf: Shelf, wanted: Wanted, expected: set[int]) -> None:
    assert set(numbers(shelf, wanted)) == expected


def test_filters_by_people(shelf: Shelf) -> None:
    me = shelf.ada.analyst.id
    assert set(numbers(shelf, Wanted(analyst=me))) == {0, 1, 2, 3, 4}
    assert set(numbers(shelf, Wanted(analyst=shelf.bo))) == {3, 4, 5}
    assert set(numbers(shelf, Wanted(assigned=me))) == {7}
    assert set(numbers(shelf, Wanted(among=(shelf.ids[2], shelf.ids[5])))) == {2, 5}


def test_orders(shelf: Shelf) -> None:
    dates = [DATES[n % 4][:10] for n in numbers(shelf, Wanted(sort="date"))]
    assert dates == sorted(dates, reverse=True)
    assert numbers(shelf, Wanted(sort="statements"))[:5] == [4, 3, 2, 1, 0]
    assert numbers(shelf, Wanted(sort="status")) == [0, 7, 6, 5, 4, 3, 2, 1]
    assert numbers(shelf, Wanted(sort="changed"))[0] == 4
    assert set(numbers(shelf, Wanted(sort="changed"))[-2:]) == {6, 7}
    outlets = [OUTLETS[n % 4] for n in numbers(shelf, Wanted(sort="outlet"))]
    assert outlets == ["The Example"] * 4 + ["älter"] * 2 + [""] * 2


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("group", [group for group in get_args(Group) if group])
def test_groups_stand_under_their_headings_in_any_order(
    shelf: Shelf, group: Group, sort: Sort
) -> None:
    listing = shelf.ada.lists.find(Wanted(group=group, sort=sort))
    entries = shelf.ada.lists.entries(listing.ids)
    keys = [heading.key for heading in listing.headings for _ in range(heading.count)]
    assert len(keys) == len(listing.ids)
    assert [key for key, _ in groupby(keys)] == [heading.key for heading in listing.headings]
    for key, id in zip(keys, listing.ids, strict=True):
        assert key in belongs(shelf, group, entries[id])


def belongs(shelf: Shelf, group: Group, entry: Entry) -> set[str]:
    match group:
        case "outlet":
            return {entry.outlet}
        case "status":
            return {entry.stage}
        case "month":
            return {entry.published[:7]}
    who = {"Ada"} if entry.statements or shelf.ada.analyst.id in entry.assigned else set()
    who |= {"Bo"} if entry.others or shelf.bo in entry.assigned else set()
    return who or {""}


def test_what_a_line_says(shelf: Shelf) -> None:
    entries = shelf.ada.lists.entries(shelf.ids)
    four, seven = entries[shelf.ids[4]], entries[shelf.ids[7]]
    assert (four.statements, four.marks, four.flagged, four.others) == (5, 5, 1, 1)
    assert (seven.stage, seven.statements, seven.assigned) == ("new", 0, (shelf.ada.analyst.id,))
    assert entries[shelf.ids[1]].stage == "done"


def test_unfinished_statements_are_those_that_miss_something(shelf: Shelf) -> None:
    reader = shelf.ada.lists
    book = shelf.ada.codebook
    pages = [shelf.ada.page(id) for id in shelf.ids]
    counts = [sum(bool(missing(p, book, s)) for s in p.statements.values()) for p in pages]
    assert list(reader.unfinished(shelf.ids).values()) == counts == [1, 2, 3, 4, 5, 0, 0, 0]
    assert sorted(reader.begun()) == sorted(shelf.ids[:5])


def test_removing_and_undoing_keep_the_list_in_step(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    made = [add_article(workspace, f"Peace {n}.\n", title=f"T {n}") for n in range(3)]
    make, _mark, _statement = marking.mark(
        workspace.page(made[0].id), workspace.codebook, "claim", [(0, 5)], workspace.new_id
    )
    workspace.do(make)
    (statement,) = workspace.page(made[0].id).statements.values()
    workspace.do(set_flagged(statement, True))
    assert workspace.lists.count(Wanted(flagged=True)) == 1
    workspace.undo()
    assert workspace.lists.count(Wanted(flagged=True)) == 0
    workspace.remove(made[:2])
    assert workspace.lists.find(Wanted()).ids.tolist() == [made[2].id]
    workspace.undo()
    assert workspace.lists.count(Wanted()) == 3
    assert workspace.lists.begun() == [made[0].id]
    assert workspace.check() == []
    workspace.close()


def test_a_reader_beside_the_work_sees_what_is_committed(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    reader = Reader.open(workspace.path, workspace.viewer())
    assert reader.count(Wanted()) == 0
    add_article(workspace, "Peace.\n")
    assert reader.count(Wanted()) == 1
    reader.close()
    workspace.close()


@pytest.fixture
def round_of_review(tmp_path: Path) -> Iterator[Workspace]:
    """Rita reviews four articles of Ada's and Bo's: one done by Ada alone, one ready, one in
    review with a comment, one decided."""
    rita = Workspace.create(tmp_path / "r.annotator", start(), "Rita")
    ids = [add_article(rita, f"“{n},” he said.\n", title=f"Story {n}").id for n in range(4)]
    for name, some in (("Ada", ids), ("Bo", ids[1:])):
        with rita.as_analyst(name) as own:
            for id in some:
                make, _mark, _statement = marking.mark(
                    own.page(id), own.codebook, "claim", [(1, 3)], own.new_id
                )
                own.do(make)
                own.do(articles.set_progress(id, own.analyst.id, None, "done"))
    rita.poll()
    rita.do(set_review(ids[2], None, "in review"))
    rita.do(set_review(ids[3], None, "decided"))
    layers = [a.id for a in rita.analysts() if a.name != "Rita"]
    docket = rita.docket(ids[2], layers)
    both = [docket.pages[layer].in_order()[0] for layer in layers]
    said = [commenting.comment(theirs, "See rule 3", rita.new_id()) for theirs in both]
    rita.do(Edit("Comment", tuple(change for edit, _ in said for change in edit.changes)))
    comment = said[0][1]
    rita.do(commenting.answer(comment, "I see", rita.new_id())[0])
    yield rita
    rita.close()


def stories(workspace: Workspace, wanted: Wanted) -> list[str]:
    found = workspace.lists.find(wanted).ids.tolist()
    assert workspace.lists.count(wanted) == len(found)
    assert workspace.lists.first_page(wanted, 9) == found
    return [entry.title[-1] for id in found for entry in [workspace.lists.entries([id])[id]]]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(review="ready"), ["1"]),
        (Wanted(review="undecided"), ["1", "2"]),
        (Wanted(review="decided"), ["3"]),
        (Wanted(commented=True), ["2"]),
        (Wanted(review="decided", commented=True), []),
    ],
)
def test_reviewers_find_articles_by_how_far_their_review_is(
    round_of_review: Workspace, wanted: Wanted, expected: list[str]
) -> None:
    assert stories(round_of_review, wanted) == expected
    with round_of_review.as_analyst("Ada") as ada:  # who decides nothing
        assert stories(ada, wanted) == []


def test_reviewers_are_told_how_far_the_review_of_each_article_is(
    round_of_review: Workspace,
) -> None:
    ids = round_of_review.lists.find(Wanted()).ids
    entries = round_of_review.lists.entries(ids)
    told = [entries[id].overview for id in ids]
    assert [(one.stand, one.comments, one.marks) for one in told] == [
        (None, 0, 1),
        ("ready", 0, 2),
        ("in review", 1, 2),
        ("decided", 0, 2),
    ]
    with round_of_review.as_analyst("Ada") as ada:
        assert {one.overview for one in ada.lists.entries(ids).values()} == {Overview()}


def test_a_reviewer_who_marks_blind_hears_nothing_of_the_review_before_they_are_done(
    round_of_review: Workspace,
) -> None:
    rita = round_of_review
    rita.do(set_procedure(rita.procedure(), blind=True))
    ids = rita.lists.find(Wanted()).ids.tolist()
    rita.do(articles.assign(ids[1], rita.analyst.id))
    rita.do(articles.set_progress(ids[2], rita.analyst.id, None, "in progress"))
    assert stories(rita, Wanted(review="undecided")) == []
    assert stories(rita, Wanted(commented=True)) == []
    assert stories(rita, Wanted(review="decided")) == ["3"]
    told = {id: one.overview for id, one in rita.lists.entries(ids).items()}
    assert [told[id] == Overview() for id in ids] == [False, True, True, False]
    status = rita.status(ids[2])
    rita.do(articles.set_progress(ids[2], rita.analyst.id, status, "done"))
    assert stories(rita, Wanted(commented=True)) == ["2"]
    for id in ids:
        heard = rita.lists.entries([id])[id].overview != Overview()
        assert heard == rita.sees(id, GOLD)
