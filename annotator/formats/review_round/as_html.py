"""A round of review as one page of HTML to be printed: nothing is loaded, everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from annotator import __version__
from annotator.analysis.agreement.figure import Figure
from annotator.core.model import Id
from annotator.core.text.cleaning import counted
from annotator.formats import agreement_text as text
from annotator.formats.definitions import definitions
from annotator.formats.review_round.as_json import counts
from annotator.formats.review_round.content import Decided, Round, Told
from annotator.formats.review_round.telling import Teller

_EXAMPLES, _TYPES, _DECISIONS, _WORST = 3, 8, 60, 20
"""Examples of a type, types with examples, decisions and articles that are printed."""
_MATRICES = ("f1.overlap", "f1.aligned")
_PALE, _FULL = (0xF6, 0xF9, 0xF9), (0x15, 0x5E, 0x6C)
_INK, _PAPER = "#23211D", "#FFFFFF"
_HALF = 0.55
"""From this share of the full colour on, numbers are written in white."""

_STYLE = """
@page { margin: 18mm 16mm }
body { font-family: Georgia, 'Times New Roman', serif; font-size: 10.5pt; line-height: 1.4;
  color: #23211D; background: #FFFFFF; max-width: 54em; margin: 2em auto; padding: 0 1.5em }
h1 { font-size: 19pt; margin: 0 0 2pt } h2 { font-size: 13.5pt; margin: 20pt 0 5pt }
h3 { font-size: 11pt; margin: 11pt 0 3pt }
h1, h2, h3, th { font-family: 'Helvetica Neue', Arial, sans-serif }
p { margin: 3pt 0 } .quiet { color: #635C51 }
table { border-collapse: collapse; margin: 5pt 0 }
th, td { padding-left: 7px; padding-right: 7px; padding-top: 3px; padding-bottom: 3px;
  text-align: left; vertical-align: top; font-size: 9pt;
  border-bottom: 1px solid #D3CABA }
th { font-size: 8pt; color: #635C51; border-bottom: 1px solid #8F8675 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
td.m { text-align: center; border: 2px solid #FFFFFF; min-width: 4em }
mark { background: #FFE9A8; color: #15130F }
tr, blockquote { page-break-inside: avoid } h2, h3 { page-break-after: avoid }
blockquote { margin: 5pt 0 9pt 0; padding-left: 9pt; border-left: 3px solid #D3CABA }
"""


def encode(content: Round) -> bytes:
    """The page, in UTF-8."""
    return page(content).encode("utf-8")


def page(content: Round) -> str:
    names = content.names
    title = f"Agreement in {names.project}"
    body = "\n".join(part for section in _SECTIONS for part in section(content))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _head(content: Round) -> Iterator[str]:
    names, found = content.names, content.agreement
    layers = ", ".join(names.layer(layer) for layer in found.layers) or "no layers"
    yield _p(f"Codebook “{names.book.name}”. Compared: {layers}.")
    reviewed = ", ".join(f"{number:,} {state}" for state, number in content.reviewed.items())
    yield _p(
        f"{content.made_at}, annotator {__version__}. Articles by review: {reviewed or 'none'}.",
        "quiet",
    )
    for line in text.advice(found, content.names):
        yield _p(line)


def _coverage(content: Round) -> Iterator[str]:
    names, found = content.names, content.agreement.coverage
    yield "<h2>What was compared</h2>"
    by = ", ".join(
        f"{number:,} finished by {by or 'none'}"
        for by, number in sorted(found.by_observers.items())
    )
    yield _p(f"{counted(found.articles, 'article')}{f': {by}' if by else ''}.")
    rows = [
        (
            names.layer(one.layer),
            f"{one.articles:,}",
            f"{one.shared:,}",
            ", ".join(f"{kind} {n:,}" for kind, n in one.marks.items() if n) or "none",
        )
        for one in found.layers
    ]
    yield _table(("layer", "finished", "shared", "marks compared"), rows, numbers=(1, 2))
    left = text.excluded((*found.excluded, *content.agreement.excluded))
    if left:
        yield _p(f"Left out: {left}.", "quiet")


def _matrices(content: Round) -> Iterator[str]:
    if not content.agreement.worst:
        return
    yield "<h2>Every two layers</h2>"
    for measure in _MATRICES:
        yield f"<h3>{escape(definitions()[measure].name)}</h3>"
        yield _matrix(content, measure)
    yield _p("The darker, the more agreement. " + text.NOTHING + " is undefined.", "quiet")


def _matrix(content: Round, measure: str) -> str:
    names, report = content.names, content.agreement
    head = "".join(f"<th>{escape(names.layer(layer))}</th>" for layer in report.layers)
    rows = []
    for one in report.layers:
        cells = [
            '<td class="m">·</td>'
            if one == other
            else _cell(report.figure(measure, "", (one, other)))
            for other in report.layers
        ]
        rows.append(f"<tr><th>{escape(names.layer(one))}</th>{''.join(cells)}</tr>")
    return f'<table cellpadding="4"><tr><th></th>{head}</tr>{"".join(rows)}</table>'


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return f'<td class="m">{text.NOTHING}</td>'
    share = min(1.0, max(0.0, figure.value))
    ink = _PAPER if share >= _HALF else _INK
    return (
        f'<td class="m" style="background-color: {shade(share)}; color: {ink}">'
        f"{text.number(figure.value)}</td>"
    )


def shade(share: float) -> str:
    """The colour of a value between 0 and 1."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_PALE, _FULL, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _figures(content: Round) -> Iterator[str]:
    """One table a measure, so that its name and unit are told once."""
    found = content.agreement
    if not found.worst:
        return
    yield "<h2>Figures</h2>"
    by_measure: dict[tuple[str, str], list[Figure]] = {}
    for one in text.chosen(found):
        by_measure.setdefault((one.measure, one.unit), []).append(one)
    for (measure, unit), figures in by_measure.items():
        yield f"<h3>{escape(definitions()[measure].name)}, in {escape(unit)}</h3>"
        rows = [
            (
                one.of or "all",
                text.pair(one, content.names, found.layers),
                text.number(one.value),
                text.interval(one).replace(" ", "\u00a0"),
                f"{one.units:,}",
                one.undefined or text.excluded(one.excluded),
            )
            for one in figures
        ]
        yield _table(
            ("of", "between", "value", "95 % interval", "units", "left out, or why undefined"),
            rows,
            numbers=(2, 4),
            widths=(19, 19, 9, 20, 9, 24),
        )
    yield _p(
        f"Intervals: {found.resamples:,} resamples of articles, seed {found.seed}. Fewer than ten"
        " articles make no interval to rely on. "
        f"{text.overlaps(found).capitalize()}.",
        "quiet",
    )


def _types(content: Round) -> Iterator[str]:
    yield "<h2>Disagreements by type</h2>"
    found = counts(content)
    if not found:
        yield _p("There are none.")
        return
    tells = Teller(content.names.book, {})
    yield _table(
        ("type", "how often"), [(tells.type(of), f"{n:,}") for of, n in found], numbers=(1,)
    )
    yield "<h2>Examples</h2>"
    for of, _ in found[:_TYPES]:
        yield f"<h3>{escape(tells.type(of))}</h3>"
        for one in _varied([d for d in content.differences if d.name == of]):
            yield _example(content, one)


def _varied(found: Sequence[Told]) -> Iterator[Told]:
    """The first of each article, as many as are shown."""
    first: dict[Id, Told] = {}
    for one in found:
        first.setdefault(one.article, one)
    rest = [one for one in found if one is not first[one.article]]
    yield from (list(first.values()) + rest)[:_EXAMPLES]


def _example(content: Round, one: Told) -> str:
    names = content.names
    quote = (
        f"<p>…{escape(one.before)}<mark>{escape(one.quote)}</mark>{escape(one.after)}…</p>"
        if one.quote
        else "<p>implied: it has no words in the text</p>"
    )
    readings = "".join(
        f"<p><b>{escape(names.layer(layer))}</b>: {escape(words)}</p>"
        for layer, words in one.readings.items()
    )
    title = f'<p class="quiet">{escape(names.article(one.article))}</p>'
    return f"<blockquote>{quote}{readings}{title}</blockquote>"


def _decisions(content: Round) -> Iterator[str]:
    yield "<h2>Decisions</h2>"
    if not content.decisions:
        yield _p("Nothing has been decided yet.")
        return
    sums: dict[str, int] = {}
    for one in content.decisions:
        sums[one.decision] = sums.get(one.decision, 0) + 1
    gaps = sum(one.gap for one in content.decisions)
    told = ", ".join(f"{number:,} {decision}" for decision, number in sorted(sums.items()))
    yield _p(f"{told}; {counted(gaps, 'guideline gap')}.")
    for one in content.decisions[:_DECISIONS]:
        yield _decision(content, one)
    left = len(content.decisions) - _DECISIONS
    if left > 0:
        yield _p(f"{left:,} more are in the JSON and CSV reports.", "quiet")


def _decision(content: Round, one: Decided) -> str:
    names = content.names
    why = "; ".join(filter(None, (one.reason, one.note, "guideline gap" if one.gap else "")))
    judged = "".join(
        f"<p><b>{escape(names.layer(layer))}</b>: {escape(words)}</p>"
        for layer, words in one.sources
    )
    gold = "".join(f"<p><b>gold</b>: {escape(words)}</p>" for words in one.gold)
    head = f"{one.decision}{f' ({why})' if why else ''}, {one.by}"
    about = f'<p class="quiet">{escape(names.article(one.article))} — {escape(head)}</p>'
    return f"<blockquote>{judged}{gold}{about}</blockquote>"


def _worst(content: Round) -> Iterator[str]:
    found = content.agreement.worst
    if found:
        yield "<h2>Articles, the worst first</h2>"
        rows = [
            (
                content.names.article(one.article),
                text.number(one.f1),
                text.number(one.alpha),
                text.number(one.aligned),
                f"{one.unaligned:,}",
            )
            for one in found[:_WORST]
        ]
        head = ("article", "F1, overlapping", "alpha of sets", "F1, aligned", "unaligned")
        yield _table(head, rows, numbers=(1, 2, 3, 4))


def _defined(content: Round) -> Iterator[str]:
    yield "<h2>What the figures are</h2>"
    shown = {one.measure for one in text.chosen(content.agreement)}
    rows = [
        (one.name, f"{one.says} {one.read} ({one.source})")
        for one in definitions().values()
        if one.measure in shown
    ]
    yield _table(("figure", "is"), rows)


def _p(words: str, look: str = "") -> str:
    return f"<p{f' class={chr(34)}{look}{chr(34)}' if look else ''}>{escape(words)}</p>"


def _table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    widths: Sequence[int] = (),
) -> str:
    """``widths`` are shares of the page, in percent."""

    def line(cells: Sequence[str], tag: str) -> str:
        told = (
            f"<{tag}{_attributes(place, tag)}>{escape(cell)}</{tag}>"
            for place, cell in enumerate(cells)
        )
        return f"<tr>{''.join(told)}</tr>"

    def _attributes(place: int, tag: str) -> str:
        look = ' class="n" align="right"' if place in numbers else ""
        return f'{look} width="{widths[place]}%"' if widths and tag == "th" else look

    body = "\n".join(line(row, "td") for row in rows)
    wide = ' width="100%"' if widths else ""
    return f'<table cellpadding="3" cellspacing="0"{wide}>\n{line(head, "th")}\n{body}\n</table>'


_SECTIONS = (
    _head,
    _coverage,
    _matrices,
    _figures,
    _types,
    _decisions,
    _worst,
    _defined,
)
