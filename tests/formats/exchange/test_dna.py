"""Projects of the Discourse Network Analyzer: what statements become, and files made to do harm."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.codebook import faults, parse
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.model import Mark
from annotator.formats.exchange.catalogue import catalogue
from annotator.formats.exchange.dna.reading import FORMAT
from annotator.formats.exchange.format import Incoming
from annotator.paths import resources

SAMPLE = (Path(__file__).parent / "samples" / "dna.sql").read_text(encoding="utf-8")


def database(folder: Path, *more: str) -> Path:
    path = folder / "x.dna"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE)
        for sql in more:
            connection.executescript(sql)
        connection.commit()
    return path


def read(path: Path) -> Incoming:
    assert FORMAT.read is not None
    return FORMAT.read(path, FORMAT.asked())


def test_statements_become_claims_positions_and_implied_speakers(tmp_path: Path) -> None:
    found = read(database(tmp_path))
    bundle = found.bundle
    assert faults(bundle.codebook) == []
    (part,) = bundle.articles
    article = part.article
    assert part.text == "Ok 😊 Lavrov said “no”.\nTrump disagreed.\n"
    assert (article.title, article.outlet, article.author) == ("Talks", "The Example", "A. Writer")
    assert article.published == "2025-08-25"
    names = {str(a.id): a.name for a in bundle.actors} | {str(i.id): i.name for i in bundle.issues}
    analysts = {analyst.id: analyst.name for analyst in bundle.analysts}
    by_id = {mark.id: mark for mark in part.marks}

    def said(mark: Mark) -> tuple[str, str, dict[str, object]]:
        return mark.kind, mark.quote, {k: names.get(str(v), v) for k, v in mark.fields.items()}

    told = [
        (analysts[one.layer], [(m.role, *said(by_id[m.mark])) for m in one.members])
        for one in part.statements
    ]
    issue = "Talks should be held"
    assert told == [
        (
            "Admin",
            [
                ("speaker", "speaker", "", {"actor": "Sergei Lavrov"}),
                ("claim", "claim", "Lavrov said “no", {}),
                ("position", "position", "Lavrov said “no", {"issue": issue, "stance": -2}),
            ],
        ),
        (
            "Bo",
            [
                ("speaker", "speaker", "", {"actor": "White House"}),
                ("claim", "claim", "Trump disagreed", {}),
                ("position", "position", "Trump disagreed", {"issue": issue, "stance": 2}),
            ],
        ),
    ]


def test_other_types_become_marks_with_fields(tmp_path: Path) -> None:
    (part,) = read(database(tmp_path)).bundle.articles
    others = [m for m in part.marks if m.kind not in ("speaker", "claim", "position")]
    assert [(m.kind, m.quote, m.fields, m.note) for m in others] == [
        ("annotation", "Ok", {}, "A note."),
        ("npf_story_element", "Lavrov", {"hero": "Lavrov", "force": 3}, ""),
    ]


def test_entities_bring_their_attributes_and_affiliations(tmp_path: Path) -> None:
    bundle = read(database(tmp_path)).bundle
    actors = {actor.name: actor for actor in bundle.actors}
    assert sorted(actors) == ["Russia", "Sergei Lavrov", "Unused", "White House"]
    lavrov = actors["Sergei Lavrov"]
    assert (lavrov.type, lavrov.aliases) == ("person", ("Lavrov",))
    assert lavrov.note == "Minister.\nType: politician"
    assert [one.actor for one in lavrov.affiliations] == [actors["Russia"].id]
    assert actors["Russia"].type == "organisation"
    assert [(issue.name, issue.definition) for issue in bundle.issues] == [
        ("Talks should be held", "Any talks.")
    ]


def test_what_is_left_out_or_doubtful_is_listed(tmp_path: Path) -> None:
    losses = {loss.what: loss.count for loss in read(database(tmp_path)).losses}
    assert losses == {
        "a document without text is left out": 1,
        "the sections of documents are left out": 1,
        "a statement on a document that is not taken over is left out": 1,
        "a statement on no words of its document is left out": 2,
        "a position after an emoji or the like is taken as counted in UTF-16, unproven": 3,
        "DNA says “agrees” unless someone changes it, so some may have been forgotten": 1,
        "search patterns and their colours are left out": 1,
    }


def test_entities_that_belong_to_others_are_listed(tmp_path: Path) -> None:
    what = "which entities belong to another one is left out"
    more = "UPDATE ENTITIES SET ChildOf = 12 WHERE ID IN (14, 16);"
    losses = read(database(tmp_path, more)).losses
    assert {loss.what: loss.count for loss in losses}[what] == 2
    without = "ALTER TABLE ENTITIES DROP COLUMN ChildOf;"
    with closing(sqlite3.connect(tmp_path / "x.dna")) as connection:
        connection.executescript(without)
    assert what not in {loss.what for loss in read(tmp_path / "x.dna").losses}


def test_several_organizations_of_a_person_are_told_apart_by_notes(tmp_path: Path) -> None:
    more = (
        "INSERT INTO STATEMENTS VALUES (8, 1, 1, 24, 29, 1);"
        "INSERT INTO DATASHORTTEXT VALUES (20, 8, 1, 11), (21, 8, 2, 14), (22, 8, 3, 13);"
    )
    bundle = read(database(tmp_path, more)).bundle
    speakers = [m for m in bundle.articles[0].marks if m.kind == "speaker"]
    assert sorted(m.note for m in speakers) == [
        "",
        "organization: Russia",
        "organization: White House",
    ]
    lavrov = next(actor for actor in bundle.actors if actor.name == "Sergei Lavrov")
    assert len(lavrov.affiliations) == 2


def test_affiliations_never_lead_in_a_circle(tmp_path: Path) -> None:
    more = (
        "INSERT INTO ENTITIES(ID, VariableId, Value) VALUES (30, 1, 'Russia'), (31, 2, 'Sergei Lavrov');"
        "INSERT INTO STATEMENTS VALUES (8, 1, 1, 24, 29, 1);"
        "INSERT INTO DATASHORTTEXT VALUES (20, 8, 1, 30), (21, 8, 2, 31), (22, 8, 3, 13);"
    )
    found = read(database(tmp_path, more))
    assert all(not actor.affiliations for actor in found.bundle.actors)
    what = "affiliations with who is a person as well are left out"
    assert {loss.what: loss.count for loss in found.losses}[what] == 2


def test_a_scale_of_whole_numbers_stays_as_it_is(tmp_path: Path) -> None:
    more = (
        "UPDATE VARIABLES SET DataType = 'integer' WHERE ID = 4; DELETE FROM DATABOOLEAN;"
        "INSERT INTO DATAINTEGER VALUES (5, 1, 4, -3), (6, 2, 4, 1);"
    )
    bundle = read(database(tmp_path, more)).bundle
    found = {m.fields.get("stance") for m in bundle.articles[0].marks if m.kind == "position"}
    assert found == {-3, 1}


def test_it_meets_the_codebook_of_a_new_project(tmp_path: Path) -> None:
    """Without a mapping for what takes sides; the other types are left out by one."""
    path = resources() / "codebooks" / "statements.toml"
    if not path.exists():
        path = next(iter(sorted((resources() / "codebooks").glob("*.toml"))))
    start = parse(path.read_text(encoding="utf-8"), path.name)
    mapping = LabelMapping(
        kinds={"Annotation": "", "NPF Story Element": ""}, fields={"hero": "", "force": ""}
    )
    ours = Project(start.codebook, start.actors, start.issues, ())
    mapped = map_labels(read(database(tmp_path)).bundle, mapping, ours)
    stances = [m.fields["stance"] for m in mapped.bundle.articles[0].marks if "stance" in m.fields]
    assert sorted(stances) == [-2, 2]


def test_it_is_recognised_and_left_as_it_was(tmp_path: Path) -> None:
    path = database(tmp_path)
    before = path.read_bytes()
    found = catalogue().of(path)
    assert found is not None
    assert found.name == "dna"
    read(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("cut", [2000, 100, 5000, 20_000])
def test_a_damaged_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = database(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-cut] if cut < 5000 else data[:cut])
    with pytest.raises(BadInput, match=r"x\.dna"):
        read(path)


def test_every_damaged_page_is_refused_or_read(tmp_path: Path) -> None:
    path = database(tmp_path)
    data = path.read_bytes()
    for start in range(0, len(data), 2048):
        path.write_bytes(data[:start] + b"\xff" * 64 + data[start + 64 :])
        try:
            read(path)
        except BadInput as error:
            assert "x.dna" in str(error)  # noqa: PT017  (both are fine, anything else is not)


def test_another_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.dna"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other(a)")
        connection.commit()
    with pytest.raises(BadInput, match="it has no table DOCUMENTS"):
        read(path)


def test_a_view_in_place_of_a_table_is_not_looked_into(tmp_path: Path) -> None:
    more = (
        "DROP TABLE DATALONGTEXT; ALTER TABLE CODERS RENAME TO C;"
        "CREATE VIEW CODERS AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT x AS ID, 'x' AS Name FROM n;"
    )
    with pytest.raises(BadInput, match="it has no table CODERS"):
        read(database(tmp_path, more))


@pytest.mark.parametrize(
    "more",
    [
        "UPDATE STATEMENTS SET Start = 'x' WHERE ID = 1;",
        "UPDATE DOCUMENTS SET Text = x'ff00' WHERE ID = 1;",
        "UPDATE CODERS SET Name = NULL;",
        "UPDATE DOCUMENTS SET Text = cast(x'ff41' AS TEXT) WHERE ID = 1;",
    ],
)
def test_what_is_no_value_of_its_column_is_refused(tmp_path: Path, more: str) -> None:
    with pytest.raises(BadInput, match=r"x\.dna"):
        read(database(tmp_path, more))


@pytest.mark.parametrize(("start", "stop"), [(-1, 3), (9, 2), (0, 10**15), (3, 4)])
def test_what_is_no_place_is_listed(tmp_path: Path, start: int, stop: int) -> None:
    found = read(database(tmp_path, f"UPDATE STATEMENTS SET Start = {start}, Stop = {stop};"))
    assert not found.bundle.articles[0].marks
    assert "a statement on no words of its document is left out" in {x.what for x in found.losses}


def test_what_the_tables_of_dna_let_be_empty_is_no_fault(tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "INSERT INTO VARIABLES VALUES (20, 'loose', 'short text', NULL)",
        "UPDATE DATALONGTEXT SET Value = NULL",
        "UPDATE DOCUMENTS SET Coder = NULL",
        "UPDATE STATEMENTS SET Coder = NULL WHERE ID = 3",
    )
    found = read(path)
    (part,) = found.bundle.articles
    names = {analyst.id: analyst.name for analyst in found.bundle.analysts}
    assert {names[mark.layer] for mark in part.marks} == {"Admin", "Bo", "x"}


def test_a_project_of_the_first_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.dna"
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<discourse version="1.30"/>')
    with pytest.raises(BadInput, match="is XML, as projects of the Discourse Network Analyzer 1"):
        read(path)
