"""Merging files of one project, and of two."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from annotator.core import articles, linking, marking
from annotator.core.errors import BadInput, Conflict, NotAllowed, ProjectFault
from annotator.core.model import Affiliation, Id
from annotator.core.review import judging
from annotator.core.revision import Change, Edit
from annotator.store import journal
from annotator.store.driver import Connection, connect
from annotator.workspace import Workspace
from tests.store.teams import claim_by, team_project, the_article
from tests.store.two_files import as_, rows
from tests.workshop import add_article


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one project, in which Ada and Bo have joined."""
    one, other = tmp_path / "one.annotator", tmp_path / "other.annotator"
    team_project(one, "Ada", "Bo").close()
    shutil.copyfile(one, other)
    return one, other


def test_both_ways_give_the_same_rows_and_a_second_time_changes_nothing(
    two: tuple[Path, Path],
) -> None:
    one, other = two
    with as_(one, "Ada") as ada:
        claim_by(ada, 0, 23, stance=-1)
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 22)
        add_article(bo, "Another text.\n", "Second")
    with as_(one, "Rita") as rita:
        merged = rita.merge(other)
        assert (merged.new["mark"], merged.articles, merged.clashes) == (1, ["Second"], [])
        assert rita.check() == []
        again = rita.merge(other)
        assert not again.anything
    with as_(other, "Rita") as rita:
        rita.merge(one)
        assert rita.check() == []
        assert not rita.merge(one).anything
    assert rows(one) == rows(other)


def test_what_came_in_is_put_down_for_its_articles(two: tuple[Path, Path]) -> None:
    """As the journal tells it; what is kept of an article is forgotten by that."""
    one, other = two
    with as_(one, "Ada") as ada:
        gone = claim_by(ada, 0, 23)
        claim_by(ada, 37, 46)
    shutil.copyfile(one, other)
    with as_(one, "Ada") as ada:
        page = ada.page(the_article(ada))
        ada.do(linking.delete_statement(page, gone.id))
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 22, stance=1)
        second = add_article(bo, "Another text.\n", "Second")
        bo.remove([second])
    with as_(one, "Rita") as rita:
        rita.merge(other)
    connection = connect(one)
    found = articles_of_revisions(connection)
    connection.execute("DELETE FROM article_revision")
    journal.note_articles(connection)
    assert articles_of_revisions(connection) == found
    assert len({article for article, _ in found}) == 2
    connection.close()


def articles_of_revisions(connection: Connection) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT article, revision FROM article_revision ORDER BY 1, 2"
    ).fetchall()


def test_a_dry_run_tells_the_same_and_writes_nothing(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(other, "Cid") as cid:
        claim_by(cid, 0, 23)
    before = rows(one)
    with as_(one, "Rita") as rita:
        revisions = [r.id for r in rita.history()]
        dry = rita.merge(other, dry_run=True)
        assert rows(one) == before
        assert [r.id for r in rita.history()] == revisions
        assert dry.analysts == ["Cid"]
        assert rita.merge(other) == dry
        assert rita.check() == []


def test_the_other_file_stays_as_it_is_even_while_it_is_written_to(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    one, other = two
    before, there = other.read_bytes(), sorted(p.name for p in tmp_path.iterdir())
    with as_(one, "Rita") as rita:
        rita.merge(other)
    assert other.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == there
    bo = as_(other, "Bo")
    claim_by(bo, 0, 23)  # in the log beside the file, not in the file
    with as_(one, "Rita") as rita:
        assert rita.merge(other).new["mark"] == 1
    claim_by(bo, 37, 39)
    bo.close()


def test_one_name_on_two_copies_is_one_analyst(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Cid") as cid:
        claim_by(cid, 0, 23)
    with as_(other, "Cid") as cid:
        claim_by(cid, 37, 46)
    with as_(one, "Cid") as cid:
        merged = cid.merge(other)
        assert merged.analysts == []
        assert len(cid.page(the_article(cid)).statements) == 2
        assert sum(a.name == "Cid" for a in cid.analysts()) == 1
        assert cid.check() == []


def test_the_last_writer_counts_and_both_values_are_told(two: tuple[Path, Path]) -> None:
    one, other = two
    for path, outlet in ((one, "The Early"), (other, "The Late")):
        with as_(path, "Rita") as rita:
            rita.do(articles.describe(rita.articles()[0], outlet=outlet))
    with as_(one, "Rita") as rita:
        (clash,) = rita.merge(other).clashes
        assert (clash.field, clash.ours, clash.theirs, clash.kept) == (
            "outlet",
            "The Early",
            "The Late",
            "The Late",
        )
        assert rita.articles()[0].outlet == "The Late"


def test_what_a_deletion_had_not_seen_survives_with_what_it_needs(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Rita") as rita:
        rita.remove(rita.articles())
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 23)
    with as_(one, "Rita") as rita:
        merged = rita.merge(other)
        article = the_article(rita)
        assert merged.restored == [("article", article)]
        assert rita.check() == []
    with as_(other, "Rita") as rita:
        rita.merge(one)
        assert rita.check() == []
    assert rows(one) == rows(other)


def test_an_actor_that_was_deleted_here_and_filed_there_comes_back(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Rita") as rita:
        actor = next(a for a in rita.actors() if not rita.people.register.index.members(a.id))
        rita.do(rita.people.delete(actor))
    with as_(other, "Bo") as bo:
        page = bo.page(the_article(bo))
        edit, made, _ = marking.mark(page, bo.codebook, "speaker", [(24, 30)], bo.new_id)
        bo.do(edit)
        now = bo.page(made.article).mark(made.id)
        bo.do(marking.set_field(now, bo.codebook, "actor", str(actor.id)))
    with as_(one, "Rita") as rita:
        assert rita.merge(other).restored == [("actor", actor.id)]
        assert actor in rita.actors()
        assert rita.check() == []


def test_actors_that_were_put_under_each_other_are_taken_apart(two: tuple[Path, Path]) -> None:
    one, other = two
    for path, swap in ((one, False), (other, True)):
        with as_(path, "Rita") as rita:
            a, b = [x for x in rita.actors() if not x.affiliations][:2]
            a, b = (b, a) if swap else (a, b)
            new = msgspec.structs.replace(a, affiliations=(Affiliation(actor=b.id),))
            rita.do(Edit("Test", (Change(a, new),)))
    with as_(one, "Rita") as rita:
        assert rita.merge(other).mended
        assert rita.check() == []
    with as_(other, "Rita") as rita:
        rita.merge(one)
    assert rows(one) == rows(other)


def test_what_no_longer_fits_a_mark_that_became_another_kind_goes(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Ada") as ada:
        said = claim_by(ada, 0, 23, stance=-1)
        (position,) = ada.page(said.article).members(said, "position")
    shutil.copyfile(one, other)
    with as_(one, "Ada") as ada:
        page = ada.page(said.article)
        ada.do(marking.retype(page, ada.codebook, position.id, "cue"))
    with as_(other, "Ada") as ada:
        ada.do(marking.set_field(position, ada.codebook, "stance", 1))
        page = ada.page(said.article)
        ada.do(linking.new_statement(page, ada.codebook, position.id, ada.new_id())[0])
    for path, there in ((one, other), (other, one)):
        with as_(path, "Rita") as rita:
            rita.merge(there)
            mark = rita.page(said.article, said.layer).marks[position.id]
            assert (mark.kind, mark.fields) == ("cue", {})
            assert rita.check() == []
    assert rows(one) == rows(other)


def test_a_kind_that_was_taken_out_here_and_used_there_stands_in_the_way(
    two: tuple[Path, Path],
) -> None:
    one, other = two
    with as_(one, "Rita") as rita:
        book = rita.codebook
        kinds = {key: kind for key, kind in book.kinds.items() if key != "via"}
        roles = {key: role for key, role in book.roles.items() if "via" not in role.kinds}
        fields = {
            key: msgspec.structs.replace(field, on=tuple(on for on in field.on if on != "via"))
            for key, field in book.fields.items()
        }
        new = msgspec.structs.replace(book, kinds=kinds, roles=roles, fields=fields)
        rita.do(Edit("Test", (Change(book, new),)))
    with as_(other, "Bo") as bo:
        page = bo.page(the_article(bo))
        bo.do(marking.mark(page, bo.codebook, "via", [(0, 3)], bo.new_id)[0])
    for path, there in ((one, other), (other, one)):
        before = rows(path)
        with as_(path, "Rita") as rita:
            with pytest.raises(Conflict, match="cannot be merged"):
                rita.merge(there)
            assert rita.check() == []
        assert rows(path) == before


def test_of_two_verdicts_on_one_thing_the_later_counts(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Ada") as ada:
        said = claim_by(ada, 0, 23)
    shutil.copyfile(one, other)
    for path in two:
        with as_(path, "Rita") as rita:
            docket = rita.docket(said.article)
            if path == one:
                rita.do(judging.take(docket, [said.id], [said.id], rita.new_id))
            else:
                rita.do(judging.reject(docket, [said.id], "outside"))
    with as_(one, "Rita") as rita:
        rita.merge(other)
        (verdict,) = rita.verdicts(said.article)
        assert verdict.decision == "rejected"
        assert not rita.docket(said.article).gold.marks
        assert rita.check() == []
    with as_(other, "Rita") as rita:
        rita.merge(one)
        assert rita.check() == []
    assert rows(one) == rows(other)


def test_decisions_are_kept_when_more_work_comes_in(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(one, "Ada") as ada:
        said = claim_by(ada, 0, 23)
    with as_(one, "Rita") as rita:
        rita.do(judging.take(rita.docket(said.article), [said.id], [said.id], rita.new_id))
        before = rita.verdicts(said.article)
    with as_(other, "Bo") as bo:
        claim_by(bo, 0, 22)
    with as_(one, "Rita") as rita:
        rita.merge(other)
        assert rita.verdicts(said.article) == before


def test_different_work_under_one_number_is_refused(two: tuple[Path, Path]) -> None:
    """A backup restored over the very file goes on under the same replica."""
    one, other = two
    with as_(one, "Rita") as rita:
        rita.do(articles.describe(rita.articles()[0], outlet="One"))
    before = rows(one)
    file = connect(other)
    file.execute("DROP TRIGGER revision_update")
    file.execute("UPDATE revision SET clock = clock + 1 WHERE id = (SELECT max(id) FROM revision)")
    file.close()
    with (
        as_(one, "Rita") as rita,
        pytest.raises(Conflict, match="different work under the same numbers"),
    ):
        rita.merge(other)
    assert rows(one) == before


def test_a_text_that_is_not_its_own_is_refused(two: tuple[Path, Path]) -> None:
    one, other = two
    with as_(other, "Rita") as rita:
        add_article(rita, "Another.\n", "Second")
    file = connect(other)
    file.execute("DROP TRIGGER text_update")
    file.execute("UPDATE text SET body = 'Something else.\n' WHERE body = 'Another.\n'")
    file.close()
    before = rows(one)
    with as_(one, "Rita") as rita:
        with pytest.raises(BadInput, match="not the one that was imported"):
            rita.merge(other)
        assert rita.check() == []
    assert rows(one) == before


@pytest.mark.parametrize("content", [b"no database", b""])
def test_what_is_no_project_is_refused(two: tuple[Path, Path], content: bytes) -> None:
    one, other = two
    other.write_bytes(content)
    with as_(one, "Rita") as rita, pytest.raises(ProjectFault):
        rita.merge(other)


def test_another_project_comes_in_by_its_records(tmp_path: Path) -> None:
    one, other = tmp_path / "one.annotator", tmp_path / "other.annotator"
    team_project(one, "Ada").close()
    with team_project(other, "Eve") as theirs:
        theirs.do(articles.describe(theirs.articles()[0], outlet="Elsewhere"))
        with theirs.as_analyst("Eve") as eve:
            claim_by(eve, 0, 23)
    with as_(one, "Rita") as rita:
        dry = rita.merge(other, dry_run=True)
        assert not dry.same_project
        assert dry.new["mark"] == 1
        assert len(rita.layers(the_article(rita))) == 0
        heard: list[Id] = []
        rita.subscribe(lambda revision: heard.append(revision.id))
        merged = rita.merge(other)
        assert heard == [next(iter(rita.history(1))).id]
        assert (merged.new, merged.kept) == (dry.new, dry.kept)
        assert any("differs in the file" in line for line in merged.kept)
        assert len(rita.layers(the_article(rita))) == 1
        assert rita.check() == []
        assert rita.undo() is not None


def test_nobody_merges(two: tuple[Path, Path]) -> None:
    with Workspace.open(two[0]) as nobody, pytest.raises(NotAllowed):
        nobody.merge(two[1])
