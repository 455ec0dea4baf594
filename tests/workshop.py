"""What many tests need: a start, a project on disk, an article of one block."""

from __future__ import annotations

from pathlib import Path

from annotator import paths
from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.codebook import Start, parse
from annotator.core.model import Article, Block, Id, Mark
from annotator.formats.articles.text import read_text_file
from annotator.formats.articles.text_in import TextIn
from annotator.workspace import Workspace

SEED_000 = "000_da745d13d0c31537.txt"
SEED_002 = "002_306a3b5e633bf25b.txt"


def start() -> Start:
    """The default codebook, with its issues and actors."""
    path = paths.resources() / "codebooks" / "statements.toml"
    return parse(path.read_text(encoding="utf-8"), path.name)


def seed(name: str) -> TextIn:
    return read_text_file(paths.seeds() / name)


def seeds_project(folder: Path, analyst: str = "Ada") -> Workspace:
    """A project with both seeds, as a new user gets it."""
    texts = [seed(SEED_000), seed(SEED_002)]
    return Workspace.create(folder / "seeds.annotator", start(), analyst, texts)


def add_article(workspace: Workspace, text: str, title: str = "An article") -> Article:
    """An article whose text is one body block."""
    edit, article = new_article(text, title=title, blocks=(Block(0, len(text), "body"),))
    workspace.do(edit)
    return article


def small_project(path: Path, analyst: str = "Ada") -> Workspace:
    """A project with one short article."""
    workspace = Workspace.create(path, start(), analyst)
    add_article(workspace, "“It was not discussed,” Lavrov said. He waited. Zelensky agreed.\n")
    return workspace


def mark(workspace: Workspace, kind: str, *spans: tuple[int, int], hand: Id | None = None) -> Mark:
    """Mark spans of the project's first article."""
    page = workspace.page(workspace.articles()[0].id)
    edit, made, _ = marking.mark(page, workspace.codebook, kind, spans, workspace.new_id, hand)
    workspace.do(edit)
    return made


def field_in_file(key: str, type: str, *on: str, more: str = "") -> str:
    """A field as a codebook file has it, called as its key is; ``more`` are further lines."""
    places = ", ".join(f'"{place}"' for place in on)
    name = key.capitalize()
    return f'[fields.{key}]\nname = "{name}"\ntype = "{type}"\non = [{places}]\n{more}'
