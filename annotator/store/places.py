"""Where things belong: the article and layer of a record, and the articles of an analyst."""

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


def articles_of(connection: Connection, analyst: Id) -> set[Id]:
    """The articles that an analyst has marked or is to mark."""
    found = connection.execute(
        "SELECT article FROM tally WHERE layer = ? AND marks + statements > 0"
        " UNION SELECT article FROM status WHERE layer = ?"
        " UNION SELECT article FROM assignment WHERE analyst = ?",
        (analyst, analyst, analyst),
    )
    return {article for (article,) in found.fetchall()}


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
