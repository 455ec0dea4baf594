"""Parquet: the columns of the Hugging Face-ready lines, or statements as a table.

It needs ``annotator[parquet]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.exchange import left_behind
from annotator.formats.exchange.datasets.rows import rows
from annotator.formats.exchange.format import Asked, Format, Losses, Option, Outgoing
from annotator.formats.exchange.tables.cells import flat
from annotator.formats.exchange.tables.rows_out import Rows

_GROUP = 100
"""Rows that are in memory and become one group of the file."""


_STATEMENTS = "statements"


def write(outgoing: Outgoing, to: Path, asked: Asked) -> Losses:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BadInput("Parquet needs pyarrow: pip install 'annotator[parquet]'.") from error
    losses = Losses()
    if asked.value("rows") == _STATEMENTS:
        made = Rows(outgoing.project, Losses())
        schema = _flat_schema(pa, made)
        found = _statements(outgoing, made, losses)
    else:
        schema = _schema(pa)
        found = rows(outgoing, losses)
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        while group := list(islice(found, _GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    return losses


def _schema(pa: Any) -> Any:
    """Stable columns: the same whatever the codebook is."""
    text, at = pa.string(), pa.int64()
    said = [
        ("attributes_json", text),
        ("note", text),
        ("flagged", pa.bool_()),
        ("made_at", text),
        ("changed_at", text),
    ]
    fragment = pa.struct([("start", at), ("end", at)])
    span = [("id", text), ("label", text), ("fragments", pa.list_(fragment)), ("text", text)]
    member = pa.struct([("role", text), ("span", text)])
    statement = [("id", text), ("members", pa.list_(member))]
    names = (
        "id title outlet author published url file copy_of text text_sha256 offset_unit layer"
        " analyst status"
    )
    return pa.schema(
        [
            *((name, text) for name in names.split()),
            ("spans", pa.list_(pa.struct([*span, *said]))),
            ("statements", pa.list_(pa.struct([*statement, *said]))),
        ]
    )


def _statements(outgoing: Outgoing, made: Rows, losses: Losses) -> Iterator[dict[str, Any]]:
    """The rows of ``statements.csv``."""
    left_behind.of_project(outgoing.project, losses)
    types = made.statement_types()
    for part in outgoing.articles:
        where = left_behind.name_of(part.article)
        left_behind.of_article(
            part, losses, ("title", "outlet", "published", "note", "flag", "times")
        )
        losses.add("the text of articles is left out", where)
        held = {id for statement in part.statements for id in statement.marks()}
        alone = sum(mark.id not in held for mark in part.marks)
        if alone:
            losses.add("marks that are in no statement are left out", where, alone)
        for row in made.of_article(part)[_STATEMENTS]:
            yield {
                name: _typed(cell, type)
                for (name, type), cell in zip(types.items(), flat(row), strict=True)
            }


def _flat_schema(pa: Any, made: Rows) -> Any:
    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    return pa.schema([(name, types[type]) for name, type in made.statement_types().items()])


def _typed(cell: Any, type: str) -> Any:
    """What is not said is null, in every column."""
    if cell is None or cell == "":
        return None
    return cell == "true" if type == "flag" else float(cell) if type == "number" else cell


FORMAT = Format(
    name="parquet",
    title="Parquet",
    suffixes=(".parquet",),
    write=write,
    options={
        "rows": Option(
            "what a row is: a layer of an article, or an actor, issue and stance of a statement",
            ("layers", _STATEMENTS),
        )
    },
)
