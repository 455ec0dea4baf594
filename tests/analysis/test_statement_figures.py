"""The figures on statements: partners, fields of aligned statements, what is left out and kept."""

from __future__ import annotations

from typing import Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from annotator.analysis.agreement.figure import Figure
from annotator.analysis.agreement.statement_counts import (
    StatementCounts,
    count_statements,
    keep,
    read_kept,
)
from annotator.analysis.agreement.statement_figures import statement_figures
from annotator.analysis.sheet import Sheet, sheet_of
from annotator.core.model import FieldValue
from tests.analysis.sheets import SCHEME, Layers, Part, layered

Level = Literal["nominal", "ordinal"]
WHAT: Part = ("what", ((10, 20),), {})


def figures(
    sheets: list[Sheet], layers: tuple[int, ...] = (101, 102), resamples: int = 20
) -> list[Figure]:
    return statement_figures(layers, count_statements(sheets, SCHEME), SCHEME, resamples)


def the(found: list[Figure], measure: str, of: str = "", layers: tuple[int, ...] = ()) -> Figure:
    (figure,) = (
        f for f in found if (f.measure, f.of) == (measure, of) and layers in ((), f.layers)
    )
    return figure


def as_article(it: Layers, number: int) -> Sheet:
    """The same as another article."""
    return sheet_of(
        number,
        it.layers,
        (structs.replace(mark, article=number) for mark in it.marks),
        (structs.replace(statement, article=number) for statement in it.statements),
    )


def test_aligned_and_identical() -> None:
    it = Layers(101, 102)
    for layer in it.layers:
        it.say(layer, WHAT)
        it.say(layer, ("what", ((30, 40 + layer - 101),), {}))
    it.say(101, ("what", ((50, 60),), {}))
    found = figures([it.sheet()])
    assert the(found, "f1.aligned", layers=(101, 102)).value == pytest.approx(4 / 5)
    assert the(found, "f1.identical", layers=(101, 102)).value == pytest.approx(2 / 5)
    assert the(found, "found.statements", layers=(101, 102)).value == pytest.approx(2 / 3)
    assert the(found, "found.statements", layers=(102, 101)).value == pytest.approx(1)
    assert the(found, "f1.aligned", layers=(101, 102)).units == 5


@st.composite
def codings(draw: st.DrawFn) -> list[dict[str, FieldValue]]:
    """What three layers say of one position."""
    found: list[dict[str, FieldValue]] = []
    for _ in range(3):
        fields: dict[str, FieldValue] = {}
        if draw(st.booleans()):
            fields["issue"] = draw(st.sampled_from(["5", "6"]))
        if draw(st.booleans()):
            fields["stance"] = draw(st.integers(-2, 2))
        found.append(fields)
    return found


@settings(max_examples=40)
@given(st.lists(st.lists(codings(), min_size=1, max_size=3), min_size=1, max_size=3))
def test_fields_are_those_of_the_library_on_aligned_statements(
    articles: list[list[list[dict[str, FieldValue]]]],
) -> None:
    sheets = []
    for number, article in enumerate(articles, 1):
        it = Layers(101, 102, 103)
        for place, unit in enumerate(article):
            for layer, fields in zip(it.layers, unit, strict=True):
                at = 100 * place
                it.say(layer, ("what", ((at, at + 9),), {}), ("side", ((at, at + 5),), fields))
        sheets.append(as_article(it, number))
    found = figures(sheets, (101, 102, 103), 0)
    units = [unit for article in articles for unit in article]
    same = [u for u in units if len({f.get("issue") for f in u}) == 1 and "issue" in u[0]]
    table: list[tuple[str, str, Level, list[list[dict[str, FieldValue]]]]] = [
        ("alpha.field", "issue", "nominal", units),
        ("alpha.field", "stance", "ordinal", units),
        ("alpha.field.same", "stance", "ordinal", same),
    ]
    for measure, field, level, counted in table:
        figure = the(found, measure, f"side.{field}")
        values = [[float(str(f.get(field, "nan"))) for f in unit] for unit in counted]
        pairable = [u for u in values if np.count_nonzero(~np.isnan(u)) >= 2]
        assert figure.units == len(pairable)
        if len({v for u in pairable for v in u if not np.isnan(v)}) < 2:
            assert figure.value is None
        else:
            theirs = krippendorff.alpha(np.array(pairable).T, level_of_measurement=level)
            assert figure.value == pytest.approx(theirs, abs=1e-9)


def test_a_number_is_on_an_interval_scale() -> None:
    it = Layers(101, 102)
    weights = [(1, 1), (2, 3), (5, 4), (2, 2)]
    for at, two in enumerate(weights):
        for layer, weight in zip(it.layers, two, strict=True):
            it.say(layer, ("what", ((20 * at, 20 * at + 9),), {}), weight=weight)
    theirs = krippendorff.alpha(np.array(weights, dtype=float).T, level_of_measurement="interval")
    ours = the(figures([it.sheet()]), "alpha.field", "statement.weight")
    assert ours.value == pytest.approx(theirs, abs=1e-9)


def test_unset_is_missing_and_counted() -> None:
    it = Layers(101, 102)
    for at, two in enumerate([(1, None), (2, 2), (-1, -2), (None, None)]):
        for layer, stance in zip(it.layers, two, strict=True):
            fields: dict[str, FieldValue] = {} if stance is None else {"stance": stance}
            it.say(
                layer,
                ("what", ((20 * at, 20 * at + 9),), {}),
                ("side", ((20 * at, 20 * at + 9),), fields),
            )
    it.say(101, ("what", ((200, 210),), {}))
    figure = the(figures([it.sheet()]), "alpha.field", "side.stance")
    assert figure.units == 2
    left_out = {(e.what, e.why): e.count for e in figure.excluded}
    assert left_out["values", "unset"] == 3
    assert left_out["units", "left with one value"] == 1
    assert left_out["statements", "no other layer has them"] == 1


def test_a_text_left_empty_means_no() -> None:
    it = Layers(101, 102)
    it.say(101, WHAT, ("side", ((10, 12),), {"condition": "if so"}))
    it.say(102, WHAT, ("side", ((10, 12),), {}))
    figure = the(figures([it.sheet()]), "same.field", "side.condition")
    assert (figure.value, figure.units) == (0, 1)


@settings(max_examples=40)
@given(st.lists(layered(most=3), min_size=1, max_size=3))
def test_figures_are_in_bounds_or_say_why_not_and_come_back(made: list[Layers]) -> None:
    sheets = [as_article(it, number) for number, it in enumerate(made, 1)]
    counts = count_statements(sheets, SCHEME)
    assert [read_kept(keep(one)) for one in counts] == counts
    assert counts == [one for sheet in sheets for one in count_statements([sheet], SCHEME)]
    for figure in statement_figures((101, 102, 103), counts, SCHEME, 10):
        assert (figure.value is None) == bool(figure.undefined)
        assert figure.value is None or -1 <= figure.value <= 1 + 1e-12


@settings(max_examples=40)
@given(layered(), layered())
def test_a_layer_agrees_with_itself(it: Layers, that: Layers) -> None:
    """On all that is aligned; a statement without an anchor has no partner, nor its twin."""
    sheets = [_doubled(one, number) for number, one in enumerate((it, that), 1)]
    found = figures(sheets, (101, 900), 0)
    for figure in found:
        if figure.measure.startswith(("alpha", "same")) and figure.value is not None:
            assert figure.value == pytest.approx(1, abs=1e-12)
    aligned, identical = the(found, "f1.aligned"), the(found, "f1.identical")
    assert aligned.value == identical.value


def _doubled(it: Layers, number: int) -> Sheet:
    """The first layer, and once more as layer 900."""
    own = as_article(it, number)
    marks = list(own.marks[101].values())
    statements = list(own.of(101))
    return sheet_of(
        number,
        (101, 900),
        [*marks, *(structs.replace(mark, layer=900) for mark in marks)],
        [*statements, *(structs.replace(statement, layer=900) for statement in statements)],
    )


def test_what_was_kept_in_another_sort_is_refused() -> None:
    counts = StatementCounts(0, 1, (), {}, 0)
    with pytest.raises(ValueError, match="older sort"):
        read_kept(keep(counts))
    with pytest.raises(ValueError, match="no counts"):
        read_kept(b"\xc1")


def test_without_articles_every_figure_says_why() -> None:
    for figure in figures([]):
        assert figure.value is None
        assert figure.undefined
