"""Steps of work in words: who did what, and what was there before. Plain Python, no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.book.parts import Part
from annotator.core.marking import brief
from annotator.core.meaning import meaning
from annotator.core.model import Id, Mark, Record, Statement, several
from annotator.core.page import Page
from annotator.core.revision import Entry, Flat, Revision
from annotator.core.stepping import STEP_BACK
from annotator.core.text.cleaning import counted
from annotator.ui.panel.options import Known, shown

LastKnown = Callable[[str, Id], Record | None]
"""A record as it is or last was."""
_SPACE = re.compile(r"^\s+|\s+$|(?<=\s)\s+|\n")
"""White space that is not seen between words."""
_NOT_TOLD = ("made_at", "made_by", "changed_at", "changed_by", "article", "layer", "sha256")
_ARTICLE = ("title", "outlet", "author", "published", "url")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a step changed; empty where there was or is nothing."""

    of: str
    """The mark or statement, in words."""
    what: str
    before: str
    after: str


_MANY = 1_000
"""Changes from which on only those of the page are told, as of a merge in all articles."""
Once = Mapping[Part, str]
"""What everything of the codebook is or last was called."""


def told(revision: Revision, known: Known, last: LastKnown, once: Once) -> str:
    """What was done, to be read after a name: “marked claim “…””."""
    if revision.action in ("undo", "redo"):
        if not revision.entries:
            return revision.label
        return f"{'took back' if revision.action == 'undo' else 'did again'}: {revision.label}"
    return _Telling(known, last, once).told(revision)


def differences(revision: Revision, known: Known, last: LastKnown, once: Once) -> list[Difference]:
    """Everything a step changed, names in place of ids."""
    telling = _Telling(known, last, once)
    return [d for entry in telling.here(revision) for d in telling.differences(entry)]


def _is_on(page: Page, entry: Entry) -> bool:
    """Whether a change is of the page, as far as that can be told without reading the record."""
    if entry.id in page.marks or entry.id in page.statements or entry.id == page.article.id:
        return True
    return page.article.id in [(flat or {}).get("article") for flat in (entry.before, entry.after)]


class _Telling:
    """Puts entries into the words of a codebook."""

    def __init__(self, known: Known, last: LastKnown, once: Once) -> None:
        self._known = known
        self._last = last
        self._once = once

    def told(self, revision: Revision) -> str:
        if revision.label.startswith(STEP_BACK):
            return f"stepped back to {revision.label.removeprefix(STEP_BACK)}"
        whole = [e for e in revision.entries if e.id == self._known.page.article.id]
        if any(e.before is None for e in whole):
            return f"brought this article in ({revision.label})"
        if any(e.after is None for e in whole):
            return f"took this article out ({revision.label})"
        entries = self.here(revision)
        marks = [e for e in entries if e.kind == "mark"]
        made = [e for e in marks if e.before is None]
        gone = [e for e in marks if e.after is None]
        if len(revision.entries) > 8 or (made and gone):
            return f"{revision.label} ({counted(len(revision.entries), 'change')})"
        if made:
            return f"marked {_several([self._called(e) for e in made])}"
        if gone:
            return f"deleted {_several([self._called(e) for e in gone])}"
        if marks:
            return _several(self._changed(marks[0]))
        others = [e for e in entries if e.kind in ("statement", "status", "article")]
        said = [words for entry in others for words in self._changed(entry)]
        return _several(said) if said else revision.label

    def here(self, revision: Revision) -> list[Entry]:
        """What a step changed on this article, and what is of no article."""
        is_here = self._is_here if len(revision.entries) <= _MANY else self._is_surely_here
        return [entry for entry in revision.entries if is_here(entry)]

    def _is_surely_here(self, entry: Entry) -> bool:
        return _is_on(self._known.page, entry)

    def _is_here(self, entry: Entry) -> bool:
        if self._is_surely_here(entry):
            return True
        article = self._known.page.article.id
        if entry.kind == "article" or "article" in (entry.after or entry.before or {}):
            return False
        return getattr(self._record(entry), "article", article) == article

    def _called(self, entry: Entry) -> str:
        """Kind and words of a mark."""
        mark = self._record(entry)
        if not isinstance(mark, Mark):
            return "a mark"
        then = entry.after or entry.before or {}
        name = self._kind(str(then.get("kind", mark.kind)))
        return f"{name} {_quoted(mark)}" if mark.fragments else f"implied {name}"

    def _kind(self, key: str) -> str:
        kind = self._known.book.kinds.get(key)
        return (kind.name if kind else self._once.get(Part("kind", key), key)).lower()

    def _of(self, entry: Entry) -> str:
        """What a change was made to."""
        record = self._record(entry)
        if isinstance(record, Mark):
            return self._called(entry)
        if isinstance(record, Statement):
            said = record.marks(meaning(self._known.book).what) or record.marks()
            first = next(filter(None, map(self._mark, said)), None)
            return f"statement {_quoted(first)}" if first else "a statement"
        return entry.kind

    def _record(self, entry: Entry) -> Record | None:
        return self._last(entry.kind, entry.id)

    def _mark(self, id: Id) -> Mark | None:
        record = self._last("mark", id)
        return record if isinstance(record, Mark) else None

    def _changed(self, entry: Entry) -> list[str]:
        """A change of one thing, a sentence for each field."""
        if entry.kind == "status":
            progress = (entry.after or {}).get("progress")
            return [f"called the article {progress}" if progress else "called the article new"]
        if entry.kind == "statement" and (entry.before is None or entry.after is None):
            done = "began" if entry.before is None else "deleted"
            return [f"{done} {self._of(entry)}"]
        return [self._sentence(entry, d) for d in self.differences(entry)]

    def _sentence(self, entry: Entry, d: Difference) -> str:
        if d.what == "words":
            return f"changed {d.before} to {d.after}"
        if d.what == "blocks":
            return "divided the article into other blocks"
        if d.what == "marks":
            return self._relinked(entry)
        if d.what == "reviewer asked":
            return f"{'asked' if d.after else 'no longer asks'} the reviewer about {d.of}"
        if d.what == "note" and not d.before:
            return f"noted “{brief(d.after)}” on {d.of}"
        to = f"to {d.after}"
        if not d.after:
            return f"unset {d.what} of {d.of}, it was {d.before}"
        return f"set {d.what} of {d.of} {f'from {d.before} {to}' if d.before else to}"

    def _relinked(self, entry: Entry) -> str:
        before, after = (_members(flat) for flat in (entry.before, entry.after))
        came = [self._mark(mark) for mark in after if mark not in before]
        went = [self._mark(mark) for mark in before if mark not in after]
        if not came and not went:
            return f"changed a role in {self._of(entry)}"
        done = [f"linked {_quoted(mark)} to" for mark in came if mark]
        done += [f"took {_quoted(mark)} out of" for mark in went if mark]
        return f"{_several(done)} {self._of(entry)}"

    # Before and after

    def differences(self, entry: Entry) -> Iterator[Difference]:
        """What a change changed, field by field."""
        before, after = entry.before or {}, entry.after or {}
        of = self._of(entry)
        for name in dict.fromkeys([*before, *after]):
            if not self._is_told(entry, name):
                continue
            one, other = (self._value(entry, name, flat.get(name)) for flat in (before, after))
            if one == other and name == "fragments" and before.get(name) != after.get(name):
                one, other = (_placed(flat.get(name)) for flat in (before, after))
            if one != other:
                yield Difference(of, self._name(name), one, other)

    def _is_told(self, entry: Entry, name: str) -> bool:
        if name in _NOT_TOLD:
            return False
        if entry.kind == "article":
            return name in (*_ARTICLE, "blocks")
        return entry.kind in ("mark", "statement", "status")

    def _name(self, name: str) -> str:
        table, dot, key = name.partition(".")
        if dot and table == "fields":
            field = self._known.book.fields.get(key)
            return field.name if field else self._once.get(Part("field", key), key)
        words = {"fragments": "words", "members": "marks", "flagged": "reviewer asked"}
        return words.get(name, name)

    def _value(self, entry: Entry, name: str, value: object) -> str:
        """A value of a flat record in words."""
        table, dot, key = name.partition(".")
        if value is None or value == "" or value is False:
            return ""
        if dot and table == "fields":
            return self._field(key, value)
        if name == "fragments" and isinstance(value, list):
            quotes = " … ".join(piece["quote"] for piece in value)
            return f"“{' '.join(quotes.split())}”" if value else "implied"
        if name == "members" and isinstance(value, list):
            return ", ".join(self._member(member) for member in value)
        if name == "kind":
            return self._kind(str(value))
        if name == "blocks" and isinstance(value, list):
            return counted(len(value), "block")
        return "yes" if value is True else str(value)

    def _field(self, key: str, value: object) -> str:
        assert isinstance(value, str | int | float | bool | list)
        if key not in self._known.book.fields:
            return ", ".join(self._of_gone_field(key, one) for one in several(value))
        return ", ".join(self._one(key, one) for one in several(value))

    def _of_gone_field(self, key: str, value: str | int | float | bool) -> str:
        """A value of a field that the codebook has no more, by what it can have been."""
        choice = self._once.get(Part("choice", str(value), key))
        if choice is not None or not (isinstance(value, str) and value.isdecimal()):
            return choice or str(value)
        record = self._last("issue", int(value)) or self._last("actor", int(value))
        return str(getattr(record, "name", value))

    def _one(self, key: str, value: str | int | float | bool) -> str:
        """One value of a field; somebody or something that is gone by the name it had."""
        type = self._known.book.fields[key].type
        said = shown(self._known, key, value)
        if said == "?" and type in ("actor", "issue") and str(value).isdecimal():
            gone = self._last(type, int(str(value)))
            return str(getattr(gone, "name", "?"))
        if type == "choice" and said == value:
            return self._once.get(Part("choice", said, key), said)
        if type == "stance" and str(value) not in self._known.book.stances:
            return f"{said} {self._once.get(Part('stance', str(value)), '')}".strip()
        return said

    def _member(self, member: Flat) -> str:
        role = self._known.book.roles.get(member["role"])
        mark = self._mark(int(member["mark"]))
        name = role.name if role else self._once.get(Part("role", member["role"]), member["role"])
        return f"{name.lower()} {_quoted(mark) if mark else '?'}"


def _placed(pieces: object) -> str:
    """Fragments that read alike: with their white space to be seen, and where they stand."""
    listed = pieces if isinstance(pieces, list) else []
    return " … ".join(
        f"“{_SPACE.sub(_seen, piece['quote'])}” ({piece['start']:,} to {piece['end']:,})"
        for piece in listed
    )


def _seen(space: re.Match[str]) -> str:
    return "".join("¶" if sign == "\n" else "␣" for sign in space.group())


def _members(flat: Flat | None) -> list[Id]:
    return [int(member["mark"]) for member in (flat or {}).get("members", ())]


def _quoted(mark: Mark) -> str:
    return f"“{brief(mark.quote)}”" if mark.fragments else "(implied)"


def _several(things: Sequence[str]) -> str:
    """A few things one after the other, many by their number."""
    if len(things) > 3:
        return f"{', '.join(things[:2])} and {len(things) - 2} more"
    return ", ".join(things)
