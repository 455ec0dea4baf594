"""``annotator report``: one round of review as a file to be printed, or to be worked on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.commands.agreement import choose, compare
from annotator.commands.entering import looking
from annotator.core.errors import BadInput
from annotator.formats.atomic import write_whole
from annotator.formats.review_round.sorts import SORTS, TABLES


def describe(parser: argparse.ArgumentParser) -> None:
    """What it can be given besides the project and who looks."""
    choose(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="its name ends in .html, .pdf, .json or .csv",
    )
    parser.add_argument(
        "--table",
        choices=TABLES,
        default=None,
        help="what a CSV file holds (default: differences)",
    )


def run(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    path: Path = options.output
    sort = path.suffix.lower()
    if sort not in SORTS:
        raise BadInput(f"{path} says no sort of report; its name ends in {', '.join(SORTS)}.")
    if options.table and sort != ".csv":
        raise BadInput("--table belongs to a report whose name ends in .csv.")
    # numpy and scipy take half a second to import.
    from annotator.formats.review_round.written import encode  # noqa: PLC0415
    from annotator.workspace.rounds import round_of  # noqa: PLC0415

    with looking(options) as workspace:
        content = round_of(workspace, compare(workspace, options), _progress)
    _progress(None)
    write_whole(path, encode(content, sort, options.table or TABLES[0], _pdf))
    say(str(path))
    return 0


def _pdf(page: str, title: str) -> bytes:
    from annotator.ui.agreement.printing import pdf_without_display  # noqa: PLC0415

    return pdf_without_display(page, title)


def _progress(share: float | None) -> None:
    if sys.stderr.isatty():
        line = "" if share is None else f"{share:4.0%}  telling differences"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
