"""Part of a project takes with it what it needs and nothing else."""

from __future__ import annotations

import msgspec

from annotator.core.bundle import Bundle, only_used, working
from annotator.core.model import Actor, Affiliation, Analyst, Issue
from tests.formats.bundles import small_bundle


def replaced(bundle: Bundle, **values: object) -> Bundle:
    names = ("project", "codebook", "issues", "actors", "analysts", "articles")
    return Bundle(**{name: values.get(name, getattr(bundle, name)) for name in names})  # type: ignore[arg-type]


def test_what_is_used_stays_with_what_it_stands_under() -> None:
    bundle = small_bundle()
    assert only_used(bundle) == bundle


def test_what_nobody_uses_is_left_out() -> None:
    bundle = small_bundle()
    more = replaced(
        bundle,
        actors=(*bundle.actors, Actor(id=1, name="Nobody")),
        issues=(*bundle.issues, Issue(id=2, key="none", name="None")),
        analysts=(*bundle.analysts, Analyst(id=3, name="Idle")),
    )
    assert only_used(more) == replaced(bundle, procedure=None)


def test_no_articles_need_nothing() -> None:
    empty = only_used(replaced(small_bundle(), articles=()))
    assert (empty.actors, empty.issues, empty.analysts) == ((), (), ())


def test_a_circle_of_actors_ends() -> None:
    bundle = small_bundle()
    first, second = bundle.actors
    circle = (msgspec.structs.replace(first, affiliations=(Affiliation(actor=second.id),)), second)
    assert only_used(replaced(bundle, actors=circle)).actors == circle


def test_who_only_changed_a_mark_or_only_set_a_status_works_too() -> None:
    bundle = small_bundle()
    (part,) = bundle.articles
    changer, reader = Analyst(id=81, name="Changer"), Analyst(id=82, name="Reader")
    marks = (msgspec.structs.replace(part.marks[0], changed_by=81), *part.marks[1:])
    statuses = (msgspec.structs.replace(part.statuses[0], layer=82),)
    other = type(part)(part.article, part.text, marks, part.statements, statuses)
    assert working([changer, reader, Analyst(id=83, name="Idle")], [other]) == (changer, reader)
