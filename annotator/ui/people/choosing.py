"""The questions asked about actors: which one, and whether two are really one."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator.core.model import Actor, Id
from annotator.core.people.filed import Filings
from annotator.core.people.register import Register
from annotator.ui.book.questions import SplitOff
from annotator.ui.look.plain import plain_label
from annotator.ui.look.style import set_look
from annotator.ui.panel.entry import TypeAhead
from annotator.ui.panel.options import NewActor, Option, Value

_SHOWN = 8
_UNDONE = "One undo takes all of it back."


def about(actor: Actor) -> str:
    """What tells an actor from others: the type, the other names, and whether they are offered."""
    retired = ("retired",) if actor.retired else ()
    return ", ".join((*retired, actor.type, *actor.aliases))


def actor_options(
    register: Register[Filings], typed: str, but: Id, new: bool = False
) -> list[Option]:
    """Actors by what was typed, without one of them; perhaps somebody new of that name."""
    hits = register.index.search(typed, _SHOWN + 1, register.filed.counts)
    found = [
        Option(str(hit.actor.id), hit.actor.name, about(hit.actor))
        for hit in hits
        if hit.actor.id != but
    ][:_SHOWN]
    if new and typed.strip() and not register.index.named(typed):
        found.append(Option(NewActor(typed.strip(), "person"), f"New person “{typed.strip()}”"))
    return found


class ActorChooser(QDialog):
    """Which actor is meant: type a few letters, press Enter."""

    def __init__(
        self,
        question: str,
        register: Register[Filings],
        but: Id,
        parent: QWidget,
        new: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumWidth(520)
        self.chosen: Value | None = None
        label = plain_label(self, "title", question)
        self.entry = TypeAhead(
            question,
            "",
            lambda typed: actor_options(register, typed, but, new),
            "A name, or its first letters",
            self,
        )
        self.entry.chosen.connect(self._take)
        self.entry.escaped.connect(self.reject)
        self.entry.resized.connect(self.adjustSize)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(label)
        column.addWidget(self.entry)
        self.entry.setFocus()

    def _take(self, value: Value) -> None:
        self.chosen = value
        self.accept()


class _Question(QDialog):
    """Says what something does before it is done; Enter does it, Esc does not."""

    def __init__(self, verb: str, asked: str, told: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(verb)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        for text, look in ((asked, "title"), *((line, None) for line in told), (_UNDONE, "muted")):
            column.addWidget(plain_label(self, look, text))
        buttons = QDialogButtonBox(self)
        yes = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        set_look(yes, "primary")
        yes.setDefault(True)
        yes.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(6)
        column.addWidget(buttons)


class MergeQuestion(_Question):
    """Whether two are one."""

    def __init__(self, stays: Actor, goes: Actor, extent: str, parent: QWidget) -> None:
        asked = f"Merge {goes.name} into {stays.name}?"
        super().__init__("Merge", asked, _told(stays, goes, extent), parent)


class RetireQuestion(_Question):
    """Whether somebody is to be offered no longer, or again."""

    def __init__(self, actor: Actor, extent: str, parent: QWidget) -> None:
        named = f"{actor.name} is named by {extent}"
        if actor.retired:
            told = f"{named}. Others can be filed under this name again."
            super().__init__("Offer again", f"Offer {actor.name} again?", [told], parent)
        else:
            told = f"{named}; there the name stays. It is no longer proposed for others."
            super().__init__("Retire", f"Retire {actor.name}?", [told], parent)


class SplitQuestion(QDialog):
    """Who else is meant, and by which of the marks; Enter splits, Esc does not."""

    def __init__(self, actor: Actor, asked: SplitOff, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Split")
        self.setMinimumWidth(520)
        self.asked = asked
        heading = plain_label(self, "title", f"Some of these are not {actor.name}")
        self._told = plain_label(self)
        buttons = QDialogButtonBox(self)
        split = buttons.addButton("Split", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        set_look(split, "primary")
        split.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        for part in (heading, asked, self._told, plain_label(self, "muted", _UNDONE)):
            column.addWidget(part)
        column.addSpacing(6)
        column.addWidget(buttons)
        asked.changed.connect(self._tell)
        self._tell()
        asked.setFocus()

    def _tell(self) -> None:
        chosen, all_of = len(self.asked.chosen), self.asked.number_of_things
        go = "goes" if chosen == 1 else "go"
        self._told.setText(f"{chosen} of {all_of} {go} over to the new one, the rest stays.")


def _told(stays: Actor, goes: Actor, extent: str) -> list[str]:
    names = ", ".join(f"“{name}”" for name in goes.names if name not in stays.names)
    told = [f"{extent} will name {stays.name}, in every analyst's layer."]
    if names:
        told.append(f"{stays.name} will also be known as {names}.")
    if goes.type != stays.type:
        told.append(f"{goes.name} is a {goes.type}, {stays.name} a {stays.type}: that stays.")
    if goes.wikidata and stays.wikidata and goes.wikidata != stays.wikidata:
        told.append(
            f"Wikidata knows them as two, {stays.wikidata} and {goes.wikidata};"
            " the second goes into the note."
        )
    return told
