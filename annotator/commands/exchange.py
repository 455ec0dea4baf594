"""``annotator export``, ``convert`` and ``formats``, and what ``import`` is told of labels."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

import msgspec

from annotator import paths
from annotator.commands.beside import Beside
from annotator.commands.called import article_called, layer_called
from annotator.commands.not_carried import add_verbose, tell
from annotator.core.bundle import ArticleBundle
from annotator.core.bundle_faults import BundleFaults
from annotator.core.codebook import Start
from annotator.core.errors import BadInput
from annotator.core.foreign.labels import NO_MAPPING, NOBODY, LabelMapping
from annotator.core.foreign.mapping import Project, map_labels
from annotator.core.text.cleaning import counted
from annotator.formats.exchange.catalogue import Catalogue, catalogue
from annotator.formats.exchange.choosing import (
    USUAL,
    format_called,
    format_of_name,
    format_of_project,
)
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Losses, Outgoing
from annotator.formats.exchange.labelled import Labelled
from annotator.formats.exchange.mapping_files import find_mapping, mapping_path, write_mapping
from annotator.workspace import Workspace

Say = Callable[[str], None]
_EVERY = 0.2
"""Seconds after which a terminal is told anew how far writing is."""
FOLDER = Path("exports")
"""Where a project goes when no place is named."""


# What the commands can be given


def add_import_options(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--format",
        type=_format,
        default=None,
        metavar="NAME",
        help="what the files are (else seen)",
    )
    _add_mapping(to)
    to.add_argument("--add-labels", action="store_true", help="add unknown labels to the codebook")
    to.add_argument("--save-map", metavar="NAME", help="save the mapping for the next import")
    to.add_argument("--layer", metavar="NAME", help="whose work it is when the file does not say")
    _add_option(to)


def add_export_options(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--format",
        type=_format,
        default=None,
        metavar="NAME",
        help=f"else by how FILE ends; without FILE {USUAL}",
    )
    _add_option(to)
    _add_strict(to)
    add_verbose(to)


def add_convert_options(to: argparse.ArgumentParser) -> None:
    to.add_argument("source", type=Path, metavar="IN", help="a file or folder")
    to.add_argument("to", metavar="OUT", help="where to; - is standard output")
    to.add_argument("--from", dest="reads", type=_format, metavar="NAME", help="else seen")
    to.add_argument("--to", dest="writes", type=_format, metavar="NAME", help="else by the name")
    _add_mapping(to)
    _add_option(to)
    _add_strict(to)
    add_verbose(to)


def _format(word: str) -> str:
    try:
        return format_called(catalogue(), word).name
    except BadInput as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _add_mapping(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--map", metavar="FILE", help="what the file's labels mean: a TOML file or a saved name"
    )


def _add_option(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a choice of the format; “annotator formats” lists them",
    )


def _add_strict(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--strict", action="store_true", help="write nothing when something cannot be carried"
    )


# What they do


def labelled(options: argparse.Namespace, say: Say) -> Labelled:
    """How an import reads files that bring labels along."""
    formats = _known(say)
    mapping = _mapping(options.map)
    analysts = {**mapping.analysts, NOBODY: options.layer} if options.layer else mapping.analysts
    add = mapping.add or options.add_labels
    mapping = msgspec.structs.replace(mapping, analysts=analysts, add=add)
    if options.save_map:
        write_mapping(mapping_path(paths.config_folder(), options.save_map), mapping)
    settings = _settings(options.option)
    return Labelled(formats, options.format or "", settings, mapping, in_parts=True)


def export(workspace: Workspace, options: argparse.Namespace, say: Say, told: Say) -> int:
    """Write a project, or some articles or one layer of it; ``told`` hears of losses."""
    names = dict.fromkeys(options.article or ())
    wanted = [article_called(workspace, name) for name in names]
    layer = layer_called(workspace, options.layer)
    formats = _known(told)
    format, to = _place(formats, Path(options.project).stem, options.format, options.output)
    outgoing = workspace.outgoing(wanted or None, layer)
    if layer is None:
        return _write(format, outgoing, to, _settings(options.option), options, say, told)
    beside = Beside(outgoing.articles, workspace.comments, layer, judged=format.own)
    chosen = replace(outgoing, articles=beside)
    done = _write(format, chosen, to, _settings(options.option), options, say, told)
    if words := str(beside):
        told(words)
    return done


def _place(
    formats: Catalogue, stem: str, named: str | None, output: str | None
) -> tuple[Format, str]:
    """Which format a project is written in, and where to."""
    if output == "-":
        return formats.named(named or USUAL), "-"
    whole = None if output is None else Path(output)
    plain = whole is None or (whole.exists() and not whole.is_file())
    format = formats.named(named or USUAL)
    if named is None and not plain:
        format = format_of_project(formats, str(whole))
    name = stem + ("" if format.folder else format.suffixes[0])
    if whole is None:
        FOLDER.mkdir(exist_ok=True)
        return format, str(FOLDER / name)
    return format, str(whole / name if whole.is_dir() and not format.folder else whole)


def convert(options: argparse.Namespace, default: Callable[[], Start], say: Say, told: Say) -> int:
    """From any format to any other, without a project."""
    formats = _known(told)
    source: Path = options.source
    if not source.exists():
        raise BadInput(f"{source} is not there; check whether it was moved or renamed.")
    reads = formats.named(options.reads) if options.reads else formats.of(source)
    if reads is None:
        raise BadInput(f"{source} is in no format that is known here; name it with --from.")
    writes = (
        formats.named(options.writes)
        if options.writes
        else format_of_name(formats, options.to, "--to")
    )
    settings = _settings(options.option)
    for name in settings:
        if name not in {**reads.options, **writes.options}:
            raise BadInput(f"Neither {reads.name} nor {writes.name} has an option {name}.")
    losses = Losses()
    outgoing = _read(reads, source, settings, losses)
    if options.map:
        outgoing = _in_our_words(outgoing, _mapping(options.map), default(), losses)
    given = {name: value for name, value in settings.items() if name in writes.options}
    return _write(writes, outgoing, options.to, given, options, say, told, losses)


def list_formats(say: Say) -> int:
    """Each with what it can do, how its files are called, and its options."""
    formats = catalogue()
    for format in formats.formats.values():
        ways = "in, out" if format.read and format.write else "in" if format.read else "out"
        place = "a folder" if format.folder else ", ".join(format.suffixes)
        say(f"{format.name}  {format.title} ({ways}; {place})")
        for name, option in format.options.items():
            values = ", ".join(option.values) or "any text"
            say(f"  {name}: {option.meaning}: {values}")
    for fault in formats.faults:
        say(fault)
    return 0


# How


def _known(told: Say) -> Catalogue:
    formats = catalogue()
    for fault in formats.faults:
        told(fault)
    return formats


def _mapping(name: str | None) -> LabelMapping:
    folders = (paths.config_folder(), paths.resources())
    return find_mapping(name, folders) if name else NO_MAPPING


def _settings(words: Sequence[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise BadInput(f"--option is NAME=VALUE, as in unit=utf-16, not “{word}”.")
    return dict(word.partition("=")[::2] for word in words)


def _read(format: Format, source: Path, settings: dict[str, str], losses: Losses) -> Outgoing:
    if format.read is None:
        raise BadInput(f"{format.title} can only be written.")
    asked = format.asked({k: v for k, v in settings.items() if k in format.options})
    if format.stream is not None:
        outgoing = format.stream(source, asked)
    else:
        found = format.read(source, asked)
        for loss in found.losses:
            losses.add(loss.what, loss.first, loss.count)
        outgoing = Outgoing.of(found.bundle)
    # Other formats' readers make the records themselves; ours take them as they stand.
    return _sound(outgoing, source) if format.own else outgoing


def _sound(outgoing: Outgoing, source: Path) -> Outgoing:
    """The same; :class:`BadInput` where it breaks a rule that a project would keep."""
    faults = BundleFaults(outgoing.project)

    def refuse(fault: str) -> None:
        if fault:
            raise BadInput(f"{source.name}: {fault}")

    def articles() -> Iterator[ArticleBundle]:
        for part in outgoing.articles:
            refuse(faults.of_article(part))
            yield part

    refuse(faults.of_project())
    return replace(outgoing, articles=articles())


def _in_our_words(
    outgoing: Outgoing, mapping: LabelMapping, start: Start, losses: Losses
) -> Outgoing:
    bundle = outgoing.whole()
    project = Project(start.codebook, start.actors, start.issues, ())
    mapped = map_labels(bundle, mapping, project)
    for what in mapped.left_out:
        losses.add(f"left out: {what}", "")
    return Outgoing.of(mapped.bundle)


def _write(
    format: Format,
    outgoing: Outgoing,
    to: str,
    settings: dict[str, str],
    options: argparse.Namespace,
    say: Say,
    told: Say,
    before: Losses | None = None,
) -> int:
    count = _Count(outgoing.articles)
    counted_out = replace(outgoing, articles=count)
    with tempfile.TemporaryDirectory() as room:
        if to == "-" and format.folder:
            raise BadInput(f"{format.title} is a folder of files; give its name with -o.")
        place = Path(room, f"out{format.suffixes[0]}") if to == "-" else Path(to)
        with written(format, counted_out, place, settings) as waiting:
            losses = [*(before or ()), *waiting.losses]
            tell(losses, options.verbose, told)
            if options.strict and losses:
                told("nothing was written, because of --strict")
                return 1
            if to == "-":
                waiting.copy_to(sys.stdout.buffer)
                return 0
            waiting.keep()
    say(f"{to}: {counted(count.articles, 'article')}, {counted(count.marks, 'mark')}")
    return 0


class _Count:
    """Articles on their way out, counted; a terminal is told how many."""

    def __init__(self, given: Iterable[ArticleBundle]) -> None:
        self._given = given
        self._told = monotonic()
        self._is_shown = False
        self.articles = self.marks = 0

    def __iter__(self) -> Iterator[ArticleBundle]:
        try:
            for part in self._given:
                self.articles += 1
                self.marks += len(part.marks)
                self._show()
                yield part
        finally:
            if self._is_shown:
                sys.stderr.write("\r\x1b[K")

    def _show(self) -> None:
        if sys.stderr.isatty() and monotonic() - self._told > _EVERY:
            self._told, self._is_shown = monotonic(), True
            sys.stderr.write(f"\r\x1b[K{counted(self.articles, 'article')}")
            sys.stderr.flush()
