"""What a foreign file says, gathered into a bundle with a codebook of its own labels.

A reader says what it finds, in the file's own words; kinds, roles and fields follow from what was
said. How they meet a project's codebook is no reader's business: see
:mod:`annotator.core.foreign.mapping`.
"""

from __future__ import annotations

import string
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import PurePath

import msgspec

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.codebook import (
    STATEMENT,
    Choice,
    Codebook,
    Field,
    FieldType,
    Kind,
    Pattern,
    Role,
    Stance,
)
from annotator.core.errors import BadInput
from annotator.core.foreign.people import actor_named, issue_named, key_of, unused
from annotator.core.model import (
    CODEBOOK,
    GOLD,
    Actor,
    ActorType,
    Analyst,
    Article,
    FieldValue,
    Fragment,
    Id,
    Issue,
    Mark,
    Member,
    Statement,
    article_id,
    named_id,
)
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.cleaning import sha256
from annotator.core.text.metadata import propose_metadata
from annotator.core.text.offsets import Offsets
from annotator.formats.exchange.carried import id_of
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.limits import check_marks

_PATTERNS: tuple[Pattern, ...] = ("solid", "dashed", "dotted", "dash-dot", "hairline")
_COLOURS = 6
_KEYS = string.ascii_uppercase + string.digits


class Gathering:
    """One foreign file on its way in. ``format`` and ``source`` become part of the ids."""

    def __init__(self, format: str, source: str) -> None:
        self.format = format
        self.source = source
        self.losses = Losses()
        self._analysts: dict[str, Analyst] = {}
        self._keys: dict[tuple[str, ...], str] = {}
        """By table and label, those that were given; nearly every mark asks for some again, and
        of the values of a field there can be as many as marks."""
        self._kinds: dict[str, str] = {}
        self._roles: dict[str, tuple[str, dict[str, None]]] = {}
        self._fields: dict[str, tuple[str, FieldType, dict[str, None], dict[str, str]]] = {}
        self._many: set[str] = set()
        self._several: set[str] = set()
        self._stances: dict[str, str] = {}
        self._actors: dict[str, Actor] = {}
        self._issues: dict[str, Issue] = {}
        self._articles: dict[Id, ArticleGathering] = {}
        self.carried: set[Id] = set()
        self.count = 0

    def layer(self, name: str = "") -> Id:
        """The layer of an analyst who is known by a name; ``gold`` is the layer of decisions.

        Without a name it is work that the file does not say whose it is; an import can.
        """
        if name == "gold":
            return GOLD
        if name not in self._analysts:
            id, shown = named_id("analyst", name), name or PurePath(self.source).stem
            self._analysts[name] = Analyst(id=id, name=shown)
        return self._analysts[name].id

    def kind(self, label: str) -> str:
        """The key of a kind of mark; it need not be used to be in the codebook."""
        key = self._keys.get(("kind", label))
        if key is None:
            key = unused(key_of(label), {*self._kinds, STATEMENT})
            self._keys["kind", label] = key
            self._kinds[key] = label
        return key

    def role(self, label: str, kinds: Iterable[str] = (), *, many: bool = False) -> str:
        """The key of a role that these kinds can play."""
        key = self._keys.get(("role", label))
        if key is None:
            key = self._keys["role", label] = unused(key_of(label), self._roles)
        _, played = self._roles.setdefault(key, (label, {}))
        played.update(dict.fromkeys(kinds))
        if many:
            self._many.add(key)
        return key

    def field(
        self, label: str, type: FieldType, on: Iterable[str], choices: Iterable[str] = ()
    ) -> str:
        """The key of a field on kinds, or on :data:`STATEMENT`."""
        key = self._keys.get(("field", label))
        if key is None:
            key = self._keys["field", label] = unused(key_of(label), self._fields)
        _, _, things, _ = self._fields.setdefault(key, (label, type, {}, {}))
        things.update(dict.fromkeys(on))
        for value in choices:
            self.choice(key, value)
        return key

    def choice(self, field: str, label: str) -> str:
        """The value of a choice field; it becomes one of its choices."""
        key = self._keys.get(("choice", field, label))
        if key is None:
            values = self._fields[field][3]
            key = self._keys["choice", field, label] = unused(key_of(label), values)
            values[key] = label
        return key

    def stance(self, value: int, label: str) -> int:
        """A step of the scale of stances."""
        self._stances.setdefault(str(value), label)
        return value

    def actor(self, name: str, type: ActorType = "person") -> str:
        """The id of an actor by name, as a field holds it."""
        if name not in self._actors:
            self._actors[name] = actor_named(name, type)
        return str(self._actors[name].id)

    def issue(self, name: str) -> str:
        """The id of an issue by name, as a field holds it."""
        if name not in self._issues:
            made = issue_named(name)
            key = unused(made.key, {issue.key for issue in self._issues.values()})
            self._issues[name] = msgspec.structs.replace(made, key=key)
        return str(self._issues[name].id)

    def article(self, text: str, file: str, **known: str) -> ArticleGathering:
        """A cleaned text; ``known`` are title, outlet, author, published and url.

        The same text twice is the same article; what is said of it adds up.
        """
        if not text.strip():
            raise BadInput(f"{self.source}: {file} has no text; export it again with its text.")
        id = article_id(sha256(text))
        if id not in self._articles:
            self._articles[id] = ArticleGathering(self, text, file, known)
        return self._articles[id]

    def bundle(self) -> Bundle:
        """All that was gathered."""
        parts = tuple(article.bundle() for article in self._articles.values())
        return Bundle(
            project=f"{self.format}:{self.source}",
            codebook=self._book(),
            issues=tuple(self._issues.values()),
            actors=tuple(self._actors.values()),
            analysts=tuple(self._analysts.values()),
            articles=parts,
        )

    def _book(self) -> Codebook:
        kinds = dict(self._kinds)
        keys = _mark_keys(kinds)
        return Codebook(
            id=CODEBOOK,
            name=self.source,
            kinds={
                key: Kind(
                    name=label,
                    key=keys[key],
                    colour=f"kind.{place % _COLOURS + 1}",
                    pattern=_PATTERNS[place // _COLOURS % len(_PATTERNS)],
                )
                for place, (key, label) in enumerate(kinds.items())
            },
            roles={
                key: Role(name=label, kinds=tuple(played), many=key in self._many)
                for key, (label, played) in self._roles.items()
                if played
            },
            fields={
                key: Field(
                    name=label,
                    type=type,
                    on=tuple(things),
                    many=key in self._several,
                    choices={value: Choice(name=said) for value, said in values.items()},
                )
                for key, (label, type, things, values) in self._fields.items()
                if type != "choice" or values
            },
            stances={v: Stance(name=self._stances[v]) for v in sorted(self._stances, key=int)},
        )

    def holds_several(self, field: str) -> None:
        """Say that a field holds lists of values."""
        self._several.add(field)

    def plays(self, role: str, kind: str) -> None:
        self._roles[role][1][kind] = None


class ArticleGathering:
    """One article of a foreign file, and what its layers say."""

    def __init__(self, whole: Gathering, text: str, file: str, known: Mapping[str, str]) -> None:
        self.text = text
        self._whole = whole
        digest = sha256(text)
        blocks = propose_blocks(text)
        found = propose_metadata(text, blocks, file)
        self.article = Article(
            id=article_id(digest),
            title=known.get("title") or found.title,
            outlet=known.get("outlet") or found.outlet,
            author=known.get("author") or found.author,
            published=known.get("published") or found.published,
            url=known.get("url", ""),
            file=file,
            sha256=digest,
            length=len(text),
            blocks=blocks,
        )
        self.marks: dict[Id, Mark] = {}
        self.statements: dict[Id, Statement] = {}

    def mark(
        self,
        key: str,
        layer: Id,
        kind: str,
        spans: Sequence[Offsets],
        fields: Mapping[str, FieldValue] | None = None,
        note: str = "",
    ) -> Mark | None:
        """A mark that the file calls ``key``; without spans it is implied.

        Spans that touch or overlap are made one, as a mark's fragments never do. None, and listed
        as lost, when all its spans are empty.
        """
        fragments = self._fragments(spans)
        if spans and not fragments:
            self._whole.losses.add("a mark of no characters is left out", self._at(key))
            return None
        self._whole.count += 1
        check_marks(self._whole.count, self._whole.source)
        id = self._id("mark", layer, key, self.marks)
        made = Mark(
            id=id,
            article=self.article.id,
            layer=layer,
            kind=kind,
            fragments=tuple(fragments),
            fields=dict(fields or {}),
            note=note,
        )
        self.marks[made.id] = made
        return made

    def statement(
        self,
        key: str,
        layer: Id,
        members: Iterable[tuple[str, Mark]],
        fields: Mapping[str, FieldValue] | None = None,
        note: str = "",
    ) -> Statement | None:
        """Marks in their roles. A mark that is there twice keeps its first role; the other is lost."""
        held: dict[Id, str] = {}
        for role, mark in members:
            if mark.id in held:
                self._whole.losses.add(
                    "a mark plays one role in a statement; its second is left out", self._at(key)
                )
                continue
            held[mark.id] = role
            self._whole.plays(role, mark.kind)
        if not held:
            self._whole.losses.add("a statement without marks is left out", self._at(key))
            return None
        made = Statement(
            id=self._id("statement", layer, key, self.statements),
            article=self.article.id,
            layer=layer,
            members=tuple(Member(role, mark) for mark, role in held.items()),
            fields=dict(fields or {}),
            note=note,
        )
        self.statements[made.id] = made
        return made

    def bundle(self) -> ArticleBundle:
        return ArticleBundle(
            self.article, self.text, tuple(self.marks.values()), tuple(self.statements.values())
        )

    def _fragments(self, spans: Sequence[Offsets]) -> list[Fragment]:
        found: list[Offsets] = []
        for start, end in sorted(spans):
            if start == end:
                continue
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return [Fragment(start, end, self.text[start:end]) for start, end in found]

    def _id(self, what: str, layer: Id, key: str, taken: Container[Id]) -> Id:
        """Ours if the file carries it, else one that follows from what the file calls it.

        What is called alike is counted.
        """
        carried = id_of(key)
        if carried is not None and carried not in self._whole.carried:
            self._whole.carried.add(carried)
            return carried
        name = f"{self._whole.format}/{self.article.id}/{layer}/{key}"
        id, number = named_id(what, name), 2
        while id in taken:
            id, number = named_id(what, f"{name}#{number}"), number + 1
        return id

    def _at(self, key: str) -> str:
        return f"{self.article.file} {key}".strip()


def _mark_keys(kinds: Mapping[str, str]) -> dict[str, str]:
    """A key of the keyboard for each kind: a letter of its name if one is free."""
    taken: dict[str, str] = {}
    for kind, label in kinds.items():
        wanted = [c for c in label.upper() if c in _KEYS]
        free = (c for c in (*wanted, *_KEYS) if c not in taken.values())
        taken[kind] = next(free, chr(0x2460 + len(taken)))
    return taken
