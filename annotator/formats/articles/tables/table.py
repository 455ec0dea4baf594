"""Tables in, from whichever format: each row an article, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from annotator.core.errors import BadInput
from annotator.formats.articles.published import day_comes_first, iso
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.coded import refuse_coded
from annotator.formats.articles.tables.columns import complete, listed
from annotator.formats.articles.tables.preset import COLUMNS, Mapping, Preset
from annotator.formats.articles.text_in import Failure, Known, TextIn, text_in
from annotator.formats.articles.web.cell import is_html, words_of_html

MOST_COLUMNS = 1_000
_LONGEST_NAME = 500
"""In code points; what a survey asks can be the name of a column, an article cannot."""

_SAMPLE = 50
"""How many rows the columns are guessed from."""


class Row(NamedTuple):
    """A row by the names of its columns; ``place`` is such as ``row 17``, as its program counts."""

    place: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table before its rows are read: the names of its columns, and its first rows."""

    file: str
    where: str
    names: tuple[str, ...]
    sample: tuple[dict[str, str], ...]


Notes = tuple[str, ...]

Choose = Callable[[Table, Preset], Preset]
"""Which column is which, told all columns; :class:`BadInput` when none can be the text."""


def guessed(table: Table, preset: Preset) -> Preset:
    """What the preset says, and guesses for what it leaves open."""
    mapping = complete(preset.mapping, table.names, table.sample, table.where)
    return replace(preset, mapping=mapping)


def read_rows(
    rows: Iterator[Row | Failure],
    header: Sequence[str],
    source: Source,
    preset: Preset,
    notes: Notes = (),
    choose: Choose = guessed,
) -> Iterator[TextIn | Failure]:
    """The articles of a table; :class:`BadInput` when no column of it can be their text.

    An empty ``header`` says that the rows name their columns themselves.
    """
    first = list(islice(rows, _SAMPLE))
    sample = [row.cells for row in first if isinstance(row, Row)]
    names = header or list(dict.fromkeys(name for cells in sample for name in cells))
    if not sample and not first:
        raise BadInput(f"{source.where} has no rows; choose a table with articles.")
    if not preset.mapping.text:
        refuse_coded(names, source.where)
    preset = choose(Table(source.name, source.where, tuple(names), tuple(sample)), preset)
    mapping = preset.mapping
    if preset.day_first is None and mapping.published:
        dates = [cells.get(mapping.published, "") for cells in sample]
        preset = replace(preset, day_first=day_comes_first(dates))
    told = _unused(names, mapping, sample)
    for row in chain(first, rows):
        found = row if isinstance(row, Failure) else _article(row, mapping, source, preset, notes)
        if told and isinstance(found, TextIn):  # the first speaks for the table
            found = replace(found, notes=(*found.notes, *told))
            told = ()
        yield found


def _unused(names: Sequence[str], mapping: Mapping, sample: Sequence[dict[str, str]]) -> Notes:
    """That columns with something in them are left out, if there are any."""
    used = {getattr(mapping, field) for field in COLUMNS}
    left = [n for n in names if n not in used and any(cells.get(n, "").strip() for cells in sample)]
    return (f"columns of the table left out: {listed(left)}",) if left else ()


def failure(source: Source, place: str, rest: str) -> Failure:
    """What is wrong with a row, in a sentence that begins with it."""
    return Failure(source.name, place, f"{source.where}, {place}, {rest}")


def header_of(cells: Iterable[str], where: str) -> list[str]:
    """The names of columns; those without one are numbered, and each is there once.

    :class:`BadInput` when they are no names but an article, which would be lost.
    """
    names: list[str] = []
    for number, cell in enumerate(islice(cells, MOST_COLUMNS + 1), 1):
        if number > MOST_COLUMNS:
            raise BadInput(
                f"{where} has more than {MOST_COLUMNS:,} columns; take out all but a few."
            )
        if len(cell) > _LONGEST_NAME:
            raise BadInput(
                f"{where} begins with an article where the names of its columns should stand; put"
                " a line with names above it, such as title, date and text."
            )
        name = " ".join(cell.split()) or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _article(
    row: Row, mapping: Mapping, source: Source, preset: Preset, notes: Notes
) -> TextIn | Failure:
    def cell(column: str | None) -> str:
        return row.cells.get(column, "").strip() if column else ""

    text = row.cells.get(mapping.text or "", "")
    if is_html(text):
        text, notes = words_of_html(text), (*notes, "tags of HTML left out")
    if not text.strip():
        return failure(
            source, row.place, f"has no text in “{mapping.text}”; fill it or take the row out."
        )
    stated = cell(mapping.published)
    published = iso(stated, preset.day_first)
    if stated and not published:
        notes = (*notes, f"the date “{stated[:40]}” is not clear and was left out")
    known = Known(
        title=cell(mapping.title),
        outlet=cell(mapping.outlet),
        author=cell(mapping.author),
        published=published,
        url=cell(mapping.url),
    )
    where = f"{source.where}, {row.place},"
    try:
        return text_in(
            text,
            source.name,
            where,
            notes=notes,
            known=known,
            place=row.place,
            headline=known.title if preset.title_begins_text else "",
        )
    except BadInput as error:
        return Failure(source.name, row.place, str(error))
