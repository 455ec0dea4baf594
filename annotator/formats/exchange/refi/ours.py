"""A REFI-QDA project that we wrote, with everything that is in its notes and links."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

from annotator.core.codebook import STATEMENT
from annotator.core.model import Id, Mark
from annotator.formats.exchange.carried import key_of
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.refi.coded import Selected
from annotator.formats.exchange.refi.guids import KINDS, plain, record_id
from annotator.formats.exchange.refi.lines import taken_apart
from annotator.formats.exchange.refi.project_xml import ProjectXml, named, target, text
from annotator.formats.exchange.refi.sources import CONTINUED
from annotator.formats.exchange.refi.writing import ACTOR_TYPE
from annotator.formats.exchange.typed import Typed, actor_type_named


class Ours:
    """Selections joined to marks, notes to implied marks and statements."""

    def __init__(self, gathering: Gathering, project: ProjectXml) -> None:
        self._gathering = gathering
        self._project = project
        self._typed = Typed(gathering)
        self._next: dict[str, str] = {}
        self._members: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for case in project.cases:
            name = case.get("name", "")
            if name.strip():
                type = project.values(case).get(ACTOR_TYPE)
                gathering.actor(name, actor_type_named(type))
        for link in project.links:
            origin, aim = plain(link.get("originGUID", "")), plain(link.get("targetGUID", ""))
            if origin in project.notes:
                self._members[origin].append((link.get("name", ""), aim))
            elif link.get("name") == CONTINUED:
                self._next[origin] = aim

    def source(self, source: Element, article: ArticleGathering, selected: list[Selected]) -> None:
        held = {one.guid: one for one in selected}
        later = set(self._next.values())
        marks: dict[str, Mark] = {}
        for one in selected:
            if one.guid not in later:
                made = self._mark(one.element, article, self._spans(one, held))
                if made is not None:
                    marks[one.guid] = made
        notes = [target(one) for one in named(source, "NoteRef")]
        for guid in notes:
            note = self._project.notes.get(guid)
            if note is not None and guid not in self._members:
                implied = self._mark(note, article, [])
                if implied is not None:
                    marks[guid] = implied
        for guid in notes:
            if guid in self._members and guid in self._project.notes:
                self._statement(guid, article, marks)

    def finish(self) -> None:
        """Nothing is left over: every note of ours is on an article."""

    def _spans(self, first: Selected, held: dict[str, Selected]) -> list[tuple[int, int]]:
        spans, at = [first.span], self._next.get(first.guid)
        seen = {first.guid}
        while at is not None and at in held and at not in seen:
            seen.add(at)
            spans.append(held[at].span)
            at = self._next.get(at)
        return spans

    def _mark(
        self, element: Element, article: ArticleGathering, spans: list[tuple[int, int]]
    ) -> Mark | None:
        where = f"{article.article.title} {element.get('name', '')}"
        codes = [target(ref) for one in named(element, "Coding") for ref in named(one, "CodeRef")]
        known = [self._project.codes[code] for code in codes if code in self._project.codes]
        kind = next((code.name for code in known if code.above == KINDS), "")
        if not kind:
            self._gathering.losses.add("a selection without a kind is left out", where)
            return None
        key = self._gathering.kind(kind)
        content = "PlainTextContent" if not spans else "Description"
        told, note = taken_apart(text(element, content))
        fields = self._typed.fields(key, told, where)
        called = _called("mark", element.get("guid", ""))
        return article.mark(called, self._layer(element), key, spans, fields, note)

    def _statement(self, guid: str, article: ArticleGathering, marks: dict[str, Mark]) -> None:
        note = self._project.notes[guid]
        told, said = taken_apart(text(note, "PlainTextContent"))
        fields = self._typed.fields(STATEMENT, told, article.article.title)
        members = [
            (self._gathering.role(role), marks[aim])
            for role, aim in self._members[guid]
            if aim in marks
        ]
        called = _called("statement", guid)
        article.statement(called, self._layer(note), members, fields, said)

    def _layer(self, element: Element) -> Id:
        user = plain(element.get("creatingUser", ""))
        return self._gathering.layer(self._project.users.get(user, ""))


def _called(sort: str, guid: str) -> str:
    """What the file calls a thing: our id, where the GUID holds it."""
    id = record_id(sort, guid)
    return guid if id is None else key_of(id)
