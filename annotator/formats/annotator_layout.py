"""How an Annotator JSON file is laid out: its objects, as strictly as they are read."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from annotator.core.codebook import Field, Kind, Role, Stance
from annotator.core.model import ActorType, BlockType, FieldValue, Progress
from annotator.core.review.records import Decision, ReviewState, Said

FORMAT: Final = "annotator"
VERSION: Final = 1
OFFSETS: Final = "code points"
GOLD_NAME: Final = "gold"

IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
LayerText = Annotated[str, Meta(pattern=r"^([0-9]{1,19}|gold)$")]
TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
Time = Annotated[str, Meta(pattern=f"^{TIME}$")]
Offset = Annotated[int, Meta(ge=0)]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An object of the file."""


class FileCodebook(Part, frozen=True, kw_only=True):
    """The codebook: kinds, roles, fields and stances by key, in the order of the screen."""

    name: str
    guidelines: str
    kinds: dict[str, Kind]
    roles: dict[str, Role]
    fields: dict[str, Field]
    stances: dict[str, Stance]


class FileIssue(Part, frozen=True, kw_only=True):
    """What positions are about, worded as a proposition; ``parent`` is the issue above it."""

    id: IdText
    key: str
    name: str
    proposition: str
    parent: IdText | None
    retired: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()


class FileAffiliation(Part, frozen=True, kw_only=True):
    """Whom an actor belongs to, and when: ISO 8601 dates, empty when open."""

    actor: IdText
    since: str = ""
    until: str = ""


class FileActor(Part, frozen=True, kw_only=True):
    """Who can speak, with other names and the groups, organisations or states they belong to; ``wikidata`` is an item such as Q7747, ``retired`` is there only for who is offered no longer."""

    id: IdText
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    affiliations: tuple[FileAffiliation, ...] = ()
    note: str
    wikidata: str = ""
    retired: bool | msgspec.UnsetType = msgspec.UNSET


class FileAnalyst(Part, frozen=True, kw_only=True):
    """A person who marked; their id is also that of their layer."""

    id: IdText
    name: str
    reviewer: bool = False


class FileFragment(Part, frozen=True, kw_only=True):
    """A piece of the article: ``text[start:end] == quote``, in Unicode code points."""

    start: Offset
    end: Offset
    quote: str


class FileAuthored(Part, frozen=True):
    """What says who made and last changed it."""

    id: IdText
    made_at: Time
    made_by: IdText
    changed_at: Time
    changed_by: IdText


class FileMark(FileAuthored, frozen=True):
    """A piece of text with a kind. No fragments: the article implies it. In ``fields`` an actor or an issue is its id, a stance a number; what was not chosen is not there. ``flagged``: the analyst asks the reviewer to look."""

    kind: str
    fragments: tuple[FileFragment, ...]
    fields: dict[str, FieldValue]
    note: str = ""
    flagged: bool = False


class FileMember(Part, frozen=True):
    """A mark in its role."""

    role: str
    mark: IdText


class FileStatement(FileAuthored, frozen=True):
    """Marks that belong together: who says what, and which side they take."""

    members: tuple[FileMember, ...]
    fields: dict[str, FieldValue]
    note: str = ""
    flagged: bool = False


class FileLayer(Part, frozen=True, kw_only=True):
    """What one analyst says about the article; ``gold`` is the layer of decisions. ``progress`` is null when they have not said how far they are; ``reopened_because`` is why a reviewer reopened it."""

    layer: LayerText
    progress: Progress | None
    reopened_because: str = ""
    marks: tuple[FileMark, ...]
    statements: tuple[FileStatement, ...]


class FileSource(Part, frozen=True, kw_only=True):
    """What was judged; ``digest`` is of what it said then. ``taken``: gold says all of that."""

    layer: LayerText
    kind: Said
    id: IdText
    digest: str = ""
    taken: bool | msgspec.UnsetType = msgspec.UNSET


class FileVerdict(FileAuthored, frozen=True, kw_only=True):
    """A decision of a reviewer: what was judged, and what it put into gold. Nothing in ``gold``: nothing is right. No ``sources``: the reviewer added it."""

    sources: tuple[FileSource, ...]
    decision: Decision
    reason: str
    note: str
    gap: bool
    gold: tuple[IdText, ...]


class FileComment(FileAuthored, frozen=True, kw_only=True):
    """Something said about a mark or statement; ``answer_to`` is the comment it answers. One comment to several layers is there once for each, and these and all answers have one ``thread``."""

    layer: LayerText
    kind: Said
    about: IdText
    text: str
    answer_to: IdText | None
    resolved: bool
    thread: IdText | msgspec.UnsetType = msgspec.UNSET


class FileReview(FileAuthored, frozen=True, kw_only=True):
    """How far the review of an article is."""

    state: ReviewState


class FileProcedure(Part, frozen=True, kw_only=True):
    """How the project is worked on."""

    blind: bool
    names_hidden: bool
    shuffled: bool
    seed: int


class FileBlock(Part, frozen=True, kw_only=True):
    """A run of lines of one type; blocks cover the text without gaps."""

    start: Offset
    end: Offset
    type: BlockType


class FileArticle(Part, frozen=True, kw_only=True):
    """A text that never changes, what is known of it, and its layers. ``id`` and ``sha256`` follow from the text and need not be given; without ``blocks`` it is one of type body. ``copy_of`` is the article it repeats for the most part; ``assigned`` are the analysts who are to mark it."""

    id: IdText | msgspec.UnsetType = msgspec.UNSET
    title: str
    outlet: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    file: str = ""
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | msgspec.UnsetType = msgspec.UNSET
    text: str
    blocks: tuple[FileBlock, ...] = ()
    copy_of: IdText | None = None
    assigned: tuple[IdText, ...] = ()
    layers: tuple[FileLayer, ...]
    verdicts: tuple[FileVerdict, ...] = ()
    comments: tuple[FileComment, ...] = ()
    review: FileReview | None = None


class File(Part, frozen=True, kw_only=True):
    """An Annotator project, or part of one."""

    format: Literal["annotator"]
    version: Literal[1]
    offsets: Literal["code points"]
    project: str
    codebook: FileCodebook
    issues: tuple[FileIssue, ...]
    actors: tuple[FileActor, ...]
    analysts: tuple[FileAnalyst, ...]
    articles: tuple[FileArticle, ...]
    procedure: FileProcedure | None = None
