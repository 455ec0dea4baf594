"""``annotator agreement``: how far layers agree, as a table or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.commands.called import article_called, layer_called
from annotator.commands.entering import looking
from annotator.core.errors import BadInput
from annotator.core.model import Id
from annotator.workspace import Workspace

if TYPE_CHECKING:
    from annotator.workspace.comparing import Comparison


def describe(parser: argparse.ArgumentParser) -> None:
    """What it can be given besides the project and who looks."""
    choose(parser)
    parser.add_argument(
        "--measure",
        action="append",
        metavar="NAME",
        help="show this figure for every pair and kind, by its name in docs/agreement.md, such as"
        " f1.exact; may be given again; “all” shows every one",
    )
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.add_argument(
        "--no-intervals", action="store_true", help="leave the 95 %% intervals out; it is faster"
    )


def choose(parser: argparse.ArgumentParser) -> None:
    """Which layers on which articles."""
    parser.add_argument(
        "--layers",
        metavar="A,B,…",
        help="analysts, or gold, with commas (default: all who finished an article)",
    )
    parser.add_argument(
        "--articles", nargs="+", metavar="ARTICLE", help="only these, by id, title or file name"
    )
    parser.add_argument(
        "--priority",
        metavar="KIND,…",
        help="where marks overlap and one kind must count (overall, finding, naming and one kind a"
        " character), the kind named first; those not named follow in the codebook's order"
        " (default: the shorter mark)",
    )


def run(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    # numpy and scipy take half a second to import.
    from annotator.formats import agreement_json, agreement_text  # noqa: PLC0415
    from annotator.formats.definitions import definitions  # noqa: PLC0415
    from annotator.workspace.rounds import names_of  # noqa: PLC0415

    measures: list[str] = options.measure or []
    for measure in measures:
        if measure not in definitions() and measure != "all":
            known = ", ".join(definitions())
            raise BadInput(f"No figure is called {measure}; there are {known}, and all.")
    with looking(options) as workspace:
        comparison = compare(workspace, options)
        report = comparison.report(resamples=0) if options.no_intervals else comparison.report()
        names = names_of(workspace)
    if options.json:
        sys.stdout.buffer.write(agreement_json.encode(report, names))
        return 0
    for line in agreement_text.lines(report, names, measures):
        say(line)
    return 0


def compare(workspace: Workspace, options: argparse.Namespace) -> Comparison:
    """Count what was chosen; on a terminal with how far it is."""
    layers, articles = chosen_layers(workspace, options), None
    if options.articles:
        articles = [article_called(workspace, name).id for name in options.articles]
    comparison = workspace.comparison(layers, articles, chosen_priority(workspace, options))
    for share in comparison.steps():
        _progress("" if share == 1 else f"{share:4.0%}  comparing statements")
    return comparison


def chosen_layers(workspace: Workspace, options: argparse.Namespace) -> list[Id] | None:
    """The layers named; None when none is."""
    if options.layers is None:
        return None
    names = [name.strip() for name in options.layers.split(",") if name.strip()]
    found = [layer_called(workspace, name) for name in names]
    return [layer for layer in found if layer is not None]


def chosen_priority(workspace: Workspace, options: argparse.Namespace) -> list[str]:
    """The kinds named, the first counts first; none when none is."""
    names = [name.strip() for name in (options.priority or "").split(",") if name.strip()]
    kinds = {kind.name.casefold(): key for key, kind in workspace.codebook.kinds.items()}
    kinds |= {key.casefold(): key for key in workspace.codebook.kinds}
    for name in names:
        if name.casefold() not in kinds:
            there = ", ".join(workspace.codebook.kinds)
            raise BadInput(f"No kind is called {name}; there are {there}.")
    return [kinds[name.casefold()] for name in names]


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
