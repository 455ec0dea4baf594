"""A REFI-QDA project of another program: each coding is a mark of a kind named like the code."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.core.codebook import STATEMENT
from annotator.core.model import FieldValue, Id, Mark
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.refi.guids import plain
from annotator.formats.exchange.refi.project_xml import Code, ProjectXml, local, named, target, text

UNCODED = "selection"
"""The kind of what is selected and not coded."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection and where it is, in code points of the cleaned text."""

    guid: str
    element: Element
    span: tuple[int, int]


class Coded:
    """Codings as marks, cases as actors, links between selections as statements."""

    def __init__(self, gathering: Gathering, project: ProjectXml) -> None:
        self._gathering = gathering
        self._project = project
        self._marks: dict[str, tuple[ArticleGathering, list[Mark]]] = {}
        self._noted: set[str] = set()
        self._used: set[str] = set()
        self._alike = Counter(code.name for code in project.codes.values())
        self.definitions: dict[str, str] = {}
        """Of the kinds that codes have become, by key."""

    def source(self, source: Element, article: ArticleGathering, selected: list[Selected]) -> None:
        for one in selected:
            self._selection(one, article)
        for coding in named(source, "Coding"):
            layer = self._layer(coding, source)
            note = self._note(coding)
            article.mark(coding.get("guid", ""), layer, self._kind(coding), [], note=note)
        for reference in named(source, "NoteRef"):
            self._lose("notes on sources are left out", article.article.title)
            self._noted.add(target(reference))

    def finish(self) -> None:
        """What joins selections of any source, and what nothing refers to."""
        for link in self._project.links:
            self._link(link)
        loose = [id for id in self._project.notes if id not in self._noted]
        if loose:
            name = self._project.notes[loose[0]].get("name", "")
            self._gathering.losses.add("notes on no selection are left out", name, len(loose))
        codes = self._project.codes.values()
        unused = [one for one in codes if one.codable and one.guid not in self._used]
        if unused:
            what = "codes that nothing is coded with are left out"
            self._gathering.losses.add(what, unused[0].name, len(unused))

    def _selection(self, one: Selected, article: ArticleGathering) -> None:
        # Some programs leave out the coding around the code.
        codings = named(one.element, "Coding") + named(one.element, "CodeRef")
        note = self._note(one.element)
        made: list[Mark] = []
        for place, coding in enumerate(codings or [one.element]):
            kind = self._kind(coding) if codings else self._gathering.kind(UNCODED)
            key = coding.get("guid") or f"{one.guid} {place}"
            layer = self._layer(coding, one.element)
            fields = self._actors(one.guid, kind)
            notes = [note, self._note(coding)] if codings else [note]
            told = "\n".join(filter(None, notes))
            mark = article.mark(key, layer, kind, [one.span], fields, told)
            if mark is not None:
                made.append(mark)
        self._marks[one.guid] = article, made

    def _kind(self, coding: Element) -> str:
        """The kind that the code becomes, explained as the code is."""
        references = [coding] if local(coding) == "CodeRef" else named(coding, "CodeRef")
        id = next((target(one) for one in references), "")
        code = self._project.codes.get(id)
        if code is None:
            self._lose("a coding by a code that is not in the codebook is a selection", id)
            return self._gathering.kind(UNCODED)
        self._used.add(code.guid)
        kind = self._gathering.kind(self._label(code))
        self.definitions[kind] = code.description
        return kind

    def _label(self, code: Code) -> str:
        """The code's name; with those above it when another code has the same name."""
        is_one_of_several = self._alike[code.name] > 1
        names, at = [code.name], code.above
        while is_one_of_several and at in self._project.codes and len(names) < 20:
            names.append(self._project.codes[at].name)
            at = self._project.codes[at].above
        return ": ".join(reversed(names)).strip() or UNCODED

    def _note(self, element: Element) -> str:
        """The description and the text of the notes on a selection."""
        notes = [text(element, "Description")]
        for reference in named(element, "NoteRef"):
            self._noted.add(target(reference))
            notes.append(self._project.text_of_note(target(reference)))
        return "\n".join(note for note in notes if note)

    def _actors(self, selection: str, kind: str) -> dict[str, FieldValue]:
        names = [name for name in self._project.case_names.get(selection, ()) if name.strip()]
        if not names:
            return {}
        field = self._gathering.field("actor", "actor", [kind])
        if len(names) > 1:
            self._lose("a selection of several cases keeps the first", names[1])
        return {field: self._gathering.actor(names[0])}

    def _link(self, link: Element) -> None:
        ends = [plain(link.get(name, "")) for name in ("originGUID", "targetGUID")]
        held = [self._marks.get(end) for end in ends]
        pairs = [one for one in held if one is not None and one[1]]
        name = link.get("name", "")
        if len(pairs) < 2 or pairs[0][0] is not pairs[1][0] or ends[0] == ends[1]:
            self._lose("links that do not join two selections of a source are left out", name)
            return
        joined = _of_one_layer(pairs[0][1], pairs[1][1])
        if joined is None:
            self._lose("links between selections of two users are left out", name)
            return
        first, second = joined
        fields: dict[str, FieldValue] = {}
        if name:
            fields[self._gathering.field("link", "text", [STATEMENT])] = name
        members = [
            (self._gathering.role("from"), first),
            (self._gathering.role("to"), second),
        ]
        pairs[0][0].statement(link.get("guid", " ".join(ends)), first.layer, members, fields)

    def _layer(self, *elements: Element) -> Id:
        users = (plain(one.get("creatingUser", "")) for one in elements)
        name = next(
            (self._project.users[user] for user in users if user in self._project.users), ""
        )
        return self._gathering.layer(name)

    def _lose(self, what: str, where: str) -> None:
        self._gathering.losses.add(what, where)


def _of_one_layer(first: list[Mark], second: list[Mark]) -> tuple[Mark, Mark] | None:
    """The first marks of both that one analyst made."""
    by_layer: dict[Id, list[Mark]] = defaultdict(list)
    for mark in second:
        by_layer[mark.layer].append(mark)
    pairs = ((mark, by_layer[mark.layer][0]) for mark in first if mark.layer in by_layer)
    return next(pairs, None)
