"""Commands are data: this one list feeds the menus, the keys, the palette and the key page.

A command names an action of the window; ``where`` says which pane its keys belong to, so single
letters mark text in the article and type letters everywhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from annotator.core.codebook import Codebook
from annotator.core.errors import BadInput
from annotator.core.meaning import called, meaning

Where = Literal["window", "article", "review"]


@dataclass(frozen=True, slots=True)
class Command:
    """Something the analyst can do. ``argument`` is what its action is called with, if anything."""

    id: str
    text: str
    menu: str
    """Where it stands, such as ``Mark`` or, in a submenu, ``Mark/Boundaries``."""
    action: str
    keys: tuple[str, ...] = ()
    where: Where = "window"
    argument: str | int | None = None
    icon: str | None = None
    needs_article: bool = True
    also: str = ""
    """Other words that it may be looked for by."""
    apart: bool = False
    """Whether a line stands before it in its menu."""


MENUS = {
    "Project": "&Project",
    "Edit": "&Edit",
    "Articles": "&Articles",
    "Mark": "&Mark",
    "Statement": "&Statement",
    "Text": "&Text",
    "View": "&View",
    "Help": "&Help",
}
"""The menus, each with the letter that opens it with Alt; R, W and C are the find bar's."""


def commands(book: Codebook) -> list[Command]:
    """All commands, those of the codebook's kinds and stances among them, in menu order."""
    kinds = list(_kinds(book))
    first = [*_PROJECT, *_EDIT, *_ARTICLES]
    rest = [*_MARK, *_in_words_of(book, _STATEMENT), *_stances(book), *_TEXT, *_REST]
    taken = {key for command in kinds for key in command.keys}
    return [*_without(first, taken), *kinds, *_without(rest, taken), *_layers(), *_REVIEW]


def _in_words_of(book: Codebook, listed: Iterable[Command]) -> list[Command]:
    """The commands with the codebook's word for who speaks."""
    who = called(book, meaning(book).who, "speaker")
    return [replace(c, text=c.text.replace("speaker", who)) for c in listed]


def _without(listed: Iterable[Command], taken: set[str]) -> list[Command]:
    """The commands without keys that others need more."""
    return [replace(c, keys=tuple(k for k in c.keys if k not in taken)) for c in listed]


_PROJECT = (
    Command("project.new", "New project…", "Project", "new_project", ("Ctrl+Shift+N",), needs_article=False),
    Command("project.open", "Open project…", "Project", "open_project", ("Ctrl+O",), needs_article=False),
    Command("article.import", "Import articles…", "Project", "import_articles", ("Ctrl+I",), icon="import", needs_article=False, also="add load", apart=True),
    Command("article.import_folder", "Import a folder…", "Project", "import_folder", ("Ctrl+Shift+I",), needs_article=False),
    Command("article.paste", "Import from the clipboard", "Project", "paste_article", ("Ctrl+Shift+V",), needs_article=False, also="paste"),
    Command("export.project", "Export the project…", "Project", "export_project", ("Ctrl+E",), icon="export", needs_article=False, also="save as json csv excel"),
    Command("codebook.edit", "Codebook…", "Project", "edit_codebook", ("Ctrl+B",), icon="settings", needs_article=False, also="kinds roles fields stances issues labels tags scheme", apart=True),
    Command("people", "Actors…", "Project", "people", ("Ctrl+Shift+A",), needs_article=False, also="people persons groups organisations states aliases"),
    Command("project.switch", "Work as another analyst…", "Project", "switch_analyst", needs_article=False, also="user name log in", apart=True),
    Command("project.merge", "Merge another analyst's file…", "Project", "merge_file", needs_article=False),
    Command("project.backups", "Backups…", "Project", "show_backups", needs_article=False, also="restore", apart=True),
    Command("project.copy", "Save a copy of the project…", "Project", "save_copy", needs_article=False),
    Command("project.repair", "Repair a damaged project…", "Project", "repair_project", needs_article=False),
    Command("project.check", "Check the project", "Project", "check", needs_article=False),
    Command("window.new", "Another window on this project", "Project", "another_window", needs_article=False, apart=True),
    Command("window.close", "Close", "Project", "close_window", ("Ctrl+W", "Ctrl+Q"), needs_article=False, also="quit exit"),
)  # fmt: skip

_EDIT = (
    Command("edit.undo", "Undo", "Edit", "undo", ("Ctrl+Z",), icon="undo", needs_article=False),
    Command("edit.redo", "Redo", "Edit", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo", needs_article=False),
    Command("history", "History of this article…", "Edit", "history", ("Ctrl+H",)),
    Command("edit.copy", "Copy", "Edit", "copy", ("Ctrl+C",), "article"),
    Command("find", "Find in the article…", "Edit/Find", "find", ("Ctrl+F",), icon="search"),
    Command("find.next", "Next hit", "Edit/Find", "find_step", ("F3",), argument=1),
    Command("find.previous", "Previous hit", "Edit/Find", "find_step", ("Shift+F3",), argument=-1),
    Command("select.word", "Select the word, then its name", "Edit/Select", "select", ("W",), "article", "word"),
    Command("select.quotation", "Select the quotation", "Edit/Select", "select", ('"', 'Shift+"'), "article", "quotation"),
    Command("select.sentence", "Select the sentence", "Edit/Select", "select", (".",), "article", "sentence"),
    Command("select.more", "Select more", "Edit/Select", "select_more", ("E",), "article"),
    Command("select.less", "Select less", "Edit/Select", "select_less", ("Shift+E",), "article"),
    Command("select.next_sentence", "Extend by a sentence", "Edit/Select", "extend_sentence", (">", "Shift+>"), "article", 1),
)  # fmt: skip

_MARK = (
    Command("mark.next", "Next mark", "Mark", "walk_marks", ("Tab",), "article", 1, "next"),
    Command("mark.previous", "Previous mark", "Mark", "walk_marks", ("Shift+Tab",), "article", -1, "previous"),
    Command("mark.fragment", "Add the selection to the mark", "Mark", "add_fragment", ("F",), "article"),
    Command("mark.unfragment", "Take this fragment out of the mark", "Mark", "remove_fragment", ("Shift+F",), "article"),
    Command("mark.end.word_right", "End one word later", "Mark/Boundaries", "move_end_word", ("Alt+Right",), "article", 1),
    Command("mark.end.word_left", "End one word earlier", "Mark/Boundaries", "move_end_word", ("Alt+Left",), "article", -1),
    Command("mark.start.word_right", "Start one word later", "Mark/Boundaries", "move_start_word", ("Alt+Shift+Right",), "article", 1),
    Command("mark.start.word_left", "Start one word earlier", "Mark/Boundaries", "move_start_word", ("Alt+Shift+Left",), "article", -1),
    Command("mark.end.right", "End one character later", "Mark/Boundaries", "move_end", ("]",), "article", 1),
    Command("mark.end.left", "End one character earlier", "Mark/Boundaries", "move_end", ("[",), "article", -1),
    Command("mark.start.right", "Start one character later", "Mark/Boundaries", "move_start", ("}", "Shift+}"), "article", 1),
    Command("mark.start.left", "Start one character earlier", "Mark/Boundaries", "move_start", ("{", "Shift+{"), "article", -1),
    Command("mark.quotes", "Quote marks into the mark or out of it", "Mark/Boundaries", "toggle_quotes", ("'",), "article"),
    Command("mark.all", "Mark every occurrence…", "Mark", "mark_all", ("Ctrl+Shift+M",)),
    Command("mark.delete", "Delete the mark", "Mark", "delete_mark", ("Del", "Backspace"), "article", icon="delete"),
)  # fmt: skip

_STATEMENT = (
    Command("statement.missing", "Fill in what is missing", "Statement", "fill_in", ("Return", "Enter"), "article"),
    Command("todo.next", "Next thing to do", "Statement", "walk_findings", ("F8",), argument=1),
    Command("todo.previous", "Previous thing to do", "Statement", "walk_findings", ("Shift+F8",), argument=-1),
    Command("todo.list", "What is still to be done", "Statement", "show_to_do", ("Ctrl+4",)),
    Command("statement.next", "Next statement", "Statement", "walk_statements", ("J",), "article", 1, "next"),
    Command("statement.previous", "Previous statement", "Statement", "walk_statements", ("K",), "article", -1, "previous"),
    Command("statement.away", "Put the statement away: the next mark begins a new one", "Statement", "put_away", ("Esc", "N"), "article"),
    Command("statement.repeat_speaker", "Same speaker as the statement before", "Statement", "repeat_speaker", ("R",), "article", icon="speaker"),
    Command("mark.note", "Note on the mark", "Mark", "note", (";",), "article", "mark", "edit"),
    Command("statement.note", "Note on the statement", "Statement", "note", (":", "Shift+:"), "article", "statement"),
    Command("mark.ask", "Ask the reviewer about the mark", "Mark", "ask_reviewer", ("!", "Shift+!"), "article", "mark"),
    Command("statement.ask", "Ask the reviewer about the statement", "Statement", "ask_reviewer", ("?", "Shift+?"), "article", "statement"),
    Command("statement.filter", "Filter the statements", "Statement", "filter_cards", ("/",), "article", icon="search"),
    Command("statement.fold", "Fold the cards, or unfold them", "Statement", "fold_cards", ("Z",), "article", icon="fold"),
    Command("statement.link", "Link the mark to a statement too…", "Statement", "link", ("L",), "article", icon="link"),
    Command("statement.move", "Move the mark to another statement…", "Statement", "move", ("M",), "article"),
    Command("statement.own", "Begin a statement with the mark", "Statement", "own_statement", ("O",), "article", icon="statement"),
    Command("statement.unlink", "Take the mark out of the statement", "Statement", "unlink", ("U",), "article", icon="unlink"),
    Command("statement.delete", "Delete the statement", "Statement", "delete_statement", ("Shift+Del",), "article"),
)  # fmt: skip

_TEXT = (
    Command("block.cycle", "Next block type for this line", "Text", "cycle_block", ("B",), "article", icon="block"),
    Command("article.next", "Next article", "Text", "walk_articles", ("Ctrl+PgDown",), argument=1, needs_article=False),
    Command("article.previous", "Previous article", "Text", "walk_articles", ("Ctrl+PgUp",), argument=-1, needs_article=False),
    Command("article.done", "Article done, or not yet", "Text", "toggle_done", ("Ctrl+D",), icon="check"),
)  # fmt: skip

_ARTICLES = (
    Command("article.describe", "Title, date and outlet…", "Articles/This article", "describe", ("F2",), icon="edit", also="rename author metadata"),
    Command("export.article", "Export this article…", "Articles/This article", "export_article", ("Ctrl+Shift+E",)),
    Command("article.print", "Print this article…", "Articles/This article", "print_article", ("Ctrl+P",)),
    Command("article.picture", "Save this article as PDF, SVG or PNG…", "Articles/This article", "picture_article", ("Ctrl+Shift+P",)),
    Command("article.remove", "Remove this article", "Articles/This article", "remove_article", icon="delete", also="delete"),
    Command("articles.find", "Search the articles…", "Articles", "find_articles", ("Ctrl+Shift+F",), icon="search", needs_article=False),
    Command("articles.filter", "Filter articles…", "Articles", "filter_articles", ("Ctrl+Shift+L",), needs_article=False),
    Command("articles.all", "Show all articles again", "Articles", "clear_filters", ("Ctrl+Shift+K",), needs_article=False),
    Command("articles.sort", "Sort articles…", "Articles", "sort_articles", ("Ctrl+Shift+O",), needs_article=False),
    Command("articles.group", "Group articles…", "Articles", "group_articles", ("Ctrl+Shift+G",), needs_article=False),
    Command("articles.new", "Chosen articles: new", "Articles/Chosen articles", "set_stage", argument="new", needs_article=False),
    Command("articles.begun", "Chosen articles: in progress", "Articles/Chosen articles", "set_stage", argument="in progress", needs_article=False),
    Command("articles.done", "Chosen articles: done", "Articles/Chosen articles", "set_stage", argument="done", needs_article=False),
    Command("articles.assign", "Assign the chosen articles…", "Articles/Chosen articles", "assign_articles", needs_article=False),
    Command("articles.export", "Export the chosen articles…", "Articles/Chosen articles", "export_chosen", needs_article=False),
    Command("articles.remove", "Remove the chosen articles", "Articles/Chosen articles", "remove_chosen", ("Ctrl+Del",), icon="delete", needs_article=False),
)  # fmt: skip

_REST = (
    Command("view.articles", "Go to the articles", "View", "go_to", ("Ctrl+1",), argument="articles", needs_article=False),
    Command("view.text", "Go to the text", "View", "go_to", ("Ctrl+2",), argument="text"),
    Command("view.panel", "Go to the panel of statements", "View", "go_to", ("Ctrl+3",), argument="panel"),
    Command("view.next_pane", "Next pane", "View", "next_pane", ("F6",), needs_article=False),
    Command("view.zoom_in", "Larger text", "View", "zoom", ("Ctrl++", "Ctrl+="), argument=10, icon="zoom-in", needs_article=False),
    Command("view.zoom_out", "Smaller text", "View", "zoom", ("Ctrl+-",), argument=-10, icon="zoom-out", needs_article=False),
    Command("view.zoom_reset", "Usual text size", "View", "zoom", ("Ctrl+0",), argument=0, needs_article=False),
    Command("view.line_longer", "Longer lines", "View/Lines", "line_length", ("Ctrl+]",), argument=5, needs_article=False),
    Command("view.line_shorter", "Shorter lines", "View/Lines", "line_length", ("Ctrl+[",), argument=-5, needs_article=False),
    Command("view.line_apart", "Lines further apart", "View/Lines", "line_space", argument=10, needs_article=False),
    Command("view.line_nearer", "Lines nearer together", "View/Lines", "line_space", argument=-10, needs_article=False),
    Command("view.line_reset", "Usual lines", "View/Lines", "line_length", argument=0, needs_article=False),
    Command("view.focus", "Focus mode: only the article and its cards", "View", "focus_mode", ("F11",)),
    Command("review", "Review this article…", "View/Review", "review_article", ("Ctrl+R",)),
    Command("review.readback", "What the reviewer changed…", "View/Review", "what_changed", ("Ctrl+Shift+R",)),
    Command("review.procedure", "Procedure and people of the project…", "View/Review", "procedure", needs_article=False),
    Command("review.assign", "Assign articles…", "Articles", "assign", needs_article=False),
    Command("agreement", "Agreement between analysts…", "View", "agreement", ("Ctrl+Shift+J",), needs_article=False),
    Command("agreement.article", "Agreement between analysts, at this article…", "View", "agreement_here"),
    Command("people.who", "Who is this? The actor of the mark at hand", "View", "who_is_this", ("I",), "article"),
    Command("view.theme", "Next theme: as the system, light, dark", "View/Theme", "next_theme", ("Ctrl+T",), icon="theme", needs_article=False),
    Command("view.theme.light", "Light theme", "View/Theme", "use_theme", argument="light", needs_article=False),
    Command("view.theme.dark", "Dark theme", "View/Theme", "use_theme", argument="dark", needs_article=False),
    Command("view.theme.system", "Theme of the system", "View/Theme", "use_theme", argument="system", needs_article=False),
    Command("palette", "All commands…", "Help", "palette_of_commands", ("Ctrl+K",), icon="palette", needs_article=False),
    Command("help.tour", "Tour: five steps on an article", "Help/Tour", "tour"),
    Command("help.tour.next", "Next step of the tour", "Help/Tour", "tour_next", ("Ctrl+.",)),
    Command("help.tour.leave", "Leave the tour", "Help/Tour", "tour_leave", ("Ctrl+Shift+.", "Ctrl+Shift+>")),
    Command("help.keys", "Keys", "Help", "keys_page", ("F1",), icon="help", needs_article=False),
    Command("help.guidelines", "Guidelines of the codebook", "Help", "guidelines", ("Shift+F1",), needs_article=False),
    Command("help.keys_file", "Change the keys…", "Help", "keys_file", needs_article=False),
    Command("help.about", "About Annotator", "Help", "about", needs_article=False),
)  # fmt: skip


_REVIEW = (
    Command("review.take_chosen", "Take the chosen layers together", "Review/Decide", "take_chosen", ("Return", "Enter"), "review"),
    Command("review.take_all", "Take both, or all that differ", "Review/Decide", "take_all", ("T",), "review"),
    Command("review.edit", "Edit before taking", "Review/Decide", "edit", ("M",), "review"),
    Command("review.take_draft", "Take what was edited", "Review/Decide", "take_draft", ("Ctrl+Return", "Ctrl+Enter"), "review"),
    Command("review.reject", "Reject for a reason…", "Review/Decide", "reject", ("R",), "review"),
    Command("review.nothing", "Neither: nothing is right here", "Review/Decide", "nothing", ("X",), "review"),
    Command("review.add", "Add what no layer has", "Review/Decide", "add", ("Ins", "Ctrl+N"), "review"),
    Command("review.agreed", "Take all that all agree on…", "Review/Decide", "take_agreed", ("L",), "review"),
    Command("review.stands", "The decision stands, though layers have changed", "Review/Decide", "stands", ("S",), "review"),
    Command("review.withdraw", "Take the decision back", "Review/Decide", "withdraw", ("W",), "review"),
    Command("review.explain", "Reason and note of the decision…", "Review/Decide", "explain", ("Y",), "review"),
    Command("review.gap", "Guideline gap, or no longer", "Review/Decide", "gap", ("G",), "review"),
    Command("review.undo", "Undo", "Review/Decide", "undo", ("Ctrl+Z",), "review"),
    Command("review.redo", "Redo", "Review/Decide", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "review"),
    Command("review.next", "Next difference", "Review/Go", "walk_differences", ("J", "F8"), "review", 1),
    Command("review.previous", "Previous difference", "Review/Go", "walk_differences", ("K", "Shift+F8"), "review", -1),
    Command("review.skip", "Skip to the next undecided", "Review/Go", "skip", ("N", "Space"), "review"),
    Command("review.down", "Further down in the case", "Review/Go", "further", ("Ctrl+Down",), "review", 1),
    Command("review.up", "Further up in the case", "Review/Go", "further", ("Ctrl+Up",), "review", -1),
    Command("review.show", "Show only…", "Review/Go", "show_only", ("/",), "review"),
    Command("review.unfinished", "Compare those who are not done too, or no longer", "Review/Go", "unfinished_too", ("I",), "review"),
    Command("review.layers", "Which layers are compared…", "Review/Go", "layers", ("V",), "review"),
    Command("review.comment", "Comment…", "Review/Comments", "comment", (";",), "review"),
    Command("review.answer", "Answer a comment…", "Review/Comments", "answer", (".",), "review"),
    Command("review.reword", "Reword your comment…", "Review/Comments", "reword", (":",), "review"),
    Command("review.resolve", "Comment resolved, or open again", "Review/Comments", "resolve", (",",), "review"),
    Command("review.decided", "Article decided, or not yet", "Review/Article", "decided", ("Ctrl+D",), "review"),
    Command("review.next_article", "Next article that has differences", "Review/Article", "next_article", ("Ctrl+PgDown",), "review"),
    Command("review.agreement", "Agreement between analysts, at this article…", "Review/Article", "to_agreement", ("Ctrl+Shift+J",), "review"),
    Command("review.keys", "Keys", "Review/Article", "keys_page", ("F1",), "review"),
    Command("review.close", "Close the review", "Review/Article", "close", ("Ctrl+W",), "review"),
)  # fmt: skip


def _layers() -> Iterator[Command]:
    """Taking and choosing each of the layers that can be compared at once."""
    for place, letter in enumerate("ABCDEF"):
        keys = (letter, str(place + 1))
        yield Command(f"review.take.{letter}", f"Take {letter}", "Review/Decide", "take", keys, "review", place)  # fmt: skip
    for place, letter in enumerate("ABCDEF"):
        text = f"Choose {letter} to be taken with others, or no longer"
        yield Command(f"review.choose.{letter}", text, "Review/Choose", "choose", (f"Shift+{letter}",), "review", place)  # fmt: skip


def _kinds(book: Codebook) -> Iterator[Command]:
    for key, kind in book.kinds_offered().items():
        name = kind.name
        yield Command(f"mark.{key}", f"{name}: mark the selection", "Mark", "mark", (kind.key,), "article", key, key)  # fmt: skip
    for key, kind in book.kinds_offered().items():
        name = kind.name.lower()
        keys = (f"Ctrl+Alt+{kind.key}",)
        yield Command(f"mark.retype.{key}", f"Make the mark a {name}", "Mark/Change the kind", "retype", keys, "article", key)  # fmt: skip
    for key, kind in book.kinds_offered().items():
        name = kind.name.lower()
        keys = (f"Alt+Shift+{kind.key}",)
        yield Command(f"mark.implied.{key}", f"Implied {name}: meant but not said", "Mark/Implied", "implied", keys, "article", key)  # fmt: skip


def _stances(book: Codebook) -> Iterator[Command]:
    for value, key in book.stance_keys().items():
        text = f"Stance {int(value):+d}: {book.stances[value].name}"
        keys = (key,) if key else ()
        yield Command(
            f"stance.{value}", text, "Statement/Stance", "stance", keys, "article", int(value)
        )
    yield Command("stance.unset", "Stance: unset", "Statement/Stance", "stance", ("0",), "article")


def with_keys(
    all_commands: Iterable[Command], overrides: dict[str, tuple[str, ...]]
) -> list[Command]:
    """The commands with a user's keys in place of ours; a key goes to whom the user gave it."""
    listed = list(all_commands)
    found = {command.id: command for command in listed}
    for apart in (True, False):  # the review has a window, and so keys, of its own
        own = [c for c in listed if (c.where == "review") is apart]
        taken = {key for c in own for key in overrides.get(c.id, ())}
        for command in _without(own, taken):
            keys = overrides.get(command.id, command.keys)
            found[command.id] = replace(command, keys=keys)
    return list(found.values())


def read_keys(path: Path, known: Iterable[Command]) -> dict[str, tuple[str, ...]]:
    """A user's own keys: a TOML file of ``"command id" = "key"`` or a list of keys.

    :class:`BadInput` names the file and the entry that cannot be used.
    """
    if not path.exists():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"The keys in {path} cannot be read: {error}.") from error
    ids = {command.id for command in known}
    found: dict[str, tuple[str, ...]] = {}
    for id, keys in entries.items():
        if id not in ids:
            raise BadInput(f"{path} gives keys to {id!r}, which is no command; F1 lists them.")
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not all(isinstance(k, str) for k in listed):
            raise BadInput(f'{path}: {id!r} needs a key such as "Ctrl+J", or a list of keys.')
        found[id] = tuple(listed)
    return found
