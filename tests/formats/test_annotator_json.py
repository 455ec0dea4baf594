"""Annotator JSON: the same bytes for the same project, out and in again without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import paths
from annotator.core import articles, linking, marking
from annotator.core.codebook import Start
from annotator.core.model import GOLD, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.correcting import correct
from annotator.core.review.docket import digest
from annotator.core.revision import Change, Edit
from annotator.formats import annotator_json, annotator_schema, annotator_values
from annotator.formats.exchange.format import Asked
from annotator.formats.exchange.own import lines as annotator_lines
from annotator.formats.exchange.own import parts as annotator_parts
from annotator.workspace import Workspace
from tests.formats.bundles import BOOK, small_bundle
from tests.workshop import add_article, mark, small_project, start

GOLDEN = Path(__file__).with_name("small.json")
SCHEMA = paths.resources() / "schema" / "annotator-1.json"


def validate(data: bytes) -> None:
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(data))


def but_for_its_id(data: bytes) -> Any:
    """A file as it is without the project's own id, its bytes otherwise as they are."""
    project = json.loads(data)["project"].encode()
    assert data.count(project) == 1
    return data.replace(project, b"")


def test_a_small_project_is_what_the_golden_file_says() -> None:
    assert annotator_json.encode(small_bundle()) == GOLDEN.read_bytes()


def test_what_there_are_many_of_has_a_line_each_and_the_rest_a_value_a_line() -> None:
    said = json.loads(GOLDEN.read_bytes())
    (article,) = said["articles"]
    many = [*article["blocks"], *article["verdicts"], *article["comments"]]
    for layer in article["layers"]:
        many += layer["marks"] + layer["statements"]
    lines = [line.strip().rstrip(",") for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    for one in many:
        assert json.dumps(one, ensure_ascii=False, separators=(",", ":")) in lines
    head = json.dumps({**said, "articles": 0}, ensure_ascii=False, indent=2).partition(
        ' 0,\n  "procedure"'
    )[0]
    assert GOLDEN.read_text(encoding="utf-8").startswith(head)


BEFORE = json.dumps(json.loads(GOLDEN.read_bytes()), ensure_ascii=False, indent=2).encode() + b"\n"
"""The same from before marks had a line each: indented throughout."""


@pytest.mark.parametrize("data", [GOLDEN.read_bytes(), BEFORE], ids=["now", "before"])
def test_both_layouts_are_known_as_ours(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So they are read without being looked through, also in parts."""
    monkeypatch.delattr(annotator_json, "look_through")
    assert annotator_json.decode(data, "x.json") == small_bundle()
    path = tmp_path / "x.json"
    path.write_bytes(data)
    monkeypatch.delattr(annotator_parts, "_whole")
    found = annotator_parts.stream(path, Asked("annotator-json", {}))
    assert tuple(found.articles) == small_bundle().articles


def test_what_follows_from_the_text_need_not_be_said(tmp_path: Path) -> None:
    """So a file can be written without knowing how ids are made."""
    whole = json.loads(GOLDEN.read_bytes())
    (said,) = whole["articles"]
    for name in ("id", "sha256", "outlet", "author", "published", "url", "file", "blocks"):
        del said[name]
    for source in said["verdicts"][0]["sources"]:
        source["id"] = said["layers"][0]["statements"][0]["id"]
        del source["digest"]
    validate(json.dumps(whole).encode())
    path = tmp_path / "x.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    (part,) = annotator_json.read(path).articles
    (ours,) = small_bundle().articles
    assert (part.article.id, part.article.sha256) == (ours.article.id, ours.article.sha256)
    assert [block.type for block in part.article.blocks] == ["body"]
    assert part.marks == ours.marks
    page = Page(part.article, part.text, GOLD, part.marks, part.statements)
    (source,) = part.verdicts[0].sources
    assert source.digest == digest(page.statements[source.id], page)
    path.write_bytes(annotator_json.encode(replace(small_bundle(), articles=(part,))))
    assert annotator_json.read(path).articles == (part,)
    lines = tmp_path / "x.jsonl"
    head = {**whole, "format": "annotator-lines"}
    del head["articles"]
    lines.write_text(f"{json.dumps(head)}\n{json.dumps(said)}\n", encoding="utf-8")
    asked = Asked("annotator-jsonl", {})
    assert tuple(annotator_lines.stream(lines, asked).articles) == (part,)


def test_what_is_taken_and_what_is_one_comment_is_said() -> None:
    (part,) = small_bundle().articles
    (verdict, *_), gold = part.verdicts, [mark for mark in part.marks if mark.layer == GOLD]
    page = Page(part.article, part.text, GOLD, gold)
    one = msgspec.structs.replace(verdict.sources[0], digest=digest(gold[0], page))
    other = msgspec.structs.replace(one, id=1, digest="another")
    verdict = msgspec.structs.replace(verdict, sources=(one, other), gold=(gold[0].id,))
    asked, answered = part.comments
    twice = [
        msgspec.structs.replace(asked, id=asked.id + 10, layer=GOLD, about=gold[0].id),
        msgspec.structs.replace(
            answered, id=answered.id + 10, layer=GOLD, about=gold[0].id, answer_to=asked.id + 10
        ),
        msgspec.structs.replace(asked, id=asked.id + 20, text="Something else."),
    ]
    part = replace(part, verdicts=(verdict,), comments=(*part.comments, *twice))
    said = json.loads(annotator_json.encode(replace(small_bundle(), articles=(part,))))
    (article,) = said["articles"]
    assert [source["taken"] for source in article["verdicts"][0]["sources"]] == [True, False]
    threads = {comment["id"]: int(comment["thread"]) - asked.id for comment in article["comments"]}
    assert list(threads.values()) == [0, 0, 0, 0, 20]


def test_the_golden_file_fits_the_schema() -> None:
    validate(GOLDEN.read_bytes())


def test_the_schema_file_is_the_layouts() -> None:
    assert SCHEMA.read_bytes() == annotator_schema.as_file()


def test_the_golden_file_is_the_small_project() -> None:
    assert annotator_json.read(GOLDEN) == small_bundle()


def test_a_byte_order_mark_is_not_part_of_it() -> None:
    data = b"\xef\xbb\xbf" + GOLDEN.read_bytes()
    assert annotator_json.decode(data, "x.json") == small_bundle()
    assert annotator_json.is_annotator("no ending that tells", data)


def test_an_empty_project_takes_the_small_project_as_it_is(tmp_path: Path) -> None:
    for given_start in (start(), Start(start().codebook, (), ()), Start(BOOK, (), ())):
        path = tmp_path / f"{len(given_start.actors)}{given_start.codebook.name}.annotator"
        with Workspace.create(path, given_start, "Cy") as workspace:
            intake = workspace.take_in(small_bundle(), "Import small.json")
            assert intake.kept == ()
            data = annotator_json.encode(workspace.bundle())
            assert but_for_its_id(data) == but_for_its_id(GOLDEN.read_bytes())
            assert workspace.check() == []


def test_records_without_a_time_keep_having_none(tmp_path: Path) -> None:
    """Such as marks that another program's export did not date."""
    data = GOLDEN.read_bytes().replace(b"2025-08-26T12:00:00.000Z", b"1970-01-01T00:00:00.000Z")
    with Workspace.create(tmp_path / "p.annotator", start(), "Cy") as workspace:
        workspace.take_in(annotator_json.decode(data, "x.json"), "Import")
        assert but_for_its_id(annotator_json.encode(workspace.bundle())) == but_for_its_id(data)


@pytest.mark.parametrize("ms", [0, 1, 999, 1_756_209_600_123, -62_135_596_800_000])
def test_times_are_read_as_they_were_written(ms: int) -> None:
    text = annotator_values.time_text(ms)
    assert len(text) == len("2025-08-26T12:00:00.000Z")
    assert annotator_values.time_ms(text) == ms


def test_only_the_order_of_the_codebook_differs(tmp_path: Path) -> None:
    """The order of its tables is the order on screen, so it is taken over and exported."""
    book = msgspec.structs.replace(
        BOOK,
        kinds=dict(reversed(BOOK.kinds.items())),
        fields={
            key: msgspec.structs.replace(field, choices=dict(reversed(field.choices.items())))
            for key, field in BOOK.fields.items()
        },
    )
    with Workspace.create(tmp_path / "p.annotator", Start(book, (), ()), "Cy") as workspace:
        workspace.take_in(small_bundle(), "Import")
        data = annotator_json.encode(workspace.bundle())
        assert but_for_its_id(data) == but_for_its_id(GOLDEN.read_bytes())
        assert workspace.check() == []
        workspace.undo()
        assert list(workspace.codebook.kinds) == list(book.kinds)
        assert list(workspace.codebook.fields["told"].choices) == ["report", "quote"]


TEXT = "“We’ll see,” he said 😀. قال: لا — a\u0301 b"
MARKS = st.lists(
    st.tuples(
        st.sampled_from(sorted(start().codebook.kinds)),
        st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)), max_size=3),
        st.none() | st.integers(0, 5),
        st.sampled_from(["Ada", "Bo", "gold"]),
    ),
    max_size=12,
)


def fill(workspace: Workspace, marks: Any, progress: bool) -> None:
    """Marks of several analysts and gold, on two articles, and an actor less."""
    article = add_article(workspace, TEXT, "A")
    add_article(workspace, TEXT + "!", "a")
    names = {a.name: a.id for a in workspace.analysts()}
    for kind, spans, hand, layer in marks:
        page = workspace.page(article.id, names.get(layer, GOLD))
        pieces = [(start, min(len(TEXT), start + length)) for start, length in spans]
        held = sorted(page.statements)
        at_hand = held[hand % len(held)] if held and hand is not None else None
        edit, made, _ = marking.mark(
            page, workspace.codebook, kind, pieces, workspace.new_id, at_hand
        )
        edit = correct(workspace.docket(article.id), edit)
        workspace.do(Edit(edit.label, edit.changes, foreign=True))
        if kind == "position" and hand is not None and layer == "Ada":
            now = workspace.page(article.id).mark(made.id)
            workspace.do(marking.set_field(now, workspace.codebook, "stance", hand % 5 - 2))
    if progress:
        workspace.do(articles.set_progress(article.id, workspace.analyst.id, None, "done"))
    alone = next(
        a for a in workspace.actors() if not a.affiliations and not _has_members(a.id, workspace)
    )
    workspace.do(Edit("Delete an actor", (Change(alone, None),)))


def _has_members(group: int, workspace: Workspace) -> bool:
    return any(one.actor == group for a in workspace.actors() for one in a.affiliations)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=MARKS, progress=st.booleans())
def test_out_and_in_again_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, marks: Any, progress: bool
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with (
        Workspace.create(folder / "p.annotator", start(), "Ada") as workspace,
        Workspace.open(folder / "p.annotator", "Bo"),
        Workspace.create(folder / "q.annotator", start(), "Cy") as other,
    ):
        fill(workspace, marks, progress)
        data = annotator_json.encode(workspace.bundle())
        validate(data)
        bundle = annotator_json.decode(data, "x.json")

        steps = len(list(workspace.history()))
        intake = workspace.take_in(bundle, "Import x.json")
        assert (intake.kept, intake.anything) == ((), False)
        assert len(list(workspace.history())) == steps

        empty = annotator_json.encode(other.bundle())
        steps = len(list(other.history()))
        other.take_in(bundle, "Import x.json")
        assert len(list(other.history())) == steps + 1
        assert but_for_its_id(annotator_json.encode(other.bundle())) == but_for_its_id(data)
        assert other.check() == []
        assert other.undo()
        assert annotator_json.encode(other.bundle()) == empty


def test_some_articles_bring_only_what_they_need(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "p.annotator", start(), "Ada") as workspace:
        wanted = add_article(workspace, "He said no.", "Wanted")
        other = add_article(workspace, "She said yes.", "Other")
        actors = workspace.actors()
        below = next(a for a in actors if a.affiliations)
        group = below.affiliations[0].actor
        unrelated = next(a for a in actors if a.id not in (below.id, group))
        issue = next(i for i in workspace.issues() if i.parent is not None)
        for article, fields in (
            (wanted, {"actor": str(below.id)}),
            (other, {"actor": str(unrelated.id)}),
        ):
            page = workspace.page(article.id)
            edit, made, _ = marking.mark(
                page, workspace.codebook, "speaker", [(0, 2)], workspace.new_id
            )
            workspace.do(edit)
            now = workspace.page(article.id).mark(made.id)
            workspace.do(Edit("", (Change(now, msgspec.structs.replace(now, fields=fields)),)))
        page = workspace.page(wanted.id)
        edit, made, _ = marking.mark(
            page, workspace.codebook, "position", [(8, 10)], workspace.new_id
        )
        workspace.do(edit)
        now = workspace.page(wanted.id).mark(made.id)
        workspace.do(marking.set_field(now, workspace.codebook, "issue", str(issue.id)))

        bundle = workspace.bundle([wanted])
        assert [part.article.title for part in bundle.articles] == ["Wanted"]
        assert {a.id for a in bundle.actors} >= {below.id, group}
        assert unrelated.id not in {a.id for a in bundle.actors}
        assert {i.id for i in bundle.issues} >= {issue.id, issue.parent}
        assert len(bundle.issues) < len(workspace.issues())
        validate(annotator_json.encode(bundle))
        assert len(workspace.bundle().actors) == len(actors)


def test_one_layer_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with small_project(path) as ada, Workspace.open(path, "Bo") as bo:
        mark(ada, "claim", (0, 3))
        of_bo = mark(bo, "claim", (0, 5))
        (part,) = ada.bundle(layer=bo.analyst.id).articles
        assert [m.id for m in part.marks] == [of_bo.id]
        assert [s.layer for s in part.statements] == [bo.analyst.id]


def test_work_that_differs_is_told_and_kept(tmp_path: Path) -> None:
    with small_project(tmp_path / "p.annotator") as workspace:
        made = mark(workspace, "claim", (0, 3))
        bundle = annotator_json.decode(annotator_json.encode(workspace.bundle()), "x.json")
        page = workspace.page(made.article)
        workspace.do(marking.move_boundary(page, made.id, 0, "end", 6))
        steps = len(list(workspace.history()))
        intake = workspace.take_in(bundle, "Import x.json")
        assert intake.kept == ("The mark ““It” differs in the file; the project's is kept",)
        assert len(list(workspace.history())) == steps


def test_what_was_deleted_comes_back_as_the_file_has_it(tmp_path: Path) -> None:
    """Also when it had a note before it was deleted: the journal says the same as the rows."""
    with small_project(tmp_path / "p.annotator") as workspace:
        made = mark(workspace, "claim", (0, 3))
        data = annotator_json.encode(workspace.bundle())
        page = workspace.page(made.article)
        workspace.do(marking.set_note(page.in_order()[0], "?"))
        page = workspace.page(made.article)
        workspace.do(linking.delete_statement(page, page.in_order()[0].id))
        workspace.take_in(annotator_json.decode(data, "x.json"), "Import x.json")
        assert annotator_json.encode(workspace.bundle()) == data
        assert workspace.check() == []


def test_the_layers_are_in_one_order_whatever_order_they_were_made_in() -> None:
    bundle = small_bundle()
    (part,) = bundle.articles
    turned = msgspec.structs.replace  # records are equal, only their order differs
    marks: tuple[Mark, ...] = tuple(turned(m) for m in reversed(part.marks))
    statements: tuple[Statement, ...] = tuple(reversed(part.statements))
    mixed = replace(bundle, articles=(replace(part, marks=marks, statements=statements),))
    assert annotator_json.encode(mixed) == annotator_json.encode(bundle)


def test_a_retired_actor_stays_retired_and_others_are_written_as_ever() -> None:
    bundle = small_bundle()
    first, *others = bundle.actors
    retired = replace(bundle, actors=(msgspec.structs.replace(first, retired=True), *others))
    data = annotator_json.encode(retired)
    assert [actor.get("retired") for actor in json.loads(data)["actors"]] == [True, None]
    assert annotator_json.decode(data, "x.json") == retired
