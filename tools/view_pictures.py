"""Pictures of the article view for the documents: what is hard to draw. Part of ``make pictures``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtTest import QTest

from annotator.core.codebook import Codebook
from annotator.core.text.blocks import propose_blocks
from annotator.ui.application import application
from annotator.ui.article.geometry.drawn import Drawn, Highlight, LayerStyle, State
from annotator.ui.article.view import ArticleView
from annotator.ui.article_pane import styles
from annotator.ui.look.style import apply, set_look
from annotator.ui.look.theme import load_theme

_SETTLE_MS = 150
_SIZE = 820, 290

ENGLISH = (
    "“The harbour will stay open,” the mayor told Radio Coast on Monday, “and nobody at the"
    " ministry has asked us to close it before the inspectors have finished their report.”\n"
    "The ministry said it had never asked for the harbour to be closed, but that it expected the"
    " town to wait for the inspectors before the first ferry leaves.\n"
)
ARABIC = (
    "قال عمدة المدينة إن الميناء سيبقى مفتوحا، وأضاف لإذاعة Radio Coast أن أحدا في الوزارة لم يطلب إغلاقه.\n"
    "The mayor said: «الميناء سيبقى مفتوحا» and gave no date.\n"
)

SECOND_HALF = (
    "“and nobody at the ministry has asked us to close it before the inspectors have finished"
    " their report.”"
)
ONE_STATEMENT = (
    ("claim", "“The harbour will stay open,”", SECOND_HALF),
    ("speaker", "the mayor"),
    ("cue", "told"),
    ("via", "Radio Coast"),
    ("position", "will stay open"),
)
SIX_DEEP = (
    *ONE_STATEMENT,
    (
        "claim",
        "nobody at the ministry has asked us to close it before the inspectors have finished",
    ),
    ("position", "nobody at the ministry has asked us to close it"),
    ("claim", "at the ministry has asked us to close"),
    ("addressee", "the ministry has asked us"),
    ("speaker", "the ministry"),
    ("speaker", "The ministry"),
    ("cue", "said"),
    ("claim", "it had never asked for the harbour to be closed"),
    ("claim", "it expected the town to wait for the inspectors before the first ferry leaves"),
    ("position", "expected the town to wait for the inspectors"),
)
IN_ARABIC = (
    ("speaker", "عمدة المدينة"),
    ("cue", "قال"),
    ("claim", "الميناء سيبقى مفتوحا، وأضاف لإذاعة Radio Coast أن أحدا في الوزارة لم يطلب إغلاقه"),
    ("via", "Radio Coast"),
    ("speaker", "The mayor"),
    ("claim", "«الميناء سيبقى مفتوحا»"),
)
Words = tuple[str, ...]

LAYERS = (LayerStyle("A", "Ada"), LayerStyle("B", "Ben"), LayerStyle("G", "Gold"))
_GOLD = 2
BY_LAYER: tuple[tuple[Words, ...], ...] = (
    (
        ("claim", "“The harbour will stay open,”", SECOND_HALF),
        ("speaker", "the mayor"),
        ("cue", "told"),
        ("speaker", "The ministry"),
        ("claim", "it had never asked for the harbour to be closed"),
        ("position", "never asked for the harbour to be closed"),
    ),
    (
        ("claim", "“The harbour will stay open,”"),
        ("speaker", "the mayor"),
        ("cue", "told"),
        ("speaker", "The ministry"),
        ("claim", "it expected the town to wait for the inspectors"),
        ("claim", "it had never asked for the harbour to be closed"),
    ),
    (
        ("claim", "“The harbour will stay open,”", SECOND_HALF),
        ("speaker", "The ministry"),
        ("position", "asked for the harbour to be closed"),
    ),
)


def draw_view_pictures(folder: Path, book: Codebook) -> Iterable[Path]:
    """Write the pictures; gives the path of each."""
    one = len(ONE_STATEMENT)

    def nothing(_view: ArticleView) -> None: ...

    def statement(view: ArticleView) -> None:
        view.set_highlight(Highlight(None, frozenset(range(1, one + 1))))

    def mark(view: ArticleView) -> None:
        view.set_highlight(Highlight(1, frozenset(range(1, one + 1))))

    def doubled(view: ArticleView) -> None:
        view.set_zoom(200)

    cases: tuple[tuple[str, str, str, tuple[Words, ...], Callable[[ArticleView], None]], ...] = (
        ("view-six-deep", "light", ENGLISH, SIX_DEEP, nothing),
        ("view-six-deep-dark", "dark", ENGLISH, SIX_DEEP, nothing),
        ("view-discontinuous", "light", ENGLISH, ONE_STATEMENT, mark),
        ("view-statement", "light", ENGLISH, SIX_DEEP, statement),
        ("view-arabic", "light", ARABIC, IN_ARABIC, nothing),
        ("view-zoom-200", "light", ENGLISH, ONE_STATEMENT, doubled),
    )
    for name, theme, text, marks, prepare in cases:
        view = _view(theme, book)
        given = [_drawn(text, n, m) for n, m in enumerate(marks, 1)]
        view.show_article(text, propose_blocks(text), given)
        prepare(view)
        yield _saved(view, folder / f"{name}.png")
    for name, theme in (("view-layers", "light"), ("view-layers-dark", "dark")):
        view = _view(theme, book)
        view.resize(_SIZE[0], _SIZE[1] + 50)
        view.show_article(ENGLISH, propose_blocks(ENGLISH), _of_layers(ENGLISH), LAYERS)
        yield _saved(view, folder / f"{name}.png")


def _view(theme: str, book: Codebook) -> ArticleView:
    apply(application(), load_theme(theme))
    view = ArticleView(load_theme(theme))
    set_look(view, "paper")
    view.set_styles(styles(book))
    view.resize(*_SIZE)
    view.show()
    return view


def _saved(view: ArticleView, path: Path) -> Path:
    QTest.qWait(_SETTLE_MS)
    view.grab().save(str(path))
    view.close()
    return path


def _of_layers(text: str) -> list[Drawn]:
    made: list[Drawn] = []
    for owner, marks in enumerate(BY_LAYER):
        state: State = "gold" if owner == _GOLD else "own"
        for words in marks:
            mark = _drawn(text, len(made) + 1, words)
            made.append(replace(mark, owners=(owner,), state=state))
    return made


def _drawn(text: str, number: int, words: Words) -> Drawn:
    kind, *pieces = words
    starts = [text.index(piece) for piece in pieces]
    spans = tuple((s, s + len(p)) for s, p in zip(starts, pieces, strict=True))
    return Drawn(number, kind, spans, f"{kind}: {pieces[0]}")
