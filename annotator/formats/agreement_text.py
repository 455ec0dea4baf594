"""Agreement as lines to be read in a terminal; one wording for window, terminal and print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.analysis.agreement.figure import Excluded, Figure
from annotator.analysis.agreement.report import Report, is_directed
from annotator.core.text.cleaning import counted
from annotator.formats.definitions import definitions
from annotator.formats.review_round.content import Names

USUAL = (
    "f1.overlap",
    "f1.exact",
    "alpha.sets",
    "alpha.kind",
    "alpha.overall",
    "alpha.finding",
    "alpha.naming",
    "f1.aligned",
    "f1.identical",
    "alpha.field",
    "alpha.field.same",
)
"""The measures shown when nobody says which."""

NOTHING = "–"


def number(value: float | None) -> str:
    """A value as it is shown; three digits are more than most samples can tell apart."""
    return NOTHING if value is None else f"{value:.3f}"


def interval(figure: Figure) -> str:
    spread = figure.interval
    return "" if spread is None else f"{spread.low:.3f} to {spread.high:.3f}"


def numbered(number: int, things: str) -> str:
    """A number of things that are given in the plural: ``1 mark``, ``2 judgements of a character``."""
    first, *rest = things.split(" ")
    return " ".join((f"{number:,}", first.removesuffix("s") if number == 1 else first, *rest))


def units(figure: Figure) -> str:
    return numbered(figure.units, figure.unit)


def rests_on(figure: Figure) -> str:
    """The units of a figure, and the articles they are from."""
    return f"{units(figure)} on {numbered(figure.articles, 'articles')}"


_OF_ONE = {
    "no other layer has them": "no other layer has it",
    "implied: they have no place in the text": "implied: it has no place in the text",
}
"""Reasons that are put otherwise where a single thing was left out."""


def excluded(found: Iterable[Excluded]) -> str:
    """What was left out, in one line."""
    return "; ".join(
        f"{numbered(one.count, one.what)}:"
        f" {_OF_ONE.get(one.why, one.why) if one.count == 1 else one.why}"
        for one in found
    )


def pair(figure: Figure, names: Names, all_layers: Sequence[int]) -> str:
    """Whose agreement it is."""
    if is_directed(figure.measure):
        return f"{names.layer(figure.layers[0])} by {names.layer(figure.layers[1])}"
    if len(figure.layers) > 2 or (len(figure.layers) == len(all_layers) > 2):
        return "all"
    return " & ".join(names.layer(layer) for layer in figure.layers)


def chosen(report: Report, measures: Sequence[str] = ()) -> list[Figure]:
    """The figures to be shown: of the measures asked for all, else the usual ones.

    Of the usual ones, pairs are left out where they are split by kind: those of all layers do.
    """
    if measures:
        wanted = definitions() if "all" in measures else measures
        found = [f for f in report.figures if f.measure in wanted]
    else:
        found = [
            f
            for f in report.figures
            if f.measure in USUAL and (not f.of or set(f.layers) == set(report.layers))
        ]
    order = {measure: place for place, measure in enumerate(definitions())}
    return sorted(found, key=lambda f: (order[f.measure], f.of != ""))


def lines(report: Report, names: Names, measures: Sequence[str] = ()) -> Iterator[str]:
    """Coverage first, then a table, then the articles, the worst first; no table of nothing."""
    yield from coverage_lines(report, names)
    if not report.worst:
        return
    yield overlaps(report)
    figures = chosen(report, measures)
    yield ""
    rows = [("figure", "of", "between", "value", "95 % interval", "units", "articles", "")]
    last = ""
    for one in figures:
        label = definitions()[one.measure].name
        rows.append(
            (
                "" if label == last else label,
                one.of or "all",
                pair(one, names, report.layers),
                number(one.value),
                interval(one),
                units(one),
                str(one.articles),
                one.undefined or excluded(one.excluded),
            )
        )
        last = label
    yield from columns(rows, right=(3, 5, 6))
    if report.worst:
        yield ""
        yield from columns(_worst(report, names), right=(0, 1, 2, 3))


WORST = 10
"""Articles listed."""


def _worst(report: Report, names: Names) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            "F1, overlapping",
            "alpha of sets",
            "F1, aligned",
            "unaligned",
            "articles, the worst first",
        )
    ]
    for one in report.worst[:WORST]:
        numbers = (number(one.f1), number(one.alpha), number(one.aligned), str(one.unaligned))
        rows.append((*numbers, names.article(one.article)))
    return rows


def coverage_lines(report: Report, names: Names) -> Iterator[str]:
    found = report.coverage
    by = ", ".join(
        f"{number} finished by {by or 'none'}" for by, number in sorted(found.by_observers.items())
    )
    yield f"{counted(found.articles, 'article')}{f': {by}' if by else ''}"
    rows = [("layer", "finished", "shared", "marks compared")]
    for one in found.layers:
        marks = ", ".join(f"{kind} {n:,}" for kind, n in one.marks.items() if n)
        rows.append((names.layer(one.layer), str(one.articles), str(one.shared), marks or "none"))
    yield from columns(rows, right=(1, 2))
    left = excluded((*found.excluded, *report.excluded))
    if left:
        yield f"left out: {left}"
    yield from advice(report, names)


def overlaps(report: Report) -> str:
    """Which mark counts where several overlap and one must."""
    if not report.priority:
        return "where marks overlap and one kind must count: the shorter mark"
    return (
        f"where marks overlap and one kind must count: {', '.join(report.priority)}, in this order"
    )


def advice(report: Report, names: Names) -> Iterator[str]:
    """What to do where nothing can be compared."""
    if len(report.layers) < 2:
        alone = names.layer(report.layers[0]) if report.layers else ""
        who = f"{alone} is alone here" if alone else "nobody has called an article done"
        yield (
            f"There is nothing to compare: {who}. Agreement needs two layers; let two analysts mark"
            " the same articles and call them done."
        )
    elif not report.worst:
        yield (
            "There is nothing to compare: no article is done by two of these layers. Agreement"
            " begins with the first that is."
        )
    elif len(report.worst) < 2:
        yield "With one article there are no intervals: they come from drawing articles."


def columns(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Rows as lines with aligned columns; those in ``right`` are aligned there."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
