"""Taking a bundle into a project: what is new comes in, what is there stays, all else is told.

Ids decide what is the same thing, so taking the same file in twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import Codebook
from annotator.core.differing import difference, named
from annotator.core.model import (
    CODEBOOK,
    GOLD,
    Analyst,
    Article,
    Authored,
    Id,
    Mark,
    Record,
    Statement,
    Status,
)
from annotator.core.review.records import Comment, Procedure, Verdict, verdict_id
from annotator.core.revision import Change, Edit, kind_of, same

Now = Callable[[str, Id], Record | None]
"""A project's record of a kind and id."""


def looked_up(
    bundle: Bundle, these: Callable[[str, Iterable[Id]], Mapping[Id, Record]], one: Now
) -> Now:
    """The same as ``one``, with what the bundle names read beforehand, many at once."""
    wanted: dict[str, set[Id]] = {}
    for record in _in_order(bundle):
        wanted.setdefault(kind_of(record), set()).add(record.id)
    found = {kind: these(kind, ids) for kind, ids in wanted.items()}

    def now(kind: str, id: Id) -> Record | None:
        return found[kind].get(id) if id in wanted.get(kind, ()) else one(kind, id)

    return now


@dataclass(slots=True)
class Came:
    """What the edits that take something in bring."""

    articles: list[Article] = field(default_factory=list)
    analysts: list[Analyst] = field(default_factory=list)
    new: Counter[str] = field(default_factory=Counter)
    """How many records of each kind were not there before."""
    changed: Counter[str] = field(default_factory=Counter)
    """How many are another now."""
    deleted: Counter[str] = field(default_factory=Counter)
    codebook: tuple[Codebook, Codebook] | None = None
    """The one before and the one from then on, when it is another."""
    anything: bool = False
    kept: tuple[str, ...] = ()
    """What is left as it is although the file differs, and what was left out; a phrase each."""

    @property
    def marks(self) -> int:
        return self.new["mark"]

    def noting(self, edits: Iterable[Edit]) -> Iterator[Edit]:
        """The same edits, noted on their way."""
        for edit in edits:
            self._note(edit)
            yield edit

    def _note(self, edit: Edit) -> None:
        self.anything |= bool(edit)
        made = [c.after for c in edit.changes if c.before is None and c.after is not None]
        self.new.update(map(kind_of, made))
        self.articles += [record for record in made if isinstance(record, Article)]
        self.analysts += [record for record in made if isinstance(record, Analyst)]
        for change in edit.changes if len(made) < len(edit.changes) else ():
            before, after = change.before, change.after
            if before is not None:
                (self.deleted if after is None else self.changed)[change.kind] += 1
            if isinstance(before, Codebook) and isinstance(after, Codebook):
                self.codebook = before, after


class Taking:
    """What has to change for a bundle to be in a project: its head first, then its articles.

    The articles may come a few at a time; ``now`` gives the project's records as they then are.
    """

    def __init__(
        self, replaceable: Iterable[Record] | None, *, whose: Id | None = None, widens: bool = False
    ) -> None:
        """``replaceable`` are the project's actors and issues if it has no articles yet: it then
        takes over the file's codebook, actors and issues as they are. Else None. ``widens`` says
        that the bundle's codebook is the project's with additions, and takes its place.
        ``whose`` is the layer of whoever brings it in.
        """
        self._whose = whose
        self._ours = {record.id: record for record in replaceable or ()}
        self._replaced = set() if replaceable is None else {CODEBOOK, *self._ours}
        self._replaced |= {CODEBOOK} if widens else set()
        self.kept: list[str] = []
        """What is left as it is although the file differs, a sentence each."""

    def head(self, bundle: Bundle, now: Now) -> list[Change]:
        """What is said once; actors and issues that the file does not have are taken away."""
        known = _head(bundle)
        theirs = {record.id for record in known}
        changes = [change for record in known for change in self._change(record, now)]
        return changes + [Change(r, None) for id, r in self._ours.items() if id not in theirs]

    def articles(
        self, parts: Iterable[ArticleBundle], now: Now, theirs: Collection[Id]
    ) -> list[Change]:
        """What is said of articles; ``theirs`` are those of the file that can be copied from."""
        changes: list[Change] = []
        for part in parts:
            for record in _of_article(part):
                if isinstance(record, Article) and not _is_known(record.copy_of, theirs, now):
                    self.kept.append(
                        f"{named(record)} comes without the article that it is a copy of"
                    )
                    record = msgspec.structs.replace(record, copy_of=None)  # noqa: PLW2901
                changes += self._change(record, now, part.article.title)
        return changes

    def replace(self, ids: Iterable[Id]) -> None:
        """What the file has under these ids takes the place of the project's."""
        self._replaced.update(ids)

    def _change(self, record: Record, now: Now, where: str = "") -> tuple[Change, ...]:
        """One or none; ``where`` is the title of the article that it is on."""
        old = now(kind_of(record), record.id)
        if old is None or (old.id in self._replaced and not same(old, record)):
            return (Change(old, record),)
        if not _says_the_same(old, record):
            said, advice = difference(old, record), self._advice(old, record)
            self.kept.append(
                f"{named(record, where)} differs in the file{said}; the project's is kept{advice}"
            )
        return ()

    def _advice(self, old: Record, record: Record) -> str:
        """What is to be done by an analyst whose own work is further in the file."""
        if not (isinstance(record, Status) and isinstance(old, Status)):
            return ""
        is_further = (old.progress, record.progress) == ("in progress", "done")
        if record.layer != self._whose or not is_further:
            return ""
        return "; this layer is not as it is there, so call it done yourself"


def _says_the_same(ours: Record, theirs: Record) -> bool:
    """Also when the file does not say who made it and when, or, as ever, no passphrase."""
    if isinstance(ours, Authored) and isinstance(theirs, Authored) and not theirs.made_at:
        stamps = {name: getattr(ours, name) for name in Authored.__struct_fields__ if name != "id"}
        return same(ours, msgspec.structs.replace(theirs, **stamps))
    if isinstance(ours, Analyst):
        return same(msgspec.structs.replace(ours, passphrase=""), theirs)
    return same(ours, theirs)


def _is_known(id: Id | None, theirs: Collection[Id], now: Now) -> bool:
    return id is None or id in theirs or now("article", id) is not None


def _in_order(bundle: Bundle) -> Iterator[Record]:
    yield from _head(bundle)
    for part in bundle.articles:
        yield from _of_article(part)


def _head(bundle: Bundle) -> list[Record]:
    procedure = () if bundle.procedure is None else (bundle.procedure,)
    return [
        *(bundle.codebook, *bundle.issues, *bundle.actors, *bundle.analysts),
        *procedure,
    ]


def _of_article(part: ArticleBundle) -> list[Record]:
    review = () if part.review is None else (part.review,)
    return [
        part.article,
        # By their ids, as the tables and indexes they come into have them.
        *sorted(part.marks, key=_id),
        *sorted(part.statements, key=_id),
        *(*part.statuses, *part.assignments, *part.verdicts),
        *_questions_first(part.comments),
        *review,
    ]


_id = attrgetter("id")


def _questions_first(comments: Iterable[Comment]) -> list[Comment]:
    return sorted(comments, key=lambda comment: comment.answer_to is not None)


def finished(
    parts: Iterable[ArticleBundle], whose: Id, there: Callable[[Id], Iterable[Mark | Statement]]
) -> Iterator[Id]:
    """The statuses by which an analyst who brings their own work in has called it done.

    They take the place of the project's where their layer here, of which ``there`` tells, says
    nothing that the file does not: what they called done is then what is here. To be asked where
    the project's status is one of work in progress.
    """
    for part in parts:
        done = [s.id for s in part.statuses if s.layer == whose and s.progress == "done"]
        theirs = {one.id: one for one in part.said if one.layer == whose}
        if done and all(
            one.id in theirs and _says_the_same(one, theirs[one.id])
            for one in there(part.article.id)
        ):
            yield from done


def without_decisions(
    bundle: Bundle, reviewers: Collection[Id] = (), procedure: Procedure | None = None
) -> Bundle:
    """What an analyst who is no reviewer may bring in: others' layers, no gold, no assignments.

    ``reviewers`` and ``procedure`` are the project's, which a file may well repeat.
    """
    articles = tuple(
        replace(
            part,
            marks=tuple(m for m in part.marks if m.layer != GOLD),
            statements=tuple(s for s in part.statements if s.layer != GOLD),
            statuses=tuple(s for s in part.statuses if s.layer != GOLD),
            comments=tuple(c for c in part.comments if c.layer != GOLD),
            assignments=(),
            verdicts=(),
            review=None,
        )
        for part in bundle.articles
    )
    analysts = tuple(
        a if a.id in reviewers else msgspec.structs.replace(a, reviewer=False)
        for a in bundle.analysts
    )
    same = bundle.procedure if bundle.procedure == procedure else None
    return replace(bundle, analysts=analysts, articles=articles, procedure=same)


def with_verdicts(bundle: Bundle, now: Now) -> Bundle:
    """The bundle with a verdict on gold that it brings without one, as other programs' files do.

    Gold that the project has, of which ``now`` tells, has one there.
    """
    return replace(bundle, articles=tuple(_with_verdicts(part, now) for part in bundle.articles))


def _with_verdicts(part: ArticleBundle, now: Now) -> ArticleBundle:
    decided = {id for verdict in part.verdicts for id in verdict.gold}
    loose = [
        record
        for record in part.said
        if record.layer == GOLD
        and record.id not in decided
        and now(kind_of(record), record.id) is None
    ]
    if not loose:
        return part
    added = Verdict(
        id=verdict_id(part.article.id, (record.id for record in loose)),
        made_at=max(record.made_at for record in loose),
        made_by=loose[0].made_by,
        changed_at=max(record.changed_at for record in loose),
        changed_by=loose[0].changed_by,
        article=part.article.id,
        decision="corrected",
        note="Brought in without a decision.",
        gold=tuple(record.id for record in loose),
    )
    return replace(part, verdicts=(*part.verdicts, added))
