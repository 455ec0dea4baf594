"""What the window of agreement shows: lines of its tables, squares of its picture, sentences."""

from __future__ import annotations

from collections.abc import Sequence

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
    are = "is" if by_two == 1 or found.articles == 1 else "are"
    told = f"{by_two:,} of {words.numbered(found.articles, 'articles')} {are} done by two or more"
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
    heads = ("figure", "of", "value", "95 % interval", "units", "between")
    return Table("Figures", heads, parent, right=(2, 4), wide=5, most={0: 150})


def articles_table(parent: QWidget) -> Table:
    heads = ("F1", "alpha", "aligned", "unaligned", "article")
    right = (0, 1, 2, 3)
    return Table("Articles, the worst first", heads, parent, right=right, wide=4, titles=(4,))


def types_table(parent: QWidget) -> Table:
    return Table("Types of difference", ("type", "how often"), parent, right=(1,))


def places_table(parent: QWidget) -> Table:
    heads = ("article", "words", "who has what")
    shares = {0: 0.36, 1: 0.24}
    return Table("Differences", heads, parent, wide=2, shares=shares, titles=(0,))


def figure_lines(report: Report, names: Names) -> list[Line]:
    """The usual figures, the one asked for most first, and last what is undefined, a line for each
    reason; a line stands for measure, of what, and layers."""
    place = {measure: place for place, measure in enumerate(words.USUAL)}
    found = sorted(
        words.chosen(report),
        key=lambda f: (place[f.measure], f.of != "", len(f.layers) < len(report.layers)),
    )
    lines = [_figure_line(one, report, names) for one in found if one.value is not None]
    reasons = dict.fromkeys(one.undefined for one in found if one.value is None)
    for why in reasons:
        alike = [one for one in found if one.value is None and one.undefined == why]
        lines.append(_undefined_line(why, alike, report, names))
    return lines


def _figure_line(one: Figure, report: Report, names: Names) -> Line:
    left, between = words.excluded(one.excluded), words.pair(one, names, report.layers)
    about = f"{between}: {words.rests_on(one)}"
    return Line(
        (
            definitions()[one.measure].name,
            one.of or "all",
            words.number(one.value),
            words.interval(one),
            f"{one.units:,}",
            between,
        ),
        (one.measure, one.of, one.layers),
        "\n".join(filter(None, (about, f"Left out: {left}." if left else ""))),
    )


def _undefined_line(why: str, alike: Sequence[Figure], report: Report, names: Names) -> Line:
    """All figures that are undefined for one reason, those of the same things together."""
    of: dict[str, list[str]] = {}
    for one in alike:
        of.setdefault(definitions()[one.measure].name, []).append(_of_what(one, report, names))
    measures: dict[str, list[str]] = {}
    for measure, things in of.items():
        measures.setdefault(", ".join(things), []).append(measure)
    told = "; ".join(f"{' and '.join(some)} of {things}" for things, some in measures.items())
    first = alike[0]
    text = f"{words.NOTHING}  {len(alike)} undefined.  {why}  {told}"
    tip = f"{why}\nUndefined: {told}."
    return Line((text,), (first.measure, first.of, first.layers), tip)


def _of_what(one: Figure, report: Report, names: Names) -> str:
    if set(one.layers) == set(report.layers):
        return one.of or "all"
    return " ".join(filter(None, (one.of, words.pair(one, names, report.layers))))


def article_lines(report: Report, names: Names) -> list[Line]:
    """The worst first; a line stands for the id of an article."""
    return [_article_line(one, names) for one in report.worst]


def _article_line(one: ArticleAgreement, names: Names) -> Line:
    numbers = [words.number(value) for value in (one.f1, one.alpha, one.aligned)]
    title = names.article(one.article)
    tip = (
        f"{title}\n\nF1, overlapping: {numbers[0]}\nAlpha of sets of kinds: {numbers[1]}\n"
        f"F1, aligned statements: {numbers[2]}\n"
        f"Unaligned, statements that no other layer has: {one.unaligned:,}"
    )
    return Line((*numbers, f"{one.unaligned:,}", title), one.article, tip)


def place_line(one: Told, names: Names) -> Line:
    """A difference: where it is, and what each layer has."""
    readings = [f"{names.layer(layer)}: {reading}" for layer, reading in one.readings.items()]
    title = names.article(one.article)
    tip = "\n".join((title, "", f"…{one.before}{one.quote}{one.after}…", "", *readings))
    return Line((title, one.quote, "   ".join(readings)), one, tip)
