"""What the window of agreement shows: lines of its tables, squares of its picture, sentences."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.analysis.agreement.figure import Figure
from annotator.analysis.agreement.report import ArticleAgreement, Report, is_directed
from annotator.core.model import Id
from annotator.formats import agreement_text as words
from annotator.formats.definitions import definitions
from annotator.formats.review_round.content import Names, Told
from annotator.ui.agreement.table import Line, Table

ALONE = (
    "Agreement needs two analysts who have called the same article done.\n\n"
    "1.  Let another analyst mark an article that you have marked: open this file as them with"
    " “annotator open FILE --analyst NAME”, or hand the article off and merge their file.\n"
    "2.  Both call the article done, with Ctrl+D.\n"
    "3.  The figures stand here at once."
)
"""Where there is nothing to compare."""


def coverage_line(report: Report, names: Names) -> str:
    """What was compared, in one line."""
    found = report.coverage
    by_two = sum(number for by, number in found.by_observers.items() if by >= 2)
    layers = ", ".join(f"{names.layer(one.layer)} {one.shared}" for one in found.layers)
    told = f"{by_two:,} of {found.articles:,} articles are done by two or more"
    return f"{told}:  {layers}" if layers else told


def cells_of(report: Report, measure: str, of: str) -> dict[tuple[Id, Id], Figure]:
    """A figure for every two layers; in both orders, unless these are two figures."""
    cells: dict[tuple[Id, Id], Figure] = {}
    for figure in report.figures:
        if (figure.measure, figure.of) == (measure, of) and len(figure.layers) == 2:
            one, other = figure.layers
            cells[one, other] = figure
            if not is_directed(measure):
                cells[other, one] = figure
    return cells


def figures_table(parent: QWidget) -> Table:
    heads = ("figure", "of", "between", "value", "95 % interval", "units", "left out, or why none")
    return Table("Figures", heads, parent, right=(3, 5), wide=6, most={0: 150, 2: 170})


def articles_table(parent: QWidget) -> Table:
    heads = ("F1", "alpha", "aligned", "alone", "article")
    return Table("Articles, the worst first", heads, parent, right=(0, 1, 2, 3), wide=4)


def types_table(parent: QWidget) -> Table:
    return Table("Types of difference", ("type", "how often"), parent, right=(1,))


def places_table(parent: QWidget) -> Table:
    heads = ("article", "words", "who has what")
    return Table("Differences", heads, parent, wide=2, most={0: 170, 1: 230})


def figure_lines(report: Report, names: Names) -> list[Line]:
    """The usual figures; a line stands for measure, of what, and layers."""
    return [_figure_line(one, report, names) for one in words.chosen(report)]


def _figure_line(one: Figure, report: Report, names: Names) -> Line:
    why = one.undefined or words.excluded(one.excluded)
    return Line(
        (
            definitions()[one.measure].name,
            one.of or "all",
            words.pair(one, names, report.layers),
            words.number(one.value),
            words.interval(one),
            f"{one.units:,}",
            why,
        ),
        (one.measure, one.of, one.layers),
        "\n".join(filter(None, (words.units(one), why))),
    )


def article_lines(report: Report, names: Names) -> list[Line]:
    """The worst first; a line stands for the id of an article."""
    return [_article_line(one, names) for one in report.worst]


def _article_line(one: ArticleAgreement, names: Names) -> Line:
    numbers = [words.number(value) for value in (one.f1, one.alpha, one.aligned)]
    title = names.article(one.article)
    tip = (
        f"{title}\n\nF1, overlapping: {numbers[0]}\nAlpha of sets of kinds: {numbers[1]}\n"
        f"F1, aligned statements: {numbers[2]}\n"
        f"Statements that no other layer has: {one.unaligned:,}"
    )
    return Line((*numbers, f"{one.unaligned:,}", title), one.article, tip)


def place_line(one: Told, names: Names) -> Line:
    """A difference: where it is, and what each layer has."""
    readings = [f"{names.layer(layer)}: {reading}" for layer, reading in one.readings.items()]
    tip = "\n".join((f"…{one.before}{one.quote}{one.after}…", "", *readings))
    return Line((names.article(one.article), one.quote, "   ".join(readings)), one, tip)
