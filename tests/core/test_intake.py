"""Taking a bundle in: what is new comes, what is there stays, what differs is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.intake import Came, Now, Taking
from annotator.core.model import Actor, Analyst, Id, Issue, Record
from annotator.core.review.records import Comment
from annotator.core.revision import Edit, kind_of
from tests.formats.bundles import small_bundle

Project = dict[tuple[str, Id], Record]


@dataclass(frozen=True, slots=True)
class Intake:
    """The edit that takes a bundle in, and what it leaves as it is although the file differs."""

    edit: Edit
    kept: tuple[str, ...]


def project(*records: Record) -> Project:
    return {(kind_of(record), record.id): record for record in records}


def everything(bundle: Bundle) -> Project:
    (part,) = bundle.articles
    return project(
        bundle.codebook,
        *bundle.issues,
        *bundle.actors,
        *bundle.analysts,
        part.article,
        *part.said,
        *part.statuses,
        *part.assignments,
        *part.verdicts,
        *part.comments,
        *filter(None, (part.review, bundle.procedure)),
    )


def take_in(
    bundle: Bundle,
    now: Now,
    replaceable: Iterable[Record] | None,
    label: str,
    *,
    widens: bool = False,
) -> Intake:
    """What has to change for the bundle to be in the project, all at once."""
    taking = Taking(replaceable, widens=widens)
    theirs = {part.article.id for part in bundle.articles}
    changes = (*taking.head(bundle, now), *taking.articles(bundle.articles, now, theirs))
    texts = tuple(part.text for part in bundle.articles)
    return Intake(Edit(label, changes, texts, foreign=True), tuple(taking.kept))


def taken(there: Project, replaceable: Iterable[Record] | None = None) -> Intake:
    return take_in(small_bundle(), lambda kind, id: there.get((kind, id)), replaceable, "Import")


def test_what_is_new_comes_in_with_its_text() -> None:
    intake = taken({}, [])
    assert {(c.kind, c.id): c.after for c in intake.edit.changes} == everything(small_bundle())
    assert intake.edit.texts == (small_bundle().articles[0].text,)
    assert intake.edit.foreign


def test_what_is_there_stays() -> None:
    intake = taken(everything(small_bundle()))
    assert (intake.edit.changes, intake.kept) == ((), ())


def test_what_differs_is_told_by_its_name() -> None:
    there = everything(small_bundle())
    (part,) = small_bundle().articles
    differing: tuple[Record, ...] = (
        msgspec.structs.replace(part.article, outlet="Another"),
        msgspec.structs.replace(part.marks[0], fields={}),
        msgspec.structs.replace(part.statements[0], fields={}),
        msgspec.structs.replace(small_bundle().actors[0], note=""),
        msgspec.structs.replace(small_bundle().codebook, guidelines=""),
    )
    intake = taken({**there, **project(*differing)})
    assert not intake.edit
    note = "note: “Closed on Mondays.” there, empty here"
    outlet = "outlet: “The Example” there, “Another” here"
    assert intake.kept == (
        "The codebook “By hand” differs in the file; the project's is kept",
        f"The actor “The café” differs in the file ({note}); the project's is kept",
        f"The article “Talks 😀” differs in the file ({outlet}); the project's is kept",
        "The mark ““Not now,” … “Maybe later.”” differs in the file; the project's is kept",
        "A statement in “Talks 😀” differs in the file; the project's is kept",
    )


def test_an_empty_project_takes_over_codebook_actors_and_issues() -> None:
    bundle = small_bundle()
    other_book = msgspec.structs.replace(bundle.codebook, guidelines="Other.")
    same_actor = msgspec.structs.replace(bundle.actors[0], note="Other.")
    ours = [same_actor, Actor(id=1, name="Default"), Issue(id=2, key="d", name="Default")]
    there = project(other_book, *ours)
    intake = taken(there, ours)
    for change in intake.edit.changes:
        if change.after is None:
            del there[change.kind, change.id]
        else:
            there[change.kind, change.id] = change.after
    assert there == everything(bundle)
    assert intake.kept == ()


def test_an_empty_project_without_actors_and_issues_takes_over_the_codebook() -> None:
    other_book = msgspec.structs.replace(small_bundle().codebook, guidelines="Other.")
    intake = taken(project(other_book), [])
    assert intake.edit.changes[0].before == other_book
    assert intake.edit.changes[0].after == small_bundle().codebook


def test_a_project_in_use_keeps_its_own_actors() -> None:
    ours = Actor(id=1, name="Ours")
    intake = taken(project(ours))
    assert all(change.after is not None for change in intake.edit.changes)


def test_a_file_that_does_not_say_who_made_it_differs_only_in_what_it_says() -> None:
    """So a foreign file can be taken in again, although the project knows when it came."""
    bundle = small_bundle()
    (part,) = bundle.articles
    unsaid = {"made_at": 0, "made_by": 0, "changed_at": 0, "changed_by": 0}
    marks = tuple(msgspec.structs.replace(mark, **unsaid) for mark in part.marks)
    there = {**everything(bundle)}
    given = replace(bundle, articles=(replace(part, marks=marks),))
    intake = take_in(given, lambda kind, id: there.get((kind, id)), None, "Import")
    assert (intake.edit.changes, intake.kept) == ((), ())
    other = (msgspec.structs.replace(marks[0], note="Other."), *marks[1:])
    given = replace(bundle, articles=(replace(part, marks=other),))
    intake = take_in(given, lambda kind, id: there.get((kind, id)), None, "Import")
    assert len(intake.kept) == 1


def test_a_passphrase_is_no_difference_and_a_wider_codebook_comes_in() -> None:
    there = everything(small_bundle())
    for key, record in there.items():
        if isinstance(record, Analyst):
            there[key] = msgspec.structs.replace(record, passphrase="kept")
    book = msgspec.structs.replace(small_bundle().codebook, guidelines="More.")
    given = replace(small_bundle(), codebook=book)
    intake = take_in(given, lambda k, id: there.get((k, id)), None, "Import", widens=True)
    assert [change.after for change in intake.edit.changes] == [book]
    assert intake.kept == ()


def test_what_came_is_counted_on_its_way() -> None:
    bundle = small_bundle()
    other_book = msgspec.structs.replace(bundle.codebook, guidelines="Other.")
    ours = [Actor(id=1, name="Default"), Issue(id=2, key="d", name="Default")]
    edit = taken(project(other_book, *ours), ours).edit
    came = Came()
    assert list(came.noting([edit])) == [edit]
    assert (came.deleted, came.changed) == ({"actor": 1, "issue": 1}, {"codebook": 1})
    assert came.codebook == (other_book, bundle.codebook)
    (part,) = bundle.articles
    assert (came.anything, came.articles, came.marks) == (True, [part.article], len(part.marks))
    assert came.analysts == list(bundle.analysts)


def test_a_question_comes_in_before_its_answers() -> None:
    (part,) = small_bundle().articles
    assert len(part.comments) > 1
    turned = replace(part, comments=tuple(reversed(part.comments)))
    changes = Taking(()).articles([turned], lambda _kind, _id: None, {part.article.id})
    came = [c.after for c in changes if isinstance(c.after, Comment)]
    assert [comment.answer_to is None for comment in came] == sorted(
        (comment.answer_to is None for comment in came), reverse=True
    )
