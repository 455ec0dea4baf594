"""``annotator backup``, ``restore`` and ``repair``: that nothing is lost, or little."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import counted
from annotator.store.file import opening
from annotator.store.keeping import backup, restoring
from annotator.store.keeping.repairing import repair

Say = Callable[[str], None]


def describe_backup(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to (default: beside the project)"
    )
    what.add_argument("--list", action="store_true", help="only list the backups there are")


def run_backup(options: argparse.Namespace, say: Say) -> int:
    """Make a backup, or list those there are."""
    project: Path = options.project
    if options.list:
        return _list(project, say)
    opening.look_at(project)
    if options.output is not None:
        made = backup.copy_to(project, options.output)
    else:
        found = backup.back_up(project, datetime.now(UTC))
        if found is None:
            say(f"{project}: the newest backup has everything.")
            return 0
        made = found
    say(f"{made.path}: {made.size / 1e6:.1f} MB, looked through and sound")
    return 0


def _list(project: Path, say: Say) -> int:
    there = backup.backups_of(project)
    for one in there:
        since = backup.revisions_since(project, one.path)
        told = "steps since unknown" if since is None else f"{counted(since, 'step')} since"
        say(f"{one.made_at:%Y-%m-%d %H:%M:%S} UTC  {one.size / 1e6:8.1f} MB  {told}  {one.path}")
    if not there:
        say(f"There are no backups in {backup.folder_of(project)}.")
    return 0


def describe_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="the backup to bring back")


def run_restore(options: argparse.Namespace, say: Say) -> int:
    """Put a backup in the project's place; the file that was there stays under another name."""
    aside = restoring.restore(options.project, options.backup, datetime.now(UTC))
    say(f"{options.project} is as in {options.backup.name} again.")
    if aside is not None:
        say(f"What was there is now {aside}.")
    return 0


def describe_repair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="NEW", help="the file to make"
    )
    parser.add_argument(
        "--backup",
        type=Path,
        metavar="BACKUP",
        help="takes what cannot be read from here (default: the newest backup beside the project)",
    )
    parser.add_argument(
        "--no-backup", action="store_true", help="only from the damaged file itself"
    )


def run_repair(options: argparse.Namespace, say: Say) -> int:
    """Make a new project of what can be read; exit code 1 when something is missing."""
    chosen: Path | None = options.backup
    if chosen is not None and options.no_backup:
        raise BadInput("Say either --backup or --no-backup.")
    if chosen is None and not options.no_backup:
        chosen = next((one.path for one in backup.backups_of(options.project)), None)
    done = repair(options.project, options.output, chosen)
    kinds = ", ".join(f"{count} × {kind}" for kind, count in done.records.items())
    say(f"{done.path}: {counted(done.revisions, 'step')}; {kinds}")
    if chosen is not None:
        say(f"{counted(done.from_backup, 'row')} came from the backup {chosen.name}.")
    for line in done.missing:
        say(f"missing: {line}")
    for line in done.faults:
        say(f"still wrong: {line}")
    if not done.missing and not done.faults:
        say("Nothing is known to be missing.")
    return 1 if done.missing or done.faults else 0
