"""Records as plain values and back."""

from __future__ import annotations

import pytest

from annotator.core.columns import MARKS, STATEMENTS, Columns, Stored
from annotator.core.errors import ProjectFault
from annotator.core.model import Fragment, Mark, Member
from annotator.core.revision import RECORDS, kind_of
from tests.formats.bundles import small_bundle


def test_every_kind_of_record_is_itself_again() -> None:
    bundle = small_bundle()
    (part,) = bundle.articles
    records = [bundle.codebook, *bundle.issues, *bundle.actors, *bundle.analysts, part.article]
    records += [*part.said, *part.statuses, *part.assignments, *part.verdicts, *part.comments]
    for record in records:
        columns = Columns(RECORDS[kind_of(record)])
        row = columns.row(record)
        assert all(isinstance(value, str | int | None) for value in row)
        assert columns.record(row) == record


def test_rows_are_as_good_as_their_records() -> None:
    (part,) = small_bundle().articles
    rows = MARKS.rows(part.marks)
    stored = Stored(MARKS, rows)
    assert MARKS.rows(stored) is rows
    assert stored == part.marks
    assert part.marks == stored
    assert stored != part.marks[1:]
    assert (len(stored), stored[0], stored[1:]) == (len(rows), part.marks[0], part.marks[1:])


def test_what_is_nested_is_read_of_all_rows_at_once() -> None:
    (part,) = small_bundle().articles
    marks, statements = MARKS.rows(part.marks), STATEMENTS.rows(part.statements)
    assert MARKS.column(marks, "fragments", tuple[Fragment, ...]) == [
        mark.fragments for mark in part.marks
    ]
    assert STATEMENTS.column(statements, "members", tuple[Member, ...]) == [
        statement.members for statement in part.statements
    ]
    assert MARKS.column([], "fragments", list[Fragment]) == []


def test_a_damaged_row_is_told_when_somebody_looks_at_it() -> None:
    row = list(MARKS.row(Mark(id=1, article=2, layer=3, kind="claim")))
    row[MARKS.names.index("fragments")] = '[{"start": '
    stored = Stored(MARKS, [tuple(row)])
    assert len(stored) == 1
    with pytest.raises(ProjectFault, match="annotator check"):
        list(stored)
    with pytest.raises(ProjectFault, match="annotator check"):
        MARKS.column(stored.rows, "fragments", list[Fragment])
