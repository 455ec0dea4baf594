"""Records as plain values and back: a value for each field, what is nested as JSON text.

So they stand in the tables of a project, and so an export takes them from there: what is written
as JSON again need not become a record on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from operator import is_not
from typing import Any, Generic, TypeVar, overload

import msgspec

from annotator.core.errors import ProjectFault
from annotator.core.model import Mark, Record, Statement

Row = tuple[Any, ...]
"""The fields of a record in their order; flags may be 0 and 1."""

Kind = TypeVar("Kind", bound=Record)
Nested = TypeVar("Nested")

_encode = msgspec.json.Encoder().encode
_DAMAGED = (
    "The project cannot be read ({}); “annotator check” says where, “annotator repair” makes a"
    " new file of the rest."
)


def damaged(why: object) -> ProjectFault:
    """That what is stored is not what it should be."""
    return ProjectFault(_DAMAGED.format(why))


class Columns(Generic[Kind]):
    """How one kind of record is taken apart and put together."""

    def __init__(self, record: type[Kind]) -> None:
        fields = msgspec.structs.fields(record)
        self.names = tuple(field.name for field in fields)
        self._record = record
        readers = ((place, _reader(field.type)) for place, field in enumerate(fields))
        self._readers = tuple((place, read) for place, read in readers if read)
        self._nested = tuple(place for place, read in self._readers if read is not bool)

    def record(self, row: Row) -> Kind:
        """:class:`msgspec.MsgspecError` when what is nested is not what it should be."""
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._record(**dict(zip(self.names, values, strict=True)))

    def row(self, record: Kind) -> Row:
        values = list(msgspec.structs.astuple(record))
        for place in self._nested:
            values[place] = _encode(values[place]).decode()
        return tuple(values)

    def some(self, record: Kind, places: Iterable[int]) -> Row:
        """The values of some fields, by their places."""
        values = msgspec.structs.astuple(record)
        return tuple(
            _encode(values[place]).decode() if place in self._nested else values[place]
            for place in places
        )

    def rows(self, records: Sequence[Kind]) -> Sequence[Row]:
        """The rows of records, which stored ones are already."""
        return records.rows if isinstance(records, Stored) else [self.row(r) for r in records]

    def column(self, rows: Sequence[Row], name: str, type: type[Nested]) -> list[Nested]:
        """What is nested in one field of all rows; read at once, it takes a fraction of the time."""
        place = self.names.index(name)
        text = ",".join([row[place] for row in rows])
        try:
            return msgspec.json.decode(f"[{text}]", type=list[type])  # type: ignore[valid-type]
        except msgspec.MsgspecError as error:
            raise damaged(error) from error


def differing(one: Record, other: Record) -> tuple[int, ...]:
    """The places of the fields in which two records of a kind differ, tables also by their order.

    Nearly all are one thing in both, which is seen without comparing them.
    """
    old, new = msgspec.structs.astuple(one), msgspec.structs.astuple(other)
    others = compress(range(len(old)), map(is_not, old, new))
    return tuple([place for place in others if _differ(old[place], new[place])])


def _differ(one: object, other: object) -> bool:
    return one != other or (isinstance(one, dict) and _encode(one) != _encode(other))


class Stored(Sequence[Kind]):
    """Records that are still rows; they are made when somebody looks at one."""

    __slots__ = ("_columns", "_made", "rows")

    def __init__(self, columns: Columns[Kind], rows: Sequence[Row]) -> None:
        self.rows = rows
        self._columns = columns
        self._made: tuple[Kind, ...] | None = None

    @property
    def _records(self) -> tuple[Kind, ...]:
        if self._made is None:
            try:
                self._made = tuple(map(self._columns.record, self.rows))
            except msgspec.MsgspecError as error:
                raise damaged(error) from error
        return self._made

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._records)

    @overload
    def __getitem__(self, at: int) -> Kind: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Kind]: ...
    def __getitem__(self, at: int | slice) -> Kind | Sequence[Kind]:
        return self._records[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stored | tuple) and self._records == tuple(other)

    def __hash__(self) -> int:
        return hash(self._records)

    def __repr__(self) -> str:
        return repr(self._records)


def _reader(type_: Any) -> Callable[[Any], Any] | None:
    """What turns a value back into a field; None where the value is the field."""
    if type_ is bool:
        return bool
    info = msgspec.inspect.type_info(type_)
    if isinstance(info, msgspec.inspect.DictType | msgspec.inspect.VarTupleType):
        return msgspec.json.Decoder(type_).decode
    return None


MARKS = Columns(Mark)
STATEMENTS = Columns(Statement)
