"""What is done to an actor in the window of the people: asked, done, and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.model import Actor, Id
from annotator.core.people import keeping
from annotator.core.revision import Edit, Revision
from annotator.ui.book.questions import SplitOff, describer
from annotator.ui.desk import Desk
from annotator.ui.dialogs import ask
from annotator.ui.panel.options import NewActor
from annotator.ui.people.choosing import ActorChooser, MergeQuestion, RetireQuestion, SplitQuestion
from annotator.workspace import Workspace


class Changing(QObject):
    """Asks in front of its window whatever has to be known first."""

    told = Signal(str, str)
    """What was done or why not, and the look of that."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._people = desk.workspace.people
        self._window = window

    def add(self, name: str) -> Actor | None:
        """Add an actor."""
        edit, made = keeping.new_actor(self._desk.workspace.new_id(), name)
        return made if self._desk.do(edit) else None

    def delete(self, actor: Actor) -> None:
        """Delete an actor, if nothing names them."""
        self.do(lambda: self._people.delete(actor))

    def retire(self, actor: Actor) -> None:
        """Ask, and offer an actor no longer; one who is retired, again."""
        used = self._people.extent(actor.id)
        if ask(RetireQuestion(actor, used, self._window), self._window):
            self.do(lambda: keeping.retire(actor, used, not actor.retired))

    def merge(self, actor: Actor) -> None:
        """Choose who else an actor is, and make both one."""
        other = self._choose(f"{actor.name} is the same as …", actor.id)
        if isinstance(other, Actor):
            self.merge_with(actor, other)

    def merge_with(self, stays: Actor, goes: Actor) -> None:
        """Ask, and make the second actor part of the first."""
        touched = self._people.extent(goes.id)
        if not ask(MergeQuestion(stays, goes, touched, self._window), self._window):
            return
        label = f"Merge {goes.name} into {stays.name}: {touched}"
        self._do_long(label, goes, lambda now: now.people.merge(stays, goes))

    def split(self, actor: Actor) -> Id | None:
        """Choose which marks mean somebody else, and make them; who that is."""
        workspace, filed = self._desk.workspace, self._people.filed_under(actor.id)
        if not filed:
            self.told.emit(f"Nothing is filed under {actor.name} yet.", "danger")
            return None
        asked = SplitOff(filed, describer(workspace))
        if not ask(SplitQuestion(actor, asked, self._window), self._window):
            return None
        name, id, chosen = asked.name.text(), workspace.new_id(), frozenset(asked.chosen)
        says = f"Split {name} off {actor.name}"
        done = self._do_long(says, actor, lambda now: now.people.split(actor, name, id, chosen)[0])
        return id if done else None

    def give_away(self, actor: Actor, alias: str) -> None:
        """Say whose an alias is."""
        other = self._choose(f"Who is “{alias}”, if not {actor.name}?", actor.id, new=True)
        if isinstance(other, NewActor):
            made = Actor(id=self._desk.workspace.new_id(), name=other.name, type=other.type)
            self._give(actor, alias, made, new=True)
        elif isinstance(other, Actor):
            self._give(actor, alias, other)

    def _give(self, actor: Actor, alias: str, other: Actor, new: bool = False) -> None:
        says = f"“{alias}” is {other.name}, not {actor.name}"
        self._do_long(says, actor, lambda now: now.people.split_alias(actor, alias, other, new))

    def _do_long(self, says: str, actor: Actor, make: Callable[[Workspace], Edit]) -> bool:
        """Do what may touch all that is filed under an actor, and tell it; whether it was done."""
        labels: list[str] = []

        def work(now: Workspace) -> Revision | None:
            revision = now.do(lambda: make(now))
            if revision is not None:
                labels.append(revision.label)
            return revision

        done = self._desk.do_long(says, self._people.how_many(actor.id), work)
        self._window.activateWindow()  # after the question it was not in front while it waited
        for label in labels if done else ():
            self.told.emit(label, "muted")
        return done

    def do(self, verb: Callable[[], Edit]) -> bool:
        """Do what a verb says, and tell it; whether it was done."""
        try:
            edit = verb()
        except AnnotatorError as error:
            self.told.emit(str(error), "danger")
            return False
        done = self._desk.do(edit)
        if done:
            self.told.emit(edit.label, "muted")
        return done

    def _choose(self, question: str, but: Id, new: bool = False) -> Actor | NewActor | None:
        register = self._people.register
        chooser = ActorChooser(question, register, but, self._window, new)
        if not ask(chooser, self._window):
            return None
        if isinstance(chooser.chosen, NewActor):
            return chooser.chosen
        return register.index.get(str(chooser.chosen))
