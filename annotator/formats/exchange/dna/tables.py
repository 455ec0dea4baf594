"""The tables of a ``.dna`` file, read with distrust: it comes from anywhere.

Apart from the store this is the only place that speaks SQL, because the format is a database. It
is opened as a copy that nobody writes to, with the schema's own expressions held down.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar, get_type_hints

from annotator.core.errors import BadInput

MAGIC = b"SQLite format 3\x00"
_LONGEST = 100_000_000
"""Bytes of one value; a document is far shorter."""
_MOST_STEPS = 500
"""Times a million steps of SQLite's machine; a project of 100,000 statements takes a few."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
}


class Document(NamedTuple):
    id: int
    title: str
    text: str
    coder: int
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: int


class Coder(NamedTuple):
    id: int
    name: str


class StatementType(NamedTuple):
    id: int
    label: str


class Variable(NamedTuple):
    id: int
    name: str
    data: str
    """``short text``, ``long text``, ``integer`` or ``boolean``."""
    type: int


class Coded(NamedTuple):
    """A statement: one span of one document."""

    id: int
    type: int
    document: int
    start: int
    stop: int
    coder: int


class Entity(NamedTuple):
    id: int
    variable: int
    value: str


class Attribute(NamedTuple):
    entity: int
    name: str
    value: str


class Datum(NamedTuple):
    """What a statement has for a variable: an entity's id, a text or a number."""

    statement: int
    variable: int
    value: str | int


class Counted(NamedTuple):
    number: int


Row = TypeVar("Row", bound=NamedTuple)

_DATA = {
    "short text": "SELECT StatementId, VariableId, Entity FROM DATASHORTTEXT ORDER BY ID",
    "long text": "SELECT StatementId, VariableId, coalesce(Value, '') FROM DATALONGTEXT ORDER BY ID",
    "integer": "SELECT StatementId, VariableId, Value FROM DATAINTEGER ORDER BY ID",
    "boolean": "SELECT StatementId, VariableId, Value FROM DATABOOLEAN ORDER BY ID",
}
NEEDED = ("DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "CODERS", "ENTITIES")
_KNOWN = (
    *NEEDED,
    "DATASHORTTEXT",
    "DATALONGTEXT",
    "DATAINTEGER",
    "DATABOOLEAN",
    "ATTRIBUTEVARIABLES",
    "ATTRIBUTEVALUES",
    "REGEXES",
)


class Tables:
    """The rows of each table. :class:`BadInput` for one that is not there or not as it must be."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._there = self._real_tables()
        missing = [table for table in NEEDED if table not in self._there]
        if missing:
            raise BadInput(
                f"{name} is no project of the Discourse Network Analyzer 3: it has no table"
                f" {missing[0]}. Open and save it there first."
            )

    def documents(self) -> Iterator[Document]:
        return self._rows(
            Document,
            "DOCUMENTS",
            "SELECT ID, Title, Text, coalesce(Coder, 0), coalesce(Author, ''), coalesce(Source, ''),"
            " coalesce(Section, ''), coalesce(Notes, ''), coalesce(Type, ''), Date"
            " FROM DOCUMENTS ORDER BY ID",
        )

    def coders(self) -> Iterator[Coder]:
        return self._rows(Coder, "CODERS", "SELECT ID, Name FROM CODERS ORDER BY ID")

    def types(self) -> Iterator[StatementType]:
        sql = "SELECT ID, Label FROM STATEMENTTYPES ORDER BY ID"
        return self._rows(StatementType, "STATEMENTTYPES", sql)

    def variables(self) -> Iterator[Variable]:
        sql = (
            "SELECT ID, Variable, DataType, coalesce(StatementTypeId, 0) FROM VARIABLES ORDER BY ID"
        )
        return self._rows(Variable, "VARIABLES", sql)

    def statements(self) -> Iterator[Coded]:
        return self._rows(
            Coded,
            "STATEMENTS",
            "SELECT ID, StatementTypeId, DocumentId, Start, Stop, coalesce(Coder, 0)"
            " FROM STATEMENTS ORDER BY DocumentId, Start, ID",
        )

    def entities(self) -> Iterator[Entity]:
        sql = "SELECT ID, VariableId, Value FROM ENTITIES ORDER BY ID"
        return self._rows(Entity, "ENTITIES", sql)

    def attributes(self) -> Iterator[Attribute]:
        if not {"ATTRIBUTEVALUES", "ATTRIBUTEVARIABLES"} <= self._there:
            return iter(())
        return self._rows(
            Attribute,
            "ATTRIBUTEVALUES",
            "SELECT v.EntityId, n.AttributeVariable, coalesce(v.AttributeValue, '')"
            " FROM ATTRIBUTEVALUES v JOIN ATTRIBUTEVARIABLES n ON n.ID = v.AttributeVariableId"
            " ORDER BY v.EntityId, n.ID",
        )

    def data(self) -> Iterator[Datum]:
        """Of all statements and variables; an unset one has no row or an empty entity."""
        for sql in _DATA.values():
            table = sql.split(" FROM ")[1].split()[0]
            if table in self._there:
                yield from self._rows(Datum, table, sql)

    def search_patterns(self) -> int:
        """How many there are."""
        if "REGEXES" not in self._there:
            return 0
        return next(self._rows(Counted, "REGEXES", "SELECT count(*) FROM REGEXES")).number

    def children(self) -> int:
        """How many entities are said to belong to another one; older files do not say it."""
        columns = self._connection.execute("PRAGMA table_info(ENTITIES)")
        if all(name.upper() != "CHILDOF" for _, name, *_ in columns):
            return 0
        sql = "SELECT count(*) FROM ENTITIES c JOIN ENTITIES p ON p.ID = c.ChildOf"
        return next(self._rows(Counted, "ENTITIES", sql)).number

    def _real_tables(self) -> set[str]:
        """Those that are plain tables: a view could compute anything."""
        rows = self._connection.execute("SELECT type, name, sql FROM sqlite_master")
        return {
            name.upper()
            for type, name, sql in rows
            if type == "table"
            and isinstance(name, str)
            and isinstance(sql, str)
            and sql.upper().startswith("CREATE TABLE")
            and name.upper() in _KNOWN
        }

    def _rows(self, row: type[Row], table: str, sql: str) -> Iterator[Row]:
        hints = get_type_hints(row)
        wanted = [hints[name] for name in row._fields]
        for values in self._connection.execute(sql):
            for value, told in zip(values, wanted, strict=True):
                if not isinstance(value, told):
                    raise BadInput(
                        f"{self._name}: the table {table} has {value!r:.40} where it must have"
                        f" {_called(told)}; check the file with DNA."
                    )
            yield row(*values)


def _called(told: object) -> str:
    if told is int:
        return "a whole number"
    return "a text" if told is str else "a text or a number"


def _refuse_xml(path: Path, where: str) -> None:
    with path.open("rb") as file:
        begins = file.read(64)
    if begins.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise BadInput(
            f"{where} is XML, as projects of the Discourse Network Analyzer 1 are. Open and save it"
            " in version 3 first."
        )


@contextmanager
def tables_of(path: Path) -> Iterator[Tables]:
    """The tables of a file. :class:`BadInput` when it is damaged or no such file."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / "copy.dna"
        try:
            shutil.copyfile(path, copy)
            _refuse_xml(copy, path.name)
            with closing(_opened(copy)) as connection:
                yield Tables(connection, path.name)
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
        except (sqlite3.Error, UnicodeDecodeError) as error:
            # The second where SQLite quotes a damaged name that is no text any more.
            raise BadInput(f"{path.name} is a damaged database: {error}.") from error


def _opened(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}").close()
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, 1_000_000)
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != ("ok",):
            raise sqlite3.DatabaseError(str(found[0])[:200] if found else "it cannot be checked")
    except BaseException:
        connection.close()
        raise
    return connection
