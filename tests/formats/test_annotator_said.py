"""What is put together of stored JSON is what the layout's objects would be written as."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.bundle import ArticleBundle
from annotator.core.columns import MARKS, STATEMENTS, Stored
from annotator.core.errors import ProjectFault
from annotator.core.model import Fragment, Id, Mark, Member, Statement
from annotator.formats.annotator_json import article_out
from annotator.formats.annotator_layout import (
    FileArticle,
    FileFragment,
    FileMark,
    FileMember,
    FileStatement,
    Part,
)
from annotator.formats.annotator_said import marks_out, statements_out
from annotator.formats.annotator_values import authors
from tests.formats.bundles import NOON, small_bundle

# What could be taken for the JSON around values, beside any other text.
PIECES = [
    '"',
    "\\",
    '},{"role":',
    ',"mark":',
    '"}]',
    ',"end":',
    "<>",
    '"<>"',
    "{",
    "%s",
    "\n",
    "\0",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=5).map("".join)
IDS = st.integers(0, (1 << 63) - 1)
VALUES = st.one_of(
    TEXTS,
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(TEXTS),
)
SAID = {
    "layer": st.integers(1, 3),
    "fields": st.dictionaries(TEXTS, VALUES, max_size=3),
    "note": TEXTS,
    "flagged": st.booleans(),
    "made_at": st.integers(NOON, NOON + 5),
    "made_by": st.integers(1, 3),
    "changed_at": st.integers(NOON, NOON + 100_000),
    "changed_by": st.integers(1, 3),
}
FRAGMENTS = st.builds(Fragment, st.integers(0, 99), st.integers(0, 99), TEXTS)
MEMBERS = st.builds(Member, TEXTS, IDS)


@st.composite
def parts(draw: st.DrawFn) -> ArticleBundle:
    """An article with marks and statements of any content."""
    (small,) = small_bundle().articles
    ids = draw(st.lists(IDS, unique=True, max_size=6))
    half = len(ids) // 2
    pieces = st.lists(FRAGMENTS, max_size=3).map(tuple)
    held = st.lists(MEMBERS, max_size=3).map(tuple)
    about = {"article": st.just(small.article.id), **SAID}
    return replace(
        small,
        marks=tuple(
            draw(st.builds(Mark, id=st.just(id), kind=TEXTS, fragments=pieces, **about))
            for id in ids[:half]
        ),
        statements=tuple(
            draw(st.builds(Statement, id=st.just(id), members=held, **about)) for id in ids[half:]
        ),
    )


def as_objects(part: ArticleBundle) -> tuple[dict[Id, list[Part]], dict[Id, list[Part]]]:
    """The same by layer, as objects of the layout."""
    marks: dict[Id, list[Part]] = defaultdict(list)
    statements: dict[Id, list[Part]] = defaultdict(list)
    in_order = sorted(
        part.marks, key=lambda m: (m.fragments[0].start if m.fragments else 1 << 62, m.id)
    )
    for mark in in_order:
        marks[mark.layer].append(
            FileMark(
                id=str(mark.id),
                kind=mark.kind,
                fragments=tuple(
                    FileFragment(start=f.start, end=f.end, quote=f.quote) for f in mark.fragments
                ),
                fields=dict(sorted(mark.fields.items())),
                note=mark.note,
                flagged=mark.flagged,
                **authors(mark),
            )
        )
    for statement in sorted(part.statements, key=lambda s: s.id):
        statements[statement.layer].append(
            FileStatement(
                id=str(statement.id),
                members=tuple(FileMember(role=m.role, mark=str(m.mark)) for m in statement.members),
                fields=dict(sorted(statement.fields.items())),
                note=statement.note,
                flagged=statement.flagged,
                **authors(statement),
            )
        )
    return marks, statements


@given(parts())
def test_it_is_written_as_its_objects_would_be(part: ArticleBundle) -> None:
    marks, statements = as_objects(part)
    stored = replace(
        part,
        marks=Stored(MARKS, MARKS.rows(part.marks)),
        statements=Stored(STATEMENTS, STATEMENTS.rows(part.statements)),
    )
    for one in (part, stored):
        assert marks_out(one) == {k: msgspec.json.encode(v).decode() for k, v in marks.items()}
        assert statements_out(one) == {
            k: msgspec.json.encode(v).decode() for k, v in statements.items()
        }
    read = msgspec.json.decode(msgspec.json.encode(article_out(stored)), type=FileArticle)
    assert sum(len(layer.marks) for layer in read.layers) == len(part.marks)


@pytest.mark.parametrize(
    "places", ['[{"start":', "{}", "", '[ {"start": 3, "end": 5, "quote": "ab"}]']
)
def test_a_mark_that_is_not_stored_as_it_should_be_is_told(places: str) -> None:
    (part,) = small_bundle().articles
    row = list(MARKS.row(part.marks[0]))
    row[MARKS.names.index("fragments")] = places
    with pytest.raises(ProjectFault, match="annotator check"):
        marks_out(replace(part, marks=Stored(MARKS, [tuple(row)])))


@pytest.mark.parametrize("members", ['[{"role":', "{}", '[ {"role": "claim", "mark": 3}]'])
def test_a_statement_that_is_not_stored_as_it_should_be_is_told(members: str) -> None:
    (part,) = small_bundle().articles
    row = list(STATEMENTS.row(part.statements[0]))
    row[STATEMENTS.names.index("members")] = members
    with pytest.raises(ProjectFault, match="annotator check"):
        statements_out(replace(part, statements=Stored(STATEMENTS, [tuple(row)])))
