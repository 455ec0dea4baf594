"""``annotator codebook``: a project's codebook out as a TOML file, and a changed file back in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.commands.entering import entered
from annotator.core.book.applying import apply
from annotator.core.book.toml_out import encode
from annotator.core.codebook import Start
from annotator.core.errors import BadInput, NotAllowed
from annotator.formats import codebook_file
from annotator.formats.atomic import write_whole
from annotator.workspace import Workspace


def describe(parser: argparse.ArgumentParser) -> None:
    """What it can be given besides the project and the analyst."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to (default: standard output)"
    )
    parser.add_argument("--actors", action="store_true", help="write the actors too")
    parser.add_argument(
        "--apply",
        type=Path,
        metavar="FILE",
        help="take a changed file over, as one step that can be undone",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="with --apply: only say what would change"
    )


def run(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Do it; :class:`BadInput` says what the file has wrong or what marks stand against it."""
    if options.apply is not None:
        if options.output or options.actors:
            raise BadInput("--apply takes a file over; -o and --actors write one. Choose one.")
        return _apply(options, say)
    if options.dry_run:
        raise BadInput("--dry-run belongs to --apply FILE.")
    with Workspace.open(options.project) as workspace:
        actors = tuple(workspace.actors()) if options.actors else ()
        text = encode(Start(workspace.codebook, actors, tuple(workspace.issues())))
    if options.output in (None, "-"):
        sys.stdout.buffer.write(text.encode("utf-8"))
        return 0
    write_whole(Path(options.output), text.encode("utf-8"))
    say(options.output)
    return 0


def _apply(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    path: Path = options.apply
    file = codebook_file.read(path)
    with entered(options.project, None if options.dry_run else options.analyst) as workspace:
        try:
            applied = apply(workspace, file, path.name)
            for line in applied.lines:
                say(line)
            if options.dry_run:
                say("Nothing was changed." if applied.lines else "Nothing would change.")
                return 0
            done = workspace.do(applied.edit)
        except NotAllowed as error:
            raise BadInput(f"{path.name}: {error}") from error
    say(f"{options.project}: {'one step, which can be undone' if done else 'nothing to change'}")
    return 0
