"""Formats of labels, out and in again: what they can carry comes back equal, the rest is listed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.formats.exchange import doccano
from annotator.formats.exchange.brat import format as brat
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Outgoing
from annotator.formats.exchange.label_studio import format as label_studio
from annotator.formats.exchange.own import file as annotator_file
from annotator.formats.exchange.own import lines as annotator_lines
from annotator.formats.exchange.spacy import jsonl as spacy_jsonl
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import there_and_back
from tests.formats.exchange.projects import PLAIN, back_in_our_words, projects, without_ids

ALL = (
    annotator_file.FORMAT,
    annotator_lines.FORMAT,
    brat.FORMAT,
    label_studio.FORMAT,
    doccano.FORMAT,
    spacy_jsonl.FORMAT,
)
STATEMENT_LOST = "a statement that no relation can stand for is left out"
SAME_LOST = "of marks of the same words and kind all but one are left out"
EDGES = (
    "a mark of line ends alone is left out",
    "line ends at the edge of a mark are left out",
    "fragments with only line ends between become one",
)
"""What brat, which has no line ends within a piece, does to some marks."""


@pytest.mark.parametrize("format", [annotator_file.FORMAT, annotator_lines.FORMAT])
@given(bundle=projects())
@settings(max_examples=30)
def test_our_own_carry_everything(format: Format, bundle: Bundle) -> None:
    with tempfile.TemporaryDirectory() as room:
        losses, found = there_and_back(format, bundle, Path(room, "p"))
    assert not losses
    assert without_ids(replace(found.bundle, analysts=bundle.analysts)) == without_ids(bundle)
    ids = [{one.id for one in part.said} for part in found.bundle.articles]
    assert ids == [{one.id for one in part.said} for part in bundle.articles]


@given(bundle=projects(PLAIN))
@settings(max_examples=100)
def test_brat_carries_marks_and_statements(bundle: Bundle) -> None:
    options = {"layers": "folders"}
    with tempfile.TemporaryDirectory() as room:
        lost, _, back = back_in_our_words(brat.FORMAT, bundle, Path(room, "p"), options)
    came, went = without_ids(back), without_ids(bundle)
    assert came.keys() == went.keys()
    if not any(what in lost for what in EDGES):
        assert came == went


@given(bundle=projects())
@settings(max_examples=50)
def test_brat_stays_one_line_a_thing_whatever_notes_say(bundle: Bundle) -> None:
    with tempfile.TemporaryDirectory() as room:
        lost, found, back = back_in_our_words(brat.FORMAT, bundle, Path(room, "p"))
    assert not found.losses
    if EDGES[0] not in lost:
        assert sum(len(p.marks) for p in back.articles) == sum(
            len(p.marks) for p in bundle.articles
        )


@pytest.mark.parametrize(
    ("format", "options", "has_fields"),
    [
        (label_studio.FORMAT, {}, True),
        (doccano.FORMAT, {"unit": "utf-16"}, False),
        (doccano.FORMAT, {"unit": "bytes"}, False),
        (spacy_jsonl.FORMAT, {}, False),
    ],
)
@given(bundle=projects(PLAIN))
@settings(max_examples=60)
def test_spans_and_relations(
    format: Format, options: dict[str, str], has_fields: bool, bundle: Bundle
) -> None:
    with tempfile.TemporaryDirectory() as room:
        lost, _, back = back_in_our_words(format, bundle, Path(room, "p"), options)
    came = without_ids(back, fields=has_fields, notes=has_fields)
    went = without_ids(_of_spans(bundle), fields=has_fields, notes=has_fields)
    assert came.keys() == went.keys()
    if SAME_LOST in lost:
        return
    in_order = "the order of the marks in a statement is left out" not in lost
    missing = 0
    for text, article in came.items():
        assert article["marks"] == went[text]["marks"]
        missing += went[text]["statements"].total() - article["statements"].total()
        if in_order:
            assert _members(article) <= _members(went[text])
    assert missing == lost.get(STATEMENT_LOST, 0)
    if not has_fields:
        values = sum(len(m.fields) for p in bundle.articles for m in p.marks if m.fragments)
        assert lost.get("field values are left out", 0) == values


def _members(article: dict[str, Any]) -> set[Any]:
    """Statements by their members alone."""
    return {members for members, *_ in article["statements"]}


def _of_spans(bundle: Bundle) -> Bundle:
    """Without implied marks, which spans cannot stand for."""

    def part(one: ArticleBundle) -> ArticleBundle:
        kept = tuple(m for m in one.marks if m.fragments)
        ids = {m.id for m in kept}
        cut = (
            msgspec.structs.replace(s, members=tuple(m for m in s.members if m.mark in ids))
            for s in one.statements
        )
        return replace(one, marks=kept, statements=tuple(cut))

    return replace(bundle, articles=tuple(part(one) for one in bundle.articles))


@pytest.mark.parametrize("format", ALL, ids=lambda f: f.name)
def test_reading_twice_gives_the_same_ids(format: Format, tmp_path: Path) -> None:
    with written(format, Outgoing.of(small_bundle()), tmp_path / "p") as waiting:
        waiting.keep()
    assert format.read is not None
    asked = format.asked({"unit": "utf-16"} if format is doccano.FORMAT else {})
    once, again = (format.read(tmp_path / "p", asked).bundle for _ in range(2))
    assert once == again
    assert any(part.marks for part in once.articles)


@pytest.mark.parametrize("format", ALL, ids=lambda f: f.name)
def test_the_same_project_gives_the_same_bytes(format: Format, tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with written(format, Outgoing.of(small_bundle()), tmp_path / name / "p") as waiting:
            waiting.keep()
        files = [path for path in sorted((tmp_path / name).rglob("*")) if path.is_file()]
        found.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert found[0]
    assert found[0] == found[1]
