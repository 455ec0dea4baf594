"""What filling in a field means: an actor also learns an alias, a new one is made."""

from __future__ import annotations

from annotator.core.issues import file_under_new_issue
from annotator.core.marking import set_field
from annotator.core.model import FieldValue, Mark, Statement, several
from annotator.core.people.filing import file_under, file_under_new
from annotator.core.revision import Edit
from annotator.ui.at_hand import AtHand
from annotator.ui.panel.fields import Filled
from annotator.ui.panel.options import NewActor, NewIssue


def filled_in(desk: AtHand, filled: Filled) -> Edit:
    """The step that fills in a field as it was chosen on a card."""
    book, thing, value, new_id = desk.book, filled.thing, filled.value, desk.workspace.new_id
    field = book.fields[filled.field]
    if isinstance(thing, Mark) and not field.many:
        if isinstance(value, NewActor):
            return file_under_new(book, thing, filled.field, value.name, value.type, new_id())[0]
        if isinstance(value, NewIssue):
            return file_under_new_issue(book, thing, filled.field, value.proposition, new_id())[0]
        if field.type == "actor" and isinstance(value, str):
            actor = desk.known.actor(value) if desk.known else None
            if actor is not None:
                return file_under(book, thing, filled.field, actor)
    assert value is None or isinstance(value, str | int | float | bool | list)
    plain: FieldValue | None = value
    if field.many and isinstance(plain, str):
        plain = _with(thing, filled.field, plain)
    return set_field(thing, book, filled.field, plain)


def _with(thing: Mark | Statement, name: str, value: str) -> FieldValue | None:
    """The values of a field with one more; chosen a second time, it goes."""
    now = [str(one) for one in several(thing.fields[name])] if name in thing.fields else []
    changed = [one for one in now if one != value] if value in now else [*now, value]
    return changed or None
