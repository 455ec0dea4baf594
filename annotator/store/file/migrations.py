"""The schema of a project file, as named migrations.

Tables are written out by hand: ``Table.transform`` drops triggers without a word. No JSON
functions in indexes: SQLite before 3.41 or so calls them unsafe while ``trusted_schema`` is off,
and then does not open the file at all.
"""

from __future__ import annotations

import json

from sqlite_utils import Database, Migrations

from annotator.store.driver import Connection
from annotator.store.finding import indexing, listed, sampled

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


@migrations()
def m003_findable(db: Database) -> None:
    """The list of articles, the counts beside it, and the index of words."""
    is_new = db.execute("SELECT 1 FROM article LIMIT 1").fetchone() is None
    for statement in _FINDABLE.split(";;"):
        db.execute(statement.strip())
    listed.rebuild(db.conn)
    indexing.begin(db.conn, is_new=is_new)


_FINDABLE = """
CREATE TABLE listed (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE, words TEXT NOT NULL,
    outlet TEXT NOT NULL, published TEXT NOT NULL
) STRICT
;;
CREATE INDEX listed_words ON listed (words, article)
;;
CREATE VIEW listed_text AS SELECT listed.number, article.title, text.body FROM listed
    JOIN article ON article.id = listed.article JOIN text ON text.sha256 = article.sha256
;;
CREATE TABLE tally (
    article INTEGER NOT NULL, layer INTEGER NOT NULL, marks INTEGER NOT NULL,
    statements INTEGER NOT NULL, flagged INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (article, layer)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX tally_layer ON tally (layer, article)
;;
CREATE INDEX status_progress ON status (layer, progress, article)
"""


@migrations()
def m004_review(db: Database) -> None:
    """Reviewers, verdicts, comments, the procedure; revisions of which a part was left out."""
    for statement in _REVIEW.split(";;"):
        db.execute(statement.strip())
    _first_reviewer(db)
    db.execute(_NO_CHANGE_UPDATE)
    db.execute(_NO_REVISION_UPDATE)


_NO_REVISION_UPDATE = """CREATE TRIGGER revision_update BEFORE UPDATE ON revision
    WHEN old.partial = 0 OR new.id <> old.id OR new.clock <> old.clock
        OR new.author <> old.author OR new.action <> old.action
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""

_REVIEW = """
ALTER TABLE analyst ADD COLUMN reviewer INTEGER NOT NULL DEFAULT 0
;;
ALTER TABLE analyst ADD COLUMN passphrase TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE status ADD COLUMN reason TEXT NOT NULL DEFAULT ''
;;
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, sources TEXT NOT NULL, decision TEXT NOT NULL,
    reason TEXT NOT NULL, note TEXT NOT NULL, gap INTEGER NOT NULL, gold TEXT NOT NULL
) STRICT
;;
CREATE INDEX verdict_article ON verdict (article)
;;
CREATE TABLE comment (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, about INTEGER NOT NULL,
    text TEXT NOT NULL, answer_to INTEGER, resolved INTEGER NOT NULL
) STRICT
;;
CREATE INDEX comment_article ON comment (article)
;;
CREATE INDEX comment_answer_to ON comment (answer_to) WHERE answer_to IS NOT NULL
;;
CREATE TABLE review (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, state TEXT NOT NULL
) STRICT
;;
CREATE INDEX review_article ON review (article)
;;
CREATE TABLE procedure (
    id INTEGER PRIMARY KEY, blind INTEGER NOT NULL, names_hidden INTEGER NOT NULL,
    shuffled INTEGER NOT NULL, seed INTEGER NOT NULL
) STRICT
;;
ALTER TABLE revision ADD COLUMN partial INTEGER NOT NULL DEFAULT 0
;;
DROP TRIGGER revision_update
;;
DROP TRIGGER change_update
"""


def _first_reviewer(db: Database) -> None:
    """Who made the project reviews it, in the row and in the journal it follows from."""
    first = db.execute(
        "SELECT revision, ordinal, id, after FROM change WHERE kind = 'analyst'"
        " AND before IS NULL AND revision = (SELECT id FROM revision ORDER BY clock, id LIMIT 1)"
    ).fetchone()
    if first is None:
        return
    revision, ordinal, id, after = first
    flat = json.dumps({**json.loads(after), "reviewer": True}, ensure_ascii=False)
    place = (flat, revision, ordinal)
    db.execute("UPDATE change SET after = ? WHERE revision = ? AND ordinal = ?", place)
    db.execute("UPDATE analyst SET reviewer = 1 WHERE id = ?", (id,))


@migrations()
def m005_history(db: Database) -> None:
    """Which revisions concern which article, so that its history need not be searched for."""
    db.execute(_ARTICLE_REVISION)
    article_of: dict[tuple[str, int], int] = {}
    found = db.execute(
        "SELECT kind, change.id, coalesce(before, after), revision FROM change"
        " ORDER BY before IS NOT NULL"
    )
    for kind, id, flat, revision in found.fetchall():
        article = json.loads(flat).get("article") if kind != "article" else id
        article = article_of.setdefault((kind, id), article) if article else None
        article = article or article_of.get((kind, id))
        if article is not None:
            db.execute("INSERT OR IGNORE INTO article_revision VALUES (?, ?)", (article, revision))


_ARTICLE_REVISION = """CREATE TABLE article_revision (
    article INTEGER NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (article, revision)
) STRICT, WITHOUT ROWID"""


@migrations()
def m006_kept(db: Database) -> None:
    """What agreement was computed to be, by article, until a revision touches it."""
    for statement in _KEPT.split(";;"):
        db.execute(statement.strip())


_KEPT = """
CREATE TABLE kept_for (digest TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT, WITHOUT ROWID
;;
CREATE TABLE kept (
    digest TEXT NOT NULL, article INTEGER NOT NULL, stamp TEXT NOT NULL, data BLOB NOT NULL,
    UNIQUE (digest, article)
) STRICT
"""


@migrations()
def m007_sampled(db: Database) -> None:
    """What near copies are told by, so that an import need not read all texts; its index quicker."""
    db.execute("CREATE TABLE sampled (article INTEGER PRIMARY KEY, runs BLOB NOT NULL) STRICT")
    sampled.begin(db.conn)
    if indexing.is_begun(db.conn):
        indexing.tune(db.conn)


@migrations()
def m008_retired(db: Database) -> None:
    """Which actors are offered no longer."""
    db.execute("ALTER TABLE actor ADD COLUMN retired INTEGER NOT NULL DEFAULT 0")


def migrate(connection: Connection, version: int, *, only_to_it: bool = False) -> None:
    """Bring the schema up to ``version``, the newest or ``only_to_it``; inside ``BEGIN IMMEDIATE``.

    Two programs may open an old project at once: the second finds nothing left to do.
    """
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    later = [one.name for one in migrations.pending(db)][version:] if only_to_it else []
    migrations.apply(db, stop_before=later[:1])
    connection.execute(f"PRAGMA user_version = {version}")
