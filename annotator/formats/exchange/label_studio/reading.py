"""Reading Label Studio tasks: texts and paragraphs, regions with their controls, relations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.codebook import FieldType
from annotator.core.errors import BadInput
from annotator.core.model import FieldValue, Id
from annotator.core.text.offsets import Offsets
from annotator.formats.exchange import json_lines
from annotator.formats.exchange.format import HEAD, Asked, Incoming
from annotator.formats.exchange.gathering import ArticleGathering, Gathering
from annotator.formats.exchange.json_lines import Object, as_list, as_object, as_offset, as_text
from annotator.formats.exchange.label_studio import minimal as label_studio_min
from annotator.formats.exchange.label_studio.page import Page, has_tags
from annotator.formats.exchange.label_studio.talk import lose_talk
from annotator.formats.exchange.label_studio.writing import LABELS, META, TEXT, control_name
from annotator.formats.exchange.limits import check_size
from annotator.formats.exchange.places import UNITS, Places, Quoted, Unit, agreed_unit
from annotator.formats.exchange.relations import Said
from annotator.formats.exchange.spans import SpanIn, gather_spans

_OURS = {control_name(key): key for key in (LABELS, TEXT)}
"""Fields that are called as something else in what we write."""
_LABELS = ("labels", "paragraphlabels", "hypertextlabels")
_OLD_LABELS = "htmllabels"
"""Where Label Studio before 1.0 has the labels of a region of HTML."""
_FIRST_NODE = "/text()[1]"
"""The only place that a text without tags has, as a path."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|/data/|data:)\S*", re.IGNORECASE)
"""Where a text, a picture or a sound is, instead of itself."""
_SPEAKERS = ("author", "speaker", "role", "name")
"""What a turn of a dialogue may call who says it."""
_TYPES: dict[str, FieldType] = {
    "choices": "choice",
    "textarea": "text",
    "number": "number",
    "rating": "number",
    "datetime": "text",
}
"""Of controls on regions, with the type of field that each is."""


def read(path: Path, asked: Asked) -> Incoming:
    gathering = Gathering("label-studio", path.name)
    taken = list(_tasks(_objects(path), path.name, gathering))
    # Where all characters count as one in every unit, quotes prove nothing and are often wrong.
    odd = [task for task in taken if max(task.places.raw, default="") > "\uffff"]
    quotes = ((task.where, task.places, task.quotes()) for task in odd)
    unit = agreed_unit(quotes, asked.value("unit"), "code points")
    several = {name for task in taken for name in task.several()}
    for task in taken:
        task.gather(unit, several, asked.value("predictions") == "layer")
    return Incoming(gathering.bundle(), gathering.losses)


def _objects(path: Path) -> list[Any]:
    """The tasks of a list, of a file for one of them, or of a file with one a line."""
    if json_lines.first_object(path, json_lines.beginning(path, HEAD)):
        check_size(path)
        return [one for _, one in json_lines.read_lines(path)]
    found = json_lines.read_json(path)
    return found if isinstance(found, list) else [found]


def _tasks(found: list[Any], name: str, gathering: Gathering) -> Iterator[_Task]:
    """Those with a text; :class:`BadInput` when there are tasks and none of them has one."""
    without = 0
    for number, one in enumerate(found, 1):
        where = f"{name}, task {number},"
        whole = label_studio_min.task(one) if label_studio_min.is_flat(one) else one
        task = _Task(as_object(whole, where), where, gathering)
        if task.places.text.strip():
            yield task
        else:
            without += 1
            gathering.losses.add("a task without a text is left out", where)
    if found and without == len(found):
        raise BadInput(f"{name} has no text in the “data” of any task; export it with its texts.")


@dataclass(frozen=True, slots=True)
class _Work:
    """What one analyst, or one model, says of a task."""

    layer: str
    results: list[Object]


class _Task:
    def __init__(self, found: Object, where: str, gathering: Gathering) -> None:
        self.where = where
        self._found = found
        self._gathering = gathering
        self._data = as_object(found.get("data"), f"{where} “data”")
        self._starts: list[int] = []
        self._holds = ""
        raw = self._text()
        self._work = list(self._annotations())
        self._page = Page(raw) if has_tags(raw) and self._has_paths() else None
        self.places = Places(raw if self._page is None else self._page.text)
        self._elsewhere = set(self._on_others())

    def _text(self) -> str:
        """The text that the regions are on: ours, a dialogue, or the longest; empty for none."""
        texts = {
            name: value
            for name, value in self._data.items()
            if isinstance(value, str) and not _ADDRESS.fullmatch(value.strip())
        }
        if TEXT in texts:
            self._holds = TEXT
            return texts[TEXT]
        for name, value in self._data.items():
            if isinstance(value, list) and value and all(_is_turn(turn) for turn in value):
                self._holds = name
                return self._of_turns(value)
        self._holds = max(texts, key=lambda name: len(texts[name]), default="")
        return texts.get(self._holds, "")

    def _has_paths(self) -> bool:
        """Whether regions are on a page, where they begin at a node of it."""
        values = (result.get("value") for work in self._work for result in work.results)
        starts = (value.get("start") for value in values if isinstance(value, dict))
        return any(isinstance(start, str) and start.startswith("/") for start in starts)

    def _of_turns(self, turns: list[Object]) -> str:
        text = ""
        for turn in turns:
            self._starts.append(len(text))
            text += f"{turn['text']}\n"
        if any(turn.get(name) for turn in turns for name in _SPEAKERS):
            what = "who speaks in a dialogue is left out"
            self._gathering.losses.add(what, self.where, len(turns))
        return text

    def _annotations(self) -> Iterator[_Work]:
        losses = self._gathering.losses
        found = self._found.get("annotations", self._found.get("completions"))
        for one in as_list(found, f"{self.where} “annotations”"):
            if not isinstance(one, dict):
                losses.add("annotations of which only the number is there are left out", self.where)
                continue
            lose_talk(one, self.where, losses)
            if one.get("was_cancelled"):
                losses.add("a skipped annotation is left out", self.where)
            else:
                yield _Work(self._layer(one), self._results(one))
        drafts = as_list(self._found.get("drafts"), f"{self.where} “drafts”")
        if drafts:
            losses.add("drafts are left out", self.where, len(drafts))
        lose_talk(self._found, self.where, losses)

    def _layer(self, annotation: Object) -> str:
        name = _person(annotation.get("completed_by") or annotation.get("created_username"))
        if annotation.get("ground_truth") and name != "gold":
            if name:
                losses = self._gathering.losses
                losses.add("who made the ground truth is left out; it is gold", self.where)
            return "gold"
        return name

    def _results(self, annotation: Object) -> list[Object]:
        where = f"{self.where} “result”"
        return [as_object(one, where) for one in as_list(annotation.get("result"), where)]

    def quotes(self) -> list[Quoted]:
        if self._page is not None:
            return []  # each region of a page is proven where it is found
        return [quoted for to, quoted in self._quoted() if to not in self._elsewhere]

    def _quoted(self) -> Iterator[tuple[str, Quoted]]:
        """The regions with their words, and what of the configuration they are on."""
        for work in self._work:
            for result in work.results:
                value = result.get("value")
                if isinstance(value, dict) and isinstance(value.get("text"), str):
                    place = self._place(value)
                    if place is not None:
                        yield _shown(result), (*place, value["text"])

    def _on_others(self) -> Iterator[str]:
        """What is another text of the task: words stand there that do not stand in the one read."""
        others = [v for k, v in self._data.items() if k != self._holds and isinstance(v, str)]
        others = [] if self._page is not None else others
        for to, quoted in self._quoted() if others else ():
            if not any(self.places.holds(quoted, unit) for unit in UNITS):
                start, end, words = quoted
                if any(text[max(0, start) : max(0, end)] == words for text in others):
                    yield to

    def several(self) -> Iterator[str]:
        """The controls with which somebody said several things of one region."""
        for work in self._work:
            for result in work.results:
                value, type = result.get("value"), str(result.get("type"))
                slot = "text" if type == "textarea" else type
                said = value.get(slot) if isinstance(value, dict) else None
                if isinstance(said, list) and len(said) > 1 and type in ("choices", "textarea"):
                    name = str(result.get("from_name"))
                    yield _OURS.get(name, name)

    def gather(self, unit: Unit, several: set[str], with_predictions: bool) -> None:
        known = {k: v for k, v in self._data.items() if k in META and isinstance(v, str)}
        name = known.pop("file", "") or str(self._data.get("id") or self.where.rstrip(","))
        article = self._gathering.article(self.places.text, name, **known)
        others = [key for key in self._data if key not in (*META, "id", self._holds)]
        if others:
            losses = self._gathering.losses
            losses.add("other data of tasks is left out", f"{self.where} {others[0]}", len(others))
        predictions = as_list(self._found.get("predictions"), f"{self.where} “predictions”")
        work = list(self._work)
        if with_predictions:
            work += (
                _Work(str(one.get("model_version") or "predictions"), self._results(one))
                for one in predictions
                if isinstance(one, dict)
            )
        elif predictions:
            what = "predictions are left out (predictions=layer takes them)"
            self._gathering.losses.add(what, self.where, len(predictions))
        for one in work:
            layer = self._gathering.layer(one.layer) if one.results else 0
            self._gather_work(one, article, layer, unit, several)

    def _gather_work(
        self, work: _Work, article: ArticleGathering, layer: Id, unit: Unit, several: set[str]
    ) -> None:
        losses = self._gathering.losses
        regions: dict[str, tuple[str, tuple[int, int], str]] = {}
        said: dict[str, list[Object]] = defaultdict(list)
        for number, result in enumerate(work.results):
            id, type = str(result.get("id", f"r{number}")), result.get("type")
            if type == "relation":
                continue
            if type not in _LABELS:
                if _is_elsewhere(result):
                    what = "regions of pictures, sound and video are left out"
                    losses.add(what, f"{self.where} {id}")
                else:
                    said[id].append(result)
                continue
            if _shown(result) in self._elsewhere:
                what = "a region on another text of the task is left out"
                losses.add(what, f"{self.where} {id}")
                continue
            value = as_object(result.get("value"), f"{self.where} “value”")
            place = self._span(value, unit)
            named = value.get(str(type), value.get(_OLD_LABELS))
            labels = as_list(named, f"{self.where} “{type}”")
            if place is None or place[0] == place[1]:
                losses.add("a region that is not within the text is left out", f"{self.where} {id}")
                continue
            if not labels:
                losses.add("a region without a label is left out", f"{self.where} {id}")
                continue
            if len(labels) > 1 or id in regions:
                losses.add("of several labels on a region all but one are left out", self.where)
            note = "\n".join(_notes(result))
            regions[id] = as_text(labels[0], f"{self.where} label"), place, note
        spans = {
            id: SpanIn(label, place, self._fields(said.pop(id, []), label, several), note)
            for id, (label, place, note) in regions.items()
        }
        for rest in said.values():
            losses.add("what is said of a text as a whole is left out", self.where, len(rest))
        gather_spans(spans, self._relations(work), self._gathering, article, layer)

    def _span(self, value: Object, unit: Unit) -> Offsets | None:
        """Where a region is, in code points of the article; None when that cannot be told."""
        if self._page is not None:
            return self._page.place(value)
        found = self._place(value)
        return None if found is None else self.places.span(*found, unit)

    def _place(self, value: Object) -> tuple[int, int] | None:
        """Where a region is in the raw text; None for a place in HTML that cannot be found."""
        where = f"{self.where} region"
        if self._starts:
            return self._in_turns(value, where)
        if isinstance(value.get("globalOffsets"), dict) and "<" not in self.places.raw:
            value = value["globalOffsets"]
        start, end = value.get("start"), value.get("end")
        if start == end == _FIRST_NODE and "<" not in self.places.raw:
            start, end = value.get("startOffset"), value.get("endOffset")
        if isinstance(start, str) or isinstance(end, str):
            return None
        return as_offset(start, where), as_offset(end, where)

    def _in_turns(self, value: Object, where: str) -> tuple[int, int] | None:
        turns = [str(value.get(name)) for name in ("start", "end")]
        if not all(t.isascii() and t.isdigit() and int(t) < len(self._starts) for t in turns):
            return None
        offsets = [as_offset(value.get(name), where) for name in ("startOffset", "endOffset")]
        first, last = (
            self._starts[int(turn)] + offset for turn, offset in zip(turns, offsets, strict=True)
        )
        return first, last

    def _fields(
        self, results: list[Object], label: str, several: set[str]
    ) -> dict[str, FieldValue]:
        gathering = self._gathering
        kind = gathering.kind(label)
        found: dict[str, FieldValue] = {}
        for result in results:
            control, name = str(result.get("type")), str(result.get("from_name"))
            name = _OURS.get(name, name)
            type = _TYPES.get(control)
            value = result.get("value")
            slot = "text" if control == "textarea" else control
            said = value.get(slot) if isinstance(value, dict) else None
            if type is None or said is None:
                gathering.losses.add(f"what “{control}” says of a region is left out", self.where)
            elif type == "number":
                if isinstance(said, int | float) and not isinstance(said, bool):
                    found[gathering.field(name, type, [kind])] = said
            elif type == "text" and name not in several:
                words = said if isinstance(said, list) else [said]
                found[gathering.field(name, type, [kind])] = "\n".join(map(str, words))
            else:
                found |= self._chosen(name, said, kind, name in several)
        return found

    def _chosen(self, name: str, said: Any, kind: str, several: bool) -> dict[str, FieldValue]:
        gathering = self._gathering
        values = [str(one) for one in (said if isinstance(said, list) else [said])]
        if not values:
            return {}
        key = gathering.field(name, "choice", [kind])
        keys = [gathering.choice(key, value) for value in values]
        if several:
            gathering.holds_several(key)
        return {key: keys if several else keys[0]}

    def _relations(self, work: _Work) -> Iterator[Said]:
        for result in work.results:
            if result.get("type") != "relation":
                continue
            ends = str(result.get("from_id")), str(result.get("to_id"))
            if result.get("direction") == "left":
                ends = ends[1], ends[0]
            if result.get("direction") == "bi":
                what = "that a relation goes both ways is left out"
                self._gathering.losses.add(what, self.where)
            labels = as_list(result.get("labels"), f"{self.where} “labels”") or ["related"]
            if len(labels) > 1:
                what = "of several labels on a relation all but one are left out"
                self._gathering.losses.add(what, self.where)
            yield ends[0], as_text(labels[0], f"{self.where} label"), ends[1]


def _is_elsewhere(result: Object) -> bool:
    """Whether it is a region of something that is no text."""
    return str(result.get("type")).endswith("labels") or "original_width" in result


def _shown(result: Object) -> str:
    """What of the configuration a region is on, or in flat exports the control it is made with."""
    return str(result.get("to_name") or result.get("from_name"))


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and isinstance(turn.get("text"), str)


def _person(found: Any) -> str:
    """The name of whoever annotated: as full as the export has it."""
    if isinstance(found, dict):
        names = " ".join(str(found.get(k) or "") for k in ("first_name", "last_name")).strip()
        return names or str(found.get("email") or found.get("id") or "")
    if found is None or isinstance(found, list | bool):
        return ""
    return f"user {found}" if isinstance(found, int) else str(found)


def _notes(result: Object) -> list[str]:
    meta = result.get("meta")
    found = meta.get("text") if isinstance(meta, dict) else None
    return [str(one) for one in found] if isinstance(found, list) else []
