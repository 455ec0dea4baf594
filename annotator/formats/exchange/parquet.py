"""Parquet, with the columns of the Hugging Face-ready lines; needs ``annotator[parquet]``."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing
from annotator.formats.exchange.rows import rows

_GROUP = 100
"""Rows that are in memory and become one group of the file."""


def write(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BadInput("Parquet needs pyarrow: pip install 'annotator[parquet]'.") from error
    losses = Losses()
    found = rows(outgoing, losses)
    schema = _schema(pa)
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
        ("changed_at", text),
    ]
    fragment = pa.struct([("start", at), ("end", at)])
    span = [("id", text), ("label", text), ("fragments", pa.list_(fragment)), ("text", text)]
    member = pa.struct([("role", text), ("span", text)])
    statement = [("id", text), ("members", pa.list_(member))]
    names = (
        "id title outlet author published url file copy_of text text_sha256 offset_unit annotator"
        " status"
    )
    return pa.schema(
        [
            *((name, text) for name in names.split()),
            ("spans", pa.list_(pa.struct([*span, *said]))),
            ("statements", pa.list_(pa.struct([*statement, *said]))),
        ]
    )


FORMAT = Format(name="parquet", title="Parquet", suffixes=(".parquet",), write=write)
