"""``annotator merge`` and ``annotator handoff``: project files that go out to analysts and come back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import msgspec

from annotator.commands.called import article_called
from annotator.commands.entering import working
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.review.merged import COUNTED, Merged
from annotator.core.text.cleaning import counted

Say = Callable[[str], None]
_MOST = 20
"""Articles that are named."""


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "others", type=Path, nargs="+", metavar="OTHER", help="a project file to take in"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--json", action="store_true", help="say it as JSON")


def run(options: argparse.Namespace, say: Say, complain: Callable[[AnnotatorError], None]) -> int:
    """Merge file after file; one that cannot be is told, and the others are taken in."""
    done: list[Merged] = []
    failed = 0
    with working(options) as workspace:
        for path in options.others:
            try:
                done.append(workspace.merge(path, options.dry_run))
            except AnnotatorError as error:
                complain(error)
                failed += 1
    if options.json:
        say(as_json(done))
    else:
        for merged in done:
            for line in lines(merged, options.dry_run):
                say(line)
    return 1 if failed else 0


def as_json(done: list[Merged]) -> str:
    """The reports; ids are strings."""

    def plain(merged: Merged) -> object:
        found = msgspec.to_builtins(merged)
        for clash in found["clashes"]:
            clash["id"] = str(clash["id"])
        for came in found["came"]:
            came["article"] = str(came["article"])
        for name in ("survived", "restored"):
            found[name] = [{"kind": kind, "id": str(id)} for kind, id in found[name]]
        return found

    return msgspec.json.encode([plain(merged) for merged in done]).decode()


def lines(merged: Merged, dry_run: bool) -> list[str]:
    """What happened, a line each."""
    name = merged.file
    if not merged.anything:
        return [f"{name}: nothing new", *(f"{name}: {line}" for line in merged.remarks)]
    new = [counted(merged.new[k], f"new {word}") for k, word in COUNTED.items() if k in merged.new]
    head = ", ".join([counted(merged.revisions, "step"), *new])
    told = [f"{name}: {'would bring in ' if dry_run else ''}{head}"]
    told += [f"{name}: new analyst {analyst}" for analyst in merged.analysts]
    told += [f"{name}: new article “{title}”" for title in merged.articles]
    told += [f"{name}: {came.words}" for came in merged.came[:_MOST]]
    if len(merged.came) > _MOST:
        told.append(f"{name}: and {counted(len(merged.came) - _MOST, 'more article')}")
    told += [f"{name}: {count} × {kind} changed" for kind, count in merged.changed.items()]
    told += [f"{name}: {count} × {kind} deleted" for kind, count in merged.deleted.items()]
    told += [
        f"{name}: {c.kind} {c.id}, {c.field}: here {c.ours!r}, there {c.theirs!r};"
        f" the later one counts: {c.kept!r}"
        for c in merged.clashes
    ]
    told += [
        f"{name}: {kind} {id} was deleted on one side and changed on the other; it stays"
        for kind, id in merged.survived
    ]
    told += [
        f"{name}: {kind} {id} was deleted on one side and is needed on the other; it is back"
        for kind, id in merged.restored
    ]
    return told + [f"{name}: {line}" for line in (*merged.mended, *merged.kept, *merged.remarks)]


def describe_handoff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="NAME", help="the analyst it is for")
    parser.add_argument(
        "--articles",
        nargs="+",
        metavar="ARTICLE",
        help="by id, title or file name (default: those assigned to the analyst)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the file to make"
    )


def run_handoff(options: argparse.Namespace, say: Say) -> int:
    with working(options) as workspace:
        found = [a for a in workspace.analysts() if options.to in (a.name, str(a.id))]
        if not found:
            names = ", ".join(a.name for a in workspace.analysts())
            raise BadInput(f"No analyst is called {options.to}; there are {names}.")
        to = found[0]
        if options.articles:
            wanted = [article_called(workspace, name) for name in dict.fromkeys(options.articles)]
        else:
            mine = {g.article for g in workspace.assignments() if g.analyst == to.id}
            wanted = [a for a in workspace.articles() if a.id in mine]
        if not wanted:
            raise BadInput(f"Nothing is assigned to {to.name}; name articles with --articles.")
        workspace.hand_off(to.id, wanted, options.output)
    say(f"{options.output}: {counted(len(wanted), 'article')} for {to.name}")
    return 0
