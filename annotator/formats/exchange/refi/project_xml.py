"""The parts of a ``project.qde`` by GUID, so that a reader can look up what refers to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.refi import guids
from annotator.formats.exchange.refi.guids import plain


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
        if root.tag != f"{{{guids.PROJECT}}}Project":
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
        self.sources = list(parts(root, "Sources", "TextSource"))
        self.notes = {plain(n.get("guid", "")): n for n in parts(root, "Notes", "Note")}
        self.links = list(parts(root, "Links", "Link"))
        self.case_names: dict[str, list[str]] = defaultdict(list)
        for case in self.cases:
            for one in named(case, "SelectionRef"):
                self.case_names[target(one)].append(case.get("name", ""))
        self._list_others(root, losses)

    def _list_others(self, root: Element, losses: Losses) -> None:
        others = [one for one in child(root, "Sources") if local(one) != "TextSource"]
        for one in others:
            what = "pictures, PDF files, sound and video are left out"
            losses.add(what, one.get("name", self.where))
        for name, what in (("Sets", "sets are left out"), ("Graphs", "graphs are left out")):
            found = list(child(root, name))
            if found:
                losses.add(what, found[0].get("name", self.where), len(found))

    def text_of_note(self, guid: str) -> str:
        note = self.notes.get(guid)
        return "" if note is None else text(note, "PlainTextContent")

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
    return str(element.tag).rpartition("}")[2]


def named(element: Element, name: str) -> list[Element]:
    return [one for one in element if local(one) == name]


def child(element: Element, name: str) -> Element:
    """The child of this name, or one without anything in it."""
    return next(iter(named(element, name)), Element(name))


def parts(root: Element, group: str, name: str) -> Iterator[Element]:
    return iter(named(child(root, group), name))


def text(element: Element, name: str) -> str:
    return child(element, name).text or ""


def target(reference: Element) -> str:
    return plain(reference.get("targetGUID", ""))
