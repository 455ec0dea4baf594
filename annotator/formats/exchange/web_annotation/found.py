"""The annotations of a file, in the words of the W3C whoever wrote them, and what they point at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.json_lines import as_object
from annotator.formats.exchange.web_annotation import hypothesis, recogito
from annotator.formats.exchange.web_annotation.bodies import one_or_many, text_of

Object = dict[str, Any]

_PAGES = ("first", "items", "next", "@graph")
_SEVERAL = ("Composite", "List", "Independents", "Choice")
_VOCABULARY = re.compile(r"^(oa:|http://www\.w3\.org/ns/oa#)")
_CHARS = re.compile(r"(.*)#(char=[0-9]+,[0-9]+.*)", re.DOTALL)


def annotations_in(told: Any, where: str, losses: Losses) -> list[Object]:
    """What is in a file. :class:`BadInput` names what is no annotation."""
    if hypothesis.is_one(told):
        return list(hypothesis.as_annotations(told, where, losses))
    if recogito.is_one(told):
        return list(recogito.as_annotations(told, where))
    return list(_annotations(told, where, losses))


def _annotations(found: Any, where: str, losses: Losses) -> Iterator[Object]:
    """The annotations of a collection, its pages, a list, or one alone; not by recursion."""
    waiting = [(found, where)]
    while waiting:
        value, at = waiting.pop()
        if isinstance(value, list):
            waiting += [(one, f"{at}, item {n}") for n, one in reversed(list(enumerate(value, 1)))]
            continue
        item = as_object(value, at)
        types = _types(item)
        if "Annotation" in types:
            yield item
        elif "AnnotationCollection" in types or "AnnotationPage" in types or "@graph" in item:
            inner = [item.get(name) for name in _PAGES]
            waiting += [(one, at) for one in reversed(inner) if isinstance(one, dict | list)]
            for one in inner:
                if isinstance(one, str):
                    losses.add("pages that are not in the file are left out", one)
        else:
            raise BadInput(
                f"{at} is no Web Annotation: its type is {types or 'missing'}; take it out."
            )


def targets(item: Object) -> list[Any]:
    """What an annotation is about, one by one where several are in one."""
    found: list[Any] = []
    for one in one_or_many(item.get("target")):
        inner = one.get("items") if isinstance(one, dict) else None
        if isinstance(inner, list) and set(_types(one)) & set(_SEVERAL):
            found += inner
        else:
            found.append(one)
    return found


def source_of(target: Any) -> str:
    """The address of what a target is in; empty when it does not say."""
    if isinstance(target, dict):
        source = target.get("source", target.get("id"))
        target = source.get("id") if isinstance(source, dict) else source
    address = text_of(target)
    place = _CHARS.fullmatch(address)
    return place[1] if place else address


def selectors_of(target: Any) -> list[Object]:
    """What says where in its source a target is; words that narrow others down come first."""
    if not isinstance(target, dict):
        place = _CHARS.fullmatch(text_of(target))
        return [{"type": "FragmentSelector", "value": place[2]}] if place else []
    found: list[Object] = []
    for one in one_or_many(target.get("selector")):
        chain = _narrowed(one)
        # A position in what another selector says is none in the text.
        quotes = [inner for inner in chain[1:] if inner["type"] == "TextQuoteSelector"]
        found = [*quotes, *found, *chain[:1]]
    return found


def _narrowed(selector: Any) -> list[Object]:
    """A selector, and those that narrow it down one after the other."""
    found: list[Object] = []
    while isinstance(selector, dict):
        found.append({**selector, "type": next(iter(_types(selector)), None)})
        selector = selector.get("refinedBy")
    return found


def _types(item: Object) -> list[str]:
    """The types of a thing, without the name of the vocabulary."""
    found = one_or_many(item.get("type", item.get("@type")))
    return [_VOCABULARY.sub("", one) for one in found if isinstance(one, str)]
