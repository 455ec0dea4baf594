from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import importing
from annotator.arrivals import Arrival
from annotator.core.model import Block
from annotator.formats.articles.reading import read_articles
from annotator.formats.articles.text import read_text
from annotator.formats.articles.text_in import Failure, Found, TextIn
from annotator.importing import BATCH, OnDuplicate
from annotator.store.finding.listing import Wanted
from annotator.store.writing import uncollected
from annotator.workspace import Workspace
from tests.workshop import SEED_000, SEED_002, seed, start

SMALL = Path(__file__).parents[1] / "formats" / "small.json"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "p.annotator", start(), "Ada") as made:
        yield made


def numbered(number: int) -> list[TextIn]:
    return [read_text(f"Article {n} says: {n} is {n * n}.\n", f"{n}.txt") for n in range(number)]


def copy(name: str = SEED_000) -> TextIn:
    """A seed with another headline and without its end."""
    lines = seed(name).text.splitlines()
    return read_text("\n".join(["Another Headline", *lines[1:-3]]), "copy.txt")


def test_articles_come_in_as_steps_that_can_be_undone(workspace: Workspace) -> None:
    report = workspace.bring_in(numbered(2 * BATCH + 1))
    assert len(report.made) == len(workspace.articles()) == 2 * BATCH + 1
    labels = [revision.label for revision in workspace.history(3)]
    assert labels == [f"Import {report.made[-1].title}", *[f"Import {BATCH} articles"] * 2]
    workspace.undo()
    workspace.undo()
    assert len(workspace.articles()) == BATCH
    workspace.redo()
    assert len(workspace.articles()) == 2 * BATCH
    assert workspace.check() == []


def test_all_that_is_known_is_stored(workspace: Workspace) -> None:
    read = replace(copy(), url="https://a.example", outlet="AP", author="X", published="2025-08-24")
    (made,) = workspace.bring_in([read]).made
    assert workspace.article(made.id) == made
    assert (made.url, made.outlet, made.author, made.published) == (
        "https://a.example",
        "AP",
        "X",
        "2025-08-24",
    )


def test_what_stops_early_keeps_what_it_gave(workspace: Workspace) -> None:
    def cancelled() -> Iterator[Found]:
        yield from numbered(BATCH + 5)

    assert len(workspace.bring_in(cancelled()).made) == BATCH + 5


def test_what_breaks_off_keeps_the_steps_before(workspace: Workspace) -> None:
    def interrupted() -> Iterator[Found]:
        yield from numbered(BATCH + 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.bring_in(interrupted())
    assert len(workspace.articles()) == BATCH
    assert len(workspace.bring_in(numbered(BATCH + 5)).made) == 5


def test_the_same_text_comes_in_once(workspace: Workspace) -> None:
    report = workspace.bring_in([seed(SEED_000), seed(SEED_002), seed(SEED_000)])
    assert len(report.made) == 2
    (one,) = report.duplicates
    assert (one.done, one.of.file) == ("same", SEED_000)
    again = workspace.bring_in([seed(SEED_002)])
    assert again.made == []
    assert again.duplicates[0].explanation == f"the same text as “{report.made[1].title}”"


@pytest.mark.parametrize("stored", [True, False], ids=["stored before", "in one import"])
@pytest.mark.parametrize("choice", ["skip", "keep", "link"])
def test_a_near_copy_is_left_out_kept_or_linked(
    workspace: Workspace, choice: OnDuplicate, stored: bool
) -> None:
    if stored:
        workspace.bring_in([seed(SEED_000)])
        report = workspace.bring_in([copy()], choice)
    else:
        report = workspace.bring_in([seed(SEED_000), copy()], choice)
    (one,) = report.duplicates
    original = next(a for a in workspace.articles() if a.file == SEED_000)
    assert (one.done, one.of, one.file) == (choice, original, "copy.txt")
    assert "% of its words run as in “Peace-off!" in one.explanation
    copies = [a for a in workspace.articles() if a.file == "copy.txt"]
    assert [a.copy_of for a in copies] == {
        "skip": [],
        "keep": [None],
        "link": [original.id],
    }[choice]
    assert workspace.check() == []


def test_a_copy_of_a_copy_is_linked_to_the_first(workspace: Workspace) -> None:
    second = copy()
    third = read_text("A Third Headline" + second.text.removeprefix("Another Headline"), "3.txt")
    workspace.bring_in([seed(SEED_000), second, third], "link")
    by_file = {article.file: article for article in workspace.articles()}
    assert by_file["copy.txt"].copy_of == by_file["3.txt"].copy_of == by_file[SEED_000].id


def test_the_choice_can_differ_by_article(workspace: Workspace) -> None:
    def choose(arrival: Arrival) -> OnDuplicate:
        assert arrival.near is not None
        return "skip" if arrival.read.file == "copy.txt" else "link"

    other = replace(copy(SEED_002), file="other.txt")
    report = workspace.bring_in([seed(SEED_000), seed(SEED_002), copy(), other], choose)
    assert [one.done for one in report.duplicates] == ["skip", "link"]


def test_a_preview_stores_nothing_and_says_what_an_import_would(workspace: Workspace) -> None:
    workspace.bring_in([seed(SEED_000)])
    arrivals = workspace.arrivals()
    arrivals.look()
    before = list(workspace.history())
    same, near, new = (arrivals.propose(read) for read in (seed(SEED_000), copy(), seed(SEED_002)))
    assert same.same is not None
    assert near.near is not None
    assert near.near.likeness.share > 0.9
    assert (new.same, new.near) == (None, None)
    assert new.article.blocks == seed(SEED_002).blocks
    assert list(workspace.history()) == before
    arrivals.wait(new)
    assert arrivals.propose(copy(SEED_002)).near is not None
    arrivals.wait_no_more()
    assert arrivals.propose(copy(SEED_002)).near is None


def test_an_article_taken_out_is_no_original(workspace: Workspace) -> None:
    (made,) = workspace.bring_in([seed(SEED_000)]).made
    workspace.remove([made])
    assert workspace.bring_in([copy()]).duplicates == []
    assert workspace.bring_in([seed(SEED_000)]).made == [made]


def test_what_others_brought_in_is_compared_too(workspace: Workspace) -> None:
    workspace.bring_in(numbered(1))
    with Workspace.open(workspace.path, "Bo") as other:
        other.bring_in([seed(SEED_000)])
    assert len(workspace.bring_in([copy()]).duplicates) == 1


def test_what_somebody_else_brings_in_meanwhile_is_there_and_no_failure(
    workspace: Workspace,
) -> None:
    def given() -> Iterator[Found]:
        yield from numbered(3)
        with Workspace.open(workspace.path, "Bo") as other:
            other.bring_in([numbered(2)[1]])

    report = workspace.bring_in(given())
    assert [article.file for article in report.made] == ["0.txt", "2.txt"]
    (one,) = report.duplicates
    assert (one.file, one.done, report.failures) == ("1.txt", "same", [])
    assert len(workspace.articles()) == 3
    assert workspace.check() == []


def test_long_texts_make_a_step_sooner(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_LONGEST_STEP", 60)
    workspace.bring_in(numbered(5))
    labels = [revision.label for revision in workspace.history(2)]
    assert labels == ["Import 2 articles", "Import 3 articles"]


def test_articles_of_any_date_are_listed_and_found_after_one_step(workspace: Workspace) -> None:
    days = ["2025-08-24", "", "2024-01-31", "2025-08-24", "2023-05", "2025-08-23"]
    given = [replace(read, published=day) for read, day in zip(numbered(6), days, strict=True)]
    workspace.bring_in(given)
    listed = workspace.lists.find(Wanted(sort="date")).ids
    by_id = {article.id: article for article in workspace.articles()}
    assert [by_id[id].published for id in listed] == sorted(days, reverse=True)
    assert len(workspace.lists.search("says").texts.hits) == 6
    assert workspace.check() == []
    workspace.undo()
    assert len(workspace.lists.search("says").texts.hits) == 0
    assert workspace.check() == []


def test_an_article_that_breaks_a_rule_keeps_no_other_out(workspace: Workspace) -> None:
    bad = replace(seed(SEED_000), blocks=(Block(0, 5, "body"),), place="row 3")
    report = workspace.bring_in([*numbered(3), bad, seed(SEED_002)])
    assert len(report.made) == len(workspace.articles()) == 4
    (failure,) = report.failures
    assert failure.place == "row 3"
    assert failure.reason.startswith(f"{SEED_000}, row 3: The blocks of ")


def test_a_bundle_and_failures_come_in_their_order(workspace: Workspace) -> None:
    failed = Failure("x.pdf", "", "x.pdf is a picture.")
    (bundle,) = (step.found for step in read_articles([SMALL]))
    report = workspace.bring_in([bundle, *numbered(2), failed, bundle])
    assert report.failures == [failed]
    assert [one[1:] for one in report.bundles] == [(1, 4, True), (0, 0, False)]
    assert len(report.made) == 3
    labels = [revision.label for revision in workspace.history(2)]
    assert labels == ["Import 2 articles", "Import small.json"]


def test_a_single_text_goes_the_same_way(workspace: Workspace) -> None:
    (made,) = workspace.bring_in([seed(SEED_000)]).made
    assert workspace.articles() == [made]
    again = workspace.bring_in([seed(SEED_000)])
    assert (again.made, [one.of for one in again.duplicates]) == ([], [made])
    assert made.title.startswith("Peace-off!")


def test_the_report_tells_all_of_it(workspace: Workspace) -> None:
    noted = replace(seed(SEED_002), notes=("a guess",), place="row 2")
    failed = Failure("x.pdf", "", "x.pdf is a picture.")
    report = workspace.bring_in([seed(SEED_000), noted, copy(), seed(SEED_000), failed])
    lines = list(report.lines())
    assert lines[0].startswith(f"{SEED_000}: “Peace-off!")
    assert lines[1].startswith(f"{SEED_002}, row 2: “")
    assert lines[3] == f"{SEED_002}, row 2: a guess"
    assert lines[4].startswith("copy.txt: “Another Headline” is in, and may be a copy: ")
    assert "is in the project already: the same text as “Peace-off!" in lines[5]
    assert report.summary() == "3 articles in; 1 duplicate left out, 1 kept; 1 not read."


@pytest.mark.parametrize("usual", [True, False])
def test_garbage_is_looked_for_afterwards_as_before(usual: bool) -> None:
    def stopped() -> None:
        with uncollected(), uncollected():
            assert not gc.isenabled()
            raise KeyboardInterrupt

    was = gc.isenabled()
    try:
        (gc.enable if usual else gc.disable)()
        with pytest.raises(KeyboardInterrupt):
            stopped()
        assert gc.isenabled() == usual
    finally:
        (gc.enable if was else gc.disable)()
