"""Which marks and statements use something of the codebook, in SQL."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.book.uses import STATEMENT, Count, Use
from annotator.core.model import Mark, Record, Statement
from annotator.store import rows
from annotator.store.driver import Connection

Condition = tuple[str, tuple[object, ...]]
Query = tuple[str, str, tuple[object, ...]]
"""The table, a condition on its rows, and the values in that."""


def using(connection: Connection, wanted: Iterable[Use]) -> list[Mark | Statement]:
    """The records that fit one of the uses, each once."""
    found: dict[str, dict[int, Record]] = {"mark": {}, "statement": {}}
    for use in wanted:
        for table, condition, values in _queries(use):
            there = rows.select(connection, table, condition, *values)
            found[table].update((record.id, record) for record in there)
    every = (record for of_table in found.values() for record in of_table.values())
    return [record for record in every if isinstance(record, Mark | Statement)]


def count(connection: Connection, wanted: Iterable[Use]) -> Count:
    """How many they are, without reading them."""
    queries = [query for use in wanted for query in _queries(use)]
    if not queries:
        return Count()
    tables = [table for table, *_ in queries]
    all_differ = len(set(tables)) == len(tables)  # then none is found twice
    found = (" UNION ALL " if all_differ else " UNION ").join(
        f"SELECT '{table}' AS what, id, article FROM {table} WHERE {condition}"
        for table, condition, _ in queries
    )
    marks, statements, articles = connection.execute(
        "SELECT count(*) FILTER (WHERE what = 'mark'),"
        f" count(*) FILTER (WHERE what = 'statement'), count(DISTINCT article) FROM ({found})",
        tuple(value for *_, values in queries for value in values),
    ).fetchone()
    return Count(marks, statements, articles)


def any_there(connection: Connection, use: Use) -> bool:
    """Whether there is one."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1", values).fetchone()
        for table, condition, values in _queries(use)
    )


def _queries(use: Use) -> list[Query]:
    if use.role is not None:
        condition, values = _in_role(use.role, use.kind)
        return [("statement", condition, values)]
    if use.field is None:
        return [("mark", "kind = ?", (use.kind,))]
    condition, values = _filled_in(use.field, use)
    if use.kind == STATEMENT:
        return [("statement", condition, values)]
    if use.kind is not None:
        return [("mark", f"kind = ? AND {condition}", (use.kind, *values))]
    return [("mark", condition, values), ("statement", condition, values)]


def _in_role(role: str, kind: str | None) -> Condition:
    if kind is None:
        return "id IN (SELECT statement FROM member WHERE role = ?)", (role,)
    # From the few marks of a kind to their statements, not from all in the role to their marks.
    of_kind = "mark IN (SELECT id FROM mark WHERE kind = ?)"
    return f"id IN (SELECT statement FROM member WHERE role = ? AND {of_kind})", (role, kind)


def _filled_in(field: str, use: Use) -> Condition:
    """Rows that do not have the field's name in them are passed over without reading the JSON."""
    path = f'$."{field}"'
    condition = "instr(fields, ?) AND json_type(fields, ?) IS NOT NULL"
    values: tuple[object, ...] = (f'"{field}":', path)
    if use.listed is not None:
        sign = "=" if use.listed else "<>"
        condition, values = f"{condition} AND json_type(fields, ?) {sign} 'array'", (*values, path)
    if use.value is not None:
        condition += " AND EXISTS (SELECT 1 FROM json_each(fields, ?) AS one WHERE one.value = ?)"
        values = (*values, path, use.value)
    return condition, values
