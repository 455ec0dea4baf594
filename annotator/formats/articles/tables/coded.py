"""Tables in which programs list marks or coded passages, which are no articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.core.errors import BadInput

_PROJECT = "export the project from there as REFI-QDA (.qdpx) and import that"
_DOCUMENTS = (
    "it gives their places to no other program, so import its documents and its codebook (.qdc),"
    " and mark anew"
)
_FOLDER = "import the folder of tables that it is from, which has the articles too"
_TABLES = (
    (("document name", "code", "segment"), "coded segments of MAXQDA", _PROJECT),
    (("dokumentname", "code", "segment"), "coded segments of MAXQDA", _PROJECT),
    (("coder", "coded", "id", "codename"), "coded text of QualCoder", _PROJECT),
    (
        ("id", "document", "tag", "content"),
        "highlights of Taguette",
        _DOCUMENTS,
    ),
    (("hierarchical name", "coded text"), "coded text of NVivo", _PROJECT),
    (("coded text", "coverage"), "coded text of NVivo", _PROJECT),
    (("reference number", "coded by initials"), "coded text of NVivo", _PROJECT),
    (("quotation content", "codes"), "quotations of ATLAS.ti", _PROJECT),
    (("layer", "kind", "fragments", "quote"), "marks of Annotator", _FOLDER),
    (("layer", "row", "members"), "statements of Annotator", _FOLDER),
    (
        ("text sha256", "offset unit", "spans", "statements"),
        "rows of Annotator for Hugging Face",
        "export the project from there as Annotator JSON and import that",
    ),
    (
        ("statement id", "document id", "document title"),
        "statements of the Discourse Network Analyzer",
        "import the .dna file they were exported from, which has the articles too",
    ),
)
"""Columns that such a table has, what it is, and what to do."""
_NO_LETTERS = re.compile(r"[\W_]+")


def refuse_coded(header: Sequence[str], where: str) -> None:
    """Raise :class:`BadInput` for a table of coded passages, with the way to all of it."""
    names = {_plain(cell) for cell in header}
    for columns, what, remedy in _TABLES:
        # Names as common as Taguette's tell a table only where there are no others.
        alone = columns[0] != "id" or len(names) == len(columns)
        if alone and all(_plain(column) in names for column in columns):
            raise BadInput(f"{where} has {what}, of which no articles can be made; {remedy}.")


def _plain(name: str) -> str:
    return _NO_LETTERS.sub("", name).casefold()
