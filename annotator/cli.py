"""The command line: the same core as the window, without Qt and without a display.

Errors are one sentence on standard error; exit code 1 when the work could not be done, 2 when
the command was not understood.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator import __version__, paths
from annotator.commands import (
    agreement,
    arguments,
    codebook,
    exchange,
    keeping,
    merge,
    team,
    telling,
)
from annotator.commands import articles_in as importing_articles
from annotator.commands import report as reporting
from annotator.commands import search as finding
from annotator.commands.called import article_called, layer_called
from annotator.commands.entering import (
    add_looker,
    add_worker,
    entered,
    looking,
    me,
    taking_along,
)
from annotator.core.codebook import Start
from annotator.core.errors import AnnotatorError, BadInput
from annotator.formats import codebook_file
from annotator.formats.articles.reading import Step, read_articles
from annotator.formats.articles.text_in import Found
from annotator.store.project import SUFFIX
from annotator.workspace import Workspace

DEFAULT_CODEBOOK = "statements.toml"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal would act upon: its own codes, line ends, and what turns letters around."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0].endswith(SUFFIX):
        words.insert(0, "open")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no “ is no error
    options = _parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except AnnotatorError as error:
        print(f"annotator: {_plain(str(error))}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing more goes there, also not at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        print(f"annotator: this needs Qt, which cannot be loaded: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("annotator: stopped; what was finished before is kept.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="Read news articles and record who says what, and which side they take.",
        epilog="Without a command the window opens, on PROJECT or on the last project.",
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], help: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        made.set_defaults(command=run)
        return made

    def project(to: argparse.ArgumentParser) -> None:
        to.add_argument("project", type=Path, metavar="PROJECT", help=f"a {SUFFIX} file")

    def analyst(to: argparse.ArgumentParser) -> None:
        to.add_argument(
            "--analyst",
            type=arguments.name,
            default=me(),
            help="whose work it is (default: your user name, %(default)s)",
        )

    opening = command("open", _open, "open the window")
    opening.add_argument("project", type=Path, metavar="PROJECT", nargs="?")
    analyst(opening)

    new = command("new", _new, "make an empty project")
    project(new)
    new.add_argument("--codebook", type=Path, metavar="FILE", help="a codebook in TOML")
    analyst(new)

    importing = command(
        "import",
        _import,
        "bring in articles: text, web pages, Word, RTF, PDF, tables, zip files, JSON",
    )
    project(importing)
    importing.add_argument("files", type=Path, nargs="+", metavar="FILE", help="or a folder")
    importing_articles.add_options(importing)
    exchange.add_import_options(importing)
    analyst(importing)

    export = command("export", _export, "write the labelled articles to a file")
    project(export)
    add_looker(export)
    export.add_argument(
        "-o", "--output", metavar="FILE", help="where to; - is standard output (default: exports/)"
    )
    export.add_argument(
        "--article",
        action="append",
        metavar="ARTICLE",
        help="only this article, by id, title or file name; may be given again",
    )
    export.add_argument("--layer", metavar="ANALYST", help="only this analyst's layer, or gold")
    exchange.add_export_options(export)

    convert = command("convert", _convert, "make one format of another, without a project")
    exchange.add_convert_options(convert)

    command("formats", lambda _: exchange.list_formats(_say), "list the formats there are")

    book = command("codebook", _codebook_file, "write the codebook to a file, or take one over")
    project(book)
    codebook.describe(book)
    analyst(book)

    check = command("check", _check, "look whether the project file is sound; exit code 1 if not")
    project(check)
    add_looker(check)

    saving = command("backup", _backup, "make a backup of a project, or list those there are")
    project(saving)
    keeping.describe_backup(saving)

    restoring = command("restore", _restore, "bring a backup back; the present file is kept aside")
    project(restoring)
    keeping.describe_restore(restoring)

    repairing = command("repair", _repair, "make a new project of what a damaged one still has")
    project(repairing)
    keeping.describe_repair(repairing)

    searching = command("search", _search, "find words in texts, quotes, notes and names")
    project(searching)
    add_looker(searching)
    finding.describe(searching)

    history = command("history", _history, "list who did what and when, the newest first")
    project(history)
    add_looker(history)
    history.add_argument(
        "-n", "--number", type=arguments.steps, metavar="N", help="only the last N steps"
    )

    info = command("info", _info, "say what is in the project")
    project(info)
    add_looker(info)

    picture = command("picture", _picture, "draw an article with its marks as a picture")
    project(picture)
    add_looker(picture)
    picture.add_argument("article", metavar="ARTICLE", help="its id, title or file name")
    picture.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="its name ends in .png, .svg or .pdf",
    )
    picture.add_argument("--legend", action="store_true", help="in a PNG too; SVG and PDF have one")
    picture.add_argument("--theme", choices=["light", "dark"], default="light")
    picture.add_argument(
        "--width", type=arguments.width, default=900, help="in pixels (default: %(default)s)"
    )
    picture.add_argument(
        "--layer", metavar="ANALYST", help="whose marks (default: all work there is)"
    )

    merging = command("merge", _merge, "take in other files of the project, or other projects")
    project(merging)
    merge.describe(merging)
    add_worker(merging)

    handing = command("handoff", _handoff, "make a project file for one analyst")
    project(handing)
    merge.describe_handoff(handing)
    add_worker(handing)

    group = command("team", _team, "say who marks what, and set how the project is worked on")
    project(group)
    team.describe(group)
    add_worker(group)

    agreeing = command("agreement", _agreement, "say how far layers agree, and where they do not")
    project(agreeing)
    add_looker(agreeing)
    agreement.describe(agreeing)

    round_ = command("report", _report, "write a round of review as HTML, PDF, JSON or CSV")
    project(round_)
    add_looker(round_)
    reporting.describe(round_)

    demo = command("demo", _demo, "mark a statement by real key presses, offscreen, and show it")
    demo.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where the files go")

    seeds = command("seeds", _seeds, "open the window on the two articles the program brings along")
    analyst(seeds)
    return parser


def _say(line: str) -> None:
    """Print a line; what an article's title holds must not command the terminal."""
    print(_plain(line))


def _plain(line: str) -> str:
    return _CONTROL.sub("\ufffd", line)


def _codebook(path: Path | None) -> Start:
    return codebook_file.read(path or paths.resources() / "codebooks" / DEFAULT_CODEBOOK)


def _codebook_file(options: argparse.Namespace) -> int:
    return codebook.run(options, _say)


def _new(options: argparse.Namespace) -> int:
    path: Path = options.project
    if path.suffix != SUFFIX:
        raise BadInput(f"A project's name ends in {SUFFIX}; call it {path.with_suffix(SUFFIX)}.")
    Workspace.create(path, _codebook(options.codebook), options.analyst).close()
    _say(f"{path} is ready; bring in articles with “annotator import {path} FILE…”.")
    return 0


def _import(options: argparse.Namespace) -> int:
    preset = importing_articles.preset(options)
    with entered(options.project, options.analyst) as workspace:
        steps = read_articles(options.files, preset, labelled=exchange.labelled(options, _tell))
        report = workspace.bring_in(map(_shown, steps), options.on_duplicate)
    _progress("", 2)
    for line in report.lines():
        _say(line)
    for failure in report.failures:
        print(f"annotator: {_plain(failure.reason)}", file=sys.stderr)
    if report.duplicates or (report.failures and (report.made or len(report.failures) > 1)):
        print(report.summary(), file=sys.stderr)
    return 1 if report.failures else 0


def _shown(step: Step) -> Found:
    _progress(f"{step.share:4.0%}  {step.number} of {step.of}: {_plain(step.file)}", 2)
    return step.found


def _progress(line: str, of: int) -> None:
    """Where long work is, on a terminal; an empty line clears it."""
    if of > 1 and sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _export(options: argparse.Namespace) -> int:
    with taking_along(options) as workspace:
        return exchange.export(workspace, options, _say, _tell)


def _convert(options: argparse.Namespace) -> int:
    return exchange.convert(options, lambda: _codebook(None), _say, _tell)


def _tell(line: str) -> None:
    """A line for who watches, not for what reads the output."""
    print(f"annotator: {_plain(line)}", file=sys.stderr)


def _check(options: argparse.Namespace) -> int:
    return telling.run_check(options, _say)


def _backup(options: argparse.Namespace) -> int:
    return keeping.run_backup(options, _say)


def _restore(options: argparse.Namespace) -> int:
    return keeping.run_restore(options, _say)


def _repair(options: argparse.Namespace) -> int:
    return keeping.run_repair(options, _say)


def _search(options: argparse.Namespace) -> int:
    return finding.run(options, _say)


def _history(options: argparse.Namespace) -> int:
    return telling.run_history(options, _say)


def _info(options: argparse.Namespace) -> int:
    return telling.run_info(options, _say)


def _open(options: argparse.Namespace) -> int:
    from annotator.ui.application import has_display
    from annotator.ui.start import open_window

    if not has_display():
        raise AnnotatorError(
            "There is no display to show a window on; “annotator demo” needs none."
        )
    return open_window(options.project, options.analyst, _codebook(None))


def _seeds(options: argparse.Namespace) -> int:
    from annotator.ui.application import has_display
    from annotator.ui.start import open_seeds

    if not has_display():
        print("There is no display here, so the demo runs instead of the window.")
        return _demo(argparse.Namespace(output=None))
    return open_seeds(options.analyst, _codebook(None))


def _picture(options: argparse.Namespace) -> int:
    from annotator.ui.paper.from_command_line import write_picture

    with looking(options) as workspace:
        article = article_called(workspace, options.article)
        layer = layer_called(workspace, options.layer)
        output, legend = options.output, options.legend
        write_picture(workspace, article, layer, output, options.theme, options.width, legend)
    _say(str(options.output))
    return 0


def _complain(error: AnnotatorError) -> None:
    print(f"annotator: {_plain(str(error))}", file=sys.stderr)


def _merge(options: argparse.Namespace) -> int:
    return merge.run(options, _say, _complain)


def _handoff(options: argparse.Namespace) -> int:
    return merge.run_handoff(options, _say)


def _team(options: argparse.Namespace) -> int:
    return team.run(options, _say)


def _agreement(options: argparse.Namespace) -> int:
    return agreement.run(options, _say)


def _report(options: argparse.Namespace) -> int:
    return reporting.run(options, _say)


def _demo(options: argparse.Namespace) -> int:
    from annotator.ui.demo import run_demo

    return run_demo(options.output, _codebook(None))


if __name__ == "__main__":
    sys.exit(main())
