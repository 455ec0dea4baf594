"""What stands where there is nobody, or where nobody says anything, in the codebook's words."""

from __future__ import annotations

from annotator.core.codebook import Codebook
from annotator.core.meaning import called, meaning
from annotator.core.text.cleaning import counted


def nobody_known(book: Codebook) -> str:
    """While the project has no actors."""
    who = meaning(book).who
    kind = book.kinds[book.roles[who].kinds[0]] if who else None
    key = f" ({kind.key})" if kind and not kind.retired else ""
    return (
        f"Nobody is known yet.\n\nMark the words that say who it is{key} and say whom they stand"
        " for, or add somebody with Ctrl+N."
    )


def nobody_found() -> str:
    """While no name fits what was typed."""
    return "Nobody is called so.\n\nCtrl+N adds an actor of this name; Esc shows all again."


def silent(book: Codebook, name: str, elsewhere: int = 0) -> str:
    """While an actor says nothing; ``elsewhere`` is how many statements other layers have."""
    if elsewhere:
        there = "There is" if elsewhere == 1 else "There are"
        return (
            f"No statement of {name} here.\n\n{there} {counted(elsewhere, 'statement')} in other"
            " layers; choose above which are listed."
        )
    role = called(book, meaning(book).who, "speaker")
    return (
        f"No statement names {name} as its {role} yet.\n\nWhat is filed under them in any article"
        " will stand here."
    )
