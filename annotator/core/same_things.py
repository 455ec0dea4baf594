"""Issues, actors and analysts that a file has under other ids than the project.

One key is one issue, so an issue of the file that has the key and wording of one of the project's
is that one. Two people may have one name: they stay two, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.differing import difference, named
from annotator.core.foreign.people import unused
from annotator.core.model import Actor, Analyst, FieldValue, Id, Issue, Mark, Statement
from annotator.core.page import Page
from annotator.core.review.docket import digest
from annotator.core.review.records import Source, Verdict
from annotator.core.text.cleaning import counted

Said = TypeVar("Said", Mark, Statement)


class SameThings:
    """What the head of a file means in a project, and its articles after that."""

    def __init__(
        self,
        head: Bundle,
        issues: Iterable[Issue],
        actors: Iterable[Actor],
        analysts: Iterable[Analyst],
    ) -> None:
        """``head`` is the file without articles; the others are what the project keeps."""
        self.told: list[str] = []
        """What became of them, a sentence each."""
        self._meant: dict[Id, Id] = {}
        self._fields = {key for key, one in head.codebook.fields.items() if one.type == "issue"}
        self.head = replace(head, issues=tuple(self._issues(head.issues, list(issues))))
        self._two("actor", head.actors, list(actors), _MERGE_ACTORS)
        self._two("analyst", head.analysts, list(analysts), _RENAME)

    def _issues(self, theirs: Sequence[Issue], ours: Sequence[Issue]) -> Iterator[Issue]:
        """Those that come in, under issues of the project and keys that are free."""
        here = {issue.id for issue in ours}
        taken = {issue.key for issue in (*ours, *theirs)}
        same: list[tuple[Issue, Issue]] = []
        coming: list[Issue] = []
        for issue in theirs:
            alike = [] if issue.id in here else [one for one in ours if one.key == issue.key]
            meant = next((one for one in alike if _is_worded_alike(one, issue)), None)
            if meant is not None:
                self._meant[issue.id] = meant.id
                same.append((meant, issue))
            elif alike:
                key = unused(issue.key, taken)
                taken.add(key)
                self.told.append(_otherwise(alike[0], issue, key))
                coming.append(msgspec.structs.replace(issue, key=key))
            else:
                coming.append(issue)
        self._tell_of_same(same)
        yield from map(self._placed, coming)

    def _placed(self, issue: Issue) -> Issue:
        """The issue under one of the project's, if that is what the one above it is."""
        if issue.parent is None:
            return issue
        return msgspec.structs.replace(issue, parent=self._meant.get(issue.parent, issue.parent))

    def _tell_of_same(self, same: Sequence[tuple[Issue, Issue]]) -> None:
        if same:
            self.told.append(_taken_for([ours.key for ours, _ in same]))
        for ours, theirs in same:
            if said := difference(ours, self._placed(theirs)):
                self.told.append(f"{named(ours)} differs in the file{said}; the project's is kept")

    def _two(
        self,
        what: str,
        theirs: Iterable[Actor] | Iterable[Analyst],
        ours: Sequence[Actor] | Sequence[Analyst],
        advice: str,
    ) -> None:
        here = {one.id for one in ours}
        names = {one.name.casefold() for one in ours}
        found = [one.name for one in theirs if one.id not in here and one.name.casefold() in names]
        if found:
            self.told.append(
                f"{counted(len(found), what)} of the file {'has' if len(found) == 1 else 'have'}"
                f" another id than who has the same name here, so both are here now:"
                f" {', '.join(found)}; {advice}"
            )

    def article(self, part: ArticleBundle) -> ArticleBundle:
        """An article of the file with the project's issues."""
        if not self._meant:
            return part
        made = replace(
            part,
            marks=tuple(map(self._said, part.marks)),
            statements=tuple(map(self._said, part.statements)),
        )
        return replace(made, verdicts=_judged(part, made)) if part.verdicts else made

    def _said(self, said: Said) -> Said:
        if self._fields.isdisjoint(said.fields):
            return said
        fields = {
            key: self._value(value) if key in self._fields else value
            for key, value in said.fields.items()
        }
        return msgspec.structs.replace(said, fields=fields)

    def _value(self, value: FieldValue) -> FieldValue:
        if isinstance(value, list):
            return list(dict.fromkeys(map(self._id, value)))
        return self._id(value) if isinstance(value, str) else value

    def _id(self, text: str) -> str:
        known = text.isascii() and text.isdigit()
        return str(self._meant.get(int(text), text)) if known else text


_MERGE_ACTORS = "if they are one, merge them in the window of the people"
_RENAME = "rename one of them if they are two people (View › Review › Procedure and people)"


def _is_worded_alike(ours: Issue, theirs: Issue) -> bool:
    """Whether for and against mean the same: by the proposition or, where one has none, the name."""
    if ours.proposition and theirs.proposition:
        return _plain(ours.proposition) == _plain(theirs.proposition)
    return _plain(ours.name) == _plain(theirs.name)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _taken_for(keys: list[str]) -> str:
    is_one = len(keys) == 1
    return (
        f"{counted(len(keys), 'issue')} of the file {'is' if is_one else 'are'} the project's of"
        f" the same {'key' if is_one else 'keys'}, under"
        f" {'another id' if is_one else 'other ids'}; what is about"
        f" {'it' if is_one else 'them'} is about the project's: {', '.join(keys)}"
    )


def _otherwise(ours: Issue, theirs: Issue, key: str) -> str:
    return (
        f"{named(theirs)} of the file has the key {ours.key} of the project's “{ours.name}” and"
        f" says something else (“{theirs.proposition or theirs.name}”), so it comes in as {key};"
        " merge the two in the codebook if they are one"
    )


def _judged(was: ArticleBundle, made: ArticleBundle) -> tuple[Verdict, ...]:
    """The verdicts, with the digests of what was judged as it now is where it is as it was."""
    before, after = was.whole(), made.whole()

    def source(one: Source) -> Source:
        then, now = _digest(one, before), _digest(one, after)
        is_as_it_was = then != "" and one.digest == then
        return msgspec.structs.replace(one, digest=now) if is_as_it_was else one

    return tuple(
        msgspec.structs.replace(verdict, sources=tuple(map(source, verdict.sources)))
        for verdict in was.verdicts
    )


def _digest(source: Source, page: Page) -> str:
    """Of what was judged; empty when the file does not have it."""
    said = page.marks.get(source.id) or page.statements.get(source.id)
    return "" if said is None else digest(said, page)
