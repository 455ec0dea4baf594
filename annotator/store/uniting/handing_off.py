"""A project file for one analyst: the same project, without what is not for them.

The journal stays whole but for the changes that are left out; revisions of which something is
left out say so (``partial``), so a merge back finds nothing that it does not know, and a merge of
the whole project into the file fills them in.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

import msgspec

from annotator.core.model import Id
from annotator.core.review.blindness import HIDDEN
from annotator.store.driver import Connection, connect
from annotator.store.file import opening
from annotator.store.project import ProjectFile
from annotator.store.uniting.merging import merge
from annotator.store.uniting.snapshot import snapshot


def hand_off(
    project: ProjectFile,
    path: Path,
    analyst: Id,
    shows: Callable[[str, Id], bool],
    texts: Set[str],
) -> None:
    """Make the file: what ``shows`` says of a kind and id, texts of these digests.

    Raises :class:`ProjectFault` when the file is there already or cannot be made.
    """
    with snapshot(project.path) as copy:
        _leave_out(copy, analyst, shows, texts)
        made = ProjectFile(path, opening.create(path, project.id))
        try:
            merge(made, copy, path.name, analyst, dry_run=False)
        except BaseException:
            made.discard()
            raise
        made.close()


def _leave_out(copy: Path, analyst: Id, shows: Callable[[str, Id], bool], texts: Set[str]) -> None:
    """Take everything out of the journal of a private copy that is not to be handed on."""
    connection = connect(copy)
    try:
        connection.execute("BEGIN")
        for trigger in ("change_delete", "change_update", "revision_update", "text_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(
            "CREATE TEMP TABLE hidden (id INTEGER, kind TEXT, PRIMARY KEY (id, kind))"
        )
        there = connection.execute("SELECT DISTINCT kind, id FROM change").fetchall()
        connection.executemany(
            "INSERT INTO temp.hidden (kind, id) VALUES (?, ?)",
            [key for key in there if not shows(*key)],
        )
        _mark_partial(connection, "(id, kind) IN (SELECT id, kind FROM temp.hidden)")
        _without_passphrases(connection, analyst)
        found = connection.execute("SELECT sha256 FROM text").fetchall()
        gone = [(digest,) for (digest,) in found if digest not in texts]
        connection.executemany("DELETE FROM text WHERE sha256 = ?", gone)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _mark_partial(connection: Connection, hidden: str) -> None:
    connection.execute(
        "UPDATE revision SET partial = 1, label = ?"
        f" WHERE id IN (SELECT revision FROM change WHERE {hidden})",
        (HIDDEN,),
    )
    connection.execute(f"DELETE FROM change WHERE {hidden}")


def _without_passphrases(connection: Connection, analyst: Id) -> None:
    """What is stored of others' passphrases stays here, where nobody can guess at leisure."""
    set_alone = (
        f"kind = 'analyst' AND id <> {int(analyst)} AND before IS NOT NULL AND after IS NOT NULL"
    )
    _mark_partial(connection, f"{set_alone} AND instr(after, '\"passphrase\":')")
    rest = connection.execute(
        "SELECT revision, ordinal, before, after FROM change WHERE kind = 'analyst' AND id <> ?",
        (analyst,),
    ).fetchall()
    for revision, ordinal, *flats in rest:
        connection.execute(
            "UPDATE change SET before = ?, after = ? WHERE revision = ? AND ordinal = ?",
            (*map(_bare, flats), revision, ordinal),
        )


def _bare(flat: str | None) -> str | None:
    if flat is None:
        return None
    fields: dict[str, Any] = msgspec.json.decode(flat)
    if fields.get("passphrase"):
        fields["passphrase"] = ""
    return msgspec.json.encode(fields).decode()
