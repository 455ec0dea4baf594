"""The records: what an Annotator project consists of.

Every record is immutable; change is a new record in an :class:`~annotator.core.revision.Edit`.
Offsets are Unicode code points into the article's text, half-open ``[start, end)``.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Id = int
"""``replica << 32 | counter``, or a name's hash (see :func:`named_id`); a string in JSON."""

BlockType = Literal["headline", "dateline", "heading", "caption", "body"]
BLOCK_TYPES: tuple[BlockType, ...] = (
    "headline",
    "dateline",
    "heading",
    "caption",
    "body",
)

FieldValue = str | int | float | bool | list[str]
"""What a field can hold. An actor or issue is its id as a string; unset is an absent key."""


def several(value: FieldValue) -> list[str | int | float | bool]:
    """The values of a field that holds one or, as a list, several."""
    return list(value) if isinstance(value, list) else [value]


def named_id(kind: str, name: str) -> Id:
    """The id of a thing that is the same wherever it is made, such as an article's text.

    Two people who import one article, or start from one codebook, must mean the same record
    when their files meet. Bit 62 keeps these ids apart from the numbered ones, whose replica
    stays below 2**30.
    """
    digest = hashlib.sha256(f"{kind}:{name}".encode()).digest()
    return 1 << 62 | int.from_bytes(digest[:8], "big") >> 2


GOLD: Id = named_id("layer", "gold")
"""The layer of decisions; every other layer has its analyst's id."""

CODEBOOK: Id = named_id("codebook", "")
"""A project has one codebook."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Part of a record."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """One thing with an id; equal when all its fields are."""

    id: Id


class Authored(Record, frozen=True, kw_only=True):
    """A record that says who made and last changed it; times in milliseconds since 1970, UTC."""

    made_at: int = 0
    made_by: Id = 0
    changed_at: int = 0
    changed_by: Id = 0


class Block(Value, frozen=True):
    """A run of lines of an article; ``end`` is after its last line's newline, if it has one."""

    start: int
    end: int
    type: BlockType


class Article(Record, frozen=True, kw_only=True):
    """A text and what is known of it. The text itself is stored by its SHA-256 and never changes."""

    title: str
    outlet: str = ""
    author: str = ""
    published: str = ""
    """ISO 8601 date or date and time, empty when unknown."""
    url: str = ""
    file: str = ""
    """The name of the file it came from, without its folder."""
    sha256: str
    length: int
    """Of the text, in code points."""
    blocks: tuple[Block, ...]
    copy_of: Id | None = None
    """The article whose text this one's repeats for the most part, as syndicated news does."""


class Analyst(Record, frozen=True, kw_only=True):
    """A person who marks and owns what they mark; the id is also that of their layer."""

    name: str
    reviewer: bool = False
    """Whether they compare layers and decide; see ``core.review.permissions``."""
    passphrase: str = ""
    """What tells that it is them, as ``core.review.passphrase`` stores it; never exported."""


class Fragment(Value, frozen=True):
    """A contiguous piece of text, with the text as it was when marked."""

    start: int
    end: int
    quote: str


class Mark(Authored, frozen=True, kw_only=True):
    """A piece of text with a kind. Without fragments: implied by the article, not said."""

    article: Id
    layer: Id
    kind: str
    fragments: tuple[Fragment, ...] = ()
    fields: dict[str, FieldValue] = {}
    note: str = ""
    flagged: bool = False
    """Whether the analyst asks the reviewer to look at it."""

    @property
    def start(self) -> int | None:
        return self.fragments[0].start if self.fragments else None

    @property
    def quote(self) -> str:
        """All that was marked, fragments separated by an ellipsis."""
        if len(self.fragments) == 1:
            return self.fragments[0].quote
        return " … ".join(f.quote for f in self.fragments)


class Member(Value, frozen=True):
    """A mark's part in a statement."""

    role: str
    mark: Id


class Statement(Authored, frozen=True, kw_only=True):
    """Marks that belong together, each in a role."""

    article: Id
    layer: Id
    members: tuple[Member, ...] = ()
    fields: dict[str, FieldValue] = {}
    note: str = ""
    flagged: bool = False
    """Whether the analyst asks the reviewer to look at it."""

    def marks(self, role: str | None = None) -> tuple[Id, ...]:
        return tuple(m.mark for m in self.members if role is None or m.role == role)


ActorType = Literal["person", "group", "organisation", "state"]
ACTOR_TYPES: tuple[ActorType, ...] = ("person", "group", "organisation", "state")


class Affiliation(Value, frozen=True, kw_only=True):
    """Whom an actor belongs to or speaks for, and when: ISO 8601 dates, empty when open."""

    actor: Id
    since: str = ""
    until: str = ""


class Actor(Record, frozen=True, kw_only=True):
    """Who can speak. ``aliases`` are the other names the articles use."""

    name: str
    type: ActorType = "person"
    aliases: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    note: str = ""
    wikidata: str = ""
    """Such as ``Q7747``, empty when nobody looked it up."""
    retired: bool = False
    """No longer offered; what was filed under them stays readable."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Issue(Record, frozen=True, kw_only=True):
    """What a position is about, worded as a proposition so that for and against are defined."""

    key: str
    name: str
    proposition: str = ""
    parent: Id | None = None
    retired: bool = False
    """No longer offered; what was filed under it stays readable."""
    definition: str = ""
    """What belongs here and what does not."""
    examples: tuple[str, ...] = ()


Progress = Literal["in progress", "done", "reopened"]


class Status(Record, frozen=True, kw_only=True):
    """How far a layer is on an article; none yet means new."""

    article: Id
    layer: Id
    progress: Progress
    reason: str = ""
    """Why a reviewer reopened it."""


class Assignment(Record, frozen=True, kw_only=True):
    """That an analyst is to mark an article."""

    article: Id
    analyst: Id


def assignment_id(article: Id, analyst: Id) -> Id:
    return named_id("assignment", f"{article}/{analyst}")


def status_id(article: Id, layer: Id) -> Id:
    return named_id("status", f"{article}/{layer}")


def analyst_id(project: str, name: str) -> Id:
    """Of whoever joins a project under a name, on whichever copy of it."""
    return named_id("analyst", f"{project}/{name}")


def article_id(sha256: str) -> Id:
    return named_id("article", sha256)
