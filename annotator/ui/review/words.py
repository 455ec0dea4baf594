"""What the review window says: differences by name, cases in a line, the table of one. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.analysis.aligned_marks import AlignedMarks, aligned_marks
from annotator.analysis.cases import Case, sheet_on
from annotator.analysis.difference_names import difference_name
from annotator.analysis.differences import TYPES, Difference, Name, name
from annotator.analysis.sheet import Scheme, Sheet, compared, extent
from annotator.core.codebook import STATEMENT, Codebook
from annotator.core.meaning import called, meaning
from annotator.core.model import GOLD, Id, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import Docket
from annotator.ui.panel.options import Known, shown_values
from annotator.ui.panel.summary import summary
from annotator.ui.review.naming import Lane
from annotator.ui.review.quoting import bare, quoted

DECIDED = {
    "undecided": "Undecided",
    "accepted": "Accepted",
    "corrected": "Corrected",
    "rejected": "Rejected",
}
SIGNS = {"undecided": "○", "accepted": "✓", "corrected": "✎", "rejected": "✕"}
NOTHING = "—"
GOLD_HEADING = "Decided"


# Differences


def counts(book: Codebook, found: Iterable[Case]) -> dict[Name, tuple[str, int]]:
    """How many cases differ in each way, the whole statements first, by name."""
    tally = Counter(key for case in found for key in {name(d) for d in case.differences})
    order = {type: number for number, type in enumerate(TYPES)}
    roles = {role: number for number, role in enumerate(book.roles)}

    def place(key: Name) -> tuple[int, int, str]:
        return order[key[0]], roles.get(key[1] or "", 99), key[2] or ""

    return {key: (difference_name(book, key), tally[key]) for key in sorted(tally, key=place)}


def short(book: Codebook, shown: Sequence[Lane], difference: Difference) -> str:
    """A difference on the line of its case."""
    if difference.type != "only":
        return difference_name(book, name(difference))
    having = [lane.badge for lane in shown if difference.values.get(lane.id)]
    lacking = [lane.badge for lane in shown if lane.id not in difference.statements]
    if len(having) == 1 or len(having) <= len(shown) / 2:
        return f"only {', '.join(having)}"
    return f"not {', '.join(lane for lane in lacking if lane not in having)}"


# A case in a line


@dataclass(frozen=True, slots=True)
class Told:
    """A case in the list."""

    who: str
    what: str
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Puts a docket in words."""

    docket: Docket
    scheme: Scheme
    known: Mapping[Id, Known]
    """By layer, gold among them."""
    lanes: tuple[Lane, ...]
    _all: dict[int, Sheet] = field(default_factory=dict)

    def told(self, case: Case) -> Told:
        """A case in the list: who speaks by each layer, and what in the words of the first."""
        book = self.scheme.book
        differs = tuple(dict.fromkeys(short(book, self.lanes, d) for d in case.differences))
        first = next(iter(case.said.items()), None)
        if first is None:
            gold = [id for verdict in case.verdicts for id in verdict.gold]
            statement = next((g for g in gold if g in self.docket.gold.statements), None)
            mark = next((g for g in gold if g in self.docket.gold.marks), None)
            said = statement or mark
            if said is None:
                return Told("", "Nothing of what was judged is there any more", differs)
            who, what = self._in_words(GOLD, self.docket.gold, said)
            return Told(who, what, differs)
        all_said = [self._in_words(la, self.docket.pages[la], id) for la, id in case.said.items()]
        who = " / ".join(dict.fromkeys(who for who, _ in all_said))
        return Told(who, all_said[0][1], differs)

    def _in_words(self, layer: Id, page: Page, id: Id) -> tuple[str, str]:
        known = self.known[layer]
        statement = page.statements.get(id)
        if statement is None:
            mark = page.marks[id]
            return self.kind(mark), quoted(mark)
        told = summary(known, statement)
        who = told.who or told.words or "Nobody yet"
        return who, told.what or ", ".join(told.sides) or self._nothing()

    def _nothing(self) -> str:
        book = self.scheme.book
        return f"No {called(book, meaning(book).what, 'claim')} yet"

    def kind(self, mark: Mark) -> str:
        kind = self.scheme.book.kinds.get(mark.kind)
        return kind.name if kind else mark.kind

    # The table of one case

    def table(self, case: Case) -> list[Row]:
        """Role by role and field by field, what each layer and gold has."""
        gold = self._in_gold(case)
        statements = {
            layer: page.statements[id]
            for layer, id in case.said.items()
            if id in (page := self.docket.pages[layer]).statements
        }
        if statements or isinstance(gold, Statement):
            whole = dict(statements)
            if isinstance(gold, Statement):
                whole[GOLD] = gold
            return list(self._rows_of_statements(whole))
        marks = {layer: self.docket.pages[layer].marks[id] for layer, id in case.said.items()}
        if isinstance(gold, Mark):
            marks[GOLD] = gold
        return list(self._rows_of_marks(AlignedMarks("", marks), tuple(marks)))

    def _in_gold(self, case: Case) -> Mark | Statement | None:
        page = self.docket.gold
        ids = [id for verdict in case.verdicts for id in verdict.gold]
        statements = [page.statements[id] for id in ids if id in page.statements]
        if statements:
            return statements[0]
        return next((page.marks[id] for id in ids if id in page.marks), None)

    def _sheet(self) -> Sheet:
        """All layers with gold as one more."""
        if not self._all:
            sheet = sheet_on(self.docket)
            gold = self.docket.gold
            self._all[0] = Sheet(
                sheet.article,
                (*sheet.layers, GOLD),
                {**sheet.marks, GOLD: gold.marks},
                {**sheet.statements, GOLD: gold.in_order()},
            )
        return self._all[0]

    def _rows_of_statements(self, statements: Mapping[Id, Statement]) -> Iterator[Row]:
        for aligned in aligned_marks(self._sheet(), self.scheme, statements):
            yield from self._rows_of_marks(aligned, tuple(statements))
        for key, defined in self.scheme.book.fields_on(STATEMENT).items():
            cells = {la: self._value(la, key, s) for la, s in statements.items()}
            if any(cells.values()):
                held = {la: compared(defined, s.fields.get(key)) for la, s in statements.items()}
                counts = key in self.scheme.fields_on(STATEMENT)
                yield Row(defined.name, cells, counts and _differ(held), is_field=True)

    def _rows_of_marks(self, aligned: AlignedMarks, layers: tuple[Id, ...]) -> Iterator[Row]:
        book = self.scheme.book
        label = book.roles[aligned.role].name if aligned.role in book.roles else "Mark"
        words = {layer: bare(mark) for layer, mark in aligned.marks.items()}
        places = {la: extent(aligned.marks[la]) if la in aligned.marks else None for la in layers}
        yield Row(label, words, _differ(places))
        kinds = {layer: mark.kind for layer, mark in aligned.marks.items()}
        if _differ(kinds):
            yield Row("Kind", {la: self.kind(m) for la, m in aligned.marks.items()}, True, True)
        keys = dict.fromkeys(k for m in aligned.marks.values() for k in book.fields_on(m.kind))
        for key in keys:
            cells = {la: self._value(la, key, m) for la, m in aligned.marks.items()}
            held = {
                la: compared(book.fields[key], m.fields.get(key)) for la, m in aligned.marks.items()
            }
            if any(cells.values()):
                yield Row(book.fields[key].name, cells, _differ(held), is_field=True)

    def _value(self, layer: Id, key: str, thing: Mark | Statement) -> str:
        return shown_values(self.known[layer], key, thing) if key in thing.fields else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of a case; a layer without a cell has nothing there."""

    name: str
    cells: Mapping[Id, str]
    differs: bool
    """Whether the layers do; gold is not asked."""
    is_field: bool = False


def _differ(held: Mapping[Id, object]) -> bool:
    return len({repr(value) for layer, value in held.items() if layer != GOLD}) > 1
