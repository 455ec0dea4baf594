"""An import: what was found in files goes into a project, and a report says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

import msgspec

from annotator.arrivals import Arrival, Arrivals, Project
from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput, Conflict, NotAllowed
from annotator.core.foreign.labels import LabelMapping
from annotator.core.intake import Came
from annotator.core.model import Article
from annotator.core.revision import Change, Edit
from annotator.core.text.cleaning import counted
from annotator.formats.articles.text_in import BundleIn, Failure, Found, PartsIn
from annotator.formats.exchange.format import Outgoing

OnDuplicate = Literal["skip", "keep", "link"]
"""Near copies are left out, or come in, or come in and say which article they repeat."""

Choice = OnDuplicate | Callable[[Arrival], OnDuplicate]

BATCH = 200
"""How many articles are one step that can be undone; a commit for each would cost most of it."""
_LONGEST_STEP = 20_000_000
"""How many characters they have together before a step is full with fewer of them."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What became of an article that repeats another."""

    file: str
    place: str
    title: str
    of: Article
    explanation: str
    """Why it counts as one, such as ``the same text as “The title”``."""
    done: Literal["same", "skip", "keep", "link"]


@dataclass(slots=True)
class Report:
    """What an import came to."""

    texts: list[tuple[str, str, Article]] = field(default_factory=list)
    """Articles that came in, with their file and the place in it."""
    taken: list[Article] = field(default_factory=list)
    """Articles that came in with Annotator JSON."""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """What was dropped or guessed: file, place, phrase."""
    duplicates: list[Duplicate] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    bundles: list[tuple[str, int, int, bool]] = field(default_factory=list)
    """Annotator JSON that came in: file, new articles, new marks, whether anything was new."""

    @property
    def made(self) -> list[Article]:
        return [*(article for _, _, article in self.texts), *self.taken]

    def lines(self) -> Iterator[str]:
        """What came in and what is to be known of it, a line for each."""
        for file, articles, marks, anything in self.bundles:
            new = f"{counted(articles, 'new article')}, {counted(marks, 'new mark')}"
            yield f"{file}: {new if anything else 'nothing new'}"
        for file, place, article in self.texts:
            yield f"{_at(file, place)}: “{article.title}”"
        for file, place, note in self.notes:
            yield f"{_at(file, place)}: {note}"
        for one in self.duplicates:
            yield f"{_at(one.file, one.place)}: “{one.title}” {_DONE[one.done]}: {one.explanation}"

    def summary(self) -> str:
        """What came of everything, in a sentence."""
        left = [one.done in ("same", "skip") for one in self.duplicates]
        parts = [f"{counted(len(self.made), 'article')} in"]
        if left:
            kept = left.count(False)
            parts.append(
                f"{counted(sum(left), 'duplicate')} left out" + (f", {kept} kept" if kept else "")
            )
        if self.failures:
            parts.append(f"{len(self.failures)} not read")
        return "; ".join(parts) + "."


class Door(Project, Protocol):
    """A project that things can be brought into."""

    def do(self, edit: Edit) -> object: ...
    def take_in(self, given: Bundle, label: str, mapping: LabelMapping | None = None) -> Came: ...
    def take_in_parts(self, given: Outgoing, label: str) -> Came: ...


class Import:
    """One import under way: take what was found piece by piece, and store what waits at the end.

    Compares with what ``arrivals`` has looked at so far; what it calls raises what ``do`` of the
    door raises for the project file itself.
    """

    def __init__(self, door: Door, arrivals: Arrivals, on_duplicate: Choice) -> None:
        self._door = door
        self._arrivals = arrivals
        self._on_duplicate = on_duplicate
        self._batch: list[Arrival] = []
        self._waiting = 0
        self.report = Report()

    def take(self, found: Found) -> None:
        """Bring in one thing; a text waits until :data:`BATCH` of them make a step."""
        if isinstance(found, Failure):
            self.report.failures.append(found)
        elif isinstance(found, BundleIn | PartsIn):
            self.store()  # in the order in which they were given
            self._bundle(found)
        else:
            self.take_article(self._arrivals.propose(found))

    def store(self) -> None:
        """Write what waits, as one step; if it cannot be, each by itself, so that most is in."""
        batch, self._batch = self._batch, []
        self._waiting = 0
        try:
            self._door.do(_together(batch))
            self._stored(batch)
        except (Conflict, NotAllowed):
            for arrival in batch:
                self._store_alone(arrival)
        self._arrivals.wait_no_more()

    def _store_alone(self, arrival: Arrival) -> None:
        read = arrival.read
        try:
            self._door.do(arrival.edit)
            self._stored([arrival])
        except (Conflict, NotAllowed) as error:
            there = self._door.article(arrival.article.id)
            if there is not None:  # somebody else has brought it in meanwhile
                self._tell(arrival, there, "the same text as", "same")
                return
            reason = f"{_at(read.file, read.place)}: {error}"
            self.report.failures.append(Failure(read.file, read.place, reason))

    def _stored(self, batch: list[Arrival]) -> None:
        for arrival in batch:
            read = arrival.read
            self.report.texts.append((read.file, read.place, arrival.article))
            self.report.notes += ((read.file, read.place, note) for note in read.notes)

    def take_article(self, arrival: Arrival) -> None:
        """Bring in a text that was compared already."""
        if arrival.same is not None:
            self._tell(arrival, arrival.same, "the same text as", "same")
            return
        if arrival.near is not None:
            choose = self._on_duplicate
            done = choose(arrival) if callable(choose) else choose
            self._tell(arrival, arrival.near.article, arrival.near.explanation, done)
            if done == "skip":
                return
            if done == "link":
                arrival = _linked(arrival, arrival.near.article)
        self._arrivals.wait(arrival)
        self._batch.append(arrival)
        self._waiting += len(arrival.read.text)
        if len(self._batch) == BATCH or self._waiting >= _LONGEST_STEP:
            self.store()

    def _tell(
        self,
        arrival: Arrival,
        of: Article,
        why: str,
        done: Literal["same", "skip", "keep", "link"],
    ) -> None:
        read = arrival.read
        explanation = f"{why} “{of.title}”" if done == "same" else why
        self.report.duplicates.append(
            Duplicate(read.file, read.place, arrival.article.title, of, explanation, done)
        )

    def _bundle(self, found: BundleIn | PartsIn) -> None:
        try:
            came = self._taken(found, label_of(found))
        except (BadInput, Conflict, NotAllowed) as error:
            self.report.failures.append(Failure(found.file, "", str(error)))
            return
        self.came(found, came)

    def came(self, found: BundleIn | PartsIn, came: Came) -> None:
        """Note what a file brought, also one that was taken in elsewhere."""
        losses = found.losses if isinstance(found, BundleIn) else ()
        self.report.taken += came.articles
        self.report.bundles.append((found.file, len(came.articles), came.marks, came.anything))
        self.report.notes += ((found.file, "", loss) for loss in losses)
        self.report.notes += ((found.file, "", kept) for kept in came.kept)
        self._arrivals.look_again()

    def _taken(self, found: BundleIn | PartsIn, label: str) -> Came:
        if isinstance(found, PartsIn):
            return self._door.take_in_parts(found.begin(), label)
        return self._door.take_in(found.bundle, label, found.mapping)


def bring_in(
    door: Door, arrivals: Arrivals, given: Iterable[Found], on_duplicate: Choice = "keep"
) -> Report:
    """Bring in what was found, in steps of up to :data:`BATCH` articles.

    What cannot be brought in is told in the report, and the rest is in. When ``given`` ends
    early, what it gave is in.
    """
    arrivals.wait_no_more()
    arrivals.look()
    under_way = Import(door, arrivals, on_duplicate)
    try:
        for found in given:
            under_way.take(found)
        under_way.store()
    finally:
        arrivals.wait_no_more()
    return under_way.report


_DONE = {
    "same": "is in the project already",
    "skip": "is left out",
    "keep": "is in, and may be a copy",
    "link": "is in, linked as a copy",
}


def label_of(found: BundleIn | PartsIn) -> str:
    """How the step is called that takes it in."""
    return f"Import {found.file}"


def _at(file: str, place: str) -> str:
    return f"{file or 'The pasted text'}, {place}" if place else file or "The pasted text"


def _together(batch: list[Arrival]) -> Edit:
    if len(batch) == 1:
        return batch[0].edit
    return Edit(
        f"Import {counted(len(batch), 'article')}",
        tuple(change for arrival in batch for change in arrival.edit.changes),
        tuple(text for arrival in batch for text in arrival.edit.texts),
    )


def _linked(arrival: Arrival, original: Article) -> Arrival:
    """The arrival, saying which article it repeats; of a copy's copy the first of them."""
    made = msgspec.structs.replace(arrival.article, copy_of=original.copy_of or original.id)
    edit = Edit(arrival.edit.label, (Change(None, made),), arrival.edit.texts)
    return replace(arrival, article=made, edit=edit)
