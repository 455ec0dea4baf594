CREATE INDEX article_copy_of ON article (copy_of) WHERE copy_of IS NOT NULL;

CREATE INDEX assignment_analyst ON assignment (analyst);

CREATE INDEX assignment_article ON assignment (article);

CREATE INDEX change_id ON change (id);

CREATE INDEX comment_answer_to ON comment (answer_to) WHERE answer_to IS NOT NULL;

CREATE INDEX comment_article ON comment (article);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX listed_words ON listed (words, article);

CREATE INDEX mark_article ON mark (article, layer);

CREATE INDEX member_mark ON member (mark);

CREATE INDEX review_article ON review (article);

CREATE INDEX revision_author ON revision (author, clock, id);

CREATE INDEX revision_clock ON revision (clock);

CREATE INDEX statement_article ON statement (article, layer);

CREATE INDEX status_article ON status (article);

CREATE INDEX status_progress ON status (layer, progress, article);

CREATE INDEX tally_layer ON tally (layer, article);

CREATE INDEX verdict_article ON verdict (article);

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TABLE actor (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
    note TEXT NOT NULL
, affiliations TEXT NOT NULL DEFAULT '[]', wikidata TEXT NOT NULL DEFAULT '', retired INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE analyst (id INTEGER PRIMARY KEY, name TEXT NOT NULL, reviewer INTEGER NOT NULL DEFAULT 0, passphrase TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE article (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,
    published TEXT NOT NULL, url TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL, blocks TEXT NOT NULL
, copy_of INTEGER) STRICT;

CREATE TABLE article_revision (
    article INTEGER NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (article, revision)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_words USING fts5(
    title, body, content = 'listed_text', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE 'article_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'article_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'article_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'article_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, analyst INTEGER NOT NULL
) STRICT;

CREATE TABLE change (
    revision INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    seen TEXT,
    PRIMARY KEY (revision, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE codebook (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, guidelines TEXT NOT NULL, kinds TEXT NOT NULL,
    roles TEXT NOT NULL, fields TEXT NOT NULL, stances TEXT NOT NULL
) STRICT;

CREATE TABLE comment (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, about INTEGER NOT NULL,
    text TEXT NOT NULL, answer_to INTEGER, resolved INTEGER NOT NULL
) STRICT;

CREATE TABLE issue (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, proposition TEXT NOT NULL,
    parent INTEGER, retired INTEGER NOT NULL
, definition TEXT NOT NULL DEFAULT '', examples TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE TABLE kept (
    digest TEXT NOT NULL, article INTEGER NOT NULL, stamp TEXT NOT NULL, data BLOB NOT NULL,
    UNIQUE (digest, article)
) STRICT;

CREATE TABLE kept_for (digest TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE listed (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE, words TEXT NOT NULL,
    outlet TEXT NOT NULL, published TEXT NOT NULL
) STRICT;

CREATE TABLE mark (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL,
    fragments TEXT NOT NULL, fields TEXT NOT NULL
, note TEXT NOT NULL DEFAULT '', flagged INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE member (
    statement INTEGER NOT NULL, mark INTEGER NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (statement, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE procedure (
    id INTEGER PRIMARY KEY, blind INTEGER NOT NULL, names_hidden INTEGER NOT NULL,
    shuffled INTEGER NOT NULL, seed INTEGER NOT NULL
) STRICT;

CREATE TABLE replica (
    id INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL DEFAULT 0,
    counter INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE review (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, state TEXT NOT NULL
) STRICT;

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
, partial INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE VIRTUAL TABLE said_words USING fts5(
    quote, note, name, field, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE 'said_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'said_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'said_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'said_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE sampled (article INTEGER PRIMARY KEY, runs BLOB NOT NULL) STRICT;

CREATE TABLE statement (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, layer INTEGER NOT NULL, members TEXT NOT NULL, fields TEXT NOT NULL
, note TEXT NOT NULL DEFAULT '', flagged INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE status (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, layer INTEGER NOT NULL,
    progress TEXT NOT NULL
, reason TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE tally (
    article INTEGER NOT NULL, layer INTEGER NOT NULL, marks INTEGER NOT NULL,
    statements INTEGER NOT NULL, flagged INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (article, layer)
) STRICT, WITHOUT ROWID;

CREATE TABLE text (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

CREATE TABLE verdict (
    id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, changed_by INTEGER NOT NULL,
    article INTEGER NOT NULL, sources TEXT NOT NULL, decision TEXT NOT NULL,
    reason TEXT NOT NULL, note TEXT NOT NULL, gap INTEGER NOT NULL, gold TEXT NOT NULL
) STRICT;

CREATE TRIGGER change_delete BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER change_update BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER revision_delete BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER revision_update BEFORE UPDATE ON revision
    WHEN old.partial = 0 OR new.id <> old.id OR new.clock <> old.clock
        OR new.author <> old.author OR new.action <> old.action
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER text_delete BEFORE DELETE ON text
    BEGIN SELECT RAISE(ABORT, 'an article''s text never changes'); END;

CREATE TRIGGER text_update BEFORE UPDATE ON text
    BEGIN SELECT RAISE(ABORT, 'an article''s text never changes'); END;

CREATE VIEW listed_text AS SELECT listed.number, article.title, text.body FROM listed
    JOIN article ON article.id = listed.article JOIN text ON text.sha256 = article.sha256;
