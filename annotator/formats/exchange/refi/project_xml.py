"""The parts of a ``project.qde`` by GUID, so that a reader can look up what refers to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.refi import guids
from annotator.formats.exchange.refi.guids import plain

_TAGS = 1024
"""Names of elements of which the local part is kept; a file has some dozens."""


@dataclass(frozen=True, slots=True)
class Code:
    guid: str
    name: str
    above: str
    """The GUID of the code above it; empty at the top."""
    description: str
    codable: bool


class ProjectXml:
    """One project; elements are found by their names without namespace."""

    def __init__(self, root: Element, where: str, losses: Losses) -> None:
        if not guids.is_of("project", "Project", root.tag):
            raise BadInput(f"{where} is no REFI-QDA project but {root.tag[:60]}.")
        self.where = where
        self.ours = root.get("origin", "") == guids.ORIGIN
        self.users = {
            plain(one.get("guid", "")): one.get("name") or one.get("id") or ""
            for one in parts(root, "Users", "User")
        }
        self.codes = {code.guid: code for code in codes_in(child(root, "CodeBook"))}
        self.variables = {
            plain(one.get("guid", "")): one.get("name", "")
            for one in parts(root, "Variables", "Variable")
        }
        self.cases = list(parts(root, "Cases", "Case"))
        self.sources = list(_with_text(child(root, "Sources"), losses))
        self.notes = {plain(n.get("guid", "")): n for n in parts(root, "Notes", "Note")}
        self._texts: dict[str, str] = {}
        self.links = list(parts(root, "Links", "Link"))
        self.case_names: dict[str, list[str]] = defaultdict(list)
        for case in self.cases:
            for one in named(case, "SelectionRef"):
                self.case_names[target(one)].append(case.get("name", ""))
        self._list_others(root, losses)

    def _list_others(self, root: Element, losses: Losses) -> None:
        others = [one for one in child(root, "Sources") if not _has_text(one)]
        for one in others:
            what = "pictures, PDF files, sound and video are left out"
            losses.add(what, one.get("name", self.where))
        for name, what in (("Sets", "sets are left out"), ("Graphs", "graphs are left out")):
            found = list(child(root, name))
            if found:
                losses.add(what, found[0].get("name", self.where), len(found))

    def read_notes(self, text_of: Callable[[Element], str | None]) -> None:
        """Take in what the notes say, which may be in files of their own."""
        self._texts = {guid: text_of(note) or "" for guid, note in self.notes.items()}

    def text_of_note(self, guid: str) -> str:
        return self._texts.get(guid, "")

    def values(self, thing: Element) -> dict[str, str]:
        """The values of a source's or case's variables, by the variable's name."""
        found: dict[str, str] = {}
        for value in named(thing, "VariableValue"):
            reference = next(iter(named(value, "VariableRef")), None)
            name = "" if reference is None else self.variables.get(target(reference), "")
            said = next((one.text or "" for one in value if local(one).endswith("Value")), "")
            if name and said:
                found[name] = said
        return found


def _has_text(source: Element) -> bool:
    """Whether it is a text, or a PDF file with the text that its program took out of it."""
    name = local(source)
    return name == "TextSource" or (name == "PDFSource" and bool(named(source, "Representation")))


def _with_text(sources: Element, losses: Losses) -> Iterator[Element]:
    for source in sources:
        if local(source) == "TextSource":
            yield source
        elif _has_text(source):
            yield _as_text(source, losses)


def _as_text(pdf: Element, losses: Losses) -> Element:
    """A PDF file as its text, with what is said of either."""
    taken = named(pdf, "Representation")[0]
    made = Element("TextSource", {**pdf.attrib, **taken.attrib, "name": pdf.get("name", "")})
    made.extend(taken)
    pages = named(pdf, "PDFSelection")
    if pages:
        what = "what is selected on the pages of a PDF file is left out"
        losses.add(what, pdf.get("name", ""), len(pages))
    made.extend(one for one in pdf if local(one) not in ("Representation", "PDFSelection"))
    return made


def codes_in(book: Element) -> Iterator[Code]:
    """All codes of a codebook, each before those below it."""
    waiting = [
        (code, "") for codes in named(book, "Codes") for code in reversed(named(codes, "Code"))
    ]
    while waiting:
        element, above = waiting.pop()
        id = plain(element.get("guid", ""))
        codable = element.get("isCodable", "true") in ("true", "1")
        name = " ".join(element.get("name", "").split())
        yield Code(id, name, above, text(element, "Description"), codable)
        waiting += [(one, id) for one in reversed(named(element, "Code"))]


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return _local(element.tag)


@lru_cache(_TAGS)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def named(element: Element, name: str) -> list[Element]:
    return [one for one in element if _local(one.tag) == name]


def child(element: Element, name: str) -> Element:
    """The child of this name, or one without anything in it."""
    found = named(element, name)
    return found[0] if found else Element(name)


def parts(root: Element, group: str, name: str) -> Iterator[Element]:
    return iter(named(child(root, group), name))


def text(element: Element, name: str) -> str:
    return child(element, name).text or ""


def target(reference: Element) -> str:
    return plain(reference.get("targetGUID", ""))
