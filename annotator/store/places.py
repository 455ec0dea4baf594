"""Where things belong: the article and layer of a record, and who is at work on an article."""

from __future__ import annotations

from typing import Any

import msgspec

from annotator.core.model import GOLD, Id
from annotator.core.review.blindness import LAID_ON
from annotator.store.driver import Connection


def belongs(connection: Connection, kind: str, id: Id) -> tuple[Id, Id] | None:
    """Article and layer of a record of a layer or of a review, also of one that is gone.

    Of an assignment the analyst is the layer.
    """
    layer = "layer" if kind in LAID_ON else "analyst" if kind == "assignment" else str(GOLD)
    row = connection.execute(f"SELECT article, {layer} FROM {kind} WHERE id = ?", (id,)).fetchone()
    if row is not None:
        return int(row[0]), int(row[1])
    made = connection.execute(
        "SELECT coalesce(after, before) FROM change WHERE id = ? AND kind = ?"
        " AND (before IS NULL OR after IS NULL) LIMIT 1",
        (id, kind),
    ).fetchone()
    if made is None:
        return None
    flat: dict[str, Any] = msgspec.json.decode(made[0])
    return flat["article"], flat.get(layer, GOLD)


def is_involved(connection: Connection, analyst: Id, article: Id) -> bool:
    """Whether an analyst has marked something in an article, or is to do so."""
    # The plus keeps SQLite from going through all that the analyst has begun.
    found = connection.execute(
        "SELECT 1 FROM tally WHERE article = :article AND layer = :analyst"
        " AND marks + statements > 0"
        " UNION ALL SELECT 1 FROM status WHERE article = :article AND +layer = :analyst"
        " UNION ALL SELECT 1 FROM assignment WHERE article = :article AND +analyst = :analyst",
        {"article": article, "analyst": analyst},
    )
    return found.fetchone() is not None


def at_work(connection: Connection) -> set[tuple[Id, Id, Id]]:
    """Article, layer, and who owns the layer or made or changed something in it."""
    found = set(connection.execute(_AT_WORK, {"gold": GOLD}).fetchall())
    for table in ("mark", "statement"):
        others = connection.execute(_OTHERS.format(table)).fetchall()
        found |= {(article, layer, who) for article, layer, *both in others for who in both}
    return found


_OTHERS = """
SELECT article, layer, made_by, changed_by FROM {}
WHERE made_by NOT IN (layer, 0) OR changed_by NOT IN (layer, 0)
"""


_AT_WORK = """
SELECT article, layer, layer FROM tally WHERE marks + statements > 0
UNION SELECT article, layer, layer FROM status
UNION SELECT article, layer, layer FROM comment
UNION SELECT article, layer, made_by FROM comment
UNION SELECT article, layer, changed_by FROM comment
UNION SELECT article, :gold, made_by FROM verdict
UNION SELECT article, :gold, changed_by FROM verdict
UNION SELECT article, :gold, value ->> '$.layer' FROM verdict, json_each(sources)
UNION SELECT article, :gold, made_by FROM review
UNION SELECT article, :gold, changed_by FROM review
"""


def marks(connection: Connection) -> list[tuple[Id, Id, Id]]:
    """Every mark with its article and layer."""
    return connection.execute("SELECT id, article, layer FROM mark").fetchall()


def layers_of(connection: Connection, article: Id) -> list[Id]:
    """The analysts' layers with work on an article."""
    found = connection.execute(
        "SELECT layer FROM tally WHERE article = ? AND marks + statements > 0"
        " UNION SELECT layer FROM status WHERE article = ? ORDER BY layer",
        (article, article),
    )
    return [layer for (layer,) in found.fetchall() if layer != GOLD]
