"""A project of three analysts on a thousand articles, as :mod:`benchmarks.agreement` wants it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.core.codebook import parse
from annotator.core.model import (
    Analyst,
    Article,
    Block,
    Fragment,
    Mark,
    Member,
    Statement,
    Status,
    status_id,
)
from annotator.store import rows
from annotator.store.file.migrations import migrate
from annotator.store.file.opening import VERSION

ARTICLES, LENGTH, STATEMENTS = 1000, 4400, 21
LAYERS = (1, 2, 3)

_path = paths.resources() / "codebooks" / "statements.toml"
BOOK = parse(_path.read_text(encoding="utf-8"), _path.name).codebook


def layer_of(
    article: int, layer: int, said: list[dict[str, Any]], draw: random.Random
) -> tuple[list[Mark], list[Statement]]:
    """One analyst's account of what an article says: a tenth is missed, a third of boundaries
    differ a little, and so does a fifth of stances."""
    marks: list[Mark] = []
    statements: list[Statement] = []
    first = (article * len(LAYERS) + layer) * 1000
    for one in said:
        if draw.random() < 0.05:
            continue
        members = []
        for role in ("speaker", "cue", "claim"):
            start, end = one[role]
            if draw.random() < 1 / 3:
                end = max(start + 1, end + draw.randint(-3, 3))
            fields = {"actor": one["actor"]} if role == "speaker" else {}
            piece = Fragment(start, end, "x" * (end - start))
            mark = Mark(
                id=first + len(marks) + 1,
                article=article,
                layer=layer,
                kind=role,
                fragments=(piece,),
                fields=fields,
            )
            marks.append(mark)
            members.append(Member(role, mark.id))
        statements.append(
            Statement(
                id=first + 500 + len(statements),
                article=article,
                layer=layer,
                members=tuple(members),
                fields={"told": one["told"]},
            )
        )
    return marks, statements


def said_in(draw: random.Random) -> list[dict[str, Any]]:
    found = []
    for number in range(STATEMENTS + 1):
        start = number * 195 + draw.randrange(30)
        end = start + 18 + draw.randint(40, 120)
        found.append(
            {
                "speaker": (start, start + 12),
                "cue": (start + 13, start + 17),
                "claim": (start + 18, end),
                "actor": str(draw.randrange(1, 40)),
                "told": draw.choice(["direct", "partial", "reported"]),
            }
        )
    return found


def make(path: Path) -> None:
    """The project file; only what agreement reads."""
    draw = random.Random(2011)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, VERSION)
        for article in range(1, ARTICLES + 1):
            said = said_in(draw)
            for layer in LAYERS:
                marks, statements = layer_of(article, layer, said, draw)
                for record in (*marks, *statements):
                    rows.write(connection, record)
        connection.execute("COMMIT")


def populate(path: Path) -> None:
    """Articles, analysts and progress, so that the file is a project."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id = 0x416E6E6F")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        rows.write(connection, BOOK)
        for layer in LAYERS:
            rows.write(connection, Analyst(id=layer, name=f"Analyst {layer}"))
        for article in range(1, ARTICLES + 1):
            digest = f"{article:064d}"
            connection.execute("INSERT INTO text VALUES (?, ?)", (digest, "x" * LENGTH))
            rows.write(
                connection,
                Article(
                    id=article,
                    title=f"Article {article}",
                    sha256=digest,
                    length=LENGTH,
                    blocks=(Block(0, LENGTH, "body"),),
                ),
            )
            for layer in LAYERS:
                id = status_id(article, layer)
                rows.write(connection, Status(id=id, article=article, layer=layer, progress="done"))
        connection.executemany(
            "INSERT INTO article_revision VALUES (?, ?)",
            ((a, a * 1000 + n) for a in range(1, ARTICLES + 1) for n in range(3 * 60)),
        )
        connection.execute("COMMIT")
