"""Files of numbered articles, and what a project says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.core.bundle import ArticleBundle
from annotator.formats import annotator_json
from annotator.formats.exchange.format import Format, Outgoing
from annotator.workspace import Workspace
from tests.formats.numbered import given


def file(format: Format, folder: Path, articles: Iterable[ArticleBundle]) -> Path:
    assert format.write is not None
    path = folder / f"out{format.suffixes[0]}"
    format.write(given(articles), path, format.asked())
    return path


def streamed(format: Format, path: Path) -> Outgoing:
    assert format.stream is not None
    return format.stream(path, format.asked())


def said(workspace: Workspace) -> bytes:
    return annotator_json.encode(workspace.bundle())
