"""The schema of a project file, as named migrations.

Tables are written out by hand: ``Table.transform`` drops triggers without a word. No JSON
functions in indexes: SQLite before 3.41 or so calls them unsafe while ``trusted_schema`` is off,
and then does not open the file at all.
"""

from __future__ import annotations

import json

from sqlite_utils import Database, Migrations

from annotator.store.driver import Connection

migrations = Migrations("annotator")


@migrations()
def m001_start(db: Database) -> None:
    """Records, texts and the journal they follow from."""
    for statement in _START.split(";;"):
        db.execute(statement.strip())


_START = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
;;
CREATE TABLE replica (
    id INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL DEFAULT 0,
    counter INTEGER NOT NULL DEFAULT 0
) STRICT
;;
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    clock INTEGER NOT NULL,
    author INTEGER NOT NULL,
    label TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('start', 'do', 'undo', 'redo')),
    target INTEGER,
    undo_top INTEGER,
    redo_top INTEGER,
    below INTEGER
) STRICT
;;
CREATE INDEX revision_clock ON revision (clock)
;;
CREATE INDEX revision_author ON revision (author, clock, id)
;;
CREATE TABLE change (
    revision INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    seen TEXT,
    PRIMARY KEY (revision, ordinal)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX change_id ON change (id)
;;
CREATE TABLE text (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT
;;
CREATE TABLE codebook (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, guidelines TEXT NOT NULL, kinds TEXT NOT NULL,
    roles TEXT NOT NULL, fields TEXT NOT NULL, stances TEXT NOT NULL
) STRICT
;;
CREATE TABLE issue (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, proposition TEXT NOT NULL,
    parent INTEGER, retired INTEGER NOT NULL
) STRICT
;;
CREATE TABLE actor (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
    affiliation INTEGER, note TEXT NOT NULL
) STRICT
;;
CREATE TABLE analyst (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
;;
CREATE TABLE article (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,
    published TEXT NOT NULL, url TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL, blocks TEXT NOT NULL
) STRICT
;;
CREATE TABLE mark (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL,
    fragments TEXT NOT NULL, fields TEXT NOT NULL
) STRICT
;;
CREATE INDEX mark_article ON mark (article, layer)
;;
CREATE TABLE statement (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, members TEXT NOT NULL, fields TEXT NOT NULL
) STRICT
;;
CREATE INDEX statement_article ON statement (article, layer)
;;
CREATE TABLE member (
    statement INTEGER NOT NULL, mark INTEGER NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (statement, mark)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX member_mark ON member (mark)
;;
CREATE TABLE status (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, layer INTEGER NOT NULL,
    progress TEXT NOT NULL
) STRICT
;;
CREATE INDEX status_article ON status (article)
;;
CREATE TRIGGER revision_update BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TRIGGER revision_delete BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TRIGGER change_update BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TRIGGER change_delete BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TRIGGER text_update BEFORE UPDATE ON text
    BEGIN SELECT RAISE(ABORT, 'an article''s text never changes'); END
;;
CREATE TRIGGER text_delete BEFORE DELETE ON text
    BEGIN SELECT RAISE(ABORT, 'an article''s text never changes'); END
"""


@migrations()
def m002_eight_hours(db: Database) -> None:
    """Notes and flags, copies of articles, assignments, affiliations with dates."""
    for statement in _EIGHT_HOURS.split(";;"):
        db.execute(statement.strip())
    _affiliations_in_the_journal(db)
    db.execute(_NO_CHANGE_UPDATE)


_NO_CHANGE_UPDATE = """CREATE TRIGGER change_update BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""

_EIGHT_HOURS = """
ALTER TABLE article ADD COLUMN copy_of INTEGER
;;
ALTER TABLE mark ADD COLUMN note TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE mark ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0
;;
ALTER TABLE statement ADD COLUMN note TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE statement ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0
;;
ALTER TABLE issue ADD COLUMN definition TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE issue ADD COLUMN examples TEXT NOT NULL DEFAULT '[]'
;;
ALTER TABLE actor ADD COLUMN affiliations TEXT NOT NULL DEFAULT '[]'
;;
ALTER TABLE actor ADD COLUMN wikidata TEXT NOT NULL DEFAULT ''
;;
UPDATE actor SET affiliations =
    json_array(json_object('actor', affiliation, 'since', '', 'until', ''))
    WHERE affiliation IS NOT NULL
;;
ALTER TABLE actor DROP COLUMN affiliation
;;
CREATE TABLE assignment (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, analyst INTEGER NOT NULL
) STRICT
;;
CREATE INDEX assignment_article ON assignment (article)
;;
CREATE INDEX assignment_analyst ON assignment (analyst)
;;
CREATE INDEX article_copy_of ON article (copy_of) WHERE copy_of IS NOT NULL
;;
DROP TRIGGER change_update
"""


def _affiliations_in_the_journal(db: Database) -> None:
    """What was said of one affiliation, said of several; else undo would not understand it."""
    found = db.execute("SELECT revision, ordinal, before, after FROM change WHERE kind = 'actor'")
    for revision, ordinal, *flats in found.fetchall():
        db.execute(
            "UPDATE change SET before = ?, after = ? WHERE revision = ? AND ordinal = ?",
            (*map(_with_affiliations, flats), revision, ordinal),
        )


def _with_affiliations(flat: str | None) -> str | None:
    fields = None if flat is None else json.loads(flat)
    if not fields or "affiliation" not in fields:
        return flat
    group = fields.pop("affiliation")
    told = [] if group is None else [{"actor": group, "since": "", "until": ""}]
    return json.dumps({**fields, "affiliations": told}, ensure_ascii=False)


def migrate(connection: Connection, version: int) -> None:
    """Bring the schema up to ``version``; call inside ``BEGIN IMMEDIATE``.

    Two programs may open an old project at once: the second finds nothing left to do.
    """
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    migrations.apply(db)
    connection.execute(f"PRAGMA user_version = {version}")
